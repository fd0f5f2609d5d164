from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="FailedContact")


@_attrs_define(kw_only=True)
class FailedContact(Model):
    """A contact that could not be created or updated. It has at least one more field, presumably the reason, which the
    stored page doesn't show.

        Example:
            {'contact': {'contact_channels': [{'channel_type': 'phone', 'channel_id': '15555550100'}], 'first': 'Ada',
                'last': 'Example', 'email': 'ada@example.com'}}

        Attributes:
            contact (ContactAsSent | None | Unset): The contact, as it was sent.
    """

    contact: models.ContactAsSent | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.contact_as_sent import ContactAsSent  # noqa: PLC0415

        contact: dict[str, Any] | None | Unset
        if isinstance(self.contact, Unset):
            contact = UNSET
        elif isinstance(self.contact, ContactAsSent):
            contact = self.contact.to_dict()
        else:
            contact = self.contact

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if contact is not UNSET:
            field_dict["contact"] = contact

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.contact_as_sent import ContactAsSent  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_contact(data: object) -> ContactAsSent | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                contact_type_0 = ContactAsSent.from_dict(data)

                return contact_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ContactAsSent | None | Unset, data)

        contact = _parse_contact(d.pop("contact", UNSET))

        failed_contact = cls(
            contact=contact,
        )

        failed_contact.additional_properties = d
        return failed_contact
