from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset
from ..variants import as_item

T = TypeVar("T", bound="ContactBulkResult")


@_attrs_define(kw_only=True)
class ContactBulkResult(Model):
    """The outcome for the contacts.

    Example:
        {'contacts': [{'id': 501, 'uuid': '00000000-0000-4000-8000-000000000001', 'display_name': 'Ada Example',
            'first': 'Ada', 'last': 'Example', 'email': 'ada@example.com', 'phone': '15555550100', 'custom': {'101':
            'Gold'}, 'avatar': 'https://example.com/ada.png', 'team_id': 7, 'creator_id': 21, 'assigned_user_id': 21,
            'tags': [{'tag_id': 71}], 'is_opted_out': False, 'shared': True, 'created': '2024-01-02T03:04:05Z', 'updated':
            '2024-01-02T03:04:05Z', 'rev': 3, 'op': 'update', 'external_id': 'crm-501', 'external_ref': 'crm', 'inbox_id':
            31, 'parent_id': 0, 'type': 'contact', 'note': [{'id': 'note-1', 'date': '2024-01-02T03:04:05Z', 'name': 'Mary
            Example', 'text': 'Prefers mornings.', 'user_id': 21}], 'contact_channels': [{'id': 1001, 'team_id': 7,
            'contact_id': 501, 'channel_type': 'phone', 'channel_id': '15555550100', 'info_channel': '', 'channel_handle':
            'ada', 'created': '2024-01-02T03:04:05Z', 'updated': '2024-01-02T03:04:05Z'}]}], 'failed_contacts': [{'contact':
            {'contact_channels': [{'channel_type': 'phone', 'channel_id': '15555550100'}], 'first': 'Ada', 'last':
            'Example', 'email': 'ada@example.com'}}]}

    Attributes:
        contacts (list[Contact] | None | Unset): The contacts that were created or updated.
        failed_contacts (list[FailedContact] | None | Unset): Those that could not.
    """

    contacts: list[models.Contact] | None | Unset = UNSET
    failed_contacts: list[models.FailedContact] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        contacts: list[dict[str, Any]] | None | Unset
        if isinstance(self.contacts, Unset):
            contacts = UNSET
        elif isinstance(self.contacts, list):
            contacts = []
            for contacts_type_0_item_data in self.contacts:
                contacts_type_0_item = contacts_type_0_item_data.to_dict()
                contacts.append(contacts_type_0_item)

        else:
            contacts = self.contacts

        failed_contacts: list[dict[str, Any]] | None | Unset
        if isinstance(self.failed_contacts, Unset):
            failed_contacts = UNSET
        elif isinstance(self.failed_contacts, list):
            failed_contacts = []
            for failed_contacts_type_0_item_data in self.failed_contacts:
                failed_contacts_type_0_item = failed_contacts_type_0_item_data.to_dict()
                failed_contacts.append(failed_contacts_type_0_item)

        else:
            failed_contacts = self.failed_contacts

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if contacts is not UNSET:
            field_dict["contacts"] = contacts
        if failed_contacts is not UNSET:
            field_dict["failed_contacts"] = failed_contacts

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.contact import Contact  # noqa: PLC0415
        from ..models.failed_contact import FailedContact  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_contacts(data: object) -> list[Contact] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                contacts_type_0 = []
                _contacts_type_0 = data
                for contacts_type_0_item_data in _contacts_type_0:
                    contacts_type_0_item = as_item(Contact, contacts_type_0_item_data)

                    contacts_type_0.append(contacts_type_0_item)

                return contacts_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[Contact] | None | Unset, data)

        contacts = _parse_contacts(d.pop("contacts", UNSET))

        def _parse_failed_contacts(data: object) -> list[FailedContact] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                failed_contacts_type_0 = []
                _failed_contacts_type_0 = data
                for failed_contacts_type_0_item_data in _failed_contacts_type_0:
                    failed_contacts_type_0_item = as_item(
                        FailedContact, failed_contacts_type_0_item_data
                    )

                    failed_contacts_type_0.append(failed_contacts_type_0_item)

                return failed_contacts_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[FailedContact] | None | Unset, data)

        failed_contacts = _parse_failed_contacts(d.pop("failed_contacts", UNSET))

        contact_bulk_result = cls(
            contacts=contacts,
            failed_contacts=failed_contacts,
        )

        contact_bulk_result.additional_properties = d
        return contact_bulk_result
