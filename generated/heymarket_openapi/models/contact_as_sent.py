from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset
from ..variants import as_item

T = TypeVar("T", bound="ContactAsSent")


@_attrs_define(kw_only=True)
class ContactAsSent(Model):
    """A contact, as it was sent.

    Example:
        {'contact_channels': [{'channel_type': 'phone', 'channel_id': '15555550100'}], 'first': 'Ada', 'last':
            'Example', 'email': 'ada@example.com'}

    Attributes:
        contact_id (None | str | Unset): UUID of the contact that was to be updated. Example:
            00000000-0000-4000-8000-000000000001.
        contact_channels (list[ContactChannelAsSent] | None | Unset): Ways to reach the contact.
        phone (None | str | Unset): Phone number (E.164 digits without plus). Example: 15555550100.
        first (None | str | Unset): First name. Example: Ada.
        last (None | str | Unset): Last name. Example: Example.
        display_name (None | str | Unset): Name shown in the inbox; by default, first and last name. Example: Ada
            Example.
        email (None | str | Unset): Email address. Example: ada@example.com.
        custom (CustomValues | None | Unset):
        avatar (None | str | Unset): URL of a picture. Example: https://example.com/ada.png.
        assignee_id (int | None | Unset): Id of the user who owns the contact; -1 removes the owner. Read back as
            `assigned_user_id`. Example: 21.
        tags (list[AssignedTag] | None | Unset): Tags of the contact.
        is_opted_out (bool | None | Unset): Whether the contact is opted out of messages. Example: False.
        email_suppressions (list[int] | None | Unset): Ids of email suppression groups to put the contact in; on the
            generated pages only, and no operation lists the ids. Example: [111].
    """

    contact_id: None | str | Unset = UNSET
    contact_channels: list[models.ContactChannelAsSent] | None | Unset = UNSET
    phone: None | str | Unset = UNSET
    first: None | str | Unset = UNSET
    last: None | str | Unset = UNSET
    display_name: None | str | Unset = UNSET
    email: None | str | Unset = UNSET
    custom: models.CustomValues | None | Unset = UNSET
    avatar: None | str | Unset = UNSET
    assignee_id: int | None | Unset = UNSET
    tags: list[models.AssignedTag] | None | Unset = UNSET
    is_opted_out: bool | None | Unset = UNSET
    email_suppressions: list[int] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.custom_values import CustomValues  # noqa: PLC0415

        contact_id = self.contact_id

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

        phone = self.phone

        first = self.first

        last = self.last

        display_name = self.display_name

        email = self.email

        custom: dict[str, Any] | None | Unset
        if isinstance(self.custom, Unset):
            custom = UNSET
        elif isinstance(self.custom, CustomValues):
            custom = self.custom.to_dict()
        else:
            custom = self.custom

        avatar = self.avatar

        assignee_id = self.assignee_id

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

        email_suppressions: list[int] | None | Unset
        if isinstance(self.email_suppressions, Unset):
            email_suppressions = UNSET
        elif isinstance(self.email_suppressions, list):
            email_suppressions = self.email_suppressions

        else:
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
        from ..models.assigned_tag import AssignedTag  # noqa: PLC0415
        from ..models.contact_channel_as_sent import ContactChannelAsSent  # noqa: PLC0415
        from ..models.custom_values import CustomValues  # noqa: PLC0415

        d = dict(src_dict)
        contact_id = d.pop("contact_id", UNSET)

        def _parse_contact_channels(
            data: object,
        ) -> list[ContactChannelAsSent] | None | Unset:
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
                        ContactChannelAsSent, contact_channels_type_0_item_data
                    )

                    contact_channels_type_0.append(contact_channels_type_0_item)

                return contact_channels_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[ContactChannelAsSent] | None | Unset, data)

        contact_channels = _parse_contact_channels(d.pop("contact_channels", UNSET))

        phone = d.pop("phone", UNSET)

        first = d.pop("first", UNSET)

        last = d.pop("last", UNSET)

        display_name = d.pop("display_name", UNSET)

        email = d.pop("email", UNSET)

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

        assignee_id = d.pop("assignee_id", UNSET)

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

        def _parse_email_suppressions(data: object) -> list[int] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                email_suppressions_type_0 = cast(list[int], data)

                return email_suppressions_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[int] | None | Unset, data)

        email_suppressions = _parse_email_suppressions(
            d.pop("email_suppressions", UNSET)
        )

        contact_as_sent = cls(
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

        contact_as_sent.additional_properties = d
        return contact_as_sent
