"""Transports: what carries one request to the service and one answer back.

The exchange knows no HTTP library. A transport is handed a `Request` and gives back a `Response`
or a `TransportFailure`; it never
raises for what the network or the other side does. It keeps four promises, or it isn't a transport: it ends within
`Request.timeout` seconds, it reads no more than the size cap, it follows no redirect, and it keeps no cookies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from heymarket._messages import Request, Response, TransportFailure


class Transport(Protocol):
    """Sends for `Heymarket`. Threads share it."""

    def send(self, request: Request) -> Response | TransportFailure:
        """Send a request once."""
        ...

    def close(self) -> None:
        """Close all connections."""
        ...


class AsyncTransport(Protocol):
    """Sends for `AsyncHeymarket`. Tasks of one event loop share it."""

    async def send(self, request: Request) -> Response | TransportFailure:
        """Send a request once."""
        ...

    async def close(self) -> None:
        """Close all connections."""
        ...
