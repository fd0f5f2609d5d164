"""One operation for each of many rows: every row has exactly one result, in a file, whatever ends the program.

`run` calls an operation once for each row, side by side, and stores each result as it comes. If it is killed, run it
again: rows that have a result are not called again. Where the service recognizes a repeated request by a field
(`local_id` of `messages.send`), that field is derived from the job and the row, so that a row whose result was lost
with the program takes effect once.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import logging
import os
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import closing
from itertools import islice
from operator import attrgetter
from threading import Lock
from typing import Any, NamedTuple

from heymarket import description
from heymarket.client import Heymarket
from heymarket.errors import (
    APIConnectionError,
    APIStatusError,
    AuthenticationError,
    ConfigurationError,
    HeymarketError,
    InvalidRequestError,
    QuotaStoreError,
)

__all__ = ["RowResult", "Summary", "make_client", "results", "run"]

_logger = logging.getLogger("heymarket")

_APPLICATION_ID = 0x68657942  # "heyB"
_ROWS_PER_TASK = 20  # of an executor that may be another process or machine
_LOG_EVERY = 10.0  # seconds
_FAILURES_IN_A_ROW = 20  # that say nothing of their rows, after which the service is not asked again


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


class _Task(NamedTuple):
    """Rows for one worker, with what it needs to call the operation. It is pickled for another process."""

    operation: str
    idempotent_by: str
    is_idempotent: bool
    job: str
    client: Callable[[str | None], Heymarket]
    rows: list[tuple[int, dict[str, Any]]]


def make_client(team: str | None) -> Heymarket:
    """The client of a row: from the profile that `team` names, or without one from the environment."""
    return Heymarket(profile=team)


def run(
    operation: str,
    rows: Iterable[Mapping[str, Any] | None],
    *,
    checkpoint: str | os.PathLike[str],
    client: Callable[[str | None], Heymarket] = make_client,
    executor: Executor | None = None,
    concurrency: int = 16,
    is_idempotent: bool = False,
    on_result: Callable[[RowResult], object] | None = None,
) -> Summary:
    """Call an operation for each row that has no result yet.

    Args:
        operation: Its name, such as `messages.send`. An operation with pages is read to its end.
        rows: The arguments of each call, by name. `team`, if a row has it, is for `client` and not an argument. The
            rows are read as they are needed, so that a generator of millions costs no memory. To go on, give the same
            rows in the same order. `None` keeps the place of a row that is left out.
        checkpoint: The file of the results, SQLite, on a disk of this machine; created if it doesn't exist, readable
            for this user alone. One file is for one job.
        client: Makes the client for a `team`, or for `None`; once in each process for each team. For an executor of
            processes or machines it has to be a function of a module, and its quota has to be shared, as that of
            `Quota.redis`.
        executor: Where calls are made: any executor, such as a `ProcessPoolExecutor` or Dask's `client.get_executor()`.
            By default threads of this process. Rows go to it in twenties.
        concurrency: How many threads call, or how many twenties an executor has at once.
        is_idempotent: Whether making a call twice does no harm, so that a write that may have taken effect is made
            again by the next run. It never needs to be said where the service recognizes a repeated request.
        on_result: Is called in this thread with each new result, once it is stored.

    Raises:
        ConfigurationError: The operation doesn't exist, or the file is of another job or other rows.
        HeymarketError: The service can't be used at all: credentials that no team names are refused, or twenty calls
            one after the other failed for reasons that say nothing of their rows. Results up to then are stored; run it
            again.
    """
    if operation not in {one.name for one in description.operations()}:
        raise ConfigurationError(f"bulk.run: there is no operation {operation!r}. Write it as resource.method.")
    own = None if executor else ThreadPoolExecutor(concurrency, thread_name_prefix="heymarket-bulk")
    with closing(_Results(os.fspath(checkpoint), operation)) as stored:
        try:
            _run(
                stored,
                _todo(stored, rows),
                client,
                executor or own,
                1 if own else _ROWS_PER_TASK,
                concurrency,
                on_result,
                is_idempotent=is_idempotent,
            )
        finally:
            if own:
                own.shutdown(cancel_futures=True)
            _close_clients(client)
        return stored.summary()


def results(checkpoint: str | os.PathLike[str]) -> Iterator[RowResult]:
    """The results in a file, in the order of the rows.

    Raises:
        ConfigurationError: The file isn't one of results.
    """
    if not os.path.exists(checkpoint):  # noqa: PTH110 - as SQLite takes it
        raise ConfigurationError(f"There is no file {os.fspath(checkpoint)!r}.")
    with closing(_Results(os.fspath(checkpoint), None)) as stored:
        yield from stored


def _todo(stored: _Results, rows: Iterable[Mapping[str, Any] | None]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, row in enumerate(rows):
        if row is not None and not stored.has(number, digest := _digest(row)):
            stored.expect(number, digest)
            yield number, dict(row)


def _run(
    stored: _Results,
    todo: Iterator[tuple[int, dict[str, Any]]],
    client: Callable[[str | None], Heymarket],
    executor: Any,
    rows_per_task: int,
    concurrency: int,
    on_result: Callable[[RowResult], object] | None,
    *,
    is_idempotent: bool,
) -> None:
    running: set[Future[tuple[list[RowResult], HeymarketError | None]]] = set()
    idempotent_by = _idempotent_by(stored.operation)
    failures = 0
    logged = time.monotonic()
    try:
        while True:
            while len(running) < concurrency and (batch := list(islice(todo, rows_per_task))):
                task = _Task(stored.operation, idempotent_by, is_idempotent, stored.job, client, batch)
                running.add(executor.submit(_work, task))
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                new, fatal = future.result()
                stored.add(new)
                running.discard(future)
                for result in new:
                    failures = failures + 1 if result.again else 0
                    if on_result:
                        on_result(result)
                _give_up(fatal, failures, new)
            if time.monotonic() - logged >= _LOG_EVERY:
                logged = time.monotonic()
                _logger.info("%s: %d rows done, %d failed, %d to be called again.", stored.operation, *stored.summary())
    except BaseException:  # also Ctrl-C; raised again
        for future in running:
            future.cancel()
        for future in wait(running).done:  # what has been sent has a result too
            if not future.cancelled() and not future.exception():
                stored.add(future.result()[0])
        raise


def _give_up(fatal: HeymarketError | None, failures: int, last: list[RowResult]) -> None:
    """Raise the error of a service that can't be used at all."""
    if fatal is not None:
        raise fatal
    if failures >= _FAILURES_IN_A_ROW:
        message = (last[-1].error or {}).get("message", "")
        raise HeymarketError(f"bulk.run: {failures} calls failed one after the other. The last: {message}")


def _work(task: _Task) -> tuple[list[RowResult], HeymarketError | None]:
    """Call the operation for each row, in the worker. An error that concerns all rows ends it."""
    done: list[RowResult] = []
    for number, arguments in task.rows:
        team = arguments.pop("team", None)
        try:
            value = _call(_client_of(task.client, team), task, number, arguments)
        except HeymarketError as error:
            if team is None and isinstance(error, AuthenticationError | ConfigurationError):
                return done, error
            done.append(_failed(task, number, error))
        else:
            done.append(RowResult(number, value, None, again=False))
    return done, None


def _call(hm: Heymarket, task: _Task, number: int, arguments: dict[str, Any]) -> Any:
    method = attrgetter(task.operation)(hm)
    if task.idempotent_by:
        arguments.setdefault(task.idempotent_by, str(uuid.uuid5(uuid.UUID(task.job), str(number))))
    try:
        inspect.signature(method).bind(**arguments)
    except TypeError as error:
        raise InvalidRequestError(f"{task.operation}: {error}.") from None
    return json.loads(json.dumps(method(**arguments), default=_to_json))


def _failed(task: _Task, number: int, error: HeymarketError) -> RowResult:
    status, code = getattr(error, "status_code", None), getattr(error, "code", None)
    described = {"type": type(error).__name__, "message": str(error), "status": status, "code": code}
    again = isinstance(error, AuthenticationError | ConfigurationError | QuotaStoreError | APIConnectionError)
    if isinstance(error, APIStatusError) and error.status_code:
        again = again or error.status_code in {408, 425, 429} or error.status_code >= 500
    if getattr(error, "outcome_unknown", False) and not (task.idempotent_by or task.is_idempotent):
        again = False  # a call that may have taken effect is not made twice
    return RowResult(number, None, described, again)


def _idempotent_by(operation: str) -> str:
    (spec,) = [one.spec for one in description.operations() if one.name == operation]
    field: str = spec.get("x-heymarket-idempotent-by", "")
    return field


def _to_json(value: Any) -> Any:
    if hasattr(value, "to_dict"):
        return value.to_dict()
    return list(value) if hasattr(value, "__iter__") and not isinstance(value, bytes) else str(value)


def _digest(row: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(json.dumps(row, default=str, sort_keys=True).encode(errors="replace")).digest()[:8]


_clients: dict[tuple[Any, str | None], Heymarket] = {}
_lock = Lock()


def _client_of(make: Callable[[str | None], Heymarket], team: str | None) -> Heymarket:
    with _lock:
        if (make, team) not in _clients:
            _clients[make, team] = make(team)
        return _clients[make, team]


def _close_clients(make: Callable[[str | None], Heymarket]) -> None:
    with _lock:
        for key in [key for key in _clients if key[0] is make]:
            _clients.pop(key).close()


class _Results:
    """The results of a job in a SQLite file, and the digests by which its rows are recognized."""

    def __init__(self, path: str, operation: str | None) -> None:
        self._path = path
        if not os.path.lexists(path):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
        self._file = sqlite3.connect(path, isolation_level=None)
        self._digests: dict[int, bytes] = {}
        try:
            self.job, self.operation = self._open(operation)
        except sqlite3.DatabaseError as error:
            self._file.close()
            raise ConfigurationError(f"{path} can't store the results of a job: {error}.") from None
        except BaseException:  # nothing stays open; raised again
            self._file.close()
            raise

    def _open(self, operation: str | None) -> tuple[str, str]:
        (application_id,) = self._file.execute("PRAGMA application_id").fetchone()
        if application_id != _APPLICATION_ID:
            if operation is None or self._file.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                raise ConfigurationError(f"{self._path} isn't a file of results of bulk.run.")
            self._file.executescript(f"""
                PRAGMA journal_mode = WAL;
                BEGIN;
                CREATE TABLE job (id, operation);
                CREATE TABLE results (row INTEGER PRIMARY KEY, digest, value, error, again);
                PRAGMA application_id = {_APPLICATION_ID};
                COMMIT;
            """)
            self._file.execute("INSERT INTO job VALUES (?, ?)", (str(uuid.uuid4()), operation))
        job: str
        job, stored = self._file.execute("SELECT id, operation FROM job").fetchone()
        if operation not in {None, stored}:
            raise ConfigurationError(f"{self._path} has the results of {stored}. Name another file for {operation}.")
        return job, stored

    def has(self, number: int, digest: bytes) -> bool:
        row = self._file.execute("SELECT digest, again FROM results WHERE row = ?", (number,)).fetchone()
        if row and row[0] != digest:
            raise ConfigurationError(
                f"{self._path}: row {number} isn't the one that has this result. Give the same rows in the same order, "
                f"or name another file."
            )
        return bool(row) and not row[1]

    def expect(self, number: int, digest: bytes) -> None:
        self._digests[number] = digest

    def add(self, new: list[RowResult]) -> None:
        rows = [
            (one.row, self._digests.pop(one.row), json.dumps(one.value), json.dumps(one.error), one.again)
            for one in new
        ]
        with self._file:
            self._file.execute("BEGIN")
            self._file.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?)", rows)

    def summary(self) -> Summary:
        query = "SELECT sum(error = 'null'), sum(error != 'null' AND NOT again), sum(again) FROM results"
        return Summary(*(count or 0 for count in self._file.execute(query).fetchone()))

    def __iter__(self) -> Iterator[RowResult]:
        for row, value, error, again in self._file.execute("SELECT row, value, error, again FROM results ORDER BY row"):
            yield RowResult(row, json.loads(value), json.loads(error), bool(again))

    def close(self) -> None:
        self._file.close()
