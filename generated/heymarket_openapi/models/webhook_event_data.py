from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model

T = TypeVar("T", bound="WebhookEventData")


@_attrs_define(kw_only=True)
class WebhookEventData(Model):
    """What the event is about; its form depends on the event's `type`.

    Example:
        {'id': 701, 'text': 'Hello!', 'date': '2024-01-02T03:04:05Z', 'target': '15555550100'}

    """

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        webhook_event_data = cls()

        webhook_event_data.additional_properties = d
        return webhook_event_data
