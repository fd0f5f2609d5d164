"""The team, its users and its inboxes."""

from __future__ import annotations

from typing import Any

import pytest

from heymarket import NotFoundError


def test_the_team_names_its_members(hm: Any) -> None:
    team = hm.team.get()

    assert (team.id, team.name, team.list_size) == (7, "Example Inc.", 1000)
    assert [(one.id, one.role, one.email) for one in team.members] == [
        (21, "admin", "mary@example.com"),
        (22, "member", "joan@example.com"),
    ]
    assert team.additional_properties == {}


def test_inboxes_name_who_may_send_from_them(hm: Any) -> None:
    inboxes = hm.inboxes.list()

    assert [(inbox.id, inbox.team, inbox.members) for inbox in inboxes] == [(31, 7, [21, 22]), (32, 7, [21])]
    assert all(inbox.phones == [inbox.phone] for inbox in inboxes)
    assert inboxes[0].additional_properties == {}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ({"email": ["MARY@example.com"]}, [21]),
        ({"phone": ["15555550121"]}, [22]),
        ({"phone": ["15555550121"], "email": ["mary@example.com"]}, [21, 22]),
        ({"email": ["mary@example.com"] * 2}, [21]),
        ({"email": ["nobody@example.com"]}, []),
    ],
)
def test_users_are_found_by_number_or_address(hm: Any, query: dict[str, Any], ids: list[int]) -> None:
    assert [user.id for user in hm.users.get(**query).memberships] == ids


def test_users_change_and_what_names_them_changes_too(hm: Any) -> None:
    answer = hm.users.update(
        users=[{"id": 22, "last_name": "Hopper"}, {"id": 21, "first_name": "Augusta", "role_id": 4}]
    )

    assert [(user.id, user.name, user.role_id) for user in answer.memberships] == [
        (22, "Joan Hopper", 4),
        (21, "Augusta Example", 4),
    ]
    assert [(one.name, one.role) for one in hm.team.get().members] == [
        ("Augusta Example", "member"),
        ("Joan Hopper", "member"),
    ]
    assert [member.name for member in hm.conversations.get(601).members] == ["Augusta Example", "Joan Hopper"]


def test_users_change_all_or_none(hm: Any) -> None:
    with pytest.raises(NotFoundError):
        hm.users.update(users=[{"id": 22, "last_name": "Hopper"}, {"id": 999}])

    assert hm.team.get().members[1].name == "Joan Example"
