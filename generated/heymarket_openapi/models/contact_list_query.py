from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ContactListQuery")


@_attrs_define(kw_only=True)
class ContactListQuery(Model):
    """Which page of the contacts.

    Example:
        {'limit': 30, 'page': 0}

    Attributes:
        limit (int | Unset): Contacts per page; 30 by default. The maximum is not documented. Example: 30.
        page (int | Unset): Number of the page; 0 is the first in the page's example (D15). Example: 0.
        date (datetime.datetime | Unset): Presumably a timestamp, as in the v1 list: only contacts last changed before
            it. Not explained. Example: 2024-01-01T00:00:00Z.
        ascending (bool | Unset): Oldest first instead of newest first. Example: False.
    """

    limit: int | Unset = UNSET
    page: int | Unset = UNSET
    date: datetime.datetime | Unset = UNSET
    ascending: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        limit = self.limit

        page = self.page

        date: str | Unset = UNSET
        if not isinstance(self.date, Unset):
            date = self.date.isoformat()

        ascending = self.ascending

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if limit is not UNSET:
            field_dict["limit"] = limit
        if page is not UNSET:
            field_dict["page"] = page
        if date is not UNSET:
            field_dict["date"] = date
        if ascending is not UNSET:
            field_dict["ascending"] = ascending

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        limit = d.pop("limit", UNSET)

        page = d.pop("page", UNSET)

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

        ascending = d.pop("ascending", UNSET)

        contact_list_query = cls(
            limit=limit,
            page=page,
            date=date,
            ascending=ascending,
        )

        contact_list_query.additional_properties = d
        return contact_list_query
