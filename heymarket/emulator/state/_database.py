"""An SQLite database of ours: in memory, or in a file that survives a kill at any moment.

A file is in WAL mode: a transaction is in it whole or not at all, whenever the process ends.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import weakref
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from contextlib import AbstractContextManager

_APPLICATION_ID = 0x48455955  # "HEYU": tells our files from other programs' databases
_VERSION = 5


class Snapshot:
    """A copy of a database, in memory: a copy of its pages, which takes microseconds where rows take milliseconds.

    Args:
        original: What is copied.

    Attributes:
        size: Its size in bytes.
    """

    def __init__(self, original: sqlite3.Connection) -> None:
        self._copy = sqlite3.connect(":memory:", check_same_thread=False)
        weakref.finalize(self, self._copy.close)
        original.backup(self._copy)
        self._lock = threading.Lock()
        pages, page_size = (self._copy.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        self.size: int = pages * page_size

    def copy_to(self, other: sqlite3.Connection) -> None:
        """Replace all that is in another database by it, in one transaction."""
        with self._lock:  # several databases may begin with it
            self._copy.backup(other)


class Database:
    """The connection, which threads share one at a time.

    Args:
        where: A file, made if it isn't there yet, or `:memory:`.

    Attributes:
        is_empty: Whether there was nothing in it; it has no tables then.
        lock: While it is held, no other thread reads or writes; may be entered again.

    Raises:
        EmulatorError: The file can't be used. It is left as it was.
    """

    def __init__(self, where: str | os.PathLike[str] = ":memory:") -> None:
        self._where = os.fspath(where)
        self._was_there = self._where == ":memory:" or os.path.lexists(self._where)
        # The server's thread and that of a test use it; a transaction holds the lock, and may be entered again.
        self.lock: AbstractContextManager[object] = threading.RLock()
        self._depth = 0
        self._undone = 0
        if not self._was_there:
            self._make_private()
        elif Path(self._where).is_symlink():
            raise self._unusable("it is a link")
        try:
            # Waits a moment for an emulator that is just ending.
            self._connection = sqlite3.connect(self._where, timeout=0.5, isolation_level=None, check_same_thread=False)
        except sqlite3.Error as error:
            raise self._unusable(str(error)) from error
        # An ASGI app is often just dropped, and an unclosed connection warns.
        self.close: Callable[[], object] = weakref.finalize(self, self._connection.close)
        self._connection.row_factory = sqlite3.Row
        try:
            self.is_empty: bool = self._prepare()
        except sqlite3.Error as error:
            self.close()
            in_use = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
            why = "it is in use by another emulator, or another program" if in_use else str(error)
            raise self._unusable(why) from error
        except EmulatorError:
            self.close()
            raise

    def discard(self) -> None:
        """Close it, and take its file away unless that was there before."""
        self.close()
        if not self._was_there:
            for ending in ("", "-wal", "-shm"):
                Path(self._where + ending).unlink(missing_ok=True)

    def execute(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run one statement."""
        with self.lock:
            return self._connection.execute(statement, values)

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """All rows of a query."""
        with self.lock:
            return self._connection.execute(statement, values).fetchall()

    @property
    def version(self) -> tuple[int, int]:
        """A version that changes whenever anything in it may have changed."""
        return self._connection.total_changes, self._undone

    @contextmanager
    def transaction(self) -> Generator[None]:
        """All of it, or, if an exception leaves the block, nothing. One inside another is part of that."""
        with self.lock:
            if self._depth:
                yield
                return
            self._depth += 1
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:  # also a Ctrl-C: nothing of it stays; raised again
                if self._connection.in_transaction:  # a full disk ends it by itself
                    self._connection.execute("ROLLBACK")
                self._undone += 1
                raise
            else:
                self._connection.execute("COMMIT")
            finally:
                self._depth -= 1

    def make_tables(self) -> None:
        """Replace all tables by empty ones. Must be called inside a transaction."""
        tables = self.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        for (name,) in tables:
            self.execute(f'DROP TABLE "{name}"')
        if tables:
            self.execute("DELETE FROM sqlite_sequence")
        for statement in files("heymarket.emulator.state").joinpath("tables.sql").read_text("utf-8").split(";\n"):
            self.execute(statement)
        self.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        self.execute(f"PRAGMA user_version = {_VERSION}")

    def snapshot(self) -> Snapshot:
        """All that is in it."""
        with self.lock:
            return Snapshot(self._connection)

    def restore(self, snapshot: Snapshot) -> None:
        """Replace all that is in it by a snapshot."""
        with self.lock:
            snapshot.copy_to(self._connection)
            self._undone += 1

    def _prepare(self) -> bool:
        # For as long as it is open, and gone with the process: two emulators would deliver everything twice.
        self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        application_id, version, tables = (
            self._connection.execute(question).fetchone()[0]
            for question in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_master")
        )
        if application_id == _APPLICATION_ID:
            if version != _VERSION:
                raise self._unusable(f"it was written by another version (state {version}, this one has {_VERSION})")
        elif tables or application_id or version:
            raise self._unusable("it is the database of another program")
        # Only now, because it changes the file.
        self._connection.execute("PRAGMA journal_mode = WAL")
        if self._where == ":memory:":
            # Tables and indexes have at least a page each, and there may be a thousand teams with few records.
            self._connection.execute("PRAGMA page_size = 1024")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        # 64 MiB: with the usual two, a seed of 100,000 contacts spills its indexes over and over.
        self._connection.execute("PRAGMA cache_size = -65536")
        return not application_id

    def _make_private(self) -> None:
        """Make the file, for this user alone; SQLite gives the files beside it the same mode."""
        try:
            os.close(os.open(self._where, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except OSError as error:
            raise self._unusable(f"unable to open database file: {error.strerror}") from None

    def _unusable(self, why: str) -> EmulatorError:
        return EmulatorError(
            f"The state file {self._where} can't be used: {why}. Name another file, or one that isn't there yet."
        )
