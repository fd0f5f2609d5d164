from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="UserWrite")


@_attrs_define(kw_only=True)
class UserWrite(Model):
    """What to change of a member.

    Example:
        {'id': 21, 'first_name': 'Mary', 'last_name': 'Example', 'role_id': 4}

    Attributes:
        id (int): Id of the member. Example: 21.
        first_name (str | Unset): First name. Example: Mary.
        last_name (str | Unset): Last name. Example: Example.
        role_id (int | Unset): Role; 1 is an administrator, 4 a member, others are not documented. Example: 4.
    """

    id: int
    first_name: str | Unset = UNSET
    last_name: str | Unset = UNSET
    role_id: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        first_name = self.first_name

        last_name = self.last_name

        role_id = self.role_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if first_name is not UNSET:
            field_dict["first_name"] = first_name
        if last_name is not UNSET:
            field_dict["last_name"] = last_name
        if role_id is not UNSET:
            field_dict["role_id"] = role_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        first_name = d.pop("first_name", UNSET)

        last_name = d.pop("last_name", UNSET)

        role_id = d.pop("role_id", UNSET)

        user_write = cls(
            id=id,
            first_name=first_name,
            last_name=last_name,
            role_id=role_id,
        )

        user_write.additional_properties = d
        return user_write
