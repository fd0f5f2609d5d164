from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ListV1Write")


@_attrs_define(kw_only=True)
class ListV1Write(Model):
    """A list to create (v1). Known from the older call that updates one; assumed to be the same here.

    Example:
        {'title': 'Newsletter', 'members': {'15555550100': {'f': 'Ada', 'l': 'Example'}}}

    Attributes:
        title (str | Unset): Name of the list; read back as `name`. Example: Newsletter.
        members (ListMembersWrite | Unset): All recipients of the list, by phone number (E.164 digits without plus);
            read back as `targets`. Example: {'15555550100': {'f': 'Ada', 'l': 'Example'}}.
        local_id (str | Unset): Id of your own that is unique for this list. Assumed to work as in v2. Example:
            00000000-0000-4000-8000-00000000a001.
    """

    title: str | Unset = UNSET
    members: models.ListMembersWrite | Unset = UNSET
    local_id: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        title = self.title

        members: dict[str, Any] | Unset = UNSET
        if not isinstance(self.members, Unset):
            members = self.members.to_dict()

        local_id = self.local_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if title is not UNSET:
            field_dict["title"] = title
        if members is not UNSET:
            field_dict["members"] = members
        if local_id is not UNSET:
            field_dict["local_id"] = local_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.list_members_write import ListMembersWrite  # noqa: PLC0415

        d = dict(src_dict)
        title = d.pop("title", UNSET)

        _members = d.pop("members", UNSET)
        members: ListMembersWrite | Unset
        if isinstance(_members, Unset):
            members = UNSET
        else:
            members = ListMembersWrite.from_dict(_members)

        local_id = d.pop("local_id", UNSET)

        list_v1_write = cls(
            title=title,
            members=members,
            local_id=local_id,
        )

        list_v1_write.additional_properties = d
        return list_v1_write
