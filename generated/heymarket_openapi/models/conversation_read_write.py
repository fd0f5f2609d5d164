from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ConversationReadWrite")


@_attrs_define(kw_only=True)
class ConversationReadWrite(Model):
    """Which conversation, and for whom.

    Example:
        {'inbox_id': 31, 'user_id': 21, 'target': '15555550100'}

    Attributes:
        inbox_id (int): Id of the inbox. Example: 31.
        user_id (int): Id of the user who has read it. Example: 21.
        target (str | Unset): Phone number of the contact (E.164 digits without plus), for a conversation with one.
            Example: 15555550100.
        targets (list[str] | Unset): Phone numbers (E.164 digits without plus) of a group MMS. Example: ['15555550100',
            '15555550101'].
        reassign_id (int | Unset): Shown on the page, without an effect; for reassigning there is another operation.
            Example: 22.
    """

    inbox_id: int
    user_id: int
    target: str | Unset = UNSET
    targets: list[str] | Unset = UNSET
    reassign_id: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        inbox_id = self.inbox_id

        user_id = self.user_id

        target = self.target

        targets: list[str] | Unset = UNSET
        if not isinstance(self.targets, Unset):
            targets = self.targets

        reassign_id = self.reassign_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "inbox_id": inbox_id,
                "user_id": user_id,
            }
        )
        if target is not UNSET:
            field_dict["target"] = target
        if targets is not UNSET:
            field_dict["targets"] = targets
        if reassign_id is not UNSET:
            field_dict["reassign_id"] = reassign_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        inbox_id = d.pop("inbox_id")

        user_id = d.pop("user_id")

        target = d.pop("target", UNSET)

        targets = cast(list[str], d.pop("targets", UNSET))

        reassign_id = d.pop("reassign_id", UNSET)

        conversation_read_write = cls(
            inbox_id=inbox_id,
            user_id=user_id,
            target=target,
            targets=targets,
            reassign_id=reassign_id,
        )

        conversation_read_write.additional_properties = d
        return conversation_read_write
