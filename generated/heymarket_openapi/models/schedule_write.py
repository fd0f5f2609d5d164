from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset
from ..variants import as_item

T = TypeVar("T", bound="ScheduleWrite")


@_attrs_define(kw_only=True)
class ScheduleWrite(Model):
    """A message to send later: when, to exactly one kind of recipient, and what.

    Example:
        {'inbox_id': 31, 'execute_at': '2030-01-02T09:30:00Z', 'content': {'text': 'See you tomorrow.'}, 'phone_number':
            '15555550100', 'local_id': '00000000-0000-4000-8000-00000000a001'}

    Attributes:
        inbox_id (int): Id of the inbox to send from. Example: 31.
        execute_at (datetime.datetime): When to send (RFC 3339): at least 15 minutes ahead and on a quarter of an hour
            (:00, :15, :30, :45), or it is refused. Read back as `execute`. Example: 2030-01-02T09:30:00Z.
        content (ScheduledContentWrite): What to send. Example: {'text': 'See you tomorrow.'}.
        phone_number (str | Unset): The recipient's phone number (E.164 digits without plus). Example: 15555550100.
        targets (list[ScheduleTargetWrite] | Unset): Recipients of a group MMS; an array of objects by the older page,
            which doesn't describe them (D31).
        conversation_id (int | Unset): Id of the conversation to write in. Example: 601.
        list_id (int | Unset): Id of the list to send to: a broadcast. Example: 41.
        local_id (str | Unset): Id of your own that is unique for this message, such as a UUID. Example:
            00000000-0000-4000-8000-00000000a001.
        user_id (int | Unset): Id of the member to send as; the team's owner by default. Example: 21.
    """

    inbox_id: int
    execute_at: datetime.datetime
    content: models.ScheduledContentWrite
    phone_number: str | Unset = UNSET
    targets: list[models.ScheduleTargetWrite] | Unset = UNSET
    conversation_id: int | Unset = UNSET
    list_id: int | Unset = UNSET
    local_id: str | Unset = UNSET
    user_id: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        inbox_id = self.inbox_id

        execute_at = self.execute_at.isoformat()

        content = self.content.to_dict()

        phone_number = self.phone_number

        targets: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.targets, Unset):
            targets = []
            for targets_item_data in self.targets:
                targets_item = targets_item_data.to_dict()
                targets.append(targets_item)

        conversation_id = self.conversation_id

        list_id = self.list_id

        local_id = self.local_id

        user_id = self.user_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "inbox_id": inbox_id,
                "execute_at": execute_at,
                "content": content,
            }
        )
        if phone_number is not UNSET:
            field_dict["phone_number"] = phone_number
        if targets is not UNSET:
            field_dict["targets"] = targets
        if conversation_id is not UNSET:
            field_dict["conversation_id"] = conversation_id
        if list_id is not UNSET:
            field_dict["list_id"] = list_id
        if local_id is not UNSET:
            field_dict["local_id"] = local_id
        if user_id is not UNSET:
            field_dict["user_id"] = user_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.schedule_target_write import ScheduleTargetWrite  # noqa: PLC0415
        from ..models.scheduled_content_write import ScheduledContentWrite  # noqa: PLC0415

        d = dict(src_dict)
        inbox_id = d.pop("inbox_id")

        try:
            execute_at = datetime.datetime.fromisoformat(d.pop("execute_at"))

        except ValueError:
            from ..drift import warn_once

            warn_once(cls, "execute_at")
            raise

        content = ScheduledContentWrite.from_dict(d.pop("content"))

        phone_number = d.pop("phone_number", UNSET)

        _targets = d.pop("targets", UNSET)
        targets: list[ScheduleTargetWrite] | Unset = UNSET
        if _targets is not UNSET:
            targets = []
            for targets_item_data in _targets:
                targets_item = as_item(ScheduleTargetWrite, targets_item_data)

                targets.append(targets_item)

        conversation_id = d.pop("conversation_id", UNSET)

        list_id = d.pop("list_id", UNSET)

        local_id = d.pop("local_id", UNSET)

        user_id = d.pop("user_id", UNSET)

        schedule_write = cls(
            inbox_id=inbox_id,
            execute_at=execute_at,
            content=content,
            phone_number=phone_number,
            targets=targets,
            conversation_id=conversation_id,
            list_id=list_id,
            local_id=local_id,
            user_id=user_id,
        )

        schedule_write.additional_properties = d
        return schedule_write
