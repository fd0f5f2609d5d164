"""Slots in a SQLite file: processes on one machine share rate limiters.

One row holds all slots of a rate limiter. Times are those of the monotonic clock, which all processes of a machine
share and nobody can set. A row whose time is in the future was written before the machine was restarted.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from heymarket.errors import ConfigurationError, QuotaStoreError
from heymarket.quota._algorithm import Slots

if TYPE_CHECKING:
    from collections.abc import Callable

    from heymarket.quota._algorithm import Action

_LOCK_TIMEOUT = 2.0  # seconds to wait for other processes, which hold the file for less than a millisecond each
_APPLICATION_ID = 0x68657951  # "heyQ"
_MAX_AHEAD = 60.0  # seconds by which a row's time may be ahead of ours; one further ahead is from before a restart

_inherited: list[sqlite3.Connection] = []  # a parent's, never closed here because that would release its locks


class SQLiteStore:
    """The slots of rate limiters in a file.

    Args:
        path: The file; created if it doesn't exist.
        monotonic: The clock, in seconds.

    Raises:
        ConfigurationError: The file can't be opened or created, or is another program's.
    """

    def __init__(self, path: str, monotonic: Callable[[], float]) -> None:
        self._path = path
        self._monotonic = monotonic
        self._connection: sqlite3.Connection | None = None
        try:
            self._connection = _connect(path)
        except sqlite3.Error as error:
            if "is locked" not in str(error):  # in that case the first call tries again
                raise ConfigurationError(
                    f"Quota.sqlite: {path} can't be used: {error}. Name a file in an existing, writable folder "
                    f"on a disk of this machine."
                ) from None

    def run(self, actions: list[Action]) -> list[Any]:
        """Do them one after the other, in one transaction, and return what each returns."""
        try:
            if self._connection is None:
                self._connection = _connect(self._path)
            with self._connection as connection:
                connection.execute("BEGIN IMMEDIATE")
                now = self._monotonic()
                query = "SELECT slots FROM rate_limiters WHERE name = ? AND saved_at <= ?"
                used: dict[str, Slots] = {}
                results: list[Any] = []
                for name, per, method, arguments in actions:
                    if name not in used:
                        row = connection.execute(query, (name, now + _MAX_AHEAD)).fetchone()
                        used[name] = Slots(**json.loads(row[0])) if row else Slots(per)
                    results.append(getattr(used[name], method)(*arguments, now))
                rows = [(name, now, json.dumps(vars(slots))) for name, slots in used.items()]
                connection.executemany("INSERT OR REPLACE INTO rate_limiters VALUES (?, ?, ?)", rows)
        except sqlite3.Error as error:
            raise QuotaStoreError(f"{self._path}: {error}.") from None
        return results

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()

    def after_fork(self) -> None:
        """Leave the parent's connection alone."""
        if self._connection is not None:
            _inherited.append(self._connection)
            self._connection = None


def _connect(path: str) -> sqlite3.Connection:
    if path != ":memory:" and not os.path.lexists(path):
        with suppress(OSError):  # SQLite says why, or another process was faster
            os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
    if Path(path).is_symlink():
        raise sqlite3.OperationalError("it is a link")
    connection = sqlite3.connect(path, timeout=_LOCK_TIMEOUT, isolation_level=None, check_same_thread=False)
    try:
        # In this order, because another process may be making the file ours: its tables are there once it is.
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        if application_id != _APPLICATION_ID:
            if tables or application_id:
                raise sqlite3.DatabaseError("it is another program's")  # noqa: TRY301 - closed below
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("CREATE TABLE IF NOT EXISTS rate_limiters (name PRIMARY KEY, saved_at, slots)")
                connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            with suppress(sqlite3.OperationalError):  # another process already uses the file
                connection.execute("PRAGMA journal_mode = WAL")
        # Requests are not synced to the disk one by one: if the machine fails, a minute's slots are lost.
        connection.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        connection.close()
        raise
    return connection
