from __future__ import annotations

from collections.abc import Mapping
from typing import (
    Any,
    Literal,
    TypeVar,
    cast,
)
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model

T = TypeVar("T", bound="ContactIdsWrite")


@_attrs_define(kw_only=True)
class ContactIdsWrite(Model):
    """Contacts, by their UUIDs.

    Example:
        {'channel_type': 'id', 'channel_ids': ['00000000-0000-4000-8000-000000000001',
            '00000000-0000-4000-8000-000000000002']}

    Attributes:
        channel_type (Literal['id']): Always `id` here.
        channel_ids (list[UUID]): UUIDs of the contacts; the maximum number is not documented. Example:
            ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'].
    """

    channel_type: Literal["id"]
    channel_ids: list[UUID]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        channel_type = self.channel_type

        channel_ids = []
        for channel_ids_item_data in self.channel_ids:
            channel_ids_item = str(channel_ids_item_data)
            channel_ids.append(channel_ids_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "channel_type": channel_type,
                "channel_ids": channel_ids,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        channel_type = cast(Literal["id"], d.pop("channel_type"))
        if channel_type != "id":
            raise ValueError(
                f"channel_type must match const 'id', got '{channel_type}'"
            )

        channel_ids = []
        _channel_ids = d.pop("channel_ids")
        for channel_ids_item_data in _channel_ids:
            channel_ids_item = UUID(channel_ids_item_data)

            channel_ids.append(channel_ids_item)

        contact_ids_write = cls(
            channel_type=channel_type,
            channel_ids=channel_ids,
        )

        contact_ids_write.additional_properties = d
        return contact_ids_write
