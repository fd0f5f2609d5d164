"""What the emulator remembers, in SQLite: in memory, or in a file that survives a restart."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import weakref
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.seed import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

__all__ = ["State"]

_APPLICATION_ID = 0x48455955  # "HEYU": tells our files from other programs' databases
_VERSION = 1
_TEAM_ID = 7
_FIRST_CONTACT_ID = 501
_FIRST_CHANNEL_ID = 1001

_TABLES = (
    "CREATE TABLE contact (id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE)",
    """
    CREATE TABLE channel (
        id INTEGER PRIMARY KEY,
        contact_id INTEGER NOT NULL REFERENCES contact (id),
        channel_type TEXT NOT NULL,
        channel_id TEXT,
        info_channel TEXT,
        channel_handle TEXT,
        created TEXT,
        updated TEXT,
        extra TEXT NOT NULL
    )
    """,
    "CREATE INDEX channel_by_contact ON channel (contact_id)",
    f"PRAGMA application_id = {_APPLICATION_ID}",
    f"PRAGMA user_version = {_VERSION}",
)


class State:
    """The emulator's records.

    Args:
        where: A file, made and seeded if it isn't there yet, or `:memory:`.

    Raises:
        EmulatorError: The file can't be used. It is left as it was.
    """

    def __init__(self, where: str | os.PathLike[str] = ":memory:") -> None:
        self._where = os.fspath(where)
        self._lock = threading.Lock()
        try:
            # The server's thread reads, the thread of a test resets; the lock keeps them apart.
            self._connection = sqlite3.connect(self._where, isolation_level=None, check_same_thread=False)
        except sqlite3.Error as error:
            raise self._unusable(str(error)) from error
        # An ASGI app is often just dropped, and a connection that nobody closed warns.
        self.close: Callable[[], object] = weakref.finalize(self, self._connection.close)
        self._connection.row_factory = sqlite3.Row
        try:
            with self._transaction():
                self._prepare()
        except sqlite3.Error as error:
            self.close()
            raise self._unusable(str(error)) from error
        except EmulatorError:
            self.close()
            raise

    def channels(self, contact_uuid: str) -> list[dict[str, Any]] | None:
        """A contact's channels as the API answers them, oldest first; `None` if there is no such contact."""
        with self._lock:
            contact = self._connection.execute(
                "SELECT id FROM contact WHERE uuid = ?", (contact_uuid.lower(),)
            ).fetchone()
            if contact is None:
                return None
            rows = self._connection.execute(
                "SELECT * FROM channel WHERE contact_id = ? ORDER BY id", (contact["id"],)
            ).fetchall()
        return [_answer(row) for row in rows]

    def reset(self) -> None:
        """Back to the seeded contacts, whatever happened since."""
        with self._transaction():
            self._connection.execute("DELETE FROM channel")
            self._connection.execute("DELETE FROM contact")
            self._seed()

    def _prepare(self) -> None:
        application_id, version, tables = (
            self._connection.execute(question).fetchone()[0]
            for question in (
                "PRAGMA application_id",
                "PRAGMA user_version",
                "SELECT count(*) FROM sqlite_master",
            )
        )
        if application_id == _APPLICATION_ID:
            if version != _VERSION:
                raise self._unusable(f"it was written by another version (state {version}, this one has {_VERSION})")
        elif tables or application_id or version:
            raise self._unusable("it is the database of another program")
        else:
            for statement in _TABLES:
                self._connection.execute(statement)
            self._seed()

    def _seed(self) -> None:
        channel_id = _FIRST_CHANNEL_ID
        for contact_id, example in enumerate(EXAMPLES.values(), _FIRST_CONTACT_ID):
            self._connection.execute("INSERT INTO contact VALUES (?, ?)", (contact_id, example.contact_id))
            for channel in example.channels:
                self._connection.execute(
                    "INSERT INTO channel VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        channel_id,
                        contact_id,
                        channel.channel_type,
                        channel.channel_id,
                        channel.info_channel,
                        channel.channel_handle,
                        channel.created,
                        channel.updated,
                        json.dumps(channel.extra),
                    ),
                )
                channel_id += 1

    @contextmanager
    def _transaction(self) -> Generator[None]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _unusable(self, why: str) -> EmulatorError:
        return EmulatorError(
            f"The state file {self._where} can't be used: {why}. Name another file, or one that isn't there yet."
        )


def _answer(row: sqlite3.Row) -> dict[str, Any]:
    fields = {name: row[name] for name in row.keys() if name != "extra" and row[name] is not None}  # noqa: SIM118 - a Row iterates over its values
    # `contact_id` is the integer in answers, although paths take the UUID (D02).
    return {"team_id": _TEAM_ID, **fields, **json.loads(row["extra"])}
