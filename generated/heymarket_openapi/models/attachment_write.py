from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="AttachmentWrite")


@_attrs_define(kw_only=True)
class AttachmentWrite(Model):
    """A file of a scheduled message.

    Example:
        {'name': 'map.png', 'type': 'image/png', 'url': 'https://example.com/map.png'}

    Attributes:
        name (str | Unset): Name of the file. Example: map.png.
        type_ (str | Unset): Type of the file. Example: image/png.
        url (str | Unset): URL of the file. Example: https://example.com/map.png.
    """

    name: str | Unset = UNSET
    type_: str | Unset = UNSET
    url: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        type_ = self.type_

        url = self.url

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if name is not UNSET:
            field_dict["name"] = name
        if type_ is not UNSET:
            field_dict["type"] = type_
        if url is not UNSET:
            field_dict["url"] = url

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        name = d.pop("name", UNSET)

        type_ = d.pop("type", UNSET)

        url = d.pop("url", UNSET)

        attachment_write = cls(
            name=name,
            type_=type_,
            url=url,
        )

        attachment_write.additional_properties = d
        return attachment_write
