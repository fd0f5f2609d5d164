from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset
from ..variants import as_item

T = TypeVar("T", bound="ContactUpsertWrite")


@_attrs_define(kw_only=True)
class ContactUpsertWrite(Model):
    """A contact to create or update.

    Example:
        {'contact_channels': [{'channel_type': 'phone', 'channel_id': '15555550100'}], 'first': 'Ada', 'last':
            'Example', 'email': 'ada@example.com'}

    Attributes:
        contact_id (UUID | Unset): UUID of the contact to update; without it one is created. On the older page only
            (D11). Example: 00000000-0000-4000-8000-000000000001.
        contact_channels (list[ContactChannelEntryWrite] | Unset): Ways to reach the contact.
        phone (str | Unset): Phone number (E.164 digits without plus). Example: 15555550100.
        first (str | Unset): First name. Example: Ada.
        last (str | Unset): Last name. Example: Example.
        display_name (str | Unset): Name shown in the inbox; by default, first and last name. Example: Ada Example.
        email (str | Unset): Email address. Example: ada@example.com.
        custom (CustomValuesWrite | Unset): Values for custom fields. A key is the id of a field as a string; any other
            key is ignored silently (D48). Example: {'101': 'Gold'}.
        avatar (str | Unset): URL of a picture. Example: https://example.com/ada.png.
        assignee_id (int | Unset): Id of the user who owns the contact; -1 removes the owner. Read back as
            `assigned_user_id`. Example: 21.
        tags (list[ContactTagWrite] | Unset): Tags of the contact, 5 at most (D45).
        is_opted_out (bool | Unset): Whether the contact is opted out of messages. Example: False.
        email_suppressions (list[int] | Unset): Ids of email suppression groups to put the contact in; on the generated
            pages only, and no operation lists the ids. Example: [111].
    """

    contact_id: UUID | Unset = UNSET
    contact_channels: list[models.ContactChannelEntryWrite] | Unset = UNSET
    phone: str | Unset = UNSET
    first: str | Unset = UNSET
    last: str | Unset = UNSET
    display_name: str | Unset = UNSET
    email: str | Unset = UNSET
    custom: models.CustomValuesWrite | Unset = UNSET
    avatar: str | Unset = UNSET
    assignee_id: int | Unset = UNSET
    tags: list[models.ContactTagWrite] | Unset = UNSET
    is_opted_out: bool | Unset = UNSET
    email_suppressions: list[int] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        contact_id: str | Unset = UNSET
        if not isinstance(self.contact_id, Unset):
            contact_id = str(self.contact_id)

        contact_channels: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.contact_channels, Unset):
            contact_channels = []
            for contact_channels_item_data in self.contact_channels:
                contact_channels_item = contact_channels_item_data.to_dict()
                contact_channels.append(contact_channels_item)

        phone = self.phone

        first = self.first

        last = self.last

        display_name = self.display_name

        email = self.email

        custom: dict[str, Any] | Unset = UNSET
        if not isinstance(self.custom, Unset):
            custom = self.custom.to_dict()

        avatar = self.avatar

        assignee_id = self.assignee_id

        tags: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.tags, Unset):
            tags = []
            for tags_item_data in self.tags:
                tags_item = tags_item_data.to_dict()
                tags.append(tags_item)

        is_opted_out = self.is_opted_out

        email_suppressions: list[int] | Unset = UNSET
        if not isinstance(self.email_suppressions, Unset):
            email_suppressions = self.email_suppressions

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if contact_id is not UNSET:
            field_dict["contact_id"] = contact_id
        if contact_channels is not UNSET:
            field_dict["contact_channels"] = contact_channels
        if phone is not UNSET:
            field_dict["phone"] = phone
        if first is not UNSET:
            field_dict["first"] = first
        if last is not UNSET:
            field_dict["last"] = last
        if display_name is not UNSET:
            field_dict["display_name"] = display_name
        if email is not UNSET:
            field_dict["email"] = email
        if custom is not UNSET:
            field_dict["custom"] = custom
        if avatar is not UNSET:
            field_dict["avatar"] = avatar
        if assignee_id is not UNSET:
            field_dict["assignee_id"] = assignee_id
        if tags is not UNSET:
            field_dict["tags"] = tags
        if is_opted_out is not UNSET:
            field_dict["is_opted_out"] = is_opted_out
        if email_suppressions is not UNSET:
            field_dict["email_suppressions"] = email_suppressions

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.contact_channel_entry_write import ContactChannelEntryWrite  # noqa: PLC0415
        from ..models.contact_tag_write import ContactTagWrite  # noqa: PLC0415
        from ..models.custom_values_write import CustomValuesWrite  # noqa: PLC0415

        d = dict(src_dict)
        _contact_id = d.pop("contact_id", UNSET)
        contact_id: UUID | Unset
        if isinstance(_contact_id, Unset):
            contact_id = UNSET
        else:
            contact_id = UUID(_contact_id)

        _contact_channels = d.pop("contact_channels", UNSET)
        contact_channels: list[ContactChannelEntryWrite] | Unset = UNSET
        if _contact_channels is not UNSET:
            contact_channels = []
            for contact_channels_item_data in _contact_channels:
                contact_channels_item = as_item(
                    ContactChannelEntryWrite, contact_channels_item_data
                )

                contact_channels.append(contact_channels_item)

        phone = d.pop("phone", UNSET)

        first = d.pop("first", UNSET)

        last = d.pop("last", UNSET)

        display_name = d.pop("display_name", UNSET)

        email = d.pop("email", UNSET)

        _custom = d.pop("custom", UNSET)
        custom: CustomValuesWrite | Unset
        if isinstance(_custom, Unset):
            custom = UNSET
        else:
            custom = CustomValuesWrite.from_dict(_custom)

        avatar = d.pop("avatar", UNSET)

        assignee_id = d.pop("assignee_id", UNSET)

        _tags = d.pop("tags", UNSET)
        tags: list[ContactTagWrite] | Unset = UNSET
        if _tags is not UNSET:
            tags = []
            for tags_item_data in _tags:
                tags_item = as_item(ContactTagWrite, tags_item_data)

                tags.append(tags_item)

        is_opted_out = d.pop("is_opted_out", UNSET)

        email_suppressions = cast(list[int], d.pop("email_suppressions", UNSET))

        contact_upsert_write = cls(
            contact_id=contact_id,
            contact_channels=contact_channels,
            phone=phone,
            first=first,
            last=last,
            display_name=display_name,
            email=email,
            custom=custom,
            avatar=avatar,
            assignee_id=assignee_id,
            tags=tags,
            is_opted_out=is_opted_out,
            email_suppressions=email_suppressions,
        )

        contact_upsert_write.additional_properties = d
        return contact_upsert_write
