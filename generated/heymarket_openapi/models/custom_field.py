from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="CustomField")


@_attrs_define(kw_only=True)
class CustomField(Model):
    """A custom field of the team's contacts.

    Example:
        {'id': 101, 'title': 'Membership', 'duplicate': False}

    Attributes:
        id (int | None | Unset): Id of the field. As a string, it is the key in a contact's `custom`. Example: 101.
        title (None | str | Unset): Name of the field. Example: Membership.
        duplicate (bool | None | Unset): Presumably whether a field of that name already existed; only in responses to
            creating fields. Example: False.
    """

    id: int | None | Unset = UNSET
    title: None | str | Unset = UNSET
    duplicate: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        title = self.title

        duplicate = self.duplicate

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if id is not UNSET:
            field_dict["id"] = id
        if title is not UNSET:
            field_dict["title"] = title
        if duplicate is not UNSET:
            field_dict["duplicate"] = duplicate

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        title = d.pop("title", UNSET)

        duplicate = d.pop("duplicate", UNSET)

        custom_field = cls(
            id=id,
            title=title,
            duplicate=duplicate,
        )

        custom_field.additional_properties = d
        return custom_field
