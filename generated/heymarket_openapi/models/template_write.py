from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="TemplateWrite")


@_attrs_define(kw_only=True)
class TemplateWrite(Model):
    """A template to create, or its new content.

    Example:
        {'title': 'Welcome', 'content': {'text': 'Hello {{first_name}}!'}, 'local_id':
            '00000000-0000-4000-8000-00000000a001'}

    Attributes:
        title (str): Name of the template; read back as `name`. Example: Welcome.
        content (GalleryContentWrite): Text and pictures of a template. Example: {'text': 'Hello {{first_name}}!'}.
        local_id (str | Unset): Id of your own that is unique for this template, such as a UUID. Example:
            00000000-0000-4000-8000-00000000a001.
        archived (bool | Unset): Whether the template is archived; false by default. Example: False.
    """

    title: str
    content: models.GalleryContentWrite
    local_id: str | Unset = UNSET
    archived: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        title = self.title

        content = self.content.to_dict()

        local_id = self.local_id

        archived = self.archived

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "title": title,
                "content": content,
            }
        )
        if local_id is not UNSET:
            field_dict["local_id"] = local_id
        if archived is not UNSET:
            field_dict["archived"] = archived

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.gallery_content_write import GalleryContentWrite  # noqa: PLC0415

        d = dict(src_dict)
        title = d.pop("title")

        content = GalleryContentWrite.from_dict(d.pop("content"))

        local_id = d.pop("local_id", UNSET)

        archived = d.pop("archived", UNSET)

        template_write = cls(
            title=title,
            content=content,
            local_id=local_id,
            archived=archived,
        )

        template_write.additional_properties = d
        return template_write
