from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ConversationCloseWrite")


@_attrs_define(kw_only=True)
class ConversationCloseWrite(Model):
    """Which conversation, and who acts.

    Example:
        {'inbox_id': 31, 'user_id': 21, 'chat_id': 601}

    Attributes:
        inbox_id (int): Id of the inbox. Example: 31.
        user_id (int): Id of the user who acts. Example: 21.
        chat_id (int | Unset): Id of the conversation. Example: 601.
        target (str | Unset): Phone number of the contact (E.164 digits without plus), for a conversation with one.
            Example: 15555550100.
        targets (list[str] | Unset): Phone numbers (E.164 digits without plus) of a group MMS. Example: ['15555550100',
            '15555550101'].
    """

    inbox_id: int
    user_id: int
    chat_id: int | Unset = UNSET
    target: str | Unset = UNSET
    targets: list[str] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        inbox_id = self.inbox_id

        user_id = self.user_id

        chat_id = self.chat_id

        target = self.target

        targets: list[str] | Unset = UNSET
        if not isinstance(self.targets, Unset):
            targets = self.targets

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "inbox_id": inbox_id,
                "user_id": user_id,
            }
        )
        if chat_id is not UNSET:
            field_dict["chat_id"] = chat_id
        if target is not UNSET:
            field_dict["target"] = target
        if targets is not UNSET:
            field_dict["targets"] = targets

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        inbox_id = d.pop("inbox_id")

        user_id = d.pop("user_id")

        chat_id = d.pop("chat_id", UNSET)

        target = d.pop("target", UNSET)

        targets = cast(list[str], d.pop("targets", UNSET))

        conversation_close_write = cls(
            inbox_id=inbox_id,
            user_id=user_id,
            chat_id=chat_id,
            target=target,
            targets=targets,
        )

        conversation_close_write.additional_properties = d
        return conversation_close_write
