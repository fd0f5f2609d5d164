from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="TeamMember")


@_attrs_define(kw_only=True)
class TeamMember(Model):
    """A member of the team.

    Example:
        {'id': 21, 'name': 'Mary Example', 'role': 'admin', 'email': 'mary@example.com'}

    Attributes:
        id (int | None | Unset): Id of the member, usable as `creator_id` and `user_id`. Example: 21.
        name (None | str | Unset): Name of the member. Example: Mary Example.
        role (None | str | Unset): Role; the values are not documented (D25). Example: admin.
        email (None | str | Unset): Email address; read by a third party only (D23). Example: mary@example.com.
    """

    id: int | None | Unset = UNSET
    name: None | str | Unset = UNSET
    role: None | str | Unset = UNSET
    email: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        role = self.role

        email = self.email

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if id is not UNSET:
            field_dict["id"] = id
        if name is not UNSET:
            field_dict["name"] = name
        if role is not UNSET:
            field_dict["role"] = role
        if email is not UNSET:
            field_dict["email"] = email

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        name = d.pop("name", UNSET)

        role = d.pop("role", UNSET)

        email = d.pop("email", UNSET)

        team_member = cls(
            id=id,
            name=name,
            role=role,
            email=email,
        )

        team_member.additional_properties = d
        return team_member
