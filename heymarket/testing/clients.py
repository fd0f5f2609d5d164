"""Clients for tests: they don't wait where a test need not wait.

They leave the quota to the emulator, and cut the pauses between the attempts of a call to a hundredth of a second, even
those that a response asks for. While recording the live service, they are as patient as any client.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from heymarket.auth import Secret
from heymarket.client import AsyncHeymarket, Heymarket

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator, Mapping

    from heymarket._messages import Request, Response, TransportFailure

_LONGEST_PAUSE = 0.01


@contextmanager
def open_client(settings: Mapping[str, Any], *, recording: bool = False) -> Generator[Heymarket]:
    """A client for tests, closed at the end of the block.

    Args:
        settings: Its base URL and credentials; what is missing comes from the environment.
        recording: Whether its calls are recorded, so that it keeps the quota and asks for uncompressed bodies.
    """
    with Heymarket(**settings, **_options(recording=recording)) as client:
        _adapt(client, recording=recording)
        yield client


@contextmanager
def open_async_client(settings: Mapping[str, Any], *, recording: bool = False) -> Generator[AsyncHeymarket]:
    """A client for tests on any event loop, closed at the end of the block, which needs no loop.

    Args:
        settings: As for `open_client`, the base URL among them.
        recording: As for `open_client`.
    """
    transport = PerLoopTransport()
    client = AsyncHeymarket(**settings, _transport=transport, **_options(recording=recording))
    _adapt(client, recording=recording)
    try:
        yield client
    finally:
        transport.close_without_loop()


class PerLoopTransport:
    """An async transport that opens another one for each event loop and host, and closes it when that loop ends.

    Event loops that end close the asynchronous generators that began on them: `asyncio.run` and `asyncio.Runner` do,
    and so do pytest-asyncio and anyio. So a client needs no `async with`, and no fixture on the test's own loop.
    """

    def __init__(self) -> None:
        self._open: dict[tuple[asyncio.AbstractEventLoop, str], tuple[Any, AsyncGenerator[None]]] = {}

    async def send(self, request: Request) -> Response | TransportFailure:
        """Send a request once."""
        parts = urlsplit(request.url)
        here = asyncio.get_running_loop(), f"{parts.scheme}://{parts.netloc}"
        if here not in self._open:
            from heymarket._transports.async_httpx import AsyncHttpxTransport

            transport = AsyncHttpxTransport(here[1])
            end = self._close_with(here, transport)
            self._open[here] = transport, end
            await anext(end)
        response: Response | TransportFailure = await self._open[here][0].send(request)
        return response

    async def _close_with(self, here: tuple[asyncio.AbstractEventLoop, str], transport: Any) -> AsyncGenerator[None]:
        try:
            yield
        finally:
            self._open.pop(here, None)
            await transport.close()

    async def close(self) -> None:
        """Close the connections of the running loop."""
        loop = asyncio.get_running_loop()
        for here in [here for here in self._open if here[0] is loop]:
            await self._open[here][1].aclose()

    def close_without_loop(self) -> None:
        """Close what is left from outside any event loop: connections of loops that outlive the test."""
        for transport, _ in self._open.values():
            transport.abandon()
        self._open.clear()


def _options(*, recording: bool) -> dict[str, Any]:
    return {} if recording else {"quota": None}


# Below is all that reaches into the client. It is no option of a client, because no program should want it.


def _adapt(client: Heymarket | AsyncHeymarket, *, recording: bool) -> None:
    sender: Any = client._sender  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - see above
    context = sender.context
    if recording:  # only an uncompressed body can be read, scrubbed and linted
        others = [header for header in context.headers.reveal() if header[0] != "Accept-Encoding"]
        sender.context = context._replace(headers=Secret([*others, ("Accept-Encoding", "identity")]))
    else:
        clock = context.clock._replace(sleep=_sleep, sleep_async=_sleep_async)
        sender.context = context._replace(clock=clock)
    shared = sender._shared  # noqa: SLF001 - see above
    if isinstance(shared.get(), PerLoopTransport):
        shared.get_on_loop = shared.get  # it has connections for each event loop


def _sleep(seconds: float) -> None:
    time.sleep(min(seconds, _LONGEST_PAUSE))


async def _sleep_async(_: float) -> None:
    await asyncio.sleep(0)  # in frozen time, a longer one never ends
