from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ConversationTransferWrite")


@_attrs_define(kw_only=True)
class ConversationTransferWrite(Model):
    """Which conversation, and where to.

    Example:
        {'conversation_id': 601, 'transfer_inbox_id': 32}

    Attributes:
        conversation_id (int | Unset): Id of the conversation. Example: 601.
        transfer_inbox_id (int | Unset): Id of the inbox to move it to. Example: 32.
    """

    conversation_id: int | Unset = UNSET
    transfer_inbox_id: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        conversation_id = self.conversation_id

        transfer_inbox_id = self.transfer_inbox_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if conversation_id is not UNSET:
            field_dict["conversation_id"] = conversation_id
        if transfer_inbox_id is not UNSET:
            field_dict["transfer_inbox_id"] = transfer_inbox_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        conversation_id = d.pop("conversation_id", UNSET)

        transfer_inbox_id = d.pop("transfer_inbox_id", UNSET)

        conversation_transfer_write = cls(
            conversation_id=conversation_id,
            transfer_inbox_id=transfer_inbox_id,
        )

        conversation_transfer_write.additional_properties = d
        return conversation_transfer_write
