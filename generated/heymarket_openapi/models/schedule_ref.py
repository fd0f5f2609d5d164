from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ScheduleRef")


@_attrs_define(kw_only=True)
class ScheduleRef(Model):
    """The scheduled message that a write created or changed.

    Example:
        {'id': 61}

    Attributes:
        id (int | None | Unset): Id of the scheduled message. Example: 61.
    """

    id: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if id is not UNSET:
            field_dict["id"] = id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        schedule_ref = cls(
            id=id,
        )

        schedule_ref.additional_properties = d
        return schedule_ref
