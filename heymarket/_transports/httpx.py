"""The default transports: httpx's, with one connection each.

httpcore's pool slows down by the square of the calls that are under way, so each connection is an httpx transport of
its own, and a stack holds the idle ones. Sign-in, redirects, cookies and retries are ours already, so httpx's client is
left out: it would only cost time and log whole URLs. This is the one module that imports httpx; httpx2, its
continuation, has the same names, and the tests run on both.

Two private names are needed, and tests hold them: `_pool` of a transport, and `_network_backend` of that pool.
"""

from __future__ import annotations

import os
import socket
import ssl
import threading
import time
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import urlsplit
from weakref import finalize

import h11
import httpx

from heymarket._messages import FailureKind, TransportFailure
from heymarket._redaction import without_frames
from heymarket._transports import LoopBound
from heymarket._transports.body import read, read_async
from heymarket._transports.exceptions import explain, is_transport_error
from heymarket._transports.network import CONNECT_TIMEOUT, AsyncNetwork, Network, Resolver
from heymarket._transports.proxies import proxy_for, unusable_proxy, unusable_settings

if TYPE_CHECKING:
    from heymarket._messages import Request, Response

MAX_CONNECTIONS = 100
"""Connections at once."""

KEEP_IDLE = 30.0
"""Seconds that an idle connection is kept."""

TransportT = TypeVar("TransportT", httpx.HTTPTransport, httpx.AsyncHTTPTransport)

_NO_FREE_CONNECTION = TransportFailure(FailureKind.TIMEOUT, "no connection was free in time", sent=False)


class Connection(Generic[TransportT]):
    """One connection, and how far the request on it has got."""

    def __init__(self, transport: TransportT, network: type[Network | AsyncNetwork], resolver: Resolver) -> None:
        self.transport = transport
        self._pool: Any = transport._pool  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] # see the module's docstring
        self.network = network(self._pool._network_backend, resolver)  # noqa: SLF001 - as above
        self._pool._network_backend = self.network  # noqa: SLF001 - as above
        self._stream: Any = None
        self.idle_since = 0.0
        self.request_sent = False

    @property
    def is_connected(self) -> bool:
        """Whether there is a connection, which the other side may have closed since."""
        return bool(self._pool.connections)

    @property
    def is_clean(self) -> bool:
        """Whether the next response will be the next request's.

        httpcore keeps a connection on which more arrived than its response was long, and takes that for the next one.
        """
        protocols = [protocol for connection in self._pool.connections for protocol in _protocols(connection)]
        return not any(protocol.trailing_data[0] for protocol in protocols)

    def begin(self, request: Request, left: float) -> httpx.Request:
        """Set the deadline, `left` seconds ahead, and return the request for httpx."""
        seconds = min(left, request.reuse_timeout) if self.is_connected else left
        self.network.deadline = time.monotonic() + seconds
        self.request_sent = False
        timeouts = {"connect": min(CONNECT_TIMEOUT, seconds), "read": seconds, "write": seconds, "pool": seconds}
        trace = self._note if isinstance(self.transport, httpx.HTTPTransport) else self._note_async
        return httpx.Request(
            request.method,
            request.url,
            headers=request.headers,
            content=request.body,
            extensions={"timeout": timeouts, "trace": trace},
        )

    def _note(self, event: str, info: dict[str, Any]) -> None:
        """httpx's `trace` extension."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._stream = info["return_value"]
        elif event == "http11.send_request_headers.started":
            self.request_sent = True

    async def _note_async(self, event: str, info: dict[str, Any]) -> None:
        self._note(event, info)

    def hang_up(self) -> None:
        """Close the connection from outside of its event loop, if it has one."""
        if isinstance(self.transport, httpx.HTTPTransport):
            self.transport.close()
        elif self._stream is not None:
            with suppress(OSError, RuntimeError):  # closed by the other side; or its event loop is
                self._stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
                loop, close = self.network.loop, self.transport.aclose
                loop.call_soon_threadsafe(lambda: loop.create_task(close()))


def _protocols(connection: Any) -> list[h11.Connection]:
    """The state of the HTTP protocol, which proxies' connections hold some levels down."""
    values = [*vars(connection).values()]
    deeper = [protocol for value in values if hasattr(value, "is_idle") for protocol in _protocols(value)]
    return [value for value in values if isinstance(value, h11.Connection)] + deeper


class _Connections(Generic[TransportT]):
    """The connections of one client: a stack of idle ones, the one used last on top."""

    _kind: type[TransportT]
    _network: type[Network | AsyncNetwork]
    _unclosed: str

    def __init__(self, base_url: str) -> None:
        self._settings = _transport_settings(base_url)
        self._resolver = Resolver()
        self._lock = threading.Lock()
        self._idle: list[Connection[TransportT]] = []
        self._closed = False
        self._pid = os.getpid()
        self._inherited: list[Connection[TransportT]] = []
        self._finalizer = finalize(self, _close_forgotten, self._idle, self._pid, self._unclosed)
        self._finalizer.atexit = False
        self._new()  # so that settings that can't be used are reported at once

    def __len__(self) -> int:
        return sum(connection.is_connected for connection in self._idle)

    @without_frames
    def _new(self) -> Connection[TransportT]:
        limits = httpx.Limits(max_connections=1, keepalive_expiry=KEEP_IDLE)
        try:
            return Connection(self._kind(limits=limits, **self._settings), self._network, self._resolver)
        except (ImportError, OSError, ValueError) as error:
            raise unusable_settings(error) from None

    def _take(self) -> Connection[TransportT]:
        with self._lock:
            return self._idle.pop() if self._idle else self._new()

    def _keep(self, connection: Connection[TransportT]) -> list[Connection[TransportT]]:
        """Keep a connection, and return those to close: it if it can't be used again, and those that nobody needed."""
        if not connection.is_clean:
            return [connection]
        connection.idle_since = now = time.monotonic()
        with self._lock:
            if self._closed:
                return [connection]
            self._idle.append(connection)
            old = [other for other in self._idle[:2] if other.idle_since < now - KEEP_IDLE]
            del self._idle[: len(old)]
            return old

    def _clear(self) -> list[Connection[TransportT]]:
        with self._lock:
            idle = self._idle[:]
            self._idle.clear()
            return idle

    def _is_inherited(self) -> bool:
        """Whether this process was forked since; its parent's connections are never closed here."""
        if self._pid == os.getpid():
            return False
        self._pid, self._lock = os.getpid(), threading.Lock()
        self._inherited += self._clear()
        return True

    def _explain(self, error: BaseException, connection: Connection[TransportT], deadline: float) -> TransportFailure:
        """Why there is no response; with what is known of how far the request got."""
        failure = explain(error)
        timed_out = failure.kind is FailureKind.TIMEOUT or "too long" in failure.reason
        if timed_out and not connection.request_sent:
            # The end of the whole call counts as such, even when it comes while connecting.
            kind = FailureKind.TIMEOUT if time.monotonic() > deadline - 0.01 else FailureKind.CONNECT
            return TransportFailure(kind, "connecting took too long", sent=False)
        return failure


def _close_forgotten(idle: list[Connection[Any]], pid: int, client: str) -> None:
    if pid != os.getpid() or not any(connection.is_connected for connection in idle):
        return
    for connection in idle:
        connection.hang_up()
    warnings.warn(f"{client} block, or call its close().", ResourceWarning, stacklevel=2)


class HttpxTransport(_Connections[httpx.HTTPTransport]):
    """Sends over connections of its own; a forked child makes new ones."""

    _kind = httpx.HTTPTransport
    _network = Network
    _unclosed = "a Heymarket was not closed. Use it in a with"

    def __init__(self, base_url: str) -> None:
        super().__init__(base_url)
        self._permits = threading.Semaphore(MAX_CONNECTIONS)

    def send(self, request: Request) -> Response | TransportFailure:
        """Send a request once."""
        if self._is_inherited():
            self._permits = threading.Semaphore(MAX_CONNECTIONS)
        deadline = time.monotonic() + request.timeout
        if not self._permits.acquire(timeout=request.timeout):
            return _NO_FREE_CONNECTION
        try:
            return self._send(self._take(), request, deadline)
        finally:
            self._permits.release()

    def _send(
        self, connection: Connection[httpx.HTTPTransport], request: Request, deadline: float
    ) -> Response | TransportFailure:
        try:
            built = connection.begin(request, deadline - time.monotonic())
            response = connection.transport.handle_request(built)
            outcome = read(response, response.stream)
        except BaseException as error:  # noqa: BLE001 - explained, or raised again
            connection.transport.close()
            if not is_transport_error(error):
                raise error.with_traceback(None) from None  # the frames below hold the Authorization header
            failure = self._explain(error, connection, deadline)
            if failure.kind is FailureKind.TIMEOUT and failure.sent:
                self._close(self._clear())  # a network that forgot one connection may have forgotten them all
            return failure
        self._close(self._keep(connection))
        return outcome

    def _close(self, connections: list[Connection[httpx.HTTPTransport]]) -> None:
        for connection in connections:
            connection.transport.close()

    def close(self) -> None:
        """Close all connections."""
        if self._pid == os.getpid():
            self._closed = True
            self._close(self._clear())


class AsyncHttpxTransport(_Connections[httpx.AsyncHTTPTransport], LoopBound):
    """Sends over connections of its own, on the event loop that used it first."""

    _kind = httpx.AsyncHTTPTransport
    _network = AsyncNetwork
    _unclosed = "an AsyncHeymarket was not closed. Use it in an async with"

    def __init__(self, base_url: str) -> None:
        import asyncio

        super().__init__(base_url)
        self._asyncio = asyncio
        self._permits = asyncio.Semaphore(MAX_CONNECTIONS)

    async def send(self, request: Request) -> Response | TransportFailure:
        """Send a request once."""
        if self._is_inherited():
            self._permits, self._loop = self._asyncio.Semaphore(MAX_CONNECTIONS), None
        self.check_loop()
        deadline = time.monotonic() + request.timeout
        if self._permits.locked():
            try:
                async with self._asyncio.timeout(request.timeout):
                    await self._permits.acquire()
            except TimeoutError:
                return _NO_FREE_CONNECTION
        else:
            await self._permits.acquire()
        try:
            return await self._send(self._take(), request, deadline)
        finally:
            self._permits.release()

    async def _send(
        self, connection: Connection[httpx.AsyncHTTPTransport], request: Request, deadline: float
    ) -> Response | TransportFailure:
        try:
            built = connection.begin(request, deadline - time.monotonic())
            async with self._asyncio.timeout(connection.network.deadline - time.monotonic()):
                response = await connection.transport.handle_async_request(built)
                outcome = await read_async(response, response.stream)
        except BaseException as error:  # noqa: BLE001 - explained, or raised again
            connection.hang_up()
            await connection.transport.aclose()
            if not is_transport_error(error):
                raise error.with_traceback(None) from None  # the frames below hold the Authorization header
            failure = self._explain(error, connection, deadline)
            if failure.kind is FailureKind.TIMEOUT and failure.sent:
                await self._close(self._clear())  # a network that forgot one connection may have forgotten them all
            return failure
        await self._close(self._keep(connection))
        return outcome

    async def _close(self, connections: list[Connection[httpx.AsyncHTTPTransport]]) -> None:
        for connection in connections:
            await connection.transport.aclose()

    async def close(self) -> None:
        """Close all connections."""
        if self._pid == os.getpid():
            self.check_loop()
            self._closed = True
            await self._close(self._clear())

    def abandon(self) -> None:
        """Close all connections from outside of the event loop."""
        for connection in self._clear():
            connection.hang_up()


@without_frames
def _transport_settings(base_url: str) -> dict[str, Any]:
    try:
        # Made once, because reading the certificates takes longer than a hundred calls. Without TLS there is nobody to
        # trust; a context that trusts nobody saves reading them.
        secure = urlsplit(base_url).scheme == "https"
        verify = httpx.create_ssl_context() if secure else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        proxy = proxy_for(base_url)
        if proxy is None:
            return {"verify": verify}
        own = httpx.create_ssl_context() if proxy.lower().startswith("https:") else None
    except OSError as error:
        raise unusable_settings(error) from None
    try:
        return {"verify": verify, "proxy": httpx.Proxy(proxy, ssl_context=own)}
    except (ValueError, httpx.InvalidURL):
        raise unusable_proxy(base_url) from None
