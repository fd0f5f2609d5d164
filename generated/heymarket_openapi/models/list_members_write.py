from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..variants import as_item

T = TypeVar("T", bound="ListMembersWrite")


@_attrs_define(kw_only=True)
class ListMembersWrite(Model):
    """All recipients of the list, by phone number (E.164 digits without plus); read back as `targets`.

    Example:
        {'15555550100': {'f': 'Ada', 'l': 'Example'}}

    """

    additional_properties: dict[str, models.ListMemberWrite] = _attrs_field(
        init=False, factory=dict
    )

    def to_dict(self) -> dict[str, Any]:

        field_dict: dict[str, Any] = {}
        for prop_name, prop in self.additional_properties.items():
            field_dict[prop_name] = prop.to_dict()

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.list_member_write import ListMemberWrite  # noqa: PLC0415

        d = dict(src_dict)
        list_members_write = cls()

        additional_properties = {}
        for prop_name, prop_dict in d.items():
            additional_property = as_item(ListMemberWrite, prop_dict)

            additional_properties[prop_name] = additional_property

        list_members_write.additional_properties = additional_properties
        return list_members_write

    def __getitem__(self, key: str) -> models.ListMemberWrite:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: models.ListMemberWrite) -> None:
        self.additional_properties[key] = value
