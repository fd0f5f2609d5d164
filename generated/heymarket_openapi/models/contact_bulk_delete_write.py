from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..variants import as_item

T = TypeVar("T", bound="ContactBulkDeleteWrite")


@_attrs_define(kw_only=True)
class ContactBulkDeleteWrite(Model):
    """Contacts to delete.

    Example:
        {'contact_channels': [{'channel_type': 'id', 'channel_ids': ['00000000-0000-4000-8000-000000000001',
            '00000000-0000-4000-8000-000000000002']}]}

    Attributes:
        contact_channels (list[ContactIdsWrite]): Exactly one entry, which names the contacts.
    """

    contact_channels: list[models.ContactIdsWrite]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        contact_channels = []
        for contact_channels_item_data in self.contact_channels:
            contact_channels_item = contact_channels_item_data.to_dict()
            contact_channels.append(contact_channels_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "contact_channels": contact_channels,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.contact_ids_write import ContactIdsWrite  # noqa: PLC0415

        d = dict(src_dict)
        contact_channels = []
        _contact_channels = d.pop("contact_channels")
        for contact_channels_item_data in _contact_channels:
            contact_channels_item = as_item(ContactIdsWrite, contact_channels_item_data)

            contact_channels.append(contact_channels_item)

        contact_bulk_delete_write = cls(
            contact_channels=contact_channels,
        )

        contact_bulk_delete_write.additional_properties = d
        return contact_bulk_delete_write
