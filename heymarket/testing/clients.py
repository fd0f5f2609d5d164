"""Clients that are ready for tests: they wait for nothing that a test needn't wait for.

They leave the quota to the other side, and the pauses between the tries of a call, also those that the other side asks
for, are cut to a hundredth of a second. Recording the live service, they are as patient as ever.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from heymarket.client import AsyncHeymarket, Heymarket

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator, Mapping

    from heymarket._messages import Request, Response, TransportFailure

_LONGEST_PAUSE = 0.01


@contextmanager
def ready(settings: Mapping[str, Any], *, recording: bool = False) -> Generator[Heymarket]:
    """A client for tests, closed at the end of the block.

    Args:
        settings: Its base URL and credentials; what is missing comes from the environment.
        recording: Whether the other side is the live service, which is asked as ever, but for bodies that can be read.
    """
    with Heymarket(**settings, **_options(recording=recording)) as client:
        _adapt(client, recording=recording)
        yield client


@contextmanager
def ready_async(settings: Mapping[str, Any], *, recording: bool = False) -> Generator[AsyncHeymarket]:
    """A client for tests on any event loop, closed at the end of the block, which needs no loop.

    Args:
        settings: As for `ready`, the base URL among them.
        recording: As for `ready`.
    """
    transport = OnAnyLoop(settings["base_url"])
    client = AsyncHeymarket(**settings, _transport=transport, **_options(recording=recording))
    _adapt(client, recording=recording)
    try:
        yield client
    finally:
        transport.let_go()


def _options(*, recording: bool) -> dict[str, Any]:
    return {} if recording else {"quota": None}


def _adapt(client: Heymarket | AsyncHeymarket, *, recording: bool) -> None:
    # None of this is an option of a client's, because no program should want it.
    sender: Any = client._sender  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - see above
    dispatch = sender.dispatch
    if recording:
        others = [header for header in dispatch.headers if header[0] != "Accept-Encoding"]
        sender.dispatch = dispatch._replace(headers=(*others, ("Accept-Encoding", "identity")))
    else:
        clock = dispatch.means.clock._replace(sleep=_sleep, sleep_async=_sleep_async)
        sender.dispatch = dispatch._replace(means=dispatch.means._replace(clock=clock))


# The pauses between tries of the client, cut short: a test that has the service fail doesn't wait for it.
def _sleep(seconds: float) -> None:
    time.sleep(min(seconds, _LONGEST_PAUSE))


async def _sleep_async(seconds: float) -> None:
    await asyncio.sleep(min(seconds, _LONGEST_PAUSE))


class OnAnyLoop:
    """An async transport with a transport for each event loop, closed when that loop ends.

    Event loops that end close the asynchronous generators begun on them: so do `asyncio.run`, `asyncio.Runner`
    and what pytest-asyncio and anyio make of them. A client so needs no `async with`, and no fixture that runs on the
    test's own loop.

    Args:
        base_url: Where requests go.
    """

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._open: dict[asyncio.AbstractEventLoop, tuple[Any, AsyncGenerator[None]]] = {}

    async def send(self, request: Request) -> Response | TransportFailure:
        """Send a request once."""
        loop = asyncio.get_running_loop()
        if loop not in self._open:
            from heymarket._transports.httpx import AsyncHttpxTransport  # noqa: PLC0415 - slow to import

            transport = AsyncHttpxTransport(self._base_url)
            end = self._until_the_end(loop, transport)
            self._open[loop] = transport, end
            await anext(end)
        answer: Response | TransportFailure = await self._open[loop][0].send(request)
        return answer

    async def _until_the_end(self, loop: asyncio.AbstractEventLoop, transport: Any) -> AsyncGenerator[None]:
        try:
            yield
        finally:
            self._open.pop(loop, None)
            await transport.close()

    async def close(self) -> None:
        """Close what belongs to the loop that runs."""
        _, end = self._open.get(asyncio.get_running_loop(), (None, None))
        if end is not None:
            await end.aclose()

    def let_go(self) -> None:
        """Close what is left, from outside of any event loop: that of loops which go on after the test."""
        for transport, _ in self._open.values():
            transport._lanes.close()  # noqa: SLF001 - close() needs the loop
        self._open.clear()
