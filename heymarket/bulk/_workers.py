"""Calls of a job in the threads, processes or machines of an executor."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from heymarket.bulk._job import Job, Outcome, Progress, fail, interrupt, prepare_call, succeed
from heymarket.errors import AuthenticationError, ConfigurationError, HeymarketError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from heymarket.bulk._results import ResultFile
    from heymarket.client import Heymarket

__all__ = ["call_rows", "close_clients"]

Done: TypeAlias = "tuple[list[Outcome], BaseException | None]"


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
    running: dict[Future[Done], _Task] = {}
    try:
        while True:
            while len(running) < concurrency and (batch := list(islice(rows, rows_per_task))):
                task = _Task(job, client, batch)
                running[executor.submit(_work, task)] = task
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                progress.add(*_collect(future, running.pop(future)))
    except BaseException:  # also Ctrl-C; raised again
        for future in running:
            future.cancel()
        for future in wait(running).done:  # what has been sent has a result too
            if not future.cancelled():
                stored.add(one.result for one in _collect(future, running[future])[0])
        raise


def _collect(future: Future[Done], task: _Task) -> Done:
    """What a worker did; where it died, its rows were interrupted."""
    if error := future.exception():
        return [outcome for number, _ in task.rows for outcome in interrupt(task.job, number)], error
    return future.result()


def _work(task: _Task) -> Done:
    """Call the operation for each row, in the worker. An error that concerns all rows ends it."""
    done: list[Outcome] = []
    for number, arguments in task.rows:
        team = arguments.pop("team", None)
        call = None
        try:
            call = prepare_call(task.job, _client_of(task, team), number, arguments)
            done.append(succeed(number, call()))
        except HeymarketError as error:
            if team is None and isinstance(error, AuthenticationError | ConfigurationError):
                return done, error
            done.append(fail(task.job, number, error))
        except BaseException as error:  # noqa: BLE001 - also Ctrl-C, which reaches processes too; the caller raises it
            return [*done, *(interrupt(task.job, number) if call else [])], error
    return done, None


_clients: dict[tuple[str, str | None], Heymarket] = {}
"""By the job's id and the team."""
_lock = Lock()


def _client_of(task: _Task, team: str | None) -> Heymarket:
    key = task.job.id, team
    with _lock:
        if key not in _clients:
            _clients[key] = task.client(team)
        return _clients[key]


def close_clients(job: Job) -> None:
    """Close what this process made for a job."""
    with _lock:
        for key in [key for key in _clients if key[0] == job.id]:
            _clients.pop(key).close()
