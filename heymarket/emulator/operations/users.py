"""Users: the members of the team, found and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heymarket.emulator.domain.contacts import get_team_id, join_names
from heymarket.emulator.domain.lookups import require_subject
from heymarket.emulator.state import to_public

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket.emulator.api.validation import Inputs
    from heymarket.emulator.operations._handler import Handler
    from heymarket.emulator.state import Record, State


def get(state: State, inputs: Inputs) -> Record:
    """`GET /v1/users/get`: users with one of the numbers or addresses, in upper or lower case."""
    phones = set(inputs.body.get("phone", ()))
    emails = {email.lower() for email in inputs.body.get("email", ())}
    found = [
        user
        for user in state.users.all()
        if user.get("phone") in phones or str(user.get("email", "")).lower() in emails
    ]
    return _memberships(state, found)


def update(state: State, inputs: Inputs) -> Record:
    """`POST /v1/users/update`: all of them, or none if one isn't there."""
    changed: dict[int, Record] = {}
    for given in inputs.body["users"]:
        user = require_subject(state.users.get(given["id"]), "user")
        changed[user["id"]] = state.users.change(user, **_changes(user, given))
    return _memberships(state, list(changed.values()))


def _changes(user: Record, given: Mapping[str, Any]) -> dict[str, Any]:
    """What becomes of a user. There is one name; what isn't given of it stays: the first word, or the others."""
    first, _, last = str(user.get("name", "")).partition(" ")
    name = join_names(given.get("first_name", first), given.get("last_name", last))
    return {"name": name, **({"role_id": given["role_id"]} if "role_id" in given else {})}


def _memberships(state: State, users: list[Record]) -> Record:
    team = get_team_id(state)
    return {"memberships": [_membership(user, team) for user in users]}


def _membership(user: Record, team: int) -> Record:
    record = {name: value for name, value in to_public(user).items() if name not in {"created", "updated", "rev", "op"}}
    times = {name: user["created"] for name in ("created_at", "user_created_at") if "created" in user}
    times |= {name: user["updated"] for name in ("updated_at", "user_updated_at") if "updated" in user}
    return {"team_id": team, **times, **record}


HANDLERS: Mapping[str, Handler] = {"users.get": get, "users.update": update}
