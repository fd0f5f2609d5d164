from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset
from ..variants import as_item

T = TypeVar("T", bound="TeamUsers")


@_attrs_define(kw_only=True)
class TeamUsers(Model):
    """Members of the team.

    Example:
        {'memberships': [{'id': 21, 'phone': '15555550100', 'name': 'Mary Example', 'email': 'mary@example.com',
            'role_id': 4, 'team_id': 7, 'created_at': '2024-01-02T03:04:05Z', 'updated_at': '2024-01-02T03:04:05Z',
            'user_created_at': '2024-01-02T03:04:05Z', 'user_updated_at': '2024-01-02T03:04:05Z'}]}

    Attributes:
        memberships (list[TeamUser] | None | Unset): The members.
    """

    memberships: list[models.TeamUser] | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        memberships: list[dict[str, Any]] | None | Unset
        if isinstance(self.memberships, Unset):
            memberships = UNSET
        elif isinstance(self.memberships, list):
            memberships = []
            for memberships_type_0_item_data in self.memberships:
                memberships_type_0_item = memberships_type_0_item_data.to_dict()
                memberships.append(memberships_type_0_item)

        else:
            memberships = self.memberships

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if memberships is not UNSET:
            field_dict["memberships"] = memberships

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.team_user import TeamUser  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_memberships(data: object) -> list[TeamUser] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                memberships_type_0 = []
                _memberships_type_0 = data
                for memberships_type_0_item_data in _memberships_type_0:
                    memberships_type_0_item = as_item(
                        TeamUser, memberships_type_0_item_data
                    )

                    memberships_type_0.append(memberships_type_0_item)

                return memberships_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[TeamUser] | None | Unset, data)

        memberships = _parse_memberships(d.pop("memberships", UNSET))

        team_users = cls(
            memberships=memberships,
        )

        team_users.additional_properties = d
        return team_users
