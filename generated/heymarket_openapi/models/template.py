from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="Template")


@_attrs_define(kw_only=True)
class Template(Model):
    """A template.

    Example:
        {'id': 51, 'name': 'Welcome', 'local_id': '00000000-0000-4000-8000-00000000a001', 'content': {'text': 'Hello
            {{first_name}}!', 'gallery': [{'url': 'https://example.com/map.png', 'original_url':
            'https://example.com/map.png', 'annotation_text': 'Here', 'annotation_position': 'top'}]}, 'team_id': 7,
            'creator_id': 21, 'shared': True, 'archived': False, 'created': '2024-01-02T03:04:05Z', 'updated':
            '2024-01-02T03:04:05Z', 'rev': 3, 'op': 'update'}

    Attributes:
        id (int | None | Unset): Id of the template. Example: 51.
        name (None | str | Unset): Name of the template; written as `title`. Example: Welcome.
        local_id (None | str | Unset): The creator's own id of the template. Example:
            00000000-0000-4000-8000-00000000a001.
        content (GalleryContent | None | Unset):
        team_id (int | None | Unset): Id of the team. Example: 7.
        creator_id (int | None | Unset): Id of the user who created it. Example: 21.
        shared (bool | None | Unset): Whether the template is shared. Example: True.
        archived (bool | None | Unset): Whether the template is archived; on the older page only. Example: False.
        created (datetime.datetime | None | str | Unset): When the template was created (RFC 3339). Example:
            2024-01-02T03:04:05Z.
        updated (datetime.datetime | None | str | Unset): When the template was last changed (RFC 3339). It is what the
            next page of a list begins at. Example: 2024-01-02T03:04:05Z.
        rev (int | None | Unset): Number of the record's revision; each write raises it. Example: 3.
        op (None | str | Unset): Name of the last operation on the record. Seen by a third party only. Example: update.
    """

    id: int | None | Unset = UNSET
    name: None | str | Unset = UNSET
    local_id: None | str | Unset = UNSET
    content: models.GalleryContent | None | Unset = UNSET
    team_id: int | None | Unset = UNSET
    creator_id: int | None | Unset = UNSET
    shared: bool | None | Unset = UNSET
    archived: bool | None | Unset = UNSET
    created: datetime.datetime | None | str | Unset = UNSET
    updated: datetime.datetime | None | str | Unset = UNSET
    rev: int | None | Unset = UNSET
    op: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.gallery_content import GalleryContent  # noqa: PLC0415

        id = self.id

        name = self.name

        local_id = self.local_id

        content: dict[str, Any] | None | Unset
        if isinstance(self.content, Unset):
            content = UNSET
        elif isinstance(self.content, GalleryContent):
            content = self.content.to_dict()
        else:
            content = self.content

        team_id = self.team_id

        creator_id = self.creator_id

        shared = self.shared

        archived = self.archived

        created: None | str | Unset
        if isinstance(self.created, Unset):
            created = UNSET
        elif isinstance(self.created, datetime.datetime):
            created = self.created.isoformat()
        else:
            created = self.created

        updated: None | str | Unset
        if isinstance(self.updated, Unset):
            updated = UNSET
        elif isinstance(self.updated, datetime.datetime):
            updated = self.updated.isoformat()
        else:
            updated = self.updated

        rev = self.rev

        op = self.op

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if id is not UNSET:
            field_dict["id"] = id
        if name is not UNSET:
            field_dict["name"] = name
        if local_id is not UNSET:
            field_dict["local_id"] = local_id
        if content is not UNSET:
            field_dict["content"] = content
        if team_id is not UNSET:
            field_dict["team_id"] = team_id
        if creator_id is not UNSET:
            field_dict["creator_id"] = creator_id
        if shared is not UNSET:
            field_dict["shared"] = shared
        if archived is not UNSET:
            field_dict["archived"] = archived
        if created is not UNSET:
            field_dict["created"] = created
        if updated is not UNSET:
            field_dict["updated"] = updated
        if rev is not UNSET:
            field_dict["rev"] = rev
        if op is not UNSET:
            field_dict["op"] = op

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.gallery_content import GalleryContent  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        name = d.pop("name", UNSET)

        local_id = d.pop("local_id", UNSET)

        def _parse_content(data: object) -> GalleryContent | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                content_type_0 = GalleryContent.from_dict(data)

                return content_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(GalleryContent | None | Unset, data)

        content = _parse_content(d.pop("content", UNSET))

        team_id = d.pop("team_id", UNSET)

        creator_id = d.pop("creator_id", UNSET)

        shared = d.pop("shared", UNSET)

        archived = d.pop("archived", UNSET)

        def _parse_created(data: object) -> datetime.datetime | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                try:
                    created_parsed = datetime.datetime.fromisoformat(data)

                    if created_parsed.year == 1:
                        return None
                except ValueError:
                    from ..drift import warn_once

                    warn_once(cls, "created")
                    raise

                return created_parsed
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | str | Unset, data)

        created = _parse_created(d.pop("created", UNSET))

        def _parse_updated(data: object) -> datetime.datetime | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                try:
                    updated_parsed = datetime.datetime.fromisoformat(data)

                    if updated_parsed.year == 1:
                        return None
                except ValueError:
                    from ..drift import warn_once

                    warn_once(cls, "updated")
                    raise

                return updated_parsed
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | str | Unset, data)

        updated = _parse_updated(d.pop("updated", UNSET))

        rev = d.pop("rev", UNSET)

        op = d.pop("op", UNSET)

        template = cls(
            id=id,
            name=name,
            local_id=local_id,
            content=content,
            team_id=team_id,
            creator_id=creator_id,
            shared=shared,
            archived=archived,
            created=created,
            updated=updated,
            rev=rev,
            op=op,
        )

        template.additional_properties = d
        return template
