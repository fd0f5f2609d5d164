from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ListChangesWrite")


@_attrs_define(kw_only=True)
class ListChangesWrite(Model):
    """What to change of a list.

    Example:
        {'title': 'Newsletter', 'add_contacts': [501, 502]}

    Attributes:
        title (str | Unset): Name of the list; read back as `name`. Example: Newsletter.
        contacts (list[int] | Unset): Integer ids of contacts, who replace all members. Example: [501, 502].
        phones (list[str] | Unset): Phone numbers to add as new contacts, by the generated page (D28) (E.164 digits
            without plus). Example: ['15555550100'].
        emails (list[str] | Unset): Email addresses to add as new contacts, by the generated page (D28). Example:
            ['ada@example.com'].
        add_contacts (list[int] | Unset): Integer ids of contacts to add. Example: [501, 502].
        remove_contacts (list[int] | Unset): Integer ids of contacts to remove. Example: [501, 502].
        add_phones (list[str] | Unset): Phone numbers to add (E.164 digits without plus). Example: ['15555550100'].
        remove_phones (list[str] | Unset): Phone numbers to remove (E.164 digits without plus). Example:
            ['15555550100'].
        add_emails (list[str] | Unset): Email addresses to add. Example: ['ada@example.com'].
        remove_emails (list[str] | Unset): Email addresses to remove. Example: ['ada@example.com'].
    """

    title: str | Unset = UNSET
    contacts: list[int] | Unset = UNSET
    phones: list[str] | Unset = UNSET
    emails: list[str] | Unset = UNSET
    add_contacts: list[int] | Unset = UNSET
    remove_contacts: list[int] | Unset = UNSET
    add_phones: list[str] | Unset = UNSET
    remove_phones: list[str] | Unset = UNSET
    add_emails: list[str] | Unset = UNSET
    remove_emails: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        title = self.title

        contacts: list[int] | Unset = UNSET
        if not isinstance(self.contacts, Unset):
            contacts = self.contacts

        phones: list[str] | Unset = UNSET
        if not isinstance(self.phones, Unset):
            phones = self.phones

        emails: list[str] | Unset = UNSET
        if not isinstance(self.emails, Unset):
            emails = self.emails

        add_contacts: list[int] | Unset = UNSET
        if not isinstance(self.add_contacts, Unset):
            add_contacts = self.add_contacts

        remove_contacts: list[int] | Unset = UNSET
        if not isinstance(self.remove_contacts, Unset):
            remove_contacts = self.remove_contacts

        add_phones: list[str] | Unset = UNSET
        if not isinstance(self.add_phones, Unset):
            add_phones = self.add_phones

        remove_phones: list[str] | Unset = UNSET
        if not isinstance(self.remove_phones, Unset):
            remove_phones = self.remove_phones

        add_emails: list[str] | Unset = UNSET
        if not isinstance(self.add_emails, Unset):
            add_emails = self.add_emails

        remove_emails: list[str] | Unset = UNSET
        if not isinstance(self.remove_emails, Unset):
            remove_emails = self.remove_emails

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if title is not UNSET:
            field_dict["title"] = title
        if contacts is not UNSET:
            field_dict["contacts"] = contacts
        if phones is not UNSET:
            field_dict["phones"] = phones
        if emails is not UNSET:
            field_dict["emails"] = emails
        if add_contacts is not UNSET:
            field_dict["add_contacts"] = add_contacts
        if remove_contacts is not UNSET:
            field_dict["remove_contacts"] = remove_contacts
        if add_phones is not UNSET:
            field_dict["add_phones"] = add_phones
        if remove_phones is not UNSET:
            field_dict["remove_phones"] = remove_phones
        if add_emails is not UNSET:
            field_dict["add_emails"] = add_emails
        if remove_emails is not UNSET:
            field_dict["remove_emails"] = remove_emails

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        title = d.pop("title", UNSET)

        contacts = cast(list[int], d.pop("contacts", UNSET))

        phones = cast(list[str], d.pop("phones", UNSET))

        emails = cast(list[str], d.pop("emails", UNSET))

        add_contacts = cast(list[int], d.pop("add_contacts", UNSET))

        remove_contacts = cast(list[int], d.pop("remove_contacts", UNSET))

        add_phones = cast(list[str], d.pop("add_phones", UNSET))

        remove_phones = cast(list[str], d.pop("remove_phones", UNSET))

        add_emails = cast(list[str], d.pop("add_emails", UNSET))

        remove_emails = cast(list[str], d.pop("remove_emails", UNSET))

        list_changes_write = cls(
            title=title,
            contacts=contacts,
            phones=phones,
            emails=emails,
            add_contacts=add_contacts,
            remove_contacts=remove_contacts,
            add_phones=add_phones,
            remove_phones=remove_phones,
            add_emails=add_emails,
            remove_emails=remove_emails,
        )

        list_changes_write.additional_properties = d
        return list_changes_write
