from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="TeamUser")


@_attrs_define(kw_only=True)
class TeamUser(Model):
    """A member of the team, as a user.

    Example:
        {'id': 21, 'phone': '15555550100', 'name': 'Mary Example', 'email': 'mary@example.com', 'role_id': 4, 'team_id':
            7, 'created_at': '2024-01-02T03:04:05Z', 'updated_at': '2024-01-02T03:04:05Z', 'user_created_at':
            '2024-01-02T03:04:05Z', 'user_updated_at': '2024-01-02T03:04:05Z'}

    Attributes:
        id (int | None | Unset): Id of the membership. Example: 21.
        phone (None | str | Unset): Phone number (E.164 digits without plus). Example: 15555550100.
        name (None | str | Unset): Name of the user. Example: Mary Example.
        email (None | str | Unset): Email address. Example: mary@example.com.
        role_id (int | None | Unset): Role; 1 is an administrator, 4 a member, others are not documented (D25). Example:
            4.
        team_id (int | None | Unset): Id of the team. Example: 7.
        created_at (datetime.datetime | None | str | Unset): When the membership was created (RFC 3339). Example:
            2024-01-02T03:04:05Z.
        updated_at (datetime.datetime | None | str | Unset): When the membership was last changed (RFC 3339). Example:
            2024-01-02T03:04:05Z.
        user_created_at (datetime.datetime | None | str | Unset): When the user's account was created (RFC 3339).
            Example: 2024-01-02T03:04:05Z.
        user_updated_at (datetime.datetime | None | str | Unset): When the user's account was last changed (RFC 3339).
            Example: 2024-01-02T03:04:05Z.
    """

    id: int | None | Unset = UNSET
    phone: None | str | Unset = UNSET
    name: None | str | Unset = UNSET
    email: None | str | Unset = UNSET
    role_id: int | None | Unset = UNSET
    team_id: int | None | Unset = UNSET
    created_at: datetime.datetime | None | str | Unset = UNSET
    updated_at: datetime.datetime | None | str | Unset = UNSET
    user_created_at: datetime.datetime | None | str | Unset = UNSET
    user_updated_at: datetime.datetime | None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        phone = self.phone

        name = self.name

        email = self.email

        role_id = self.role_id

        team_id = self.team_id

        created_at: None | str | Unset
        if isinstance(self.created_at, Unset):
            created_at = UNSET
        elif isinstance(self.created_at, datetime.datetime):
            created_at = self.created_at.isoformat()
        else:
            created_at = self.created_at

        updated_at: None | str | Unset
        if isinstance(self.updated_at, Unset):
            updated_at = UNSET
        elif isinstance(self.updated_at, datetime.datetime):
            updated_at = self.updated_at.isoformat()
        else:
            updated_at = self.updated_at

        user_created_at: None | str | Unset
        if isinstance(self.user_created_at, Unset):
            user_created_at = UNSET
        elif isinstance(self.user_created_at, datetime.datetime):
            user_created_at = self.user_created_at.isoformat()
        else:
            user_created_at = self.user_created_at

        user_updated_at: None | str | Unset
        if isinstance(self.user_updated_at, Unset):
            user_updated_at = UNSET
        elif isinstance(self.user_updated_at, datetime.datetime):
            user_updated_at = self.user_updated_at.isoformat()
        else:
            user_updated_at = self.user_updated_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if id is not UNSET:
            field_dict["id"] = id
        if phone is not UNSET:
            field_dict["phone"] = phone
        if name is not UNSET:
            field_dict["name"] = name
        if email is not UNSET:
            field_dict["email"] = email
        if role_id is not UNSET:
            field_dict["role_id"] = role_id
        if team_id is not UNSET:
            field_dict["team_id"] = team_id
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if updated_at is not UNSET:
            field_dict["updated_at"] = updated_at
        if user_created_at is not UNSET:
            field_dict["user_created_at"] = user_created_at
        if user_updated_at is not UNSET:
            field_dict["user_updated_at"] = user_updated_at

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        phone = d.pop("phone", UNSET)

        name = d.pop("name", UNSET)

        email = d.pop("email", UNSET)

        role_id = d.pop("role_id", UNSET)

        team_id = d.pop("team_id", UNSET)

        def _parse_created_at(data: object) -> datetime.datetime | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                try:
                    created_at_parsed = datetime.datetime.fromisoformat(data)

                    if created_at_parsed.year == 1:
                        return None
                except ValueError:
                    from ..drift import warn_once

                    warn_once(cls, "created_at")
                    raise

                return created_at_parsed
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | str | Unset, data)

        created_at = _parse_created_at(d.pop("created_at", UNSET))

        def _parse_updated_at(data: object) -> datetime.datetime | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                try:
                    updated_at_parsed = datetime.datetime.fromisoformat(data)

                    if updated_at_parsed.year == 1:
                        return None
                except ValueError:
                    from ..drift import warn_once

                    warn_once(cls, "updated_at")
                    raise

                return updated_at_parsed
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | str | Unset, data)

        updated_at = _parse_updated_at(d.pop("updated_at", UNSET))

        def _parse_user_created_at(
            data: object,
        ) -> datetime.datetime | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                try:
                    user_created_at_parsed = datetime.datetime.fromisoformat(data)

                    if user_created_at_parsed.year == 1:
                        return None
                except ValueError:
                    from ..drift import warn_once

                    warn_once(cls, "user_created_at")
                    raise

                return user_created_at_parsed
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | str | Unset, data)

        user_created_at = _parse_user_created_at(d.pop("user_created_at", UNSET))

        def _parse_user_updated_at(
            data: object,
        ) -> datetime.datetime | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                try:
                    user_updated_at_parsed = datetime.datetime.fromisoformat(data)

                    if user_updated_at_parsed.year == 1:
                        return None
                except ValueError:
                    from ..drift import warn_once

                    warn_once(cls, "user_updated_at")
                    raise

                return user_updated_at_parsed
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | str | Unset, data)

        user_updated_at = _parse_user_updated_at(d.pop("user_updated_at", UNSET))

        team_user = cls(
            id=id,
            phone=phone,
            name=name,
            email=email,
            role_id=role_id,
            team_id=team_id,
            created_at=created_at,
            updated_at=updated_at,
            user_created_at=user_created_at,
            user_updated_at=user_updated_at,
        )

        team_user.additional_properties = d
        return team_user
