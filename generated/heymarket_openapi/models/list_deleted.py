from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ListDeleted")


@_attrs_define(kw_only=True)
class ListDeleted(Model):
    """Whether the list is deleted.

    Example:
        {'deleted': True, 'id': 41}

    Attributes:
        deleted (bool | None | Unset): Whether it is deleted. Example: True.
        id (int | None | Unset): Id of the list. Example: 41.
    """

    deleted: bool | None | Unset = UNSET
    id: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        deleted = self.deleted

        id = self.id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if deleted is not UNSET:
            field_dict["deleted"] = deleted
        if id is not UNSET:
            field_dict["id"] = id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        deleted = d.pop("deleted", UNSET)

        id = d.pop("id", UNSET)

        list_deleted = cls(
            deleted=deleted,
            id=id,
        )

        list_deleted.additional_properties = d
        return list_deleted
