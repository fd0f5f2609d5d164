from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..models.message_order import MessageOrder
from ..types import UNSET, Unset

T = TypeVar("T", bound="MessageCountQuery")


@_attrs_define(kw_only=True)
class MessageCountQuery(Model):
    """Which messages to count. The generated page shows the body of the lists, and explains none of it for this count
    (D12).

        Example:
            {}

        Attributes:
            archived (bool | Unset): On the generated page only (D12), and not explained; may be ignored. Example: False.
            ascending (bool | Unset): Sort order, which can't matter here. Example: False.
            assigned (int | Unset): Presumably the id of an assigned user. On the generated page only (D12), and not
                explained; may be ignored. Example: 21.
            date (datetime.datetime | Unset): A timestamp, as for lists. On the generated page only (D12), and not
                explained; may be ignored. Example: 2030-01-01T00:00:00Z.
            filter_ (str | Unset): On the generated page only (D12), and not explained; may be ignored. Example: all.
            id (int | Unset): Id of a user, as for the list of conversations. On the generated page only (D12), and not
                explained; may be ignored. Example: 21.
            limit (int | Unset): Page size, which can't matter here. Example: 30.
            order (MessageOrder | Unset): Field to sort messages by. Example: created_at.
            page (int | Unset): Page number, which can't matter here. Example: 0.
            parent_id (int | Unset): On the generated page only (D12), and not explained; may be ignored. Example: 0.
    """

    archived: bool | Unset = UNSET
    ascending: bool | Unset = UNSET
    assigned: int | Unset = UNSET
    date: datetime.datetime | Unset = UNSET
    filter_: str | Unset = UNSET
    id: int | Unset = UNSET
    limit: int | Unset = UNSET
    order: MessageOrder | Unset = UNSET
    page: int | Unset = UNSET
    parent_id: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        archived = self.archived

        ascending = self.ascending

        assigned = self.assigned

        date: str | Unset = UNSET
        if not isinstance(self.date, Unset):
            date = self.date.isoformat()

        filter_ = self.filter_

        id = self.id

        limit = self.limit

        order: str | Unset = UNSET
        if not isinstance(self.order, Unset):
            order = self.order.value

        page = self.page

        parent_id = self.parent_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if archived is not UNSET:
            field_dict["archived"] = archived
        if ascending is not UNSET:
            field_dict["ascending"] = ascending
        if assigned is not UNSET:
            field_dict["assigned"] = assigned
        if date is not UNSET:
            field_dict["date"] = date
        if filter_ is not UNSET:
            field_dict["filter"] = filter_
        if id is not UNSET:
            field_dict["id"] = id
        if limit is not UNSET:
            field_dict["limit"] = limit
        if order is not UNSET:
            field_dict["order"] = order
        if page is not UNSET:
            field_dict["page"] = page
        if parent_id is not UNSET:
            field_dict["parent_id"] = parent_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        archived = d.pop("archived", UNSET)

        ascending = d.pop("ascending", UNSET)

        assigned = d.pop("assigned", UNSET)

        try:
            _date = d.pop("date", UNSET)
            date: datetime.datetime | Unset
            if isinstance(_date, Unset):
                date = UNSET
            else:
                date = datetime.datetime.fromisoformat(_date)

        except ValueError:
            from ..drift import warn_once

            warn_once(cls, "date")
            raise

        filter_ = d.pop("filter", UNSET)

        id = d.pop("id", UNSET)

        limit = d.pop("limit", UNSET)

        _order = d.pop("order", UNSET)
        order: MessageOrder | Unset
        if isinstance(_order, Unset):
            order = UNSET
        else:
            order = MessageOrder(_order)

        page = d.pop("page", UNSET)

        parent_id = d.pop("parent_id", UNSET)

        message_count_query = cls(
            archived=archived,
            ascending=ascending,
            assigned=assigned,
            date=date,
            filter_=filter_,
            id=id,
            limit=limit,
            order=order,
            page=page,
            parent_id=parent_id,
        )

        message_count_query.additional_properties = d
        return message_count_query
