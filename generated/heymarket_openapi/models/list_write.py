from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..models.list_type import ListType
from ..types import UNSET, Unset

T = TypeVar("T", bound="ListWrite")


@_attrs_define(kw_only=True)
class ListWrite(Model):
    """A list to create.

    Example:
        {'title': 'Newsletter', 'local_id': '00000000-0000-4000-8000-00000000a001', 'contacts': [501, 502]}

    Attributes:
        title (str): Name of the list; read back as `name`. Example: Newsletter.
        local_id (str): Id of your own that is unique for this list, such as a UUID. Sent again, it doesn't create a
            second list. Example: 00000000-0000-4000-8000-00000000a001.
        type_ (ListType | Unset): Type of a list. `contacts` makes a list of contacts with all their channels (D27);
            without it, the list is one of phone numbers. Example: contacts.
        contacts (list[int] | Unset): Integer ids of contacts. Example: [501, 502].
        phones (list[str] | Unset): Phone numbers, whether or not there are contacts for them (D26) (E.164 digits
            without plus). Example: ['15555550100'].
        emails (list[str] | Unset): Email addresses, whether or not there are contacts for them (D26). Example:
            ['ada@example.com'].
    """

    title: str
    local_id: str
    type_: ListType | Unset = UNSET
    contacts: list[int] | Unset = UNSET
    phones: list[str] | Unset = UNSET
    emails: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        title = self.title

        local_id = self.local_id

        type_: str | Unset = UNSET
        if not isinstance(self.type_, Unset):
            type_ = self.type_.value

        contacts: list[int] | Unset = UNSET
        if not isinstance(self.contacts, Unset):
            contacts = self.contacts

        phones: list[str] | Unset = UNSET
        if not isinstance(self.phones, Unset):
            phones = self.phones

        emails: list[str] | Unset = UNSET
        if not isinstance(self.emails, Unset):
            emails = self.emails

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "title": title,
                "local_id": local_id,
            }
        )
        if type_ is not UNSET:
            field_dict["type"] = type_
        if contacts is not UNSET:
            field_dict["contacts"] = contacts
        if phones is not UNSET:
            field_dict["phones"] = phones
        if emails is not UNSET:
            field_dict["emails"] = emails

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        title = d.pop("title")

        local_id = d.pop("local_id")

        _type_ = d.pop("type", UNSET)
        type_: ListType | Unset
        if isinstance(_type_, Unset):
            type_ = UNSET
        else:
            type_ = ListType(_type_)

        contacts = cast(list[int], d.pop("contacts", UNSET))

        phones = cast(list[str], d.pop("phones", UNSET))

        emails = cast(list[str], d.pop("emails", UNSET))

        list_write = cls(
            title=title,
            local_id=local_id,
            type_=type_,
            contacts=contacts,
            phones=phones,
            emails=emails,
        )

        list_write.additional_properties = d
        return list_write
