from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ListDeleteWrite")


@_attrs_define(kw_only=True)
class ListDeleteWrite(Model):
    """What to do before the list is deleted.

    Example:
        {}

    Attributes:
        contact_ids (list[int] | Unset): Integer ids of contacts to remove from the list first (D29). Example: [501,
            502].
    """

    contact_ids: list[int] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        contact_ids: list[int] | Unset = UNSET
        if not isinstance(self.contact_ids, Unset):
            contact_ids = self.contact_ids

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if contact_ids is not UNSET:
            field_dict["contact_ids"] = contact_ids

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        contact_ids = cast(list[int], d.pop("contact_ids", UNSET))

        list_delete_write = cls(
            contact_ids=contact_ids,
        )

        list_delete_write.additional_properties = d
        return list_delete_write
