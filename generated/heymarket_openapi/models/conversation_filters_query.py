from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ConversationFiltersQuery")


@_attrs_define(kw_only=True)
class ConversationFiltersQuery(Model):
    """Which conversations.

    Example:
        {'inboxes': [31], 'closed': False, 'unread': True}

    Attributes:
        inboxes (list[int] | Unset): Ids of inboxes. Example: [31].
        closed (bool | Unset): Whether to include closed ones. Example: False.
        unread (bool | Unset): Whether to include those unread by the user. Example: True.
    """

    inboxes: list[int] | Unset = UNSET
    closed: bool | Unset = UNSET
    unread: bool | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        inboxes: list[int] | Unset = UNSET
        if not isinstance(self.inboxes, Unset):
            inboxes = self.inboxes

        closed = self.closed

        unread = self.unread

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if inboxes is not UNSET:
            field_dict["inboxes"] = inboxes
        if closed is not UNSET:
            field_dict["closed"] = closed
        if unread is not UNSET:
            field_dict["unread"] = unread

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        inboxes = cast(list[int], d.pop("inboxes", UNSET))

        closed = d.pop("closed", UNSET)

        unread = d.pop("unread", UNSET)

        conversation_filters_query = cls(
            inboxes=inboxes,
            closed=closed,
            unread=unread,
        )

        conversation_filters_query.additional_properties = d
        return conversation_filters_query
