from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset
from ..variants import as_item

T = TypeVar("T", bound="ScheduledContentWrite")


@_attrs_define(kw_only=True)
class ScheduledContentWrite(Model):
    """What to send.

    Example:
        {'text': 'See you tomorrow.'}

    Attributes:
        text (str | Unset): The text. Example: See you tomorrow..
        to (str | Unset): The recipient's phone number (E.164 digits without plus). Example: 15555550100.
        template (int | Unset): Id of the template; an object on the older page (D31). Example: 51.
        attachments (list[AttachmentWrite] | Unset): Files to send along.
        gallery (list[GalleryEntryWrite] | Unset): Pictures and files.
        local_day (int | Unset): Not described by the vendor. Example: 0.
        local_time (str | Unset): Not described by the vendor. Example: 09:30.
        offset (int | Unset): Not described by the vendor. Example: 0.
    """

    text: str | Unset = UNSET
    to: str | Unset = UNSET
    template: int | Unset = UNSET
    attachments: list[models.AttachmentWrite] | Unset = UNSET
    gallery: list[models.GalleryEntryWrite] | Unset = UNSET
    local_day: int | Unset = UNSET
    local_time: str | Unset = UNSET
    offset: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        text = self.text

        to = self.to

        template = self.template

        attachments: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.attachments, Unset):
            attachments = []
            for attachments_item_data in self.attachments:
                attachments_item = attachments_item_data.to_dict()
                attachments.append(attachments_item)

        gallery: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.gallery, Unset):
            gallery = []
            for gallery_item_data in self.gallery:
                gallery_item = gallery_item_data.to_dict()
                gallery.append(gallery_item)

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
        from ..models.attachment_write import AttachmentWrite  # noqa: PLC0415
        from ..models.gallery_entry_write import GalleryEntryWrite  # noqa: PLC0415

        d = dict(src_dict)
        text = d.pop("text", UNSET)

        to = d.pop("to", UNSET)

        template = d.pop("template", UNSET)

        _attachments = d.pop("attachments", UNSET)
        attachments: list[AttachmentWrite] | Unset = UNSET
        if _attachments is not UNSET:
            attachments = []
            for attachments_item_data in _attachments:
                attachments_item = as_item(AttachmentWrite, attachments_item_data)

                attachments.append(attachments_item)

        _gallery = d.pop("gallery", UNSET)
        gallery: list[GalleryEntryWrite] | Unset = UNSET
        if _gallery is not UNSET:
            gallery = []
            for gallery_item_data in _gallery:
                gallery_item = as_item(GalleryEntryWrite, gallery_item_data)

                gallery.append(gallery_item)

        local_day = d.pop("local_day", UNSET)

        local_time = d.pop("local_time", UNSET)

        offset = d.pop("offset", UNSET)

        scheduled_content_write = cls(
            text=text,
            to=to,
            template=template,
            attachments=attachments,
            gallery=gallery,
            local_day=local_day,
            local_time=local_time,
            offset=offset,
        )

        scheduled_content_write.additional_properties = d
        return scheduled_content_write
