"""Calls of a job in tasks of an event loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeAlias

from heymarket.bulk._job import Job, Outcome, Progress, fail, interrupt, prepare_call, succeed
from heymarket.errors import AuthenticationError, ConfigurationError, HeymarketError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from heymarket.bulk._results import ResultFile
    from heymarket.client import AsyncHeymarket

__all__ = ["call_rows_async"]

Clients: TypeAlias = "dict[str | None, AsyncHeymarket]"


async def call_rows_async(
    job: Job,
    stored: ResultFile,
    progress: Progress,
    rows: AsyncIterator[tuple[int, dict[str, Any]]],
    client: Callable[[str | None], AsyncHeymarket],
    concurrency: int,
) -> None:
    """Call the operation for each row, and store the results. A write that is interrupted has a result, too."""
    clients: Clients = {}
    running: set[asyncio.Task[list[Outcome]]] = set()
    more = True
    try:
        while more or running:
            while more and len(running) < concurrency:
                if (row := await anext(rows, None)) is None:
                    more = False
                else:
                    running.add(asyncio.create_task(_call(job, clients, client, *row)))
            if running:
                done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                progress.add(one for task in done if not task.exception() for one in task.result())
                for task in done:
                    task.result()  # raises what concerns all rows
    finally:
        for task in running:
            task.cancel()
        ended = await asyncio.gather(*running, return_exceptions=True)
        stored.add(one.result for found in ended if not isinstance(found, BaseException) for one in found)
        for made in clients.values():
            await made.close()


async def _call(
    job: Job,
    clients: Clients,
    make_client: Callable[[str | None], AsyncHeymarket],
    number: int,
    arguments: dict[str, Any],
) -> list[Outcome]:
    """The outcome of one row; none if it was interrupted and the next run may call it again.

    Raises:
        HeymarketError: One that concerns all rows: the credentials are refused, and no team was named.
    """
    team = arguments.pop("team", None)
    try:
        if team not in clients:
            clients[team] = make_client(team)
        value = prepare_call(job, clients[team], number, arguments)()
        is_list = hasattr(value, "__aiter__")
        return [succeed(number, [one async for one in value] if is_list else await value)]
    except HeymarketError as error:
        if team is None and isinstance(error, AuthenticationError | ConfigurationError):
            raise
        return [fail(job, number, error)]
    except asyncio.CancelledError:  # by `call_rows_async`, which ends
        return interrupt(job, number)
