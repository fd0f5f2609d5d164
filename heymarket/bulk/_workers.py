"""Calls of a job in the threads, processes or machines of an executor."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from heymarket.bulk._job import Job, Progress, fail, prepare_call, succeed
from heymarket.bulk._results import ResultFile, RowResult
from heymarket.errors import AuthenticationError, ConfigurationError, HeymarketError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from heymarket.client import Heymarket

__all__ = ["call_rows", "close_clients"]

Done: TypeAlias = tuple[list[RowResult], HeymarketError | None]


class _Task(NamedTuple):
    """Rows for one worker, with what it needs to call the operation. It is pickled for another process."""

    job: Job
    client: Callable[[str | None], Heymarket]
    rows: list[tuple[int, dict[str, Any]]]


def call_rows(
    job: Job,
    stored: ResultFile,
    progress: Progress,
    rows: Iterator[tuple[int, dict[str, Any]]],
    client: Callable[[str | None], Heymarket],
    executor: Executor,
    rows_per_task: int,
    concurrency: int,
) -> None:
    """Call the operation for each row, and store the results."""
    running: set[Future[Done]] = set()
    try:
        while True:
            while len(running) < concurrency and (batch := list(islice(rows, rows_per_task))):
                running.add(executor.submit(_work, _Task(job, client, batch)))
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                new, fatal = future.result()
                running.discard(future)
                progress.add(new, fatal)
    except BaseException:  # also Ctrl-C; raised again
        for future in running:
            future.cancel()
        for future in wait(running).done:  # what has been sent has a result too
            if not future.cancelled() and not future.exception():
                stored.add(future.result()[0])
        raise


def _work(task: _Task) -> Done:
    """Call the operation for each row, in the worker. An error that concerns all rows ends it."""
    done: list[RowResult] = []
    for number, arguments in task.rows:
        team = arguments.pop("team", None)
        try:
            done.append(succeed(number, prepare_call(task.job, _client_of(task.client, team), number, arguments)()))
        except HeymarketError as error:
            if team is None and isinstance(error, AuthenticationError | ConfigurationError):
                return done, error
            done.append(fail(task.job, number, error))
    return done, None


_clients: dict[tuple[Any, str | None], Heymarket] = {}
_lock = Lock()


def _client_of(make: Callable[[str | None], Heymarket], team: str | None) -> Heymarket:
    with _lock:
        if (make, team) not in _clients:
            _clients[make, team] = make(team)
        return _clients[make, team]


def close_clients(make: Callable[[str | None], Heymarket]) -> None:
    """Close what this process made for a job."""
    with _lock:
        for key in [key for key in _clients if key[0] is make]:
            _clients.pop(key).close()
