"""The state: all that the emulator remembers."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from heymarket.emulator.clock import EmulatorClock, format_timestamp
from heymarket.emulator.state._database import Database
from heymarket.emulator.state._records import Records

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from heymarket.emulator.state._database import Snapshot
    from heymarket.emulator.state._records import Record

KINDS: Mapping[str, str] = {
    "team": "team",
    "users": "user",
    "inboxes": "inbox",
    "fields": "field",
    "contacts": "contact",
    "channels": "channel",
    "tags": "tag",
    "lists": "list",
    "templates": "template",
    "surveys": "survey",
    "schedules": "schedule",
    "conversations": "conversation",
    "messages": "message",
    "deliveries": "delivery",
    "carrier_reports": "carrier_report",
}
"""The kinds of records by attribute of `State`, and the table of each."""


_NOT_IN_SEEDS = {"channels", "deliveries", "carrier_reports"}
_DONE_KEPT = 1000  # deliveries that are done with


class State:
    """What the emulator remembers.

    Args:
        where: A file, made and seeded if it isn't there yet, or `:memory:`.
        clock: The service's time.
        load: Creates the records of a fresh state, in a transaction; see `heymarket.emulator.seeds`.
        pristine: A fresh state with these records, to be copied, which is faster and takes memory once.

    Attributes:
        clock: The service's time.
        changed: Called when there may be more, or less, to do in time; see `watch`.
        epoch: Rises whenever other records take the place of all there were.
        pristine: What a reset goes back to; `None` until a fresh state was needed.
        receivers: The ids of the webhooks that events are for.

    Raises:
        EmulatorError: The file can't be used; it is left as it was. Or the seed doesn't fit.
    """

    team: Records
    users: Records
    inboxes: Records
    fields: Records
    contacts: Records
    channels: Records
    tags: Records
    lists: Records
    templates: Records
    surveys: Records
    schedules: Records
    conversations: Records
    messages: Records
    deliveries: Records
    carrier_reports: Records

    def __init__(
        self,
        where: str | os.PathLike[str] = ":memory:",
        *,
        clock: EmulatorClock | None = None,
        load: Callable[[State], object] = lambda _: None,
        pristine: Snapshot | None = None,
    ) -> None:
        self.clock: EmulatorClock = clock or EmulatorClock()
        self.receivers: tuple[int, ...] = ()
        self.epoch: int = 0
        self._load = load
        self.pristine: Snapshot | None = pristine
        self._last_stamp = ""
        self._set_back = self.clock.set_back
        self.changed: Callable[[], object] = lambda: None
        self._database = Database(where)
        self.close: Callable[[], object] = self._database.close
        for name, table in KINDS.items():
            setattr(self, name, Records(self._database, table, self.now))
        if self._database.is_empty:
            try:
                self.reset()
            except BaseException:  # also a Ctrl-C: no half-made file stays; raised again
                self._database.discard()
                raise

    def now(self) -> str:
        """The time as a timestamp, later with each call unless the clock is set back: no two are alike."""
        if self._set_back != self.clock.set_back:
            self._set_back, self._last_stamp = self.clock.set_back, ""
        stamp = format_timestamp(self.clock.time())
        if stamp <= self._last_stamp:
            stamp = format_timestamp(datetime.fromisoformat(self._last_stamp) + timedelta(microseconds=1))
        self._last_stamp = stamp
        return stamp

    @property
    def version(self) -> tuple[int, int]:
        """A version that changes whenever anything may have changed."""
        return self._database.version

    def transaction(self) -> AbstractContextManager[None]:
        """All of it, or, if an exception leaves the block, nothing."""
        return self._database.transaction()

    def lock(self) -> AbstractContextManager[object]:
        """No other thread reads or writes until the block ends; it is no transaction, and may be entered again."""
        return self._database.lock

    def emit(self, event_type: str, event_data: Mapping[str, Any]) -> None:
        """Queue an event for each webhook. Without one, the event is kept, and shown.

        Args:
            event_type: Such as `message_sent`.
            event_data: What goes out as `event_data`, without the emulator's own fields.
        """
        record = {
            "state": "new" if self.receivers else "unsent",
            # Not `now()`, which may be ahead of a clock that stands still.
            "due": format_timestamp(self.clock.time()),
            "attempts": 0,
            "type": event_type,
            "event_data": _public(dict(event_data)),
        }
        for webhook in self.receivers or (None,):
            latest = self.deliveries.put({**record, "webhook": webhook})["id"]
            if latest % 256 == 0:
                self._database.execute(
                    "DELETE FROM delivery WHERE id <= ? AND state NOT IN ('new', 'held')", (latest - _DONE_KEPT,)
                )
        if self.receivers:
            self.changed()

    def watch(self, changed: Callable[[], object]) -> None:
        """Register what is called when there may be more, or less, to do in time.

        Args:
            changed: Called by any thread, maybe inside a transaction.
        """
        self.changed = self.schedules.changed = self.carrier_reports.changed = changed

    def find_response(self, operation: str, local_id: str) -> Any:
        """The response of the first call with this `local_id`; `None` if there was none."""
        rows = self._database.rows(
            "SELECT response FROM first_response WHERE operation = ? AND local_id = ?", (operation, local_id)
        )
        return json.loads(rows[0]["response"]) if rows else None

    def save_response(self, operation: str, local_id: str, answer: Any) -> None:
        """Remember the response of the first call with this `local_id`."""
        self._database.execute("INSERT INTO first_response VALUES (?, ?, ?)", (operation, local_id, json.dumps(answer)))

    def snapshot(self) -> Snapshot:
        """All that there is, to be restored later."""
        return self._database.snapshot()

    def restore(self, snapshot: Snapshot) -> None:
        """Back to how it was at a snapshot."""
        with self._database.lock:
            self._database.restore(snapshot)
            self.epoch += 1
        self.changed()

    def reset(self) -> None:
        """Back to the seed, whatever happened since."""
        self._last_stamp = ""
        if self.pristine is None:
            self.replace(self._load)
            self.pristine = self.snapshot()
        else:
            self.restore(self.pristine)

    def replace(self, load: Callable[[State], object]) -> None:
        """Hold other records, and nothing else.

        Args:
            load: Creates them. If it raises, all stays as it is.
        """
        with self.transaction():
            self._database.make_tables()
            load(self)
            self.epoch += 1
        self.changed()

    def document(self) -> dict[str, Any]:
        """All that there is, in the form of a seed."""
        with self.transaction():
            channels: dict[int, list[Record]] = {}
            for channel in self.channels.all():
                channels.setdefault(channel["contact_id"], []).append(channel)
            team = self.team.first() or {}
            document: dict[str, Any] = {"settings": team.pop("_settings", {})}
            document |= {kind: getattr(self, kind).all() for kind in KINDS if kind not in _NOT_IN_SEEDS}
            document["team"] = team
            for contact in document["contacts"]:
                contact["contact_channels"] = channels.get(contact["id"], [])
            return document


def _public(value: Any) -> Any:
    """The value without the emulator's own fields, however deep they are."""
    if isinstance(value, dict):
        members = cast("dict[str, Any]", value)
        return {name: _public(one) for name, one in members.items() if name[:1] != "_"}
    return [_public(one) for one in cast("list[object]", value)] if isinstance(value, list) else value
