"""Engines: what carries one request to the service and one answer back.

The exchange knows no HTTP library. An engine is handed a `Send` and gives back an `Answer` or a `Failure`; it never
raises for what the network or the other side does. It keeps four promises, or it isn't an engine: it ends within
`Send.timeout` seconds, it reads no more than the size cap, it follows no redirect, and it keeps no cookies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from heymarket._wire import Answer, Failure, Send


class Engine(Protocol):
    """Sends for `Heymarket`. Threads share it."""

    def send(self, request: Send) -> Answer | Failure:
        """Send a request once."""
        ...

    def close(self) -> None:
        """Close all connections."""
        ...


class AsyncEngine(Protocol):
    """Sends for `AsyncHeymarket`. Tasks of one event loop share it."""

    async def send(self, request: Send) -> Answer | Failure:
        """Send a request once."""
        ...

    async def close(self) -> None:
        """Close all connections."""
        ...
