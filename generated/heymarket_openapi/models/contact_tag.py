from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ContactTag")


@_attrs_define(kw_only=True)
class ContactTag(Model):
    """A label for contacts.

    Example:
        {'id': 71, 'tag': 'vip', 'color': '#FFD700', 'team_id': 7, 'created': '2024-01-02T03:04:05Z', 'updated':
            '2024-01-02T03:04:05Z', 'rev': 3}

    Attributes:
        id (int | None | Unset): Id of the tag. Example: 71.
        tag (None | str | Unset): Text of the tag. Example: vip.
        color (None | str | Unset): Color, in hexadecimal with a leading #. Example: #FFD700.
        team_id (int | None | Unset): Id of the team. Example: 7.
        created (datetime.datetime | None | str | Unset): When the tag was created (RFC 3339). Example:
            2024-01-02T03:04:05Z.
        updated (datetime.datetime | None | str | Unset): When the tag was last changed (RFC 3339). It is what the next
            page of a list begins at. Example: 2024-01-02T03:04:05Z.
        rev (int | None | Unset): Number of the record's revision; each write raises it. Example: 3.
    """

    id: int | None | Unset = UNSET
    tag: None | str | Unset = UNSET
    color: None | str | Unset = UNSET
    team_id: int | None | Unset = UNSET
    created: datetime.datetime | None | str | Unset = UNSET
    updated: datetime.datetime | None | str | Unset = UNSET
    rev: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        tag = self.tag

        color = self.color

        team_id = self.team_id

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

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if id is not UNSET:
            field_dict["id"] = id
        if tag is not UNSET:
            field_dict["tag"] = tag
        if color is not UNSET:
            field_dict["color"] = color
        if team_id is not UNSET:
            field_dict["team_id"] = team_id
        if created is not UNSET:
            field_dict["created"] = created
        if updated is not UNSET:
            field_dict["updated"] = updated
        if rev is not UNSET:
            field_dict["rev"] = rev

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        tag = d.pop("tag", UNSET)

        color = d.pop("color", UNSET)

        team_id = d.pop("team_id", UNSET)

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

        contact_tag = cls(
            id=id,
            tag=tag,
            color=color,
            team_id=team_id,
            created=created,
            updated=updated,
            rev=rev,
        )

        contact_tag.additional_properties = d
        return contact_tag
