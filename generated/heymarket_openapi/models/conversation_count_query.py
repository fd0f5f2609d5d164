from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ConversationCountQuery")


@_attrs_define(kw_only=True)
class ConversationCountQuery(Model):
    """Which conversations to count. The stored page ends here; there may be more fields.

    Example:
        {}

    Attributes:
        date (datetime.datetime | Unset): Only conversations last changed before this time. Example:
            2030-01-01T00:00:00Z.
    """

    date: datetime.datetime | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        date: str | Unset = UNSET
        if not isinstance(self.date, Unset):
            date = self.date.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if date is not UNSET:
            field_dict["date"] = date

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

        conversation_count_query = cls(
            date=date,
        )

        conversation_count_query.additional_properties = d
        return conversation_count_query
