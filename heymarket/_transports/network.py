"""Connections for httpcore, straight on asyncio.

httpcore's own go through anyio, which costs a third of a call, leaves a connection behind when a TLS handshake is
cancelled, looks names up in threads that `asyncio.run` waits for, and can't be closed without being awaited.
"""

from __future__ import annotations

import asyncio
import select
import socket
import time
from typing import TYPE_CHECKING, Any, cast

from heymarket._transports.deadlines import CONNECT_TIMEOUT
from heymarket._transports.exceptions import ConnectError, ConnectTimeout, ReadError
from heymarket._transports.resolver import literal, look_up

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable

    from heymarket._transports.resolver import Address

_HIGH_WATER = 1 << 18  # bytes; what has arrived and isn't asked for yet is no more than this and one read


class AsyncBackend:
    """A network backend of httpcore for one connection.

    Attributes:
        wrote: Whether anything has been written since this was last set to `False`.
    """

    def __init__(self) -> None:
        self.wrote = False
        self._until = 0.0
        self._transport: asyncio.Transport | None = None
        self._socket: socket.socket | None = None

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> _Stream:
        """Connect, within `timeout` seconds and `CONNECT_TIMEOUT`, TLS included."""
        del local_address, socket_options  # never given by us
        self._until = time.monotonic() + min(CONNECT_TIMEOUT, timeout or CONNECT_TIMEOUT)
        try:
            async with asyncio.timeout(self.left()):
                addresses = [(host, port)] if literal(host) else await asyncio.wrap_future(look_up(host, port))
            sock = await self._connect(addresses)
        except (OSError, UnicodeError) as error:
            raise ConnectTimeout if isinstance(error, TimeoutError) else ConnectError from error
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            protocol = _Protocol()
            self._transport, _ = await asyncio.get_running_loop().create_connection(lambda: protocol, sock=sock)
        except BaseException:
            sock.close()
            raise
        self._socket = sock
        return _Stream(self._transport, protocol, self)

    async def _connect(self, addresses: list[Address]) -> socket.socket:
        while True:
            address = addresses.pop(0)
            sock = socket.socket(socket.AF_INET6 if ":" in address[0] else socket.AF_INET, socket.SOCK_STREAM)
            try:
                sock.setblocking(False)  # noqa: FBT003 - the socket's own way
                async with asyncio.timeout(self.left() / (1 + len(addresses))):
                    await asyncio.get_running_loop().sock_connect(sock, address)
            except BaseException as error:
                sock.close()
                if not addresses or not isinstance(error, OSError):
                    raise
            else:
                return sock

    async def start_tls(self, stream: _Stream, context: ssl.SSLContext, host: str | None) -> _Stream:
        """Speak TLS on a connection from now on."""
        protocol = _Protocol()
        try:
            async with asyncio.timeout(self.left()):
                transport = await asyncio.get_running_loop().start_tls(
                    stream.transport, protocol, context, server_hostname=host
                )
        except OSError as error:  # TLS errors are such too
            raise ConnectTimeout if isinstance(error, TimeoutError) else ConnectError from error
        assert transport is not None  # noqa: S101 - typeshed's None is for a transport that was closed meanwhile
        protocol.connection_made(transport)
        self._transport = transport
        return _Stream(transport, protocol, self)

    def left(self) -> float:
        """Seconds left for connecting."""
        return max(self._until - time.monotonic(), 0.0)

    def abort(self) -> None:
        """Close the connection, if there is one, at once."""
        if self._transport is None or self._socket is None:
            return
        try:
            self._transport.abort()
        except RuntimeError:  # its event loop is closed
            self._socket.close()

    async def sleep(self, seconds: float) -> None:
        """As httpcore's backends do."""
        await asyncio.sleep(seconds)


class _Stream:
    """A connection as httpcore uses one. Its timeouts are left to whoever awaits: one clock runs over a whole call."""

    def __init__(self, transport: asyncio.Transport, protocol: _Protocol, backend: AsyncBackend) -> None:
        self.transport = transport
        self._protocol = protocol
        self._backend = backend

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - see above
        return await self._protocol.read(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - see above
        if buffer:
            self._backend.wrote = True
            self.transport.write(buffer)
            await self._protocol.drain()

    async def aclose(self) -> None:
        self.transport.abort()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - see above
    ) -> _Stream:
        return await self._backend.start_tls(self, ssl_context, server_hostname)

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            return self._protocol.has_something or self.transport.is_closing() or _readable(self.transport)
        names = {"client_addr": "sockname", "server_addr": "peername"}
        return self.transport.get_extra_info(names.get(info, info))


class _Protocol(asyncio.Protocol):
    """Keeps what arrives until it is asked for."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._arrived = bytearray()
        self._ended = False
        self._error: Exception | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._full = False  # too much has arrived that nobody asked for
        self._clogged: asyncio.Future[None] | None = None  # too much is written that wasn't sent

    @property
    def has_something(self) -> bool:
        """Whether an idle connection isn't: something arrived, or its end."""
        return self._ended or bool(self._arrived)

    async def read(self, most: int) -> bytes:
        """What has arrived; empty at the end."""
        if not self._arrived and not self._ended:
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        data = bytes(self._arrived[:most])
        del self._arrived[:most]
        if self._full and len(self._arrived) < _HIGH_WATER:
            self._full = False
            assert self._transport is not None  # noqa: S101 - only `data_received` sets `_full`
            self._transport.resume_reading()
        if not data and self._error is not None:
            raise ReadError from self._error
        return data

    async def drain(self) -> None:
        """Wait until more may be written."""
        if self._clogged is not None:
            await self._clogged

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._arrived += data
        if not self._full and len(self._arrived) >= _HIGH_WATER and self._transport is not None:
            self._full = True
            self._transport.pause_reading()
        self._wake(self._waiter)

    def eof_received(self) -> None:
        self._ended = True
        self._wake(self._waiter)

    def connection_lost(self, exc: Exception | None) -> None:
        self._ended = True
        self._error = exc
        self._wake(self._waiter)
        self.resume_writing()

    def pause_writing(self) -> None:
        self._clogged = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        clogged, self._clogged = self._clogged, None
        self._wake(clogged)

    @staticmethod
    def _wake(waiter: asyncio.Future[None] | None) -> None:
        if waiter is not None and not waiter.done():
            waiter.set_result(None)


def _readable(transport: asyncio.Transport) -> bool:
    """Whether the event loop is about to hear of something, such as the other side having hung up."""
    sock = transport.get_extra_info("socket")
    if not hasattr(select, "poll"):
        return bool(select.select([sock], [], [], 0)[0])
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))
