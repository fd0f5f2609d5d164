from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ContactStatusQuery")


@_attrs_define(kw_only=True)
class ContactStatusQuery(Model):
    """Which contact: by id or by phone number.

    Example:
        {'phone': '15555550100'}

    Attributes:
        id (int | Unset): Integer id of the contact. Example: 501.
        phone (str | Unset): Phone number of the contact (E.164 digits without plus). Example: 15555550100.
    """

    id: int | Unset = UNSET
    phone: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        phone = self.phone

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if id is not UNSET:
            field_dict["id"] = id
        if phone is not UNSET:
            field_dict["phone"] = phone

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        phone = d.pop("phone", UNSET)

        contact_status_query = cls(
            id=id,
            phone=phone,
        )

        contact_status_query.additional_properties = d
        return contact_status_query
