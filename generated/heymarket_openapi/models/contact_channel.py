from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..models.channel_type import ChannelType
from ..types import UNSET, Unset

T = TypeVar("T", bound="ContactChannel")


@_attrs_define(kw_only=True)
class ContactChannel(Model):
    """One way in which a contact can be reached.

    Example:
        {'id': 1001, 'team_id': 7, 'contact_id': 501, 'channel_type': 'phone', 'channel_id': '15555550100',
            'info_channel': '', 'channel_handle': 'ada', 'created': '2024-01-02T03:04:05Z', 'updated':
            '2024-01-02T03:04:05Z'}

    Attributes:
        id (int | None | Unset): Id of the channel (D01). Example: 1001.
        team_id (int | None | Unset): Id of the team that the channel belongs to. Example: 7.
        contact_id (int | None | Unset): Id of the contact that the channel belongs to; not the UUID that paths take
            (D02). Example: 501.
        channel_type (ChannelType | None | Unset): Type of the channel.
        channel_id (None | str | Unset): The channel's value: a phone number (E.164 digits without plus), an email
            address, or what the type calls for. Example: 15555550100.
        info_channel (None | str | Unset): The related integration's channel, if any.
        channel_handle (None | str | Unset): The handle that goes with the channel, if any. Example: ada.
        created (datetime.datetime | None | str | Unset): When the channel was created (RFC 3339). Example:
            2024-01-02T03:04:05Z.
        updated (datetime.datetime | None | str | Unset): When the channel was last changed (RFC 3339). Example:
            2024-01-02T03:04:05Z.
    """

    id: int | None | Unset = UNSET
    team_id: int | None | Unset = UNSET
    contact_id: int | None | Unset = UNSET
    channel_type: ChannelType | None | Unset = UNSET
    channel_id: None | str | Unset = UNSET
    info_channel: None | str | Unset = UNSET
    channel_handle: None | str | Unset = UNSET
    created: datetime.datetime | None | str | Unset = UNSET
    updated: datetime.datetime | None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        team_id = self.team_id

        contact_id = self.contact_id

        channel_type: None | str | Unset
        if isinstance(self.channel_type, Unset):
            channel_type = UNSET
        elif isinstance(self.channel_type, ChannelType):
            channel_type = self.channel_type.value
        else:
            channel_type = self.channel_type

        channel_id = self.channel_id

        info_channel = self.info_channel

        channel_handle = self.channel_handle

        created: None | str | Unset
        if isinstance(self.created, Unset):
            created = UNSET
        elif isinstance(self.created, datetime.datetime):
            created = self.created.isoformat()
        else:
            created = self.created

        updated: None | str | Unset
        if isinstance(self.updated, Unset):
            updated = UNSET
        elif isinstance(self.updated, datetime.datetime):
            updated = self.updated.isoformat()
        else:
            updated = self.updated

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if id is not UNSET:
            field_dict["id"] = id
        if team_id is not UNSET:
            field_dict["team_id"] = team_id
        if contact_id is not UNSET:
            field_dict["contact_id"] = contact_id
        if channel_type is not UNSET:
            field_dict["channel_type"] = channel_type
        if channel_id is not UNSET:
            field_dict["channel_id"] = channel_id
        if info_channel is not UNSET:
            field_dict["info_channel"] = info_channel
        if channel_handle is not UNSET:
            field_dict["channel_handle"] = channel_handle
        if created is not UNSET:
            field_dict["created"] = created
        if updated is not UNSET:
            field_dict["updated"] = updated

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        team_id = d.pop("team_id", UNSET)

        contact_id = d.pop("contact_id", UNSET)

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

        info_channel = d.pop("info_channel", UNSET)

        channel_handle = d.pop("channel_handle", UNSET)

        def _parse_created(data: object) -> datetime.datetime | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                try:
                    created_parsed = datetime.datetime.fromisoformat(data)

                    if created_parsed.year == 1:
                        return None
                except ValueError:
                    from ..drift import warn_once

                    warn_once(cls, "created")
                    raise

                return created_parsed
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | str | Unset, data)

        created = _parse_created(d.pop("created", UNSET))

        def _parse_updated(data: object) -> datetime.datetime | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                try:
                    updated_parsed = datetime.datetime.fromisoformat(data)

                    if updated_parsed.year == 1:
                        return None
                except ValueError:
                    from ..drift import warn_once

                    warn_once(cls, "updated")
                    raise

                return updated_parsed
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | str | Unset, data)

        updated = _parse_updated(d.pop("updated", UNSET))

        contact_channel = cls(
            id=id,
            team_id=team_id,
            contact_id=contact_id,
            channel_type=channel_type,
            channel_id=channel_id,
            info_channel=info_channel,
            channel_handle=channel_handle,
            created=created,
            updated=updated,
        )

        contact_channel.additional_properties = d
        return contact_channel
