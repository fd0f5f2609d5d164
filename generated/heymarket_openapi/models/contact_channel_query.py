from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..models.channel_type import ChannelType
from ..types import UNSET, Unset

T = TypeVar("T", bound="ContactChannelQuery")


@_attrs_define(kw_only=True)
class ContactChannelQuery(Model):
    """Values of a channel to look for.

    Example:
        {'channel_type': 'phone', 'channel_ids': ['15555550100', '15555550101']}

    Attributes:
        channel_type (ChannelType | Unset): Type of a channel. `phone`, `email` and `facebook` are the documented ones;
            other integrations bring types of their own, so any string is accepted and may be returned. Example: phone.
        channel_ids (list[str] | Unset): Values to look for: phone numbers (E.164 digits without plus), email addresses,
            or what the type calls for. Example: ['15555550100', '15555550101'].
    """

    channel_type: ChannelType | Unset = UNSET
    channel_ids: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        channel_type: str | Unset = UNSET
        if not isinstance(self.channel_type, Unset):
            channel_type = self.channel_type.value

        channel_ids: list[str] | Unset = UNSET
        if not isinstance(self.channel_ids, Unset):
            channel_ids = self.channel_ids

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if channel_type is not UNSET:
            field_dict["channel_type"] = channel_type
        if channel_ids is not UNSET:
            field_dict["channel_ids"] = channel_ids

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _channel_type = d.pop("channel_type", UNSET)
        channel_type: ChannelType | Unset
        if isinstance(_channel_type, Unset):
            channel_type = UNSET
        else:
            channel_type = ChannelType(_channel_type)

        channel_ids = cast(list[str], d.pop("channel_ids", UNSET))

        contact_channel_query = cls(
            channel_type=channel_type,
            channel_ids=channel_ids,
        )

        contact_channel_query.additional_properties = d
        return contact_channel_query
