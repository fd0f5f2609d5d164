from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset
from ..variants import as_item

T = TypeVar("T", bound="Contact")


@_attrs_define(kw_only=True)
class Contact(Model):
    """A contact.

    Example:
        {'id': 501, 'uuid': '00000000-0000-4000-8000-000000000001', 'display_name': 'Ada Example', 'first': 'Ada',
            'last': 'Example', 'email': 'ada@example.com', 'phone': '15555550100', 'custom': {'101': 'Gold'}, 'avatar':
            'https://example.com/ada.png', 'team_id': 7, 'creator_id': 21, 'assigned_user_id': 21, 'tags': [{'tag_id': 71}],
            'is_opted_out': False, 'shared': True, 'created': '2024-01-02T03:04:05Z', 'updated': '2024-01-02T03:04:05Z',
            'rev': 3, 'op': 'update', 'external_id': 'crm-501', 'external_ref': 'crm', 'inbox_id': 31, 'parent_id': 0,
            'type': 'contact', 'note': [{'id': 'note-1', 'date': '2024-01-02T03:04:05Z', 'name': 'Mary Example', 'text':
            'Prefers mornings.', 'user_id': 21}], 'contact_channels': [{'id': 1001, 'team_id': 7, 'contact_id': 501,
            'channel_type': 'phone', 'channel_id': '15555550100', 'info_channel': '', 'channel_handle': 'ada', 'created':
            '2024-01-02T03:04:05Z', 'updated': '2024-01-02T03:04:05Z'}]}

    Attributes:
        id (int | None | Unset): Integer id, used by v1. Example: 501.
        uuid (None | Unset | UUID): UUID, used by v2. Documented for responses to writes only (D03); it may be missing
            when a contact is read. Example: 00000000-0000-4000-8000-000000000001.
        display_name (None | str | Unset): Name shown in the inbox. Example: Ada Example.
        first (None | str | Unset): First name. Example: Ada.
        last (None | str | Unset): Last name. Example: Example.
        email (None | str | Unset): Email address. Example: ada@example.com.
        phone (None | str | Unset): Primary phone number (E.164 digits without plus). Example: 15555550100.
        custom (CustomValues | None | Unset):
        avatar (None | str | Unset): URL of a picture. Example: https://example.com/ada.png.
        team_id (int | None | Unset): Id of the team. Example: 7.
        creator_id (int | None | Unset): Id of the user who created the contact. Example: 21.
        assigned_user_id (int | None | Unset): Id of the user who owns the contact; written as `assignee_id`. Example:
            21.
        tags (list[AssignedTag] | None | Unset): Tags of the contact, 5 at most (D45).
        is_opted_out (bool | None | Unset): Whether the contact is opted out of messages; on older pages only (D03).
            Example: False.
        shared (bool | None | Unset): Whether the contact is shared: with other teams by the reference, with the team's
            members by an earlier guide. Example: True.
        created (datetime.datetime | None | str | Unset): When the contact was created (RFC 3339). Example:
            2024-01-02T03:04:05Z.
        updated (datetime.datetime | None | str | Unset): When the contact was last changed (RFC 3339). It is what the
            next page of a list begins at. Example: 2024-01-02T03:04:05Z.
        rev (int | None | Unset): Number of the record's revision; each write raises it. Example: 3.
        op (None | str | Unset): Name of the last operation on the record; the values are not documented. Example:
            update.
        external_id (None | str | Unset): Not described by the vendor. Example: crm-501.
        external_ref (None | str | Unset): Not described by the vendor. Example: crm.
        inbox_id (int | None | Unset): Not described by the vendor. Example: 31.
        parent_id (int | None | Unset): Not described by the vendor. Example: 0.
        type_ (None | str | Unset): Not described by the vendor. Example: contact.
        note (list[ContactNote] | None | Unset): Notes on the contact.
        contact_channels (list[ContactChannel] | None | Unset): Ways to reach the contact; an earlier guide says that v2
            has them, no page shows them (D03).
    """

    id: int | None | Unset = UNSET
    uuid: None | Unset | UUID = UNSET
    display_name: None | str | Unset = UNSET
    first: None | str | Unset = UNSET
    last: None | str | Unset = UNSET
    email: None | str | Unset = UNSET
    phone: None | str | Unset = UNSET
    custom: models.CustomValues | None | Unset = UNSET
    avatar: None | str | Unset = UNSET
    team_id: int | None | Unset = UNSET
    creator_id: int | None | Unset = UNSET
    assigned_user_id: int | None | Unset = UNSET
    tags: list[models.AssignedTag] | None | Unset = UNSET
    is_opted_out: bool | None | Unset = UNSET
    shared: bool | None | Unset = UNSET
    created: datetime.datetime | None | str | Unset = UNSET
    updated: datetime.datetime | None | str | Unset = UNSET
    rev: int | None | Unset = UNSET
    op: None | str | Unset = UNSET
    external_id: None | str | Unset = UNSET
    external_ref: None | str | Unset = UNSET
    inbox_id: int | None | Unset = UNSET
    parent_id: int | None | Unset = UNSET
    type_: None | str | Unset = UNSET
    note: list[models.ContactNote] | None | Unset = UNSET
    contact_channels: list[models.ContactChannel] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.custom_values import CustomValues  # noqa: PLC0415

        id = self.id

        uuid: None | str | Unset
        if isinstance(self.uuid, Unset):
            uuid = UNSET
        elif isinstance(self.uuid, UUID):
            uuid = str(self.uuid)
        else:
            uuid = self.uuid

        display_name = self.display_name

        first = self.first

        last = self.last

        email = self.email

        phone = self.phone

        custom: dict[str, Any] | None | Unset
        if isinstance(self.custom, Unset):
            custom = UNSET
        elif isinstance(self.custom, CustomValues):
            custom = self.custom.to_dict()
        else:
            custom = self.custom

        avatar = self.avatar

        team_id = self.team_id

        creator_id = self.creator_id

        assigned_user_id = self.assigned_user_id

        tags: list[dict[str, Any]] | None | Unset
        if isinstance(self.tags, Unset):
            tags = UNSET
        elif isinstance(self.tags, list):
            tags = []
            for tags_type_0_item_data in self.tags:
                tags_type_0_item = tags_type_0_item_data.to_dict()
                tags.append(tags_type_0_item)

        else:
            tags = self.tags

        is_opted_out = self.is_opted_out

        shared = self.shared

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

        rev = self.rev

        op = self.op

        external_id = self.external_id

        external_ref = self.external_ref

        inbox_id = self.inbox_id

        parent_id = self.parent_id

        type_ = self.type_

        note: list[dict[str, Any]] | None | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        elif isinstance(self.note, list):
            note = []
            for note_type_0_item_data in self.note:
                note_type_0_item = note_type_0_item_data.to_dict()
                note.append(note_type_0_item)

        else:
            note = self.note

        contact_channels: list[dict[str, Any]] | None | Unset
        if isinstance(self.contact_channels, Unset):
            contact_channels = UNSET
        elif isinstance(self.contact_channels, list):
            contact_channels = []
            for contact_channels_type_0_item_data in self.contact_channels:
                contact_channels_type_0_item = (
                    contact_channels_type_0_item_data.to_dict()
                )
                contact_channels.append(contact_channels_type_0_item)

        else:
            contact_channels = self.contact_channels

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if id is not UNSET:
            field_dict["id"] = id
        if uuid is not UNSET:
            field_dict["uuid"] = uuid
        if display_name is not UNSET:
            field_dict["display_name"] = display_name
        if first is not UNSET:
            field_dict["first"] = first
        if last is not UNSET:
            field_dict["last"] = last
        if email is not UNSET:
            field_dict["email"] = email
        if phone is not UNSET:
            field_dict["phone"] = phone
        if custom is not UNSET:
            field_dict["custom"] = custom
        if avatar is not UNSET:
            field_dict["avatar"] = avatar
        if team_id is not UNSET:
            field_dict["team_id"] = team_id
        if creator_id is not UNSET:
            field_dict["creator_id"] = creator_id
        if assigned_user_id is not UNSET:
            field_dict["assigned_user_id"] = assigned_user_id
        if tags is not UNSET:
            field_dict["tags"] = tags
        if is_opted_out is not UNSET:
            field_dict["is_opted_out"] = is_opted_out
        if shared is not UNSET:
            field_dict["shared"] = shared
        if created is not UNSET:
            field_dict["created"] = created
        if updated is not UNSET:
            field_dict["updated"] = updated
        if rev is not UNSET:
            field_dict["rev"] = rev
        if op is not UNSET:
            field_dict["op"] = op
        if external_id is not UNSET:
            field_dict["external_id"] = external_id
        if external_ref is not UNSET:
            field_dict["external_ref"] = external_ref
        if inbox_id is not UNSET:
            field_dict["inbox_id"] = inbox_id
        if parent_id is not UNSET:
            field_dict["parent_id"] = parent_id
        if type_ is not UNSET:
            field_dict["type"] = type_
        if note is not UNSET:
            field_dict["note"] = note
        if contact_channels is not UNSET:
            field_dict["contact_channels"] = contact_channels

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.assigned_tag import AssignedTag  # noqa: PLC0415
        from ..models.contact_channel import ContactChannel  # noqa: PLC0415
        from ..models.contact_note import ContactNote  # noqa: PLC0415
        from ..models.custom_values import CustomValues  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        def _parse_uuid(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                uuid_type_0 = UUID(data)

                return uuid_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        uuid = _parse_uuid(d.pop("uuid", UNSET))

        display_name = d.pop("display_name", UNSET)

        first = d.pop("first", UNSET)

        last = d.pop("last", UNSET)

        email = d.pop("email", UNSET)

        phone = d.pop("phone", UNSET)

        def _parse_custom(data: object) -> CustomValues | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                custom_type_0 = CustomValues.from_dict(data)

                return custom_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CustomValues | None | Unset, data)

        custom = _parse_custom(d.pop("custom", UNSET))

        avatar = d.pop("avatar", UNSET)

        team_id = d.pop("team_id", UNSET)

        creator_id = d.pop("creator_id", UNSET)

        assigned_user_id = d.pop("assigned_user_id", UNSET)

        def _parse_tags(data: object) -> list[AssignedTag] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                tags_type_0 = []
                _tags_type_0 = data
                for tags_type_0_item_data in _tags_type_0:
                    tags_type_0_item = as_item(AssignedTag, tags_type_0_item_data)

                    tags_type_0.append(tags_type_0_item)

                return tags_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[AssignedTag] | None | Unset, data)

        tags = _parse_tags(d.pop("tags", UNSET))

        is_opted_out = d.pop("is_opted_out", UNSET)

        shared = d.pop("shared", UNSET)

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

        rev = d.pop("rev", UNSET)

        op = d.pop("op", UNSET)

        external_id = d.pop("external_id", UNSET)

        external_ref = d.pop("external_ref", UNSET)

        inbox_id = d.pop("inbox_id", UNSET)

        parent_id = d.pop("parent_id", UNSET)

        type_ = d.pop("type", UNSET)

        def _parse_note(data: object) -> list[ContactNote] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                note_type_0 = []
                _note_type_0 = data
                for note_type_0_item_data in _note_type_0:
                    note_type_0_item = as_item(ContactNote, note_type_0_item_data)

                    note_type_0.append(note_type_0_item)

                return note_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[ContactNote] | None | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        def _parse_contact_channels(
            data: object,
        ) -> list[ContactChannel] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                contact_channels_type_0 = []
                _contact_channels_type_0 = data
                for contact_channels_type_0_item_data in _contact_channels_type_0:
                    contact_channels_type_0_item = as_item(
                        ContactChannel, contact_channels_type_0_item_data
                    )

                    contact_channels_type_0.append(contact_channels_type_0_item)

                return contact_channels_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[ContactChannel] | None | Unset, data)

        contact_channels = _parse_contact_channels(d.pop("contact_channels", UNSET))

        contact = cls(
            id=id,
            uuid=uuid,
            display_name=display_name,
            first=first,
            last=last,
            email=email,
            phone=phone,
            custom=custom,
            avatar=avatar,
            team_id=team_id,
            creator_id=creator_id,
            assigned_user_id=assigned_user_id,
            tags=tags,
            is_opted_out=is_opted_out,
            shared=shared,
            created=created,
            updated=updated,
            rev=rev,
            op=op,
            external_id=external_id,
            external_ref=external_ref,
            inbox_id=inbox_id,
            parent_id=parent_id,
            type_=type_,
            note=note,
            contact_channels=contact_channels,
        )

        contact.additional_properties = d
        return contact
