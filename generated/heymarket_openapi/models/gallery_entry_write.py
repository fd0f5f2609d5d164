from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="GalleryEntryWrite")


@_attrs_define(kw_only=True)
class GalleryEntryWrite(Model):
    """A picture or file of a template or scheduled message.

    Example:
        {'url': 'https://example.com/map.png'}

    Attributes:
        url (str | Unset): URL of the file. Example: https://example.com/map.png.
        original_url (str | Unset): Presumably the URL of the file before it was annotated. Example:
            https://example.com/map.png.
        annotation_text (str | Unset): Text of an annotation. Example: Here.
        annotation_position (str | Unset): Position of the annotation; the values are not documented. Example: top.
    """

    url: str | Unset = UNSET
    original_url: str | Unset = UNSET
    annotation_text: str | Unset = UNSET
    annotation_position: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        url = self.url

        original_url = self.original_url

        annotation_text = self.annotation_text

        annotation_position = self.annotation_position

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if url is not UNSET:
            field_dict["url"] = url
        if original_url is not UNSET:
            field_dict["original_url"] = original_url
        if annotation_text is not UNSET:
            field_dict["annotation_text"] = annotation_text
        if annotation_position is not UNSET:
            field_dict["annotation_position"] = annotation_position

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        url = d.pop("url", UNSET)

        original_url = d.pop("original_url", UNSET)

        annotation_text = d.pop("annotation_text", UNSET)

        annotation_position = d.pop("annotation_position", UNSET)

        gallery_entry_write = cls(
            url=url,
            original_url=original_url,
            annotation_text=annotation_text,
            annotation_position=annotation_position,
        )

        gallery_entry_write.additional_properties = d
        return gallery_entry_write
