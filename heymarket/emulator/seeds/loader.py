"""From a seed to a state: each record is created as the operations create it, all in one transaction."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Any

from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.clock import format_timestamp
from heymarket.emulator.domain import contacts, conversations
from heymarket.emulator.domain.team_settings import change_settings
from heymarket.emulator.operations import lists, schedules
from heymarket.emulator.seeds.built_in import BUILT_IN
from heymarket.emulator.seeds.format import SeedError, describe_record
from heymarket.emulator.state import KINDS, State

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping, Sequence

    from heymarket.emulator.clock import EmulatorClock
    from heymarket.emulator.state import Record, Snapshot

__all__ = ["load_seed", "open_state"]

_TEAM = {"id": 7, "name": "Example Inc.", "list_size": 1000}

_KINDS = (
    "users",
    "inboxes",
    "fields",
    "tags",
    "contacts",
    "lists",
    "templates",
    "surveys",
    "schedules",
    "conversations",
    "messages",
)
"""The kinds of records in the order in which they are created."""

_BATCH = 100

_REFERENCES = (
    ("inboxes", "members", "each.value", "users"),
    ("contacts", "tags", "json_extract(each.value, '$.tag_id')", "tags"),
    ("contacts", "custom", "each.key", "fields"),
    ("contacts", "assigned_user_id", "", "users"),
    ("contacts", "creator_id", "", "users"),
    ("contacts", "inbox_id", "", "inboxes"),
    ("lists", "_contact_ids", "each.value", "contacts"),
    ("lists", "creator_id", "", "users"),
    ("templates", "creator_id", "", "users"),
    ("schedules", "inbox_id", "", "inboxes"),
    ("schedules", "user_id", "", "users"),
    ("conversations", "inbox", "", "inboxes"),
    ("conversations", "assigned", "", "users"),
    ("messages", "_conversation_id", "", "conversations"),
    ("messages", "user", "", "users"),
)
"""Fields that name records: whose they are, where in the field the id is (SQL), and what it names."""

_NOBODY = {"assigned", "assigned_user_id", "creator_id", "user"}
"""Fields that may be 0, for no user."""

_TIMESTAMPS = {"created", "date", "execute", "updated"}

_TAKEN = {
    "contact.uuid": "uuid is that of another one",
    "channel.id": "the id of one of its channels is there already",
    "channel.channel_id": "one of its channels, or its phone, is there already",
    "conversation.key": "its inbox has a conversation with the same target, or targets, already",
}


def open_state(
    where: str | os.PathLike[str] = ":memory:",
    *,
    clock: EmulatorClock | None = None,
    seed: Mapping[str, Any] | None = None,
    pristine: Snapshot | None = None,
) -> State:
    """Open a state.

    Args:
        where: A file, made and seeded if it isn't there yet, or `:memory:`.
        clock: The service's time.
        seed: What a fresh state holds, as `validate_seed` returns it; the built-in one by default.
        pristine: A fresh state with this seed, if there is one already.

    Raises:
        EmulatorError: The file can't be used, or the seed doesn't fit. A file that was there is left as it was.
    """
    load = partial(load_seed, document=BUILT_IN if seed is None else seed)
    return State(where, clock=clock, load=load, pristine=pristine)


def load_seed(state: State, document: Mapping[str, Any]) -> None:
    """Create all records of a seed.

    Args:
        state: Where they are kept; it has to be empty, and in a transaction.
        document: The seed, as `validate_seed` returns it.

    Raises:
        SeedError: It doesn't fit.
    """
    team = state.team.put({**_TEAM, **document.get("team", {})})
    change_settings(state, document.get("settings", {}))
    for kind in _KINDS:
        records = list(_add_ids(document.get(kind, ()), getattr(state, kind).next_id()))
        _create(state, kind, records, team["id"])
        for name, value, target in (reference[1:] for reference in _REFERENCES if reference[0] == kind):
            _check_references(state, kind, records, name, value, target)


def _create(state: State, kind: str, records: Sequence[Record], team_id: int) -> None:
    rows: dict[str, list[tuple[int, Record]]] = {kind: []}
    index = 0
    try:
        for index, record in enumerate(records):
            for part, row in _build(state, kind, record, index, team_id):
                rows.setdefault(part, []).append((index, row))
        for part, some in rows.items():
            into = getattr(state, part)
            for start in range(0, len(some), _BATCH):
                batch = some[start : start + _BATCH]
                try:
                    into.insert_all(row for _, row in batch)
                except sqlite3.IntegrityError:
                    for index, row in batch:  # noqa: B007 - which of them it was, is named below
                        into.insert(row)
    except (APIErrorResponse, sqlite3.IntegrityError, ValueError) as error:
        raise SeedError(f"{describe_record(kind, index, records[index])}: {_explain(error)}") from None


def _build(state: State, kind: str, record: Record, index: int, team_id: int) -> Iterator[tuple[str, Record]]:
    """A record as the operations make it, with others that belong to it, each with its kind."""
    record = _add_timestamps(record, index)
    match kind:
        case "contacts":
            contact, channels = contacts.build(record.pop("contact_channels", ()), **{"team_id": team_id, **record})
            yield kind, contact
            for channel in channels:
                yield "channels", channel
        case "conversations":
            yield kind, conversations.build(record)
        case "lists":
            yield kind, lists.build(state, record)
        case "schedules":
            yield kind, schedules.check(record)
        case _:
            yield kind, record


def _add_ids(records: Sequence[Mapping[str, Any]], first_id: int) -> Iterator[Record]:
    """The records, each with an id: the lowest ones that are free, where they have none."""
    taken = {record["id"] for record in records if "id" in record}
    free = (number for number in range(first_id, first_id + len(records) + len(taken)) if number not in taken)
    return ({**record, "id": int(record["id"]) if "id" in record else next(free)} for record in records)


def _add_timestamps(record: Record, index: int) -> Record:
    """A copy with the timestamps that it lacks. They differ, so that a list's cursor can be between any two."""
    seconds, microseconds = divmod(index, 1_000_000)
    made = f"2025-01-15T09:{30 + seconds // 60}:{seconds % 60:02}.{microseconds:06}Z"
    given: Record = {name: _normalize(name, value) for name, value in record.items() if name in _TIMESTAMPS}
    return {"created": made, "updated": made, "rev": 1, "op": "create", **record, **given}


def _normalize(name: str, timestamp: str) -> Any:
    try:
        return format_timestamp(timestamp)
    except ValueError:
        raise ValueError(f"{name} is no timestamp with a time zone") from None


def _explain(error: Exception) -> str:
    if isinstance(error, APIErrorResponse):
        return error.reason.removeprefix("bad_data: ")
    if isinstance(error, sqlite3.IntegrityError):
        # The message ends with what two records share: its table and column, or several with commas between.
        return _TAKEN.get(str(error).partition(": ")[2].partition(",")[0], "id is that of another one")
    return str(error)


def _check_references(state: State, kind: str, records: Sequence[Record], name: str, value: str, target: str) -> None:
    if not any(name in record for record in records):
        return
    named = value or f"json_extract(record, '$.{name}')"
    id_ = "CAST(id AS TEXT)" if value == "each.key" else "id"
    missing = f"{named} NOT IN (SELECT {id_} FROM {KINDS[target]})"  # noqa: S608 - our own names
    if name in _NOBODY and kind != "schedules":
        missing = f"{named} != 0 AND {missing}"
    if value:
        missing = f"EXISTS (SELECT 1 FROM json_each(record, '$.{name}') AS each WHERE {missing})"  # noqa: S608 - our own names
    for dangling in getattr(state, kind).query(f"WHERE {missing} ORDER BY id LIMIT 1"):
        index = next(place for place, record in enumerate(records) if record["id"] == dangling["id"])
        raise SeedError(f"{describe_record(kind, index, dangling)}: {name} names a record that is not among {target}")
