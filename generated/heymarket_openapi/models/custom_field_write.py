from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model

T = TypeVar("T", bound="CustomFieldWrite")


@_attrs_define(kw_only=True)
class CustomFieldWrite(Model):
    """A custom field to create.

    Example:
        {'title': 'Membership'}

    Attributes:
        title (str): Name of the field. Example: Membership.
    """

    title: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        title = self.title

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "title": title,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        title = d.pop("title")

        custom_field_write = cls(
            title=title,
        )

        custom_field_write.additional_properties = d
        return custom_field_write
