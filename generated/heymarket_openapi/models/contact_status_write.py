from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..models.contact_status_value import ContactStatusValue
from ..types import UNSET, Unset

T = TypeVar("T", bound="ContactStatusWrite")


@_attrs_define(kw_only=True)
class ContactStatusWrite(Model):
    """Which contact (by id or by phone number), and its new status.

    Example:
        {'phone': '15555550100', 'status': 'active'}

    Attributes:
        status (ContactStatusValue): The new status of a contact. The known values are the older page's; the generated
            page accepts any string (D08). `unblocked` makes a contact active again, `unsubscribed` is the same as opting it
            out. Example: active.
        id (int | Unset): Integer id of the contact. Example: 501.
        phone (str | Unset): Phone number of the contact (E.164 digits without plus). Example: 15555550100.
    """

    status: ContactStatusValue
    id: int | Unset = UNSET
    phone: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        status = self.status.value

        id = self.id

        phone = self.phone

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "status": status,
            }
        )
        if id is not UNSET:
            field_dict["id"] = id
        if phone is not UNSET:
            field_dict["phone"] = phone

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        status = ContactStatusValue(d.pop("status"))

        id = d.pop("id", UNSET)

        phone = d.pop("phone", UNSET)

        contact_status_write = cls(
            status=status,
            id=id,
            phone=phone,
        )

        contact_status_write.additional_properties = d
        return contact_status_write
