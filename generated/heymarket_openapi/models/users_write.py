from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..variants import as_item

T = TypeVar("T", bound="UsersWrite")


@_attrs_define(kw_only=True)
class UsersWrite(Model):
    """The members to update.

    Example:
        {'users': [{'id': 21, 'first_name': 'Mary', 'last_name': 'Example', 'role_id': 4}]}

    Attributes:
        users (list[UserWrite]): The members.
    """

    users: list[models.UserWrite]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        users = []
        for users_item_data in self.users:
            users_item = users_item_data.to_dict()
            users.append(users_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "users": users,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.user_write import UserWrite  # noqa: PLC0415

        d = dict(src_dict)
        users = []
        _users = d.pop("users")
        for users_item_data in _users:
            users_item = as_item(UserWrite, users_item_data)

            users.append(users_item)

        users_write = cls(
            users=users,
        )

        users_write.additional_properties = d
        return users_write
