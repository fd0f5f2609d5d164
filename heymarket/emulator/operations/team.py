"""The team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from heymarket.emulator.state import to_public

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket.emulator.api.validation import Inputs
    from heymarket.emulator.operations._handler import Handler
    from heymarket.emulator.state import Record, State

_ROLES = {1: "admin"}


def get(state: State, _: Inputs) -> Record:
    """`GET /v1/team`: an administrator is `admin`, all other users `member`."""
    hidden = {"created", "updated", "rev", "op"}
    team = {name: value for name, value in to_public(state.team.first() or {}).items() if name not in hidden}
    return {**team, "members": [_member(user) for user in state.users.all()]}


def _member(user: Record) -> Record:
    role = _ROLES.get(user.get("role_id", 0), "member")
    return {"id": user["id"], "name": user.get("name", ""), "role": role, "email": user.get("email", "")}


HANDLERS: Mapping[str, Handler] = {"team.get": get}
