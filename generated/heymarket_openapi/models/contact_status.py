from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ContactStatus")


@_attrs_define(kw_only=True)
class ContactStatus(Model):
    """Whether a contact can be messaged.

    Example:
        {'id': 501, 'phone': '15555550100', 'unsubscribed': False, 'blocked': False, 'unsubscribed_admin': False,
            'unsubscribed_contact': False}

    Attributes:
        id (int | None | Unset): Integer id of the contact. Example: 501.
        phone (None | str | Unset): Phone number of the contact (E.164 digits without plus). Example: 15555550100.
        unsubscribed (bool | None | Unset): Whether the contact is opted out. Example: False.
        blocked (bool | None | Unset): Whether the contact is blocked. Example: False.
        unsubscribed_admin (bool | None | Unset): Presumably whether the team opted the contact out; seen by a third
            party only (D07). Example: False.
        unsubscribed_contact (bool | None | Unset): Presumably whether the contact opted out itself; seen by a third
            party only (D07). Example: False.
    """

    id: int | None | Unset = UNSET
    phone: None | str | Unset = UNSET
    unsubscribed: bool | None | Unset = UNSET
    blocked: bool | None | Unset = UNSET
    unsubscribed_admin: bool | None | Unset = UNSET
    unsubscribed_contact: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        phone = self.phone

        unsubscribed = self.unsubscribed

        blocked = self.blocked

        unsubscribed_admin = self.unsubscribed_admin

        unsubscribed_contact = self.unsubscribed_contact

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if id is not UNSET:
            field_dict["id"] = id
        if phone is not UNSET:
            field_dict["phone"] = phone
        if unsubscribed is not UNSET:
            field_dict["unsubscribed"] = unsubscribed
        if blocked is not UNSET:
            field_dict["blocked"] = blocked
        if unsubscribed_admin is not UNSET:
            field_dict["unsubscribed_admin"] = unsubscribed_admin
        if unsubscribed_contact is not UNSET:
            field_dict["unsubscribed_contact"] = unsubscribed_contact

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        phone = d.pop("phone", UNSET)

        unsubscribed = d.pop("unsubscribed", UNSET)

        blocked = d.pop("blocked", UNSET)

        unsubscribed_admin = d.pop("unsubscribed_admin", UNSET)

        unsubscribed_contact = d.pop("unsubscribed_contact", UNSET)

        contact_status = cls(
            id=id,
            phone=phone,
            unsubscribed=unsubscribed,
            blocked=blocked,
            unsubscribed_admin=unsubscribed_admin,
            unsubscribed_contact=unsubscribed_contact,
        )

        contact_status.additional_properties = d
        return contact_status
