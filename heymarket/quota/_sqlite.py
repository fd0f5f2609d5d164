"""Slots in a SQLite file: processes on one machine share a budget.

One row is one request: reserved from a moment on, on its way, or counted until a moment. Whatever a process does that
dies meanwhile, its rows run out. Times are of the monotonic clock, which the processes of a machine share and nobody
sets; rows from before its last start are known by lying in the future.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from heymarket.errors import ConfigurationError
from heymarket.quota._algorithm import GRACE, Lesson, allowed
from heymarket.quota._store import StoreFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

_PATIENCE = 2.0
"""Seconds to wait for other processes. They hold the file for less than a millisecond each."""

_OURS = (0x68657951, 1)  # "heyQ", version
_RESERVED, _ON_ITS_WAY, _COUNTED = range(3)
_LEFT_AHEAD = 60.0
"""Seconds by which a row may be ahead of us before it is taken for one from before the machine was started."""

_SCHEMA = (
    "CREATE TABLE slots (budget TEXT, ticket TEXT, state INTEGER, moment REAL, noted REAL, "
    "PRIMARY KEY (budget, ticket)) WITHOUT ROWID",
    "CREATE INDEX by_moment ON slots (budget, state, moment)",
    "CREATE TABLE lessons (budget TEXT PRIMARY KEY, admitted INTEGER, at REAL, paused_until REAL) WITHOUT ROWID",
    f"PRAGMA application_id = {_OURS[0]}",
    f"PRAGMA user_version = {_OURS[1]}",
)


class SQLiteStore:
    """The slots of one budget in a file.

    Args:
        path: The file; it is made if it isn't there.
        name: The budget's name in it.
        limit: Requests in any window.
        per: The window, in seconds.
        monotonic: The clock, in seconds.

    Raises:
        ConfigurationError: The file can't be opened or made, or is something else.
    """

    def __init__(self, path: str, name: str, limit: int, per: float, monotonic: Callable[[], float]) -> None:
        self._path = path
        self._name = name
        self._limit = limit
        self.per = per
        self._monotonic = monotonic
        self._abandoned: list[sqlite3.Connection] = []
        try:
            self._file: sqlite3.Connection | None = _open(path)
        except (sqlite3.Error, OSError) as error:
            raise ConfigurationError(
                f"Quota.sqlite: {path} can't be used: {error}. Name a file in a folder that is there and writable, "
                f"on a disk of this machine."
            ) from None

    def after_fork(self) -> None:
        """Leave the parent's connection alone, without closing it: that would drop the parent's locks."""
        if self._file is not None:
            self._abandoned.append(self._file)
            self._file = None

    def take(self, ticket: str, hold: float) -> float | None:
        """As `Budget.take`; `None` if all slots are on their way."""
        with self._transaction() as file:
            now = self._monotonic()
            self._expire(file, now)
            mine = file.execute(
                "SELECT state, moment FROM slots WHERE budget = ? AND ticket = ?", (self._name, ticket)
            ).fetchone()
            if mine is not None:
                if mine[0] == _RESERVED and mine[1] > now:
                    return float(mine[1]) - now
                self._note(file, ticket, _ON_ITS_WAY, now + hold + self.per, now)
                return 0.0
            lesson, paused_until = self._lesson(file, now)
            if paused_until > now:
                return paused_until - now
            used = file.execute("SELECT count(*) FROM slots WHERE budget = ?", (self._name,)).fetchone()[0]
            too_many = used - allowed(self._limit, self.per, lesson, now)
            if too_many < 0:
                self._note(file, ticket, _ON_ITS_WAY, now + hold + self.per, now)
                return 0.0
            free = file.execute(
                "SELECT moment FROM slots WHERE budget = ? AND state = ? ORDER BY moment LIMIT 1 OFFSET ?",
                (self._name, _COUNTED, too_many),
            ).fetchone()
            if free is None:
                return None
            self._note(file, ticket, _RESERVED, free[0], now)
            return max(float(free[0]) - now, 0.0)

    def give_back(self, ticket: str, *, counted: bool, ago: float) -> None:
        """As `Budget.give_back`, for a request that was over so many seconds ago."""
        answered = self._monotonic() - ago
        with self._transaction() as file:
            if counted:
                self._note(file, ticket, _COUNTED, answered + self.per, answered)
            else:
                file.execute("DELETE FROM slots WHERE budget = ? AND ticket = ?", (self._name, ticket))

    def refused(self, pause: float) -> None:
        """As `Budget.refused`."""
        with self._transaction() as file:
            now = self._monotonic()
            self._expire(file, now)
            _, paused_until = self._lesson(file, now)
            admitted = file.execute(
                "SELECT count(*) FROM slots WHERE budget = ? AND state = ?", (self._name, _COUNTED)
            ).fetchone()[0]
            file.execute("DELETE FROM slots WHERE budget = ? AND state = ?", (self._name, _RESERVED))
            file.execute(
                "INSERT OR REPLACE INTO lessons VALUES (?, ?, ?, ?)",
                (self._name, admitted, now, max(paused_until, now + pause)),
            )

    def _note(self, file: sqlite3.Connection, ticket: str, state: int, moment: float, now: float) -> None:
        file.execute("INSERT OR REPLACE INTO slots VALUES (?, ?, ?, ?, ?)", (self._name, ticket, state, moment, now))

    def _expire(self, file: sqlite3.Connection, now: float) -> None:
        file.execute(
            "DELETE FROM slots WHERE budget = ? AND (moment <= CASE state WHEN ? THEN ? ELSE ? END OR noted > ?)",
            (self._name, _RESERVED, now - GRACE, now, now + _LEFT_AHEAD),
        )

    def _lesson(self, file: sqlite3.Connection, now: float) -> tuple[Lesson | None, float]:
        row = file.execute("SELECT admitted, at, paused_until FROM lessons WHERE budget = ?", (self._name,)).fetchone()
        if row is None or row[1] > now + _LEFT_AHEAD:
            return None, 0.0
        return Lesson(row[0], row[1]), row[2]

    @contextmanager
    def _transaction(self) -> Generator[sqlite3.Connection]:
        try:
            if self._file is None:
                self._file = _open(self._path)
            self._file.execute("BEGIN IMMEDIATE")
            try:
                yield self._file
                self._file.execute("COMMIT")
            except BaseException:
                if self._file.in_transaction:
                    self._file.execute("ROLLBACK")
                raise
        except (sqlite3.Error, OSError) as error:
            raise StoreFailed(f"{self._path}: {error}.") from None


def _open(path: str) -> sqlite3.Connection:
    file = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        if _mark(file) != _OURS:
            file.execute("BEGIN IMMEDIATE")  # and look again: another process may just have made it
            if _mark(file) == (0, 0) and not file.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                for statement in _SCHEMA:
                    file.execute(statement)
            elif _mark(file) != _OURS:
                raise sqlite3.DatabaseError("it is another program's, or another version's")  # noqa: TRY301 - closed below
            file.execute("COMMIT")
            with suppress(sqlite3.OperationalError):  # another process is using it already
                file.execute("PRAGMA journal_mode = WAL")
        # Nothing is written through to the disk per request: what an outage of the machine costs is a minute's slots.
        file.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        file.close()
        raise
    return file


def _mark(file: sqlite3.Connection) -> tuple[int, int]:
    (application,), (version,) = (
        file.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
    )
    return application, version
