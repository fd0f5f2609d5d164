from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ContactLookupQuery")


@_attrs_define(kw_only=True)
class ContactLookupQuery(Model):
    """Which contact.

    Example:
        {'phone': '15555550100'}

    Attributes:
        phone (str | Unset): Phone number of the contact (E.164 digits without plus); wins when `id` is given as well.
            Example: 15555550100.
        id (str | Unset): Integer id of the contact, as a string (D06). Example: 501.
    """

    phone: str | Unset = UNSET
    id: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        phone = self.phone

        id = self.id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if phone is not UNSET:
            field_dict["phone"] = phone
        if id is not UNSET:
            field_dict["id"] = id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        phone = d.pop("phone", UNSET)

        id = d.pop("id", UNSET)

        contact_lookup_query = cls(
            phone=phone,
            id=id,
        )

        contact_lookup_query.additional_properties = d
        return contact_lookup_query
