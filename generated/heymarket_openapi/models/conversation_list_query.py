from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ConversationListQuery")


@_attrs_define(kw_only=True)
class ConversationListQuery(Model):
    """Which page of which conversations.

    Example:
        {'id': 21, 'filters': {'inboxes': [31], 'closed': False, 'unread': True}, 'date': '2030-01-01T00:00:00Z'}

    Attributes:
        id (int): Id of the user whose inboxes are searched. The newer guide sends 0. Example: 21.
        filters (ConversationFiltersQuery): Which conversations. Example: {'inboxes': [31], 'closed': False, 'unread':
            True}.
        date (datetime.datetime | Unset): Only conversations last changed before this time; the `updated` of the last
            item leads to the next page. Example: 2030-01-01T00:00:00Z.
        limit (int | Unset): Conversations per page. On the generated page only (D12), and not explained; may be
            ignored. Example: 30.
        assigned (int | Unset): Presumably only conversations of this user. On the generated page only (D12), and not
            explained; may be ignored. Example: 21.
        ascending (bool | Unset): Presumably oldest first. On the generated page only (D12), and not explained; may be
            ignored. Example: False.
    """

    id: int
    filters: models.ConversationFiltersQuery
    date: datetime.datetime | Unset = UNSET
    limit: int | Unset = UNSET
    assigned: int | Unset = UNSET
    ascending: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        filters = self.filters.to_dict()

        date: str | Unset = UNSET
        if not isinstance(self.date, Unset):
            date = self.date.isoformat()

        limit = self.limit

        assigned = self.assigned

        ascending = self.ascending

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "filters": filters,
            }
        )
        if date is not UNSET:
            field_dict["date"] = date
        if limit is not UNSET:
            field_dict["limit"] = limit
        if assigned is not UNSET:
            field_dict["assigned"] = assigned
        if ascending is not UNSET:
            field_dict["ascending"] = ascending

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.conversation_filters_query import ConversationFiltersQuery  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        filters = ConversationFiltersQuery.from_dict(d.pop("filters"))

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

        limit = d.pop("limit", UNSET)

        assigned = d.pop("assigned", UNSET)

        ascending = d.pop("ascending", UNSET)

        conversation_list_query = cls(
            id=id,
            filters=filters,
            date=date,
            limit=limit,
            assigned=assigned,
            ascending=ascending,
        )

        conversation_list_query.additional_properties = d
        return conversation_list_query
