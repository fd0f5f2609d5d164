from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="List")


@_attrs_define(kw_only=True)
class List(Model):
    """A list of recipients.

    Example:
        {'id': 41, 'name': 'Newsletter', 'local_id': '00000000-0000-4000-8000-00000000a001', 'targets': {'15555550100':
            {'f': 'Ada', 'l': 'Example'}}, 'team_id': 7, 'creator_id': 21, 'shared': True, 'archived': False, 'created':
            '2024-01-02T03:04:05Z', 'updated': '2024-01-02T03:04:05Z', 'rev': 3}

    Attributes:
        id (int | None | Unset): Id of the list. Example: 41.
        name (None | str | Unset): Name of the list; written as `title`. Example: Newsletter.
        local_id (None | str | Unset): The creator's own id of the list. Example: 00000000-0000-4000-8000-00000000a001.
        targets (ListTargets | None | Unset):
        team_id (int | None | Unset): Id of the team. Example: 7.
        creator_id (int | None | Unset): Id of the user who created it. Example: 21.
        shared (bool | None | Unset): Whether the list is shared. Example: True.
        archived (bool | None | Unset): Whether the list is archived. Example: False.
        created (datetime.datetime | None | str | Unset): When the list was created (RFC 3339). Example:
            2024-01-02T03:04:05Z.
        updated (datetime.datetime | None | str | Unset): When the list was last changed (RFC 3339). Example:
            2024-01-02T03:04:05Z.
        rev (int | None | Unset): Number of the record's revision; each write raises it. Example: 3.
    """

    id: int | None | Unset = UNSET
    name: None | str | Unset = UNSET
    local_id: None | str | Unset = UNSET
    targets: models.ListTargets | None | Unset = UNSET
    team_id: int | None | Unset = UNSET
    creator_id: int | None | Unset = UNSET
    shared: bool | None | Unset = UNSET
    archived: bool | None | Unset = UNSET
    created: datetime.datetime | None | str | Unset = UNSET
    updated: datetime.datetime | None | str | Unset = UNSET
    rev: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.list_targets import ListTargets  # noqa: PLC0415

        id = self.id

        name = self.name

        local_id = self.local_id

        targets: dict[str, Any] | None | Unset
        if isinstance(self.targets, Unset):
            targets = UNSET
        elif isinstance(self.targets, ListTargets):
            targets = self.targets.to_dict()
        else:
            targets = self.targets

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

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if id is not UNSET:
            field_dict["id"] = id
        if name is not UNSET:
            field_dict["name"] = name
        if local_id is not UNSET:
            field_dict["local_id"] = local_id
        if targets is not UNSET:
            field_dict["targets"] = targets
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

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.list_targets import ListTargets  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        name = d.pop("name", UNSET)

        local_id = d.pop("local_id", UNSET)

        def _parse_targets(data: object) -> ListTargets | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                targets_type_0 = ListTargets.from_dict(data)

                return targets_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ListTargets | None | Unset, data)

        targets = _parse_targets(d.pop("targets", UNSET))

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

        list_ = cls(
            id=id,
            name=name,
            local_id=local_id,
            targets=targets,
            team_id=team_id,
            creator_id=creator_id,
            shared=shared,
            archived=archived,
            created=created,
            updated=updated,
            rev=rev,
        )

        list_.additional_properties = d
        return list_
