from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..variants import as_item

T = TypeVar("T", bound="ContactSearchQuery")


@_attrs_define(kw_only=True)
class ContactSearchQuery(Model):
    """Which contacts to look for.

    Example:
        {'contact_channels': [{'channel_type': 'phone', 'channel_ids': ['15555550100', '15555550101']}]}

    Attributes:
        contact_channels (list[ContactChannelQuery]): Channels to look for.
    """

    contact_channels: list[models.ContactChannelQuery]
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
        from ..models.contact_channel_query import ContactChannelQuery  # noqa: PLC0415

        d = dict(src_dict)
        contact_channels = []
        _contact_channels = d.pop("contact_channels")
        for contact_channels_item_data in _contact_channels:
            contact_channels_item = as_item(
                ContactChannelQuery, contact_channels_item_data
            )

            contact_channels.append(contact_channels_item)

        contact_search_query = cls(
            contact_channels=contact_channels,
        )

        contact_search_query.additional_properties = d
        return contact_search_query
