from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ListTarget")


@_attrs_define(kw_only=True)
class ListTarget(Model):
    """Names that go with a phone number, for merge tokens where there is no contact.

    Example:
        {'f': 'Ada', 'l': 'Example'}

    Attributes:
        f (None | str | Unset): First name. Example: Ada.
        l (None | str | Unset): Last name. Example: Example.
    """

    f: None | str | Unset = UNSET
    l: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        f = self.f

        l = self.l

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if f is not UNSET:
            field_dict["f"] = f
        if l is not UNSET:
            field_dict["l"] = l

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        f = d.pop("f", UNSET)

        l = d.pop("l", UNSET)

        list_target = cls(
            f=f,
            l=l,
        )

        list_target.additional_properties = d
        return list_target
