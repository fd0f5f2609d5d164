from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model

T = TypeVar("T", bound="CustomValuesWrite")


@_attrs_define(kw_only=True)
class CustomValuesWrite(Model):
    """Values for custom fields. A key is the id of a field as a string; any other key is ignored silently (D48).

    Example:
        {'101': 'Gold'}

    """

    additional_properties: dict[str, str] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        custom_values_write = cls()

        custom_values_write.additional_properties = d
        return custom_values_write

    def __getitem__(self, key: str) -> str:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: str) -> None:
        self.additional_properties[key] = value
