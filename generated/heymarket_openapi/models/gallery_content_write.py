from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset
from ..variants import as_item

T = TypeVar("T", bound="GalleryContentWrite")


@_attrs_define(kw_only=True)
class GalleryContentWrite(Model):
    """Text and pictures of a template.

    Example:
        {'text': 'Hello {{first_name}}!'}

    Attributes:
        text (str | Unset): The text; may hold merge tokens: {{first_name}}, {{last_name}}, {{name of a custom field}}.
            Example: Hello {{first_name}}!.
        gallery (list[GalleryEntryWrite] | Unset): Pictures and files.
    """

    text: str | Unset = UNSET
    gallery: list[models.GalleryEntryWrite] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        text = self.text

        gallery: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.gallery, Unset):
            gallery = []
            for gallery_item_data in self.gallery:
                gallery_item = gallery_item_data.to_dict()
                gallery.append(gallery_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if text is not UNSET:
            field_dict["text"] = text
        if gallery is not UNSET:
            field_dict["gallery"] = gallery

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.gallery_entry_write import GalleryEntryWrite  # noqa: PLC0415

        d = dict(src_dict)
        text = d.pop("text", UNSET)

        _gallery = d.pop("gallery", UNSET)
        gallery: list[GalleryEntryWrite] | Unset = UNSET
        if _gallery is not UNSET:
            gallery = []
            for gallery_item_data in _gallery:
                gallery_item = as_item(GalleryEntryWrite, gallery_item_data)

                gallery.append(gallery_item)

        gallery_content_write = cls(
            text=text,
            gallery=gallery,
        )

        gallery_content_write.additional_properties = d
        return gallery_content_write
