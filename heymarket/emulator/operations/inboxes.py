"""Inboxes, which are made in the app alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from heymarket.emulator.domain.contacts import get_team_id
from heymarket.emulator.state import to_public

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket.emulator.api.validation import Inputs
    from heymarket.emulator.operations._handler import Handler
    from heymarket.emulator.state import Record, State


def list_(state: State, _: Inputs) -> list[Record]:
    """`GET /v1/inboxes`."""
    team = get_team_id(state)
    return [_answered(inbox, team) for inbox in state.inboxes.all()]


def _answered(inbox: Record, team: int) -> Record:
    """An inbox with the defaults of fields that weren't set."""
    record = {name: value for name, value in to_public(inbox).items() if name not in {"created", "updated"}}
    return {
        "team": team,
        "members": [],
        "phones": [inbox["phone"]] if inbox.get("phone") else [],
        "auto_assignable": False,
        "invited": [],
        "allowed_domains": [],
        "bco_chats": False,
        **record,
    }


HANDLERS: Mapping[str, Handler] = {"inboxes.list": list_}
