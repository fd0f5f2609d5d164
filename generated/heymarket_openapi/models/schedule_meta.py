from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ScheduleMeta")


@_attrs_define(kw_only=True)
class ScheduleMeta(Model):
    """Recipient and content of a scheduled message.

    Example:
        {'campaign_id': 0, 'campaign_step_id': 0, 'campaign_target_phone': '', 'conversation_id': 601, 'list_id': 0,
            'content': {'text': 'See you tomorrow.', 'to': '15555550100', 'template': 51, 'attachments': [{'name':
            'map.png', 'type': 'image/png', 'url': 'https://example.com/map.png'}], 'gallery': [{'url':
            'https://example.com/map.png', 'original_url': 'https://example.com/map.png', 'annotation_text': 'Here',
            'annotation_position': 'top'}], 'local_day': 0, 'local_time': '09:30', 'offset': 0}}

    Attributes:
        campaign_id (int | None | Unset): Id of the campaign; no operation on campaigns is documented. Example: 0.
        campaign_step_id (int | None | Unset): Id of the campaign's step. Example: 0.
        campaign_target_phone (None | str | Unset): Phone number in the campaign.
        conversation_id (int | None | Unset): Id of the conversation. Example: 601.
        list_id (int | None | Unset): Id of the list. Example: 0.
        content (None | ScheduledContent | Unset):
    """

    campaign_id: int | None | Unset = UNSET
    campaign_step_id: int | None | Unset = UNSET
    campaign_target_phone: None | str | Unset = UNSET
    conversation_id: int | None | Unset = UNSET
    list_id: int | None | Unset = UNSET
    content: None | models.ScheduledContent | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.scheduled_content import ScheduledContent  # noqa: PLC0415

        campaign_id = self.campaign_id

        campaign_step_id = self.campaign_step_id

        campaign_target_phone = self.campaign_target_phone

        conversation_id = self.conversation_id

        list_id = self.list_id

        content: dict[str, Any] | None | Unset
        if isinstance(self.content, Unset):
            content = UNSET
        elif isinstance(self.content, ScheduledContent):
            content = self.content.to_dict()
        else:
            content = self.content

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if campaign_id is not UNSET:
            field_dict["campaign_id"] = campaign_id
        if campaign_step_id is not UNSET:
            field_dict["campaign_step_id"] = campaign_step_id
        if campaign_target_phone is not UNSET:
            field_dict["campaign_target_phone"] = campaign_target_phone
        if conversation_id is not UNSET:
            field_dict["conversation_id"] = conversation_id
        if list_id is not UNSET:
            field_dict["list_id"] = list_id
        if content is not UNSET:
            field_dict["content"] = content

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.scheduled_content import ScheduledContent  # noqa: PLC0415

        d = dict(src_dict)
        campaign_id = d.pop("campaign_id", UNSET)

        campaign_step_id = d.pop("campaign_step_id", UNSET)

        campaign_target_phone = d.pop("campaign_target_phone", UNSET)

        conversation_id = d.pop("conversation_id", UNSET)

        list_id = d.pop("list_id", UNSET)

        def _parse_content(data: object) -> None | ScheduledContent | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                content_type_0 = ScheduledContent.from_dict(data)

                return content_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | ScheduledContent | Unset, data)

        content = _parse_content(d.pop("content", UNSET))

        schedule_meta = cls(
            campaign_id=campaign_id,
            campaign_step_id=campaign_step_id,
            campaign_target_phone=campaign_target_phone,
            conversation_id=conversation_id,
            list_id=list_id,
            content=content,
        )

        schedule_meta.additional_properties = d
        return schedule_meta
