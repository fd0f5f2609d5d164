from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset
from ..variants import as_item

T = TypeVar("T", bound="ScheduledContent")


@_attrs_define(kw_only=True)
class ScheduledContent(Model):
    """What to send.

    Example:
        {'text': 'See you tomorrow.', 'to': '15555550100', 'template': 51, 'attachments': [{'name': 'map.png', 'type':
            'image/png', 'url': 'https://example.com/map.png'}], 'gallery': [{'url': 'https://example.com/map.png',
            'original_url': 'https://example.com/map.png', 'annotation_text': 'Here', 'annotation_position': 'top'}],
            'local_day': 0, 'local_time': '09:30', 'offset': 0}

    Attributes:
        text (None | str | Unset): The text. Example: See you tomorrow..
        to (None | str | Unset): The recipient's phone number (E.164 digits without plus). Example: 15555550100.
        template (int | None | Unset): Id of the template; an object on the older page (D31). Example: 51.
        attachments (list[Attachment] | None | Unset): Files to send along.
        gallery (list[GalleryEntry] | None | Unset): Pictures and files.
        local_day (int | None | Unset): Not described by the vendor. Example: 0.
        local_time (None | str | Unset): Not described by the vendor. Example: 09:30.
        offset (int | None | Unset): Not described by the vendor. Example: 0.
    """

    text: None | str | Unset = UNSET
    to: None | str | Unset = UNSET
    template: int | None | Unset = UNSET
    attachments: list[models.Attachment] | None | Unset = UNSET
    gallery: list[models.GalleryEntry] | None | Unset = UNSET
    local_day: int | None | Unset = UNSET
    local_time: None | str | Unset = UNSET
    offset: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        text = self.text

        to = self.to

        template = self.template

        attachments: list[dict[str, Any]] | None | Unset
        if isinstance(self.attachments, Unset):
            attachments = UNSET
        elif isinstance(self.attachments, list):
            attachments = []
            for attachments_type_0_item_data in self.attachments:
                attachments_type_0_item = attachments_type_0_item_data.to_dict()
                attachments.append(attachments_type_0_item)

        else:
            attachments = self.attachments

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

        local_day = self.local_day

        local_time = self.local_time

        offset = self.offset

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if text is not UNSET:
            field_dict["text"] = text
        if to is not UNSET:
            field_dict["to"] = to
        if template is not UNSET:
            field_dict["template"] = template
        if attachments is not UNSET:
            field_dict["attachments"] = attachments
        if gallery is not UNSET:
            field_dict["gallery"] = gallery
        if local_day is not UNSET:
            field_dict["local_day"] = local_day
        if local_time is not UNSET:
            field_dict["local_time"] = local_time
        if offset is not UNSET:
            field_dict["offset"] = offset

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.attachment import Attachment  # noqa: PLC0415
        from ..models.gallery_entry import GalleryEntry  # noqa: PLC0415

        d = dict(src_dict)
        text = d.pop("text", UNSET)

        to = d.pop("to", UNSET)

        template = d.pop("template", UNSET)

        def _parse_attachments(data: object) -> list[Attachment] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                attachments_type_0 = []
                _attachments_type_0 = data
                for attachments_type_0_item_data in _attachments_type_0:
                    attachments_type_0_item = as_item(
                        Attachment, attachments_type_0_item_data
                    )

                    attachments_type_0.append(attachments_type_0_item)

                return attachments_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[Attachment] | None | Unset, data)

        attachments = _parse_attachments(d.pop("attachments", UNSET))

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

        local_day = d.pop("local_day", UNSET)

        local_time = d.pop("local_time", UNSET)

        offset = d.pop("offset", UNSET)

        scheduled_content = cls(
            text=text,
            to=to,
            template=template,
            attachments=attachments,
            gallery=gallery,
            local_day=local_day,
            local_time=local_time,
            offset=offset,
        )

        scheduled_content.additional_properties = d
        return scheduled_content
