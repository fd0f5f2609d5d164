from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="TagWrite")


@_attrs_define(kw_only=True)
class TagWrite(Model):
    """A tag to create.

    Example:
        {'tag': 'vip', 'color': '#FFD700'}

    Attributes:
        tag (str): Text of the tag. Example: vip.
        color (str | Unset): Color, in hexadecimal with a leading #. Example: #FFD700.
    """

    tag: str
    color: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        tag = self.tag

        color = self.color

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "tag": tag,
            }
        )
        if color is not UNSET:
            field_dict["color"] = color

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        tag = d.pop("tag")

        color = d.pop("color", UNSET)

        tag_write = cls(
            tag=tag,
            color=color,
        )

        tag_write.additional_properties = d
        return tag_write
