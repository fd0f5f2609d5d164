"""The same for asyncio, on its own streams: httpcore's go through anyio, which costs a third of a call."""

from __future__ import annotations

import asyncio
import select
import socket
import time
from contextlib import suppress
from typing import Any, Self

import httpx

from heymarket._messages import Request, Response, TransportFailure
from heymarket._transports.body import read_async
from heymarket._transports.httpx import Connections
from heymarket._transports.network import CONNECT_TIMEOUT, NEXT_ADDRESS_AFTER, Connection, look_up, seconds_until


class _Reader(asyncio.StreamReader):
    """A reader that knows how much has arrived that nobody has read."""

    unread = 0

    def feed_data(self, data: Any) -> None:
        self.unread += len(data)
        super().feed_data(data)


class AsyncConnection(Connection):
    """As `Connection`, for an asynchronous transport. `asyncio.timeout` around the call keeps the deadline."""

    _reader: _Reader
    _writer: Any = None  # an asyncio.StreamWriter, once connected

    async def connect_tcp(self, host: str, port: int, **_: Any) -> Any:
        """Connect to the first address that answers."""
        self.connect_by = min(self.deadline, time.monotonic() + CONNECT_TIMEOUT)
        async with asyncio.timeout(seconds_until(self.connect_by)):
            *others, last = await asyncio.wrap_future(look_up(host, port))
        for address in others:
            with suppress(OSError):
                return await self._open(address, port, min(seconds_until(self.connect_by), NEXT_ADDRESS_AFTER))
        return await self._open(last, port, seconds_until(self.connect_by))

    async def _open(self, address: str, port: int, seconds: float) -> Self:
        loop, self._reader = asyncio.get_running_loop(), _Reader()
        protocol = asyncio.StreamReaderProtocol(self._reader)
        async with asyncio.timeout(seconds):
            transport, _ = await loop.create_connection(lambda: protocol, address, port)
        self._writer = asyncio.StreamWriter(transport, protocol, self._reader, loop)
        return self

    async def start_tls(self, ssl_context: Any, server_hostname: str | None = None, *_: Any, **__: Any) -> Any:
        """Secure the connection."""
        async with asyncio.timeout(seconds_until(self.connect_by)):
            await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        return self

    async def read(self, max_bytes: int, *_: Any, **__: Any) -> Any:
        """What has arrived."""
        data = await self._reader.read(max_bytes)
        self._reader.unread -= len(data)
        return data

    async def write(self, buffer: bytes, *_: Any, **__: Any) -> Any:
        """Send bytes."""
        self.wrote = True
        with suppress(ConnectionError):  # a response may have come before the other side closed; reading tells
            self._writer.write(buffer)
            await self._writer.drain()

    async def aclose(self) -> None:
        """Close the stream."""
        self.hang_up()

    def hang_up(self) -> None:
        """Close the connection at once, also when its event loop is closed."""
        if self._writer is None:
            return
        sock = self._writer.get_extra_info("socket")
        try:
            self._writer.transport.abort()
        except RuntimeError:  # its event loop is closed
            sock.shutdown(socket.SHUT_RDWR)

    def get_extra_info(self, info: str) -> Any:
        """As httpcore's streams do."""
        if info != "is_readable":
            return self._writer.get_extra_info(info)
        ended = self._reader.unread > 0 or self._reader.at_eof() or self._writer.is_closing()
        return ended or bool(select.select([self._writer.get_extra_info("socket")], [], [], 0)[0])


class AsyncHttpxTransport(Connections):
    """Sends over connections of its own."""

    _kind = httpx.AsyncHTTPTransport
    _connection = AsyncConnection
    _semaphore = asyncio.Semaphore

    async def send(self, request: Request) -> Response | TransportFailure:
        """Send a request once."""
        self._check_process()
        deadline, connection = time.monotonic() + request.timeout, None
        try:
            async with asyncio.timeout(request.timeout), self._permits:
                connection, built = self._begin(request, deadline, aiter)
                async with asyncio.timeout(seconds_until(connection.deadline)):
                    response = await connection.transport.handle_async_request(built)
                outcome = await read_async(response, response.stream, request.save_to)
                self._keep(connection)
        except BaseException as error:  # noqa: BLE001 - explained, or raised again
            outcome = self._explain(error, connection)
        return outcome

    async def close(self) -> None:
        """Close all connections."""
        self.abandon()
        await asyncio.sleep(0)  # for the event loop to do its part
