from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..models.channel_type import ChannelType
from ..types import UNSET, Unset

T = TypeVar("T", bound="ContactChannelAsSent")


@_attrs_define(kw_only=True)
class ContactChannelAsSent(Model):
    """A way to reach a contact, as it was sent.

    Example:
        {'channel_type': 'phone', 'channel_id': '15555550100'}

    Attributes:
        channel_type (ChannelType | None | Unset): Type of the channel.
        channel_id (None | str | Unset): The channel's value. Example: 15555550100.
        channel_handle (None | str | Unset): The handle that goes with the channel, if any. Example: ada.
        info_channel (None | str | Unset): The related integration's channel, if any. Example: crm.
    """

    channel_type: ChannelType | None | Unset = UNSET
    channel_id: None | str | Unset = UNSET
    channel_handle: None | str | Unset = UNSET
    info_channel: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        channel_type: None | str | Unset
        if isinstance(self.channel_type, Unset):
            channel_type = UNSET
        elif isinstance(self.channel_type, ChannelType):
            channel_type = self.channel_type.value
        else:
            channel_type = self.channel_type

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

        def _parse_channel_type(data: object) -> ChannelType | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                channel_type_type_0 = ChannelType(data)

                return channel_type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ChannelType | None | Unset, data)

        channel_type = _parse_channel_type(d.pop("channel_type", UNSET))

        channel_id = d.pop("channel_id", UNSET)

        channel_handle = d.pop("channel_handle", UNSET)

        info_channel = d.pop("info_channel", UNSET)

        contact_channel_as_sent = cls(
            channel_type=channel_type,
            channel_id=channel_id,
            channel_handle=channel_handle,
            info_channel=info_channel,
        )

        contact_channel_as_sent.additional_properties = d
        return contact_channel_as_sent
