from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..models.webhook_event_type import WebhookEventType
from ..types import UNSET, Unset

T = TypeVar("T", bound="WebhookEvent")


@_attrs_define(kw_only=True)
class WebhookEvent(Model):
    """One delivery.

    Example:
        {'type': 'message_recieved', 'id': 91, 'token': 'example-verification-token', 'event_data': {'id': 701, 'text':
            'Hello!', 'date': '2024-01-02T03:04:05Z', 'target': '15555550100'}}

    Attributes:
        type_ (None | Unset | WebhookEventType):
        id (int | None | Unset): Id of the webhook's configuration. It is the same in every delivery, so it doesn't tell
            two events apart. Example: 91.
        token (None | str | Unset): The configuration's token. Compare it in constant time with the one that the app
            shows: it is the only way to tell a real delivery from a forged one. Example: example-verification-token.
        event_data (None | Unset | WebhookEventData):
    """

    type_: None | Unset | WebhookEventType = UNSET
    id: int | None | Unset = UNSET
    token: None | str | Unset = UNSET
    event_data: None | Unset | models.WebhookEventData = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.webhook_event_data import WebhookEventData  # noqa: PLC0415

        type_: None | str | Unset
        if isinstance(self.type_, Unset):
            type_ = UNSET
        elif isinstance(self.type_, WebhookEventType):
            type_ = self.type_.value
        else:
            type_ = self.type_

        id = self.id

        token = self.token

        event_data: dict[str, Any] | None | Unset
        if isinstance(self.event_data, Unset):
            event_data = UNSET
        elif isinstance(self.event_data, WebhookEventData):
            event_data = self.event_data.to_dict()
        else:
            event_data = self.event_data

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if type_ is not UNSET:
            field_dict["type"] = type_
        if id is not UNSET:
            field_dict["id"] = id
        if token is not UNSET:
            field_dict["token"] = token
        if event_data is not UNSET:
            field_dict["event_data"] = event_data

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.webhook_event_data import WebhookEventData  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_type_(data: object) -> None | Unset | WebhookEventType:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                type_type_0 = WebhookEventType(data)

                return type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | WebhookEventType, data)

        type_ = _parse_type_(d.pop("type", UNSET))

        id = d.pop("id", UNSET)

        token = d.pop("token", UNSET)

        def _parse_event_data(data: object) -> None | Unset | WebhookEventData:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                event_data_type_0 = WebhookEventData.from_dict(data)

                return event_data_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | WebhookEventData, data)

        event_data = _parse_event_data(d.pop("event_data", UNSET))

        webhook_event = cls(
            type_=type_,
            id=id,
            token=token,
            event_data=event_data,
        )

        webhook_event.additional_properties = d
        return webhook_event
