from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..variants import as_item

T = TypeVar("T", bound="ContactBulkUpsertWrite")


@_attrs_define(kw_only=True)
class ContactBulkUpsertWrite(Model):
    """Contacts to create or update.

    Example:
        {'contacts': [{'contact_channels': [{'channel_type': 'phone', 'channel_id': '15555550100'}], 'first': 'Ada',
            'last': 'Example', 'email': 'ada@example.com'}]}

    Attributes:
        contacts (list[ContactUpsertWrite]): The contacts; the maximum number is not documented.
    """

    contacts: list[models.ContactUpsertWrite]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        contacts = []
        for contacts_item_data in self.contacts:
            contacts_item = contacts_item_data.to_dict()
            contacts.append(contacts_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "contacts": contacts,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.contact_upsert_write import ContactUpsertWrite  # noqa: PLC0415

        d = dict(src_dict)
        contacts = []
        _contacts = d.pop("contacts")
        for contacts_item_data in _contacts:
            contacts_item = as_item(ContactUpsertWrite, contacts_item_data)

            contacts.append(contacts_item)

        contact_bulk_upsert_write = cls(
            contacts=contacts,
        )

        contact_bulk_upsert_write.additional_properties = d
        return contact_bulk_upsert_write
