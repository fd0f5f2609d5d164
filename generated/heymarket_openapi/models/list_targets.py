from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..variants import as_item

if TYPE_CHECKING:
    from ..models.list_target import ListTarget


T = TypeVar("T", bound="ListTargets")


@_attrs_define(kw_only=True)
class ListTargets:
    """Recipients of a list, by phone number.

    Example:
        {'15555550100': {'f': 'Ada', 'l': 'Example'}}

    """

    additional_properties: dict[str, ListTarget] = _attrs_field(
        init=False, factory=dict
    )

    def to_dict(self) -> dict[str, Any]:

        field_dict: dict[str, Any] = {}
        for prop_name, prop in self.additional_properties.items():
            field_dict[prop_name] = prop.to_dict()

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.list_target import ListTarget  # noqa: PLC0415

        d = dict(src_dict)
        list_targets = cls()

        additional_properties = {}
        for prop_name, prop_dict in d.items():
            additional_property = as_item(ListTarget, prop_dict)

            additional_properties[prop_name] = additional_property

        list_targets.additional_properties = additional_properties
        return list_targets

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> ListTarget:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: ListTarget) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
