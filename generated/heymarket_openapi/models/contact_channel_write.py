from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..models.channel_type import ChannelType

T = TypeVar("T", bound="ContactChannelWrite")


@_attrs_define(kw_only=True)
class ContactChannelWrite(Model):
    """A channel to add, or the new value of one.

    Example:
        {'channel_type': 'phone', 'channel_id': '15555550100'}

    Attributes:
        channel_type (ChannelType): Type of a channel. `phone`, `email` and `facebook` are the documented ones; other
            integrations bring types of their own, so any string is accepted and may be returned. Example: phone.
        channel_id (str): The channel's value: a phone number (E.164 digits without plus), an email address, or what the
            type calls for. Example: 15555550100.
    """

    channel_type: ChannelType
    channel_id: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        channel_type = self.channel_type.value

        channel_id = self.channel_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "channel_type": channel_type,
                "channel_id": channel_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        channel_type = ChannelType(d.pop("channel_type"))

        channel_id = d.pop("channel_id")

        contact_channel_write = cls(
            channel_type=channel_type,
            channel_id=channel_id,
        )

        contact_channel_write.additional_properties = d
        return contact_channel_write
