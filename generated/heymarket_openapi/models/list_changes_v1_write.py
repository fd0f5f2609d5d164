from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ListChangesV1Write")


@_attrs_define(kw_only=True)
class ListChangesV1Write(Model):
    """What to change of a list (v1).

    Example:
        {'title': 'Newsletter', 'add_phone': '15555550100'}

    Attributes:
        title (str): Name of the list; required by a third party. Example: Newsletter.
        add_phone (str | Unset): A phone number to add (E.164 digits without plus). Example: 15555550100.
        remove_phone (str | Unset): A phone number to remove (E.164 digits without plus). Example: 15555550101.
        members (ListMembersWrite | Unset): All recipients of the list, by phone number (E.164 digits without plus);
            read back as `targets`. Example: {'15555550100': {'f': 'Ada', 'l': 'Example'}}.
    """

    title: str
    add_phone: str | Unset = UNSET
    remove_phone: str | Unset = UNSET
    members: models.ListMembersWrite | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        title = self.title

        add_phone = self.add_phone

        remove_phone = self.remove_phone

        members: dict[str, Any] | Unset = UNSET
        if not isinstance(self.members, Unset):
            members = self.members.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "title": title,
            }
        )
        if add_phone is not UNSET:
            field_dict["add_phone"] = add_phone
        if remove_phone is not UNSET:
            field_dict["remove_phone"] = remove_phone
        if members is not UNSET:
            field_dict["members"] = members

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.list_members_write import ListMembersWrite  # noqa: PLC0415

        d = dict(src_dict)
        title = d.pop("title")

        add_phone = d.pop("add_phone", UNSET)

        remove_phone = d.pop("remove_phone", UNSET)

        _members = d.pop("members", UNSET)
        members: ListMembersWrite | Unset
        if isinstance(_members, Unset):
            members = UNSET
        else:
            members = ListMembersWrite.from_dict(_members)

        list_changes_v1_write = cls(
            title=title,
            add_phone=add_phone,
            remove_phone=remove_phone,
            members=members,
        )

        list_changes_v1_write.additional_properties = d
        return list_changes_v1_write
