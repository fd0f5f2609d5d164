from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ContactListV1Query")


@_attrs_define(kw_only=True)
class ContactListV1Query(Model):
    """Which page of the contacts (v1).

    Example:
        {'date': '2030-01-01T00:00:00Z'}

    Attributes:
        date (datetime.datetime | Unset): Only contacts last changed before this time; the `updated` of the last item
            leads to the next page. Example: 2030-01-01T00:00:00Z.
        limit (int | Unset): Contacts per page; 30 by default. From the generated page and a third party. Example: 30.
        page (int | Unset): Number of the page; 1 is the first according to a third party (D15). From the generated
            page. Example: 1.
        order (str | Unset): Field to sort by; the values are not documented. From the generated page and a third party.
            Example: updated.
        ascending (bool | Unset): Oldest first instead of newest first. From the generated page and a third party.
            Example: False.
    """

    date: datetime.datetime | Unset = UNSET
    limit: int | Unset = UNSET
    page: int | Unset = UNSET
    order: str | Unset = UNSET
    ascending: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        date: str | Unset = UNSET
        if not isinstance(self.date, Unset):
            date = self.date.isoformat()

        limit = self.limit

        page = self.page

        order = self.order

        ascending = self.ascending

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if date is not UNSET:
            field_dict["date"] = date
        if limit is not UNSET:
            field_dict["limit"] = limit
        if page is not UNSET:
            field_dict["page"] = page
        if order is not UNSET:
            field_dict["order"] = order
        if ascending is not UNSET:
            field_dict["ascending"] = ascending

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
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

        page = d.pop("page", UNSET)

        order = d.pop("order", UNSET)

        ascending = d.pop("ascending", UNSET)

        contact_list_v1_query = cls(
            date=date,
            limit=limit,
            page=page,
            order=order,
            ascending=ascending,
        )

        contact_list_v1_query.additional_properties = d
        return contact_list_v1_query
