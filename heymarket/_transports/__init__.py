"""Transports carry one request to the service and one response back.

It never raises for what the network or the other side does. It keeps four promises: it ends within `Request.timeout`
seconds, it reads no more than the size cap, it follows no redirect, and it keeps no cookies.
"""

from __future__ import annotations

from typing import Protocol

from heymarket._messages import Request, Response, TransportFailure


class Transport(Protocol):
    """Sends for `Heymarket`. Threads share it."""

    def send(self, request: Request) -> Response | TransportFailure: ...
    def close(self) -> None: ...


class AsyncTransport(Protocol):
    """Sends for `AsyncHeymarket`. Tasks of one event loop share it."""

    async def send(self, request: Request) -> Response | TransportFailure: ...
    async def close(self) -> None: ...
