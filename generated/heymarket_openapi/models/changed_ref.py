from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ChangedRef")


@_attrs_define(kw_only=True)
class ChangedRef(Model):
    """What a write changed.

    Example:
        {'id': 41, 'rev': 3}

    Attributes:
        id (int | None | Unset): Id of the record. Example: 41.
        rev (int | None | Unset): Number of the record's revision; each write raises it. Example: 3.
    """

    id: int | None | Unset = UNSET
    rev: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        rev = self.rev

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if id is not UNSET:
            field_dict["id"] = id
        if rev is not UNSET:
            field_dict["rev"] = rev

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        rev = d.pop("rev", UNSET)

        changed_ref = cls(
            id=id,
            rev=rev,
        )

        changed_ref.additional_properties = d
        return changed_ref
