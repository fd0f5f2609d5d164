from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="Inbox")


@_attrs_define(kw_only=True)
class Inbox(Model):
    """An inbox.

    Example:
        {'id': 31, 'name': 'Front desk', 'team': 7, 'members': [21, 22], 'phone': '15555550101', 'phones':
            ['15555550101'], 'auto_assignable': False, 'forward_number': '15555550102', 'invited': ['joan@example.com'],
            'allowed_domains': ['example.com'], 'bco_chats': False, 'op': 'update', 'rev': 3, 'widget_code': 'widget-31',
            'widget_settings': {'background_color': '#FFD700', 'button_color': '#FFD700', 'fab_background_color': '#FFD700',
            'fab_text_color': '#FFD700', 'message': 'How can we help?', 'name': 'Example Inc.', 'phone': '15555550100',
            'title_background_color': '#FFD700', 'title_text_color': '#FFD700', 'tos': 'https://example.com/terms',
            'position': 0, 'preview_enabled': False}}

    Attributes:
        id (int | None | Unset): Id of the inbox. Example: 31.
        name (None | str | Unset): Name of the inbox. Example: Front desk.
        team (int | None | Unset): Id of the team. Example: 7.
        members (list[int] | None | Unset): Ids of the members, usable as `creator_id`. Example: [21, 22].
        phone (None | str | Unset): Main phone number. Example: 15555550101.
        phones (list[str] | None | Unset): All phone numbers. Example: ['15555550101'].
        auto_assignable (bool | None | Unset): Presumably whether conversations are assigned automatically. Example:
            False.
        forward_number (None | str | Unset): Phone number that calls go to; may be null. Example: 15555550102.
        invited (list[str] | None | Unset): Who is invited; what the strings are is not documented (D21). Example:
            ['joan@example.com'].
        allowed_domains (list[str] | None | Unset): Domains that may show the web widget. Example: ['example.com'].
        bco_chats (bool | None | Unset): Not described by the vendor. Example: False.
        op (None | str | Unset): Name of the last operation on the record; the values are not documented. Example:
            update.
        rev (int | None | Unset): Number of the record's revision; each write raises it. Example: 3.
        widget_code (None | str | Unset): Code of the web widget. Example: widget-31.
        widget_settings (None | Unset | WidgetSettings):
    """

    id: int | None | Unset = UNSET
    name: None | str | Unset = UNSET
    team: int | None | Unset = UNSET
    members: list[int] | None | Unset = UNSET
    phone: None | str | Unset = UNSET
    phones: list[str] | None | Unset = UNSET
    auto_assignable: bool | None | Unset = UNSET
    forward_number: None | str | Unset = UNSET
    invited: list[str] | None | Unset = UNSET
    allowed_domains: list[str] | None | Unset = UNSET
    bco_chats: bool | None | Unset = UNSET
    op: None | str | Unset = UNSET
    rev: int | None | Unset = UNSET
    widget_code: None | str | Unset = UNSET
    widget_settings: None | Unset | models.WidgetSettings = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.widget_settings import WidgetSettings  # noqa: PLC0415

        id = self.id

        name = self.name

        team = self.team

        members: list[int] | None | Unset
        if isinstance(self.members, Unset):
            members = UNSET
        elif isinstance(self.members, list):
            members = self.members

        else:
            members = self.members

        phone = self.phone

        phones: list[str] | None | Unset
        if isinstance(self.phones, Unset):
            phones = UNSET
        elif isinstance(self.phones, list):
            phones = self.phones

        else:
            phones = self.phones

        auto_assignable = self.auto_assignable

        forward_number = self.forward_number

        invited: list[str] | None | Unset
        if isinstance(self.invited, Unset):
            invited = UNSET
        elif isinstance(self.invited, list):
            invited = self.invited

        else:
            invited = self.invited

        allowed_domains: list[str] | None | Unset
        if isinstance(self.allowed_domains, Unset):
            allowed_domains = UNSET
        elif isinstance(self.allowed_domains, list):
            allowed_domains = self.allowed_domains

        else:
            allowed_domains = self.allowed_domains

        bco_chats = self.bco_chats

        op = self.op

        rev = self.rev

        widget_code = self.widget_code

        widget_settings: dict[str, Any] | None | Unset
        if isinstance(self.widget_settings, Unset):
            widget_settings = UNSET
        elif isinstance(self.widget_settings, WidgetSettings):
            widget_settings = self.widget_settings.to_dict()
        else:
            widget_settings = self.widget_settings

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if id is not UNSET:
            field_dict["id"] = id
        if name is not UNSET:
            field_dict["name"] = name
        if team is not UNSET:
            field_dict["team"] = team
        if members is not UNSET:
            field_dict["members"] = members
        if phone is not UNSET:
            field_dict["phone"] = phone
        if phones is not UNSET:
            field_dict["phones"] = phones
        if auto_assignable is not UNSET:
            field_dict["auto_assignable"] = auto_assignable
        if forward_number is not UNSET:
            field_dict["forward_number"] = forward_number
        if invited is not UNSET:
            field_dict["invited"] = invited
        if allowed_domains is not UNSET:
            field_dict["allowed_domains"] = allowed_domains
        if bco_chats is not UNSET:
            field_dict["bco_chats"] = bco_chats
        if op is not UNSET:
            field_dict["op"] = op
        if rev is not UNSET:
            field_dict["rev"] = rev
        if widget_code is not UNSET:
            field_dict["widget_code"] = widget_code
        if widget_settings is not UNSET:
            field_dict["widget_settings"] = widget_settings

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.widget_settings import WidgetSettings  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        name = d.pop("name", UNSET)

        team = d.pop("team", UNSET)

        def _parse_members(data: object) -> list[int] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                members_type_0 = cast(list[int], data)

                return members_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[int] | None | Unset, data)

        members = _parse_members(d.pop("members", UNSET))

        phone = d.pop("phone", UNSET)

        def _parse_phones(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                phones_type_0 = cast(list[str], data)

                return phones_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        phones = _parse_phones(d.pop("phones", UNSET))

        auto_assignable = d.pop("auto_assignable", UNSET)

        forward_number = d.pop("forward_number", UNSET)

        def _parse_invited(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                invited_type_0 = cast(list[str], data)

                return invited_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        invited = _parse_invited(d.pop("invited", UNSET))

        def _parse_allowed_domains(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                allowed_domains_type_0 = cast(list[str], data)

                return allowed_domains_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        allowed_domains = _parse_allowed_domains(d.pop("allowed_domains", UNSET))

        bco_chats = d.pop("bco_chats", UNSET)

        op = d.pop("op", UNSET)

        rev = d.pop("rev", UNSET)

        widget_code = d.pop("widget_code", UNSET)

        def _parse_widget_settings(data: object) -> None | Unset | WidgetSettings:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                widget_settings_type_0 = WidgetSettings.from_dict(data)

                return widget_settings_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | WidgetSettings, data)

        widget_settings = _parse_widget_settings(d.pop("widget_settings", UNSET))

        inbox = cls(
            id=id,
            name=name,
            team=team,
            members=members,
            phone=phone,
            phones=phones,
            auto_assignable=auto_assignable,
            forward_number=forward_number,
            invited=invited,
            allowed_domains=allowed_domains,
            bco_chats=bco_chats,
            op=op,
            rev=rev,
            widget_code=widget_code,
            widget_settings=widget_settings,
        )

        inbox.additional_properties = d
        return inbox
