from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..models.message_order import MessageOrder
from ..types import UNSET, Unset

T = TypeVar("T", bound="MessageListQuery")


@_attrs_define(kw_only=True)
class MessageListQuery(Model):
    """Which page of the messages.

    Example:
        {'created_at': '2030-01-01T00:00:00Z'}

    Attributes:
        created_at (datetime.datetime | Unset): Only messages before this time; the `date` of the last message leads to
            the next page. Without it, the newest are returned (D13). Example: 2030-01-01T00:00:00Z.
        order (MessageOrder | Unset): Field to sort messages by. Example: created_at.
        ascending (bool | Unset): Oldest first instead of newest first. Example: False.
        limit (int | Unset): Messages per page; 30 by default. The maximum is not documented. Example: 30.
    """

    created_at: datetime.datetime | Unset = UNSET
    order: MessageOrder | Unset = UNSET
    ascending: bool | Unset = UNSET
    limit: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        created_at: str | Unset = UNSET
        if not isinstance(self.created_at, Unset):
            created_at = self.created_at.isoformat()

        order: str | Unset = UNSET
        if not isinstance(self.order, Unset):
            order = self.order.value

        ascending = self.ascending

        limit = self.limit

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if order is not UNSET:
            field_dict["order"] = order
        if ascending is not UNSET:
            field_dict["ascending"] = ascending
        if limit is not UNSET:
            field_dict["limit"] = limit

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        try:
            _created_at = d.pop("created_at", UNSET)
            created_at: datetime.datetime | Unset
            if isinstance(_created_at, Unset):
                created_at = UNSET
            else:
                created_at = datetime.datetime.fromisoformat(_created_at)

        except ValueError:
            from ..drift import warn_once

            warn_once(cls, "created_at")
            raise

        _order = d.pop("order", UNSET)
        order: MessageOrder | Unset
        if isinstance(_order, Unset):
            order = UNSET
        else:
            order = MessageOrder(_order)

        ascending = d.pop("ascending", UNSET)

        limit = d.pop("limit", UNSET)

        message_list_query = cls(
            created_at=created_at,
            order=order,
            ascending=ascending,
            limit=limit,
        )

        message_list_query.additional_properties = d
        return message_list_query
