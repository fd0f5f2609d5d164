"""One operation for each of many rows: every row has exactly one result, in a file, whatever ends the program.

`run` calls an operation once for each row, side by side, and stores each result as it comes. If it is killed, run it
again: rows that have a result are not called again. Where the service recognizes a repeated request by a field
(`local_id` of `messages.send`), that field is derived from the job and the row, so that a row whose result was lost
with the program takes effect once.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing
from typing import Any, TypeAlias, cast

from heymarket.bulk._job import Progress, describe_job
from heymarket.bulk._results import ResultFile, RowResult, Summary
from heymarket.bulk._tasks import call_rows_async
from heymarket.bulk._workers import call_rows, close_clients
from heymarket.client import AsyncHeymarket, Heymarket

__all__ = ["RowResult", "Summary", "make_async_client", "make_client", "results", "run", "run_async"]

Rows: TypeAlias = "Iterable[Mapping[str, Any] | None] | Mapping[int, Mapping[str, Any]]"
_ROWS_PER_TASK = 20  # of an executor that may be another process or machine


def make_client(team: str | None) -> Heymarket:
    """The client of a row: from the profile that `team` names, or without one from the environment."""
    return Heymarket(profile=team)


def make_async_client(team: str | None) -> AsyncHeymarket:
    """The client of a row in `run_async`, as `make_client` makes it."""
    return AsyncHeymarket(profile=team)


def run(
    operation: str,
    rows: Rows,
    *,
    checkpoint: str | os.PathLike[str],
    client: Callable[[str | None], Heymarket] = make_client,
    executor: Executor | None = None,
    concurrency: int = 16,
    is_idempotent: bool = False,
    retry_refused: bool = False,
    on_result: Callable[[RowResult], object] | None = None,
) -> Summary:
    """Call an operation for each row that has no result yet.

    Args:
        operation: Its name, such as `messages.send`. An operation with pages is read to its end.
        rows: The arguments of each call, by name. `team`, if a row has it, is for `client` and not an argument. The
            rows are read as they are needed, so that a generator of millions costs no memory. To go on, give the same
            rows in the same order. `None` keeps the place of a row that is left out. A mapping has rows by numbers of
            yours, by which they are recognized in any order.
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
        retry_refused: Whether rows that were refused, by a status of 4xx or by this package, are called again; those of
            a mapping may have other arguments then.
        on_result: Is called in this thread with each new result, once it is stored.

    Raises:
        ConfigurationError: The operation doesn't exist, or the file is of another job or other rows.
        HeymarketError: The service can't be used at all: credentials that no team names are refused, or twenty calls
            one after the other failed for reasons that say nothing of their rows. Results up to then are stored; run it
            again.
    """
    job = describe_job(operation, is_idempotent=is_idempotent)
    workers = executor or ThreadPoolExecutor(concurrency, thread_name_prefix="heymarket-bulk")
    rows_per_task = _ROWS_PER_TASK if executor else 1
    is_numbered = isinstance(rows, Mapping)
    with closing(ResultFile(checkpoint, operation, retry_refused=retry_refused, is_numbered=is_numbered)) as stored:
        job = job._replace(id=stored.job)
        progress = Progress(stored, on_result)
        try:
            call_rows(job, stored, progress, _select(stored, rows), client, workers, rows_per_task, concurrency)
        finally:
            if not executor:
                workers.shutdown(cancel_futures=True)
            close_clients(job)
        return stored.summarize()


async def run_async(
    operation: str,
    rows: Rows | AsyncIterable[Mapping[str, Any] | None],
    *,
    checkpoint: str | os.PathLike[str],
    client: Callable[[str | None], AsyncHeymarket] = make_async_client,
    concurrency: int = 16,
    is_idempotent: bool = False,
    retry_refused: bool = False,
    on_result: Callable[[RowResult], object] | None = None,
) -> Summary:
    """Call an operation for each row that has no result yet, in tasks of this event loop.

    What `run` promises holds here too, and either goes on with the file of the other. Cancelling it cancels the calls
    under way: the next run makes them again, except for writes that the service wouldn't recognize, which are failed
    rows.

    Args:
        operation: As in `run`.
        rows: As in `run`; they may also be asynchronous.
        checkpoint: As in `run`.
        client: Makes the client for a `team`, or for `None`; once for each team.
        concurrency: How many calls are made at a time.
        is_idempotent: As in `run`.
        retry_refused: As in `run`.
        on_result: Is called with each new result, once it is stored.

    Raises:
        ConfigurationError: As in `run`.
        HeymarketError: As in `run`.
    """
    job = describe_job(operation, is_idempotent=is_idempotent)
    is_numbered = isinstance(rows, Mapping)
    with closing(ResultFile(checkpoint, operation, retry_refused=retry_refused, is_numbered=is_numbered)) as stored:
        job, progress = job._replace(id=stored.job), Progress(stored, on_result)
        await call_rows_async(job, stored, progress, _select_async(stored, rows), client, concurrency)
        return stored.summarize()


def results(checkpoint: str | os.PathLike[str]) -> Iterator[RowResult]:
    """The results in a file, in the order of the rows.

    Raises:
        ConfigurationError: The file isn't one of results.
    """
    if os.path.exists(checkpoint) and not os.path.getsize(checkpoint):  # noqa: PTH110, PTH202 - as SQLite takes it
        return  # of a run that ended before its first result
    with closing(ResultFile(checkpoint, None)) as stored:
        yield from stored


def _select(stored: ResultFile, rows: Rows) -> Iterator[tuple[int, dict[str, Any]]]:
    is_numbered = isinstance(rows, Mapping)
    pairs = cast("Mapping[int, Mapping[str, Any]]", rows).items() if is_numbered else enumerate(rows)
    numbered = cast("Iterable[tuple[int, Mapping[str, Any] | None]]", pairs)
    selected = ((number, found) for number, row in numbered if (found := stored.select(number, row)) is not None)
    return iter([*selected]) if is_numbered else selected  # of a mapping, all are checked before a call


async def _select_async(
    stored: ResultFile, rows: Rows | AsyncIterable[Mapping[str, Any] | None]
) -> AsyncIterator[tuple[int, dict[str, Any]]]:
    if not isinstance(rows, AsyncIterable):
        for one in _select(stored, rows):
            yield one
        return
    number = 0
    async for row in rows:
        if (found := stored.select(number, row)) is not None:
            yield number, found
        number += 1
