from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="UsersQuery")


@_attrs_define(kw_only=True)
class UsersQuery(Model):
    """Which members to look for: by phone number, by email address, or both.

    Example:
        {'email': ['mary@example.com']}

    Attributes:
        phone (list[str] | Unset): Phone numbers (E.164 digits without plus). Example: ['15555550100'].
        email (list[str] | Unset): Email addresses. Example: ['mary@example.com'].
    """

    phone: list[str] | Unset = UNSET
    email: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        phone: list[str] | Unset = UNSET
        if not isinstance(self.phone, Unset):
            phone = self.phone

        email: list[str] | Unset = UNSET
        if not isinstance(self.email, Unset):
            email = self.email

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if phone is not UNSET:
            field_dict["phone"] = phone
        if email is not UNSET:
            field_dict["email"] = email

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        phone = cast(list[str], d.pop("phone", UNSET))

        email = cast(list[str], d.pop("email", UNSET))

        users_query = cls(
            phone=phone,
            email=email,
        )

        users_query.additional_properties = d
        return users_query
