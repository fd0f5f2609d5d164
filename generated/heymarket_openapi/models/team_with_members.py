from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset
from ..variants import as_item

T = TypeVar("T", bound="TeamWithMembers")


@_attrs_define(kw_only=True)
class TeamWithMembers(Model):
    """A team, and who is in it.

    Example:
        {'id': 7, 'name': 'Example Inc.', 'list_size': 1000, 'members': [{'id': 21, 'name': 'Mary Example', 'role':
            'admin', 'email': 'mary@example.com'}]}

    Attributes:
        id (int | None | Unset): Id of the team. Example: 7.
        name (None | str | Unset): Name of the team. Example: Example Inc..
        list_size (int | None | Unset): The maximum number of contacts on a list. Example: 1000.
        members (list[TeamMember] | None | Unset): Members of the team.
    """

    id: int | None | Unset = UNSET
    name: None | str | Unset = UNSET
    list_size: int | None | Unset = UNSET
    members: list[models.TeamMember] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        list_size = self.list_size

        members: list[dict[str, Any]] | None | Unset
        if isinstance(self.members, Unset):
            members = UNSET
        elif isinstance(self.members, list):
            members = []
            for members_type_0_item_data in self.members:
                members_type_0_item = members_type_0_item_data.to_dict()
                members.append(members_type_0_item)

        else:
            members = self.members

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if id is not UNSET:
            field_dict["id"] = id
        if name is not UNSET:
            field_dict["name"] = name
        if list_size is not UNSET:
            field_dict["list_size"] = list_size
        if members is not UNSET:
            field_dict["members"] = members

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.team_member import TeamMember  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        name = d.pop("name", UNSET)

        list_size = d.pop("list_size", UNSET)

        def _parse_members(data: object) -> list[TeamMember] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                members_type_0 = []
                _members_type_0 = data
                for members_type_0_item_data in _members_type_0:
                    members_type_0_item = as_item(TeamMember, members_type_0_item_data)

                    members_type_0.append(members_type_0_item)

                return members_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[TeamMember] | None | Unset, data)

        members = _parse_members(d.pop("members", UNSET))

        team_with_members = cls(
            id=id,
            name=name,
            list_size=list_size,
            members=members,
        )

        team_with_members.additional_properties = d
        return team_with_members
