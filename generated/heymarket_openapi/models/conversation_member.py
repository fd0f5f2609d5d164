from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ConversationMember")


@_attrs_define(kw_only=True)
class ConversationMember(Model):
    """A member of a conversation.

    Example:
        {'id': 21, 'name': 'Mary Example'}

    Attributes:
        id (int | None | Unset): Id of the user. Example: 21.
        name (None | str | Unset): Name of the user. Example: Mary Example.
    """

    id: int | None | Unset = UNSET
    name: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if id is not UNSET:
            field_dict["id"] = id
        if name is not UNSET:
            field_dict["name"] = name

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        name = d.pop("name", UNSET)

        conversation_member = cls(
            id=id,
            name=name,
        )

        conversation_member.additional_properties = d
        return conversation_member
