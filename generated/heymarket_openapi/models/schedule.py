from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="Schedule")


@_attrs_define(kw_only=True)
class Schedule(Model):
    """A message to be sent later.

    Example:
        {'id': 61, 'execute': '2030-01-02T09:30:00Z', 'inbox_id': 31, 'local_id':
            '00000000-0000-4000-8000-00000000a001', 'meta': {'campaign_id': 0, 'campaign_step_id': 0,
            'campaign_target_phone': '', 'conversation_id': 601, 'list_id': 0, 'content': {'text': 'See you tomorrow.',
            'to': '15555550100', 'template': 51, 'attachments': [{'name': 'map.png', 'type': 'image/png', 'url':
            'https://example.com/map.png'}], 'gallery': [{'url': 'https://example.com/map.png', 'original_url':
            'https://example.com/map.png', 'annotation_text': 'Here', 'annotation_position': 'top'}], 'local_day': 0,
            'local_time': '09:30', 'offset': 0}}, 'created': '2024-01-02T03:04:05Z', 'updated': '2024-01-02T03:04:05Z',
            'op': 'update', 'rev': 3, 'team_id': 7, 'user_id': 21}

    Attributes:
        id (int | None | Unset): Id of the scheduled message. Example: 61.
        execute (datetime.datetime | None | str | Unset): When to send it (RFC 3339); written as `execute_at`. Example:
            2030-01-02T09:30:00Z.
        inbox_id (int | None | Unset): Id of the inbox to send from. Example: 31.
        local_id (None | str | Unset): The creator's own id of the message. Example:
            00000000-0000-4000-8000-00000000a001.
        meta (None | ScheduleMeta | Unset):
        created (datetime.datetime | None | str | Unset): When the scheduled message was created (RFC 3339). Example:
            2024-01-02T03:04:05Z.
        updated (datetime.datetime | None | str | Unset): When the scheduled message was last changed (RFC 3339).
            Example: 2024-01-02T03:04:05Z.
        op (None | str | Unset): Name of the last operation on the record; the values are not documented. Example:
            update.
        rev (int | None | Unset): Number of the record's revision; on the generated page only (D31). Example: 3.
        team_id (int | None | Unset): Id of the team. Seen by a third party only (D31). Example: 7.
        user_id (int | None | Unset): Id of the member to send as. Seen by a third party only (D31). Example: 21.
    """

    id: int | None | Unset = UNSET
    execute: datetime.datetime | None | str | Unset = UNSET
    inbox_id: int | None | Unset = UNSET
    local_id: None | str | Unset = UNSET
    meta: None | models.ScheduleMeta | Unset = UNSET
    created: datetime.datetime | None | str | Unset = UNSET
    updated: datetime.datetime | None | str | Unset = UNSET
    op: None | str | Unset = UNSET
    rev: int | None | Unset = UNSET
    team_id: int | None | Unset = UNSET
    user_id: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.schedule_meta import ScheduleMeta  # noqa: PLC0415

        id = self.id

        execute: None | str | Unset
        if isinstance(self.execute, Unset):
            execute = UNSET
        elif isinstance(self.execute, datetime.datetime):
            execute = self.execute.isoformat()
        else:
            execute = self.execute

        inbox_id = self.inbox_id

        local_id = self.local_id

        meta: dict[str, Any] | None | Unset
        if isinstance(self.meta, Unset):
            meta = UNSET
        elif isinstance(self.meta, ScheduleMeta):
            meta = self.meta.to_dict()
        else:
            meta = self.meta

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

        op = self.op

        rev = self.rev

        team_id = self.team_id

        user_id = self.user_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if id is not UNSET:
            field_dict["id"] = id
        if execute is not UNSET:
            field_dict["execute"] = execute
        if inbox_id is not UNSET:
            field_dict["inbox_id"] = inbox_id
        if local_id is not UNSET:
            field_dict["local_id"] = local_id
        if meta is not UNSET:
            field_dict["meta"] = meta
        if created is not UNSET:
            field_dict["created"] = created
        if updated is not UNSET:
            field_dict["updated"] = updated
        if op is not UNSET:
            field_dict["op"] = op
        if rev is not UNSET:
            field_dict["rev"] = rev
        if team_id is not UNSET:
            field_dict["team_id"] = team_id
        if user_id is not UNSET:
            field_dict["user_id"] = user_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.schedule_meta import ScheduleMeta  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        def _parse_execute(data: object) -> datetime.datetime | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                try:
                    execute_parsed = datetime.datetime.fromisoformat(data)

                    if execute_parsed.year == 1:
                        return None
                except ValueError:
                    from ..drift import warn_once

                    warn_once(cls, "execute")
                    raise

                return execute_parsed
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | str | Unset, data)

        execute = _parse_execute(d.pop("execute", UNSET))

        inbox_id = d.pop("inbox_id", UNSET)

        local_id = d.pop("local_id", UNSET)

        def _parse_meta(data: object) -> None | ScheduleMeta | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                meta_type_0 = ScheduleMeta.from_dict(data)

                return meta_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | ScheduleMeta | Unset, data)

        meta = _parse_meta(d.pop("meta", UNSET))

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

        op = d.pop("op", UNSET)

        rev = d.pop("rev", UNSET)

        team_id = d.pop("team_id", UNSET)

        user_id = d.pop("user_id", UNSET)

        schedule = cls(
            id=id,
            execute=execute,
            inbox_id=inbox_id,
            local_id=local_id,
            meta=meta,
            created=created,
            updated=updated,
            op=op,
            rev=rev,
            team_id=team_id,
            user_id=user_id,
        )

        schedule.additional_properties = d
        return schedule
