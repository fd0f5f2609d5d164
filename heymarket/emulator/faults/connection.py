"""Breakable connections, for the faults that no ASGI application can play.

A server that runs the emulator hands it each connection in the scope, as `state["emulator_connection"]`. uvicorn does
by `BreakableProtocol`. Under other servers, such as httpx's ASGITransport, there is none.
"""

from __future__ import annotations

import asyncio
import os
import socket
import struct
from typing import TYPE_CHECKING, Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from heymarket._clock import SYSTEM

if TYPE_CHECKING:
    from collections.abc import Callable

    from uvicorn.server import ServerState

__all__ = ["BreakableConnection", "BreakableProtocol", "ServerConfig"]

_AT_ONCE = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)


class _EventLoop(asyncio.SelectorEventLoop):
    """An event loop that uses the real time, also while a test has frozen that of its process."""

    def time(self) -> float:
        """Seconds by the clock of the system."""
        return SYSTEM.monotonic()


class ServerConfig(uvicorn.Config):
    """uvicorn's settings.

    Attributes:
        server_end: Set when the server stops, for calls whose client has gone as well.
    """

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, http=BreakableProtocol, **options)
        self.server_end: asyncio.Event = asyncio.Event()

    def get_loop_factory(self) -> Callable[[], asyncio.AbstractEventLoop]:
        """The event loop that the server runs on."""
        return _EventLoop

    def configure_logging(self) -> None:
        """Nothing: this process and its logging belong to the program."""


class BreakableConnection:
    """A connection as faults see it.

    Args:
        server_end: Set when the server stops.

    Attributes:
        server_end: See above.
        transport: The transport.
        is_held: Whether a call on it is kept waiting, which ends when the server does.
    """

    def __init__(self, server_end: asyncio.Event) -> None:
        self.server_end: asyncio.Event = server_end
        self.transport: asyncio.Transport | None = None
        self.is_held: bool = False

    def reset(self) -> None:
        """Break it off with a TCP reset: what was not sent yet is lost."""
        if self.transport is not None:
            sock = self.transport.get_extra_info("socket")
            if sock is not None:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
            self.transport.abort()

    def end(self) -> None:
        """Close it once what was sent is out."""
        if self.transport is not None:
            self.transport.close()


class BreakableProtocol(H11Protocol):
    """uvicorn's protocol for HTTP/1.1, with a `BreakableConnection` for the application."""

    def __init__(
        self,
        config: ServerConfig,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self._breakable = BreakableConnection(config.server_end)
        super().__init__(config, server_state, {**app_state, "emulator_connection": self._breakable}, _loop)
        self.access_log = False  # it would have the query, where phone numbers are; the application logs without

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # uvicorn's own way
        """Called by asyncio."""
        self._breakable.transport = transport
        super().connection_made(transport)

    def shutdown(self) -> None:
        """Called by uvicorn when the server stops."""
        if self._breakable.is_held:
            self._breakable.reset()
        super().shutdown()
