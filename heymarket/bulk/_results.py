"""The results of a job, in a SQLite file: one for each row."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import uuid
from typing import TYPE_CHECKING, Any, NamedTuple

from heymarket.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["ResultFile", "RowResult", "Summary"]

_APPLICATION_ID = 0x68657942  # "heyB"


class RowResult(NamedTuple):
    """What became of a row.

    Attributes:
        row: The row's place among all rows, from 0.
        value: The result as JSON: that of `to_dict`, and a list of them for a list. `None` if there is none.
        error: Why there is no value: `type` (such as `NotFoundError`), `message` (as `str(error)`, so masked), `status`
            and `code`. `None` if the call succeeded.
        again: Whether the error says nothing of the row (no connection, 429, 5xx, credentials of its team), so that the
            next `run` calls it again. A write that may have taken effect is called again only where the service
            recognizes a repeated one.
    """

    row: int
    value: Any
    error: dict[str, Any] | None
    again: bool


class Summary(NamedTuple):
    """How many rows have which result, those of earlier runs included.

    Attributes:
        done: Calls that succeeded.
        failed: Calls that failed for a reason of their own, which another run doesn't change.
        again: Calls that failed for a passing reason; the next `run` makes them again.
    """

    done: int
    failed: int
    again: int


class ResultFile:
    """The results of a job, and the digests by which its rows are recognized.

    Args:
        path: The file. It is created for a job that has none.
        operation: The name of the operation; `None` to read what is there.
        retry_refused: Whether rows that were refused are called again.
        is_numbered: Whether the program has numbered the rows, so that one that was refused may differ.

    Raises:
        ConfigurationError: The file is another job's, or not one of results, or a run has it open.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        operation: str | None,
        *,
        retry_refused: bool = False,
        is_numbered: bool = False,
    ) -> None:
        self._path = os.fspath(path)
        self._retry_refused = retry_refused
        self._is_numbered = is_numbered
        if operation is None and not os.path.exists(path):  # noqa: PTH110 - as SQLite takes it
            raise ConfigurationError(f"There is no file {self._path!r}.")
        if not os.path.lexists(self._path):
            os.close(os.open(self._path, os.O_CREAT | os.O_EXCL, 0o600))
        self._file = sqlite3.connect(self._path, isolation_level=None, timeout=0)
        self._digests: dict[int, bytes] = {}
        try:
            self.job, self.operation = self._open(operation)
        except sqlite3.DatabaseError as error:
            self._file.close()
            problem = "a run has it open" if "locked" in str(error) else str(error)
            raise ConfigurationError(f"{self._path} can't be used for the results of a job: {problem}.") from None
        except BaseException:  # nothing stays open; raised again
            self._file.close()
            raise

    def _open(self, operation: str | None) -> tuple[str, str]:
        if operation is not None:  # a job's: no second run may call the same rows
            self._file.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._file.execute("PRAGMA journal_mode = WAL")
            self._file.execute("BEGIN EXCLUSIVE")
        try:
            return self._read_job(operation)
        finally:
            if self._file.in_transaction:
                self._file.execute("COMMIT")

    def _read_job(self, operation: str | None) -> tuple[str, str]:
        (application_id,) = self._file.execute("PRAGMA application_id").fetchone()
        if application_id != _APPLICATION_ID:
            if operation is None or self._file.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                raise ConfigurationError(f"{self._path} isn't a file of results of bulk.run.")
            self._file.execute("CREATE TABLE job (id, operation)")
            self._file.execute("CREATE TABLE results (row INTEGER PRIMARY KEY, digest, value, error, again)")
            self._file.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            self._file.execute("INSERT INTO job VALUES (?, ?)", (str(uuid.uuid4()), operation))
        job: str
        job, stored = self._file.execute("SELECT id, operation FROM job").fetchone()
        if operation not in {None, stored}:
            raise ConfigurationError(f"{self._path} has the results of {stored}. Name another file for {operation}.")
        return job, stored

    def select(self, number: int, row: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """The arguments of a row that has to be called; `None` if it has a result, or is left out.

        Raises:
            ConfigurationError: The row isn't the one that has this number's result.
        """
        if row is None:
            return None
        digest = _digest(row)
        query = "SELECT digest, error, again FROM results WHERE row = ?"
        if stored := self._file.execute(query, (number,)).fetchone():
            was, error, again = stored
            is_retried = self._retry_refused and _is_refusal(json.loads(error))
            if was != digest and not (is_retried and self._is_numbered):
                if again:
                    problem = "may have taken effect with other arguments. Give those again"
                else:
                    problem = "isn't the one that has this result. Give the same rows in the same order"
                raise ConfigurationError(f"{self._path}: row {number} {problem}, or name another file.")
            if not again and not is_retried:
                return None
        self._digests[number] = digest
        return dict(row)

    def add(self, new: Iterable[RowResult]) -> None:
        """Store results of rows that were selected, all of them or none."""
        rows = [
            (one.row, self._digests.pop(one.row), json.dumps(one.value), json.dumps(one.error), one.again)
            for one in new
        ]
        with self._file:
            self._file.execute("BEGIN")
            self._file.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?)", rows)

    def summarize(self) -> Summary:
        """How many rows have which result."""
        query = "SELECT sum(error = 'null'), sum(error != 'null' AND NOT again), sum(again) FROM results"
        return Summary(*(count or 0 for count in self._file.execute(query).fetchone()))

    def __iter__(self) -> Iterator[RowResult]:
        for row, value, error, again in self._file.execute("SELECT row, value, error, again FROM results ORDER BY row"):
            yield RowResult(row, json.loads(value), json.loads(error), bool(again))

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _is_refusal(error: Mapping[str, Any] | None) -> bool:
    """Whether a call has certainly had no effect: the service refused it, or this package did."""
    return error is not None and (error["type"] == "InvalidRequestError" or 400 <= (error["status"] or 0) < 500)


def _digest(row: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(json.dumps(row, default=str, sort_keys=True).encode(errors="replace")).digest()[:8]
