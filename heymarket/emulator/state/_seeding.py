"""From a seed, a plain JSON document, to records and back."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from heymarket.emulator.state._records import Record
    from heymarket.emulator.state._state import State

LISTS = (
    "users",
    "inboxes",
    "fields",
    "contacts",
    "tags",
    "lists",
    "templates",
    "surveys",
    "schedules",
    "conversations",
    "messages",
)
"""The members of a seed that are lists of records, beside `team`, which is one record."""


def plant(document: Mapping[str, Any], state: State) -> None:
    """Make records of all that a seed says.

    Args:
        document: The seed, as `loader.read` gives it.
        state: Where they are kept; it has to be empty.
    """
    team = state.team.put(dict(document.get("team", {"id": 7, "name": "Example Inc.", "list_size": 1000})))
    for kind in LISTS:
        if kind != "contacts":
            getattr(state, kind).put_all(_stamped(document.get(kind, ())))
    state.contacts.put_all(_contacts(document, team))
    state.channels.put_all(_channels(document, team))


def dig(state: State) -> dict[str, Any]:
    """All records, as a seed says them."""
    channels: dict[int, list[Record]] = {}
    for channel in state.channels.all():
        channels.setdefault(channel["contact_id"], []).append(channel)
    document: dict[str, Any] = {"team": state.team.first()}
    for kind in LISTS:
        document[kind] = getattr(state, kind).all()
    for contact in document["contacts"]:
        contact["contact_channels"] = channels.get(contact["id"], [])
    return document


def uuid_of(contact_id: int) -> str:
    """The UUID of a contact that was given none: the same one whenever the same things are done."""
    # By hand, because a hundred thousand of them are made in a moment, and the uuid module takes its time.
    digits = hashlib.sha256(b"contact %d" % contact_id).hexdigest()
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-8{digits[17:20]}-{digits[20:32]}"


def _stamped(records: Iterable[Mapping[str, Any]], **members: Any) -> Iterator[Record]:
    """The records with the stamps that they lack. Times differ, so that a list's cursor can stand between any two."""
    for number, record in enumerate(records):
        seconds, microseconds = divmod(number, 1_000_000)
        moment = f"2025-01-15T09:{30 + seconds // 60}:{seconds % 60:02}.{microseconds:06}Z"
        yield {"created": moment, "updated": moment, "rev": 1, "op": "create", **members, **record}


def _contacts(document: Mapping[str, Any], team: Record) -> Iterator[Record]:
    for contact in _stamped(document.get("contacts", ()), team_id=team["id"]):
        contact.pop("contact_channels", None)
        yield contact


def _channels(document: Mapping[str, Any], team: Record) -> Iterator[Record]:
    channel_id = 1001
    for contact in document.get("contacts", ()):
        for channel in contact.get("contact_channels", ()):
            yield {"id": channel_id, "team_id": team["id"], "contact_id": contact["id"], **channel}
            channel_id += 1
