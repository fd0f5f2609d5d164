from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..models.channel_type import ChannelType
from ..types import UNSET, Unset

T = TypeVar("T", bound="ContactChannelEntryWrite")


@_attrs_define(kw_only=True)
class ContactChannelEntryWrite(Model):
    """A way to reach a contact.

    Example:
        {'channel_type': 'phone', 'channel_id': '15555550100'}

    Attributes:
        channel_type (ChannelType | Unset): Type of a channel. `phone`, `email` and `facebook` are the documented ones;
            other integrations bring types of their own, so any string is accepted and may be returned. Example: phone.
        channel_id (str | Unset): The channel's value: a phone number (E.164 digits without plus), an email address, or
            what the type calls for. Example: 15555550100.
        channel_handle (str | Unset): The handle that goes with the channel, if any. Example: ada.
        info_channel (str | Unset): The related integration's channel, if any. Example: crm.
    """

    channel_type: ChannelType | Unset = UNSET
    channel_id: str | Unset = UNSET
    channel_handle: str | Unset = UNSET
    info_channel: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        channel_type: str | Unset = UNSET
        if not isinstance(self.channel_type, Unset):
            channel_type = self.channel_type.value

        channel_id = self.channel_id

        channel_handle = self.channel_handle

        info_channel = self.info_channel

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if channel_type is not UNSET:
            field_dict["channel_type"] = channel_type
        if channel_id is not UNSET:
            field_dict["channel_id"] = channel_id
        if channel_handle is not UNSET:
            field_dict["channel_handle"] = channel_handle
        if info_channel is not UNSET:
            field_dict["info_channel"] = info_channel

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

        channel_id = d.pop("channel_id", UNSET)

        channel_handle = d.pop("channel_handle", UNSET)

        info_channel = d.pop("info_channel", UNSET)

        contact_channel_entry_write = cls(
            channel_type=channel_type,
            channel_id=channel_id,
            channel_handle=channel_handle,
            info_channel=info_channel,
        )

        contact_channel_entry_write.additional_properties = d
        return contact_channel_entry_write
