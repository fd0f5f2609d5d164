"""Transports: what carries one request to the service and one response back.

A transport is given a `Request` and returns a `Response` or a `TransportFailure`; it never raises for what the network
or the other side does. It keeps four promises: it ends within `Request.timeout` seconds, it reads no more than the size
cap, it follows no redirect, and it keeps no cookies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from heymarket.errors import HeymarketError

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

    from heymarket._messages import Request, Response, TransportFailure


class Transport(Protocol):
    """Sends for `Heymarket`. Threads share it."""

    def send(self, request: Request) -> Response | TransportFailure: ...
    def close(self) -> None: ...


class AsyncTransport(Protocol):
    """Sends for `AsyncHeymarket`. Tasks of one event loop share it."""

    async def send(self, request: Request) -> Response | TransportFailure: ...
    async def close(self) -> None: ...


class LoopBound:
    """The event loop that a transport was used on first, to which its connections belong."""

    _loop: AbstractEventLoop | None = None

    def check_loop(self) -> None:
        """Raise a `HeymarketError` on any other event loop."""
        from asyncio import get_running_loop

        loop = get_running_loop()
        if self._loop is None:
            self._loop = loop
        elif self._loop is not loop:
            raise HeymarketError(
                "This AsyncHeymarket belongs to another event loop. Make and close one client per loop: inside the "
                "coroutine that asyncio.run is given."
            )
