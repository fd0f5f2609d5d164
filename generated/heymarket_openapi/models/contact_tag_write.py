from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ContactTagWrite")


@_attrs_define(kw_only=True)
class ContactTagWrite(Model):
    """A tag to put on a contact.

    Example:
        {'tag_id': 71}

    Attributes:
        tag_id (int | Unset): Id of the tag. Example: 71.
    """

    tag_id: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        tag_id = self.tag_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if tag_id is not UNSET:
            field_dict["tag_id"] = tag_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        tag_id = d.pop("tag_id", UNSET)

        contact_tag_write = cls(
            tag_id=tag_id,
        )

        contact_tag_write.additional_properties = d
        return contact_tag_write
