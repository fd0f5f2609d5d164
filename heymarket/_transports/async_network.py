"""The same as `network` for asyncio, on its own streams: httpcore's go through anyio, which costs a third of a call."""

from __future__ import annotations

import asyncio
import select
import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from heymarket._transports.network import CONNECT_TIMEOUT, Resolver, in_turn, seconds_until

if TYPE_CHECKING:
    import ssl


class AsyncNetwork:
    """A network backend of httpcore for one connection. Attributes as of `Network`."""

    deadline = connect_by = 0.0
    wrote = False
    _stream: _Stream | None = None

    def __init__(self, backend: Any, resolver: Resolver) -> None:
        del backend  # anyio's
        self._resolver = resolver

    async def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> _Stream:
        """Connect to the first address that answers."""
        del timeout, options  # the deadline and CONNECT_TIMEOUT decide; asyncio's sockets don't delay small writes
        self.connect_by = min(self.deadline, time.monotonic() + CONNECT_TIMEOUT)
        async with asyncio.timeout(seconds_until(self.connect_by)):
            addresses = await asyncio.wrap_future(self._resolver.look_up(host, port))
        failed: Exception = ConnectionError()
        for address, seconds in in_turn(addresses, self.connect_by):
            try:
                async with asyncio.timeout(seconds):
                    self._stream = await self._open(address, port)
            except OSError as error:
                failed = error
            else:
                self._resolver.preferred = address
                return self._stream
        raise failed

    async def _open(self, address: str, port: int) -> _Stream:
        loop, reader = asyncio.get_running_loop(), _Reader()
        protocol = asyncio.StreamReaderProtocol(reader)
        transport, _ = await loop.create_connection(lambda: protocol, address, port)
        return _Stream(reader, asyncio.StreamWriter(transport, protocol, reader, loop), self)

    def hang_up(self) -> None:
        """Close the connection at once, also when its event loop is closed."""
        if self._stream is not None:
            self._stream.abort()


class _Reader(asyncio.StreamReader):
    """A reader that knows how much has arrived that nobody has read."""

    unread = 0

    def feed_data(self, data: Any) -> None:
        self.unread += len(data)
        super().feed_data(data)


class _Stream:
    """A connection as httpcore uses one. `asyncio.timeout` around the call keeps the deadline."""

    def __init__(self, reader: _Reader, writer: asyncio.StreamWriter, network: AsyncNetwork) -> None:
        self._reader = reader
        self._writer = writer
        self._network = network

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - see the class
        data = await self._reader.read(max_bytes)
        self._reader.unread -= len(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - see the class
        self._network.wrote = True
        with suppress(ConnectionError):  # a response may have come before the other side closed; reading tells
            self._writer.write(buffer)
            await self._writer.drain()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> _Stream:
        timeout = seconds_until(self._network.connect_by)
        async with asyncio.timeout(timeout):
            await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        return self

    async def aclose(self) -> None:
        self.abort()

    def abort(self) -> None:
        sock = self._writer.get_extra_info("socket")
        try:
            self._writer.transport.abort()
        except RuntimeError:  # its event loop is closed
            sock.shutdown(socket.SHUT_RDWR)

    def get_extra_info(self, info: str) -> Any:
        if info != "is_readable":
            return self._writer.get_extra_info(info)
        ended = self._reader.unread > 0 or self._reader.at_eof() or self._writer.is_closing()
        return ended or bool(select.select([self._writer.get_extra_info("socket")], [], [], 0)[0])
