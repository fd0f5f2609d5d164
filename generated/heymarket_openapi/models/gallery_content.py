from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset
from ..variants import as_item

T = TypeVar("T", bound="GalleryContent")


@_attrs_define(kw_only=True)
class GalleryContent(Model):
    """Text and pictures of a template.

    Example:
        {'text': 'Hello {{first_name}}!', 'gallery': [{'url': 'https://example.com/map.png', 'original_url':
            'https://example.com/map.png', 'annotation_text': 'Here', 'annotation_position': 'top'}]}

    Attributes:
        text (None | str | Unset): The text; may hold merge tokens: {{first_name}}, {{last_name}}, {{name of a custom
            field}}. Example: Hello {{first_name}}!.
        gallery (list[GalleryEntry] | None | Unset): Pictures and files.
    """

    text: None | str | Unset = UNSET
    gallery: list[models.GalleryEntry] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        text = self.text

        gallery: list[dict[str, Any]] | None | Unset
        if isinstance(self.gallery, Unset):
            gallery = UNSET
        elif isinstance(self.gallery, list):
            gallery = []
            for gallery_type_0_item_data in self.gallery:
                gallery_type_0_item = gallery_type_0_item_data.to_dict()
                gallery.append(gallery_type_0_item)

        else:
            gallery = self.gallery

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if text is not UNSET:
            field_dict["text"] = text
        if gallery is not UNSET:
            field_dict["gallery"] = gallery

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.gallery_entry import GalleryEntry  # noqa: PLC0415

        d = dict(src_dict)
        text = d.pop("text", UNSET)

        def _parse_gallery(data: object) -> list[GalleryEntry] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                gallery_type_0 = []
                _gallery_type_0 = data
                for gallery_type_0_item_data in _gallery_type_0:
                    gallery_type_0_item = as_item(
                        GalleryEntry, gallery_type_0_item_data
                    )

                    gallery_type_0.append(gallery_type_0_item)

                return gallery_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[GalleryEntry] | None | Unset, data)

        gallery = _parse_gallery(d.pop("gallery", UNSET))

        gallery_content = cls(
            text=text,
            gallery=gallery,
        )

        gallery_content.additional_properties = d
        return gallery_content
