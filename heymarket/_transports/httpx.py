"""The default transports: httpx's, around one connection each.

httpcore's pool slows down by the square of the calls that are under way, so each connection is an httpx transport of
its own, and a stack holds the idle ones. Sign-in, redirects, cookies and retries are ours already, so httpx's client is
left out: it would only cost time and log whole URLs. This is the one module that imports httpx; httpx2, its
continuation, has the same names, and the tests run on both. Recorders, mocks and instrumentation hook into
`handle_request` of httpx's transports and of httpcore's connections, which are both called.

Two private names are needed, and a test holds them: `_pool` of a transport, and `_network_backend` of that pool.
"""

from __future__ import annotations

import os
import ssl
import sys
import threading
import time
import warnings
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast
from urllib.parse import urlsplit
from weakref import finalize

import h11
import httpx

from heymarket._messages import FailureKind, TransportFailure
from heymarket._redaction import cleaned, without_frames
from heymarket._transports.body import read, read_async
from heymarket._transports.exceptions import explain, is_transport_error
from heymarket._transports.network import Network, Resolver
from heymarket._transports.proxies import proxy_for
from heymarket.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable

    from heymarket._messages import Request, Response
    from heymarket._transports.async_network import AsyncNetwork

MAX_CONNECTIONS = 100
"""Connections at once."""

KEEP_IDLE = 30.0
"""Seconds that an idle connection is kept."""

TransportT = TypeVar("TransportT", httpx.HTTPTransport, httpx.AsyncHTTPTransport)

_NO_FREE_CONNECTION = TransportFailure(FailureKind.TIMEOUT, "no connection was free in time", sent=False)


class Connection(Generic[TransportT]):
    """An httpx transport around one connection of httpcore."""

    def __init__(self, transport: TransportT, network: type[Any], resolver: Resolver, url: httpx.URL) -> None:
        pool: Any = transport._pool  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] # there is no public way
        self.network: Any = network(pool._network_backend, resolver)  # noqa: SLF001 - as above
        pool._network_backend = self.network  # noqa: SLF001 - as above
        httpcore = sys.modules[type(pool).__module__.partition(".")[0]]  # or httpcore2
        port = url.port or (443 if url.scheme == "https" else 80)
        self.core: Any = pool.create_connection(httpcore.Origin(url.raw_scheme, url.raw_host, port))
        setattr(transport, "_pool", self.core)  # noqa: B010 - it does what a pool does, and has another type
        self.transport: TransportT = transport
        self.idle_since = 0.0
        self._protocols: list[h11.Connection] = []

    def can_be_used_again(self) -> bool:
        """Whether it is open, and the next response will be the next request's.

        httpcore keeps a connection on which more arrived than its response was long, and takes that for the next one.
        """
        self._protocols = self._protocols or _protocols_below(self.core)
        return self.core.is_idle() and not any(protocol.trailing_data[0] for protocol in self._protocols)

    def hang_up(self) -> None:
        """Close the connection, without awaiting anything."""
        if isinstance(self.transport, httpx.HTTPTransport):
            self.transport.close()
        else:
            self.network.hang_up()


def _protocols_below(connection: Any) -> list[h11.Connection]:
    """The state of the HTTP protocol, which httpcore's connections hold some levels down."""
    values: list[Any] = list(cast("dict[str, Any]", vars(connection)).values())
    deeper = [protocol for value in values if hasattr(value, "is_idle") for protocol in _protocols_below(value)]
    return [value for value in values if isinstance(value, h11.Connection)] + deeper


class _Connections(Generic[TransportT]):
    """The connections of a client: a stack of idle ones, the one used last on top."""

    _kind: type[TransportT]
    _network: type[Network | AsyncNetwork]
    _unclosed: ClassVar[str]

    @without_frames
    def __init__(self, base_url: str) -> None:
        self._url = httpx.URL(base_url)
        self._netloc = self._url.netloc.decode("ascii")
        self._resolver = Resolver()
        self._idle: list[Connection[TransportT]] = []
        self._inherited: list[Connection[TransportT]] = []
        self._lock = threading.Lock()
        self._closed = False
        self._pid = os.getpid()
        self._finalizer: finalize[..., Any] = finalize(self, _close_forgotten, self._idle, self._pid, self._unclosed)
        self._finalizer.atexit = False
        try:
            self._settings = _transport_settings(base_url)
            self._new()
        except (ImportError, OSError, ValueError, httpx.InvalidURL) as error:
            raise ConfigurationError(
                f"No connections can be made with these settings ({type(error).__name__}). Check the base URL, the "
                "proxy variables (http_proxy, https_proxy, all_proxy; socks needs httpx[socks]) and SSL_CERT_FILE."
            ) from None

    def __len__(self) -> int:
        return len(self._idle)

    def _new(self) -> Connection[TransportT]:
        transport = self._kind(limits=httpx.Limits(keepalive_expiry=KEEP_IDLE), **self._settings)
        return Connection(transport, self._network, self._resolver, self._url)

    def _begin(self, request: Request, deadline: float) -> tuple[Connection[TransportT], httpx.Request]:
        """A connection, its deadline set, and the request for its transport."""
        connection, timeout = self._take(), deadline - time.monotonic()
        if connection is None:
            connection = self._new()
        else:
            timeout = min(timeout, request.reuse_timeout)
        connection.network.wrote = False
        connection.network.deadline = time.monotonic() + timeout
        # The network backends keep the deadline; these timeouts are for those who look at the request.
        extensions = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), timeout)}
        headers = [("Host", self._netloc), *request.headers]
        if request.body is not None or request.method in {"POST", "PUT", "PATCH"}:
            headers.append(("Content-Length", str(len(request.body or b""))))
        body = httpx.ByteStream(request.body or b"")  # with a stream, httpx adds no headers of its own
        built = httpx.Request(request.method, self._url, headers=headers, stream=body, extensions=extensions)
        built.url = _LazyURL(request.url, self._url)  # parsing it would cost more than all else here
        return connection, built

    def _take(self) -> Connection[TransportT] | None:
        with self._lock:
            while self._idle:
                connection = self._idle.pop()
                if not connection.core.has_expired():
                    return connection
                connection.hang_up()
        return None

    def _keep(self, connection: Connection[TransportT]) -> None:
        """Keep a connection if it can be used again, and close those that nobody needed for long."""
        if self._closed or not connection.can_be_used_again():
            connection.hang_up()
            return
        connection.idle_since = now = time.monotonic()
        with self._lock:
            self._idle.append(connection)
            while self._idle[0].idle_since < now - KEEP_IDLE:
                self._idle.pop(0).hang_up()

    def _hang_up_all(self) -> None:
        with self._lock:
            while self._idle:
                self._idle.pop().hang_up()

    def _is_inherited(self) -> bool:
        """Whether this process was forked since; its parent's connections are never closed here."""
        if self._pid == os.getpid():
            return False
        self._pid, self._lock = os.getpid(), threading.Lock()
        self._inherited += self._idle
        self._idle.clear()
        return True

    def _explain(self, error: BaseException, connection: Connection[TransportT], deadline: float) -> TransportFailure:
        """Hang up, and say why there is no response and how far the request got."""
        connection.hang_up()
        if not is_transport_error(error):
            raise cleaned(error) from None  # the frames below hold the Authorization header
        failure = explain(error)
        timed_out = failure.kind is FailureKind.TIMEOUT or "too long" in failure.reason
        if timed_out and connection.network.wrote:
            self._hang_up_all()  # a network that forgot one connection may have forgotten them all
        elif timed_out:
            # The end of the whole call counts as such, even when it comes while connecting.
            kind = FailureKind.TIMEOUT if time.monotonic() > deadline - 0.01 else FailureKind.CONNECT
            return TransportFailure(kind, "connecting took too long", sent=False)
        return failure


def _close_forgotten(idle: list[Connection[Any]], pid: int, client: str) -> None:
    if not idle or pid != os.getpid():
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
            connection, built = self._begin(request, deadline)
            try:
                response = connection.transport.handle_request(built)
                outcome = read(response, cast("Iterable[bytes]", response.stream))
            except BaseException as error:  # noqa: BLE001 - explained, or raised again
                return self._explain(error, connection, deadline)
            self._keep(connection)
            return outcome
        finally:
            self._permits.release()

    def close(self) -> None:
        """Close all connections."""
        if self._pid == os.getpid():
            self._closed = True
            self._hang_up_all()


class AsyncHttpxTransport(_Connections[httpx.AsyncHTTPTransport]):
    """Sends over connections of its own."""

    _kind = httpx.AsyncHTTPTransport
    _unclosed = "an AsyncHeymarket was not closed. Use it in an async with"

    def __init__(self, base_url: str) -> None:
        import asyncio

        from heymarket._transports.async_network import AsyncNetwork

        self._asyncio, self._network = asyncio, AsyncNetwork
        super().__init__(base_url)
        self._permits = asyncio.Semaphore(MAX_CONNECTIONS)

    async def send(self, request: Request) -> Response | TransportFailure:
        """Send a request once."""
        if self._is_inherited():
            self._permits = self._asyncio.Semaphore(MAX_CONNECTIONS)
        deadline = time.monotonic() + request.timeout
        try:
            async with self._asyncio.timeout(request.timeout if self._permits.locked() else None):
                await self._permits.acquire()
        except TimeoutError:
            return _NO_FREE_CONNECTION
        try:
            connection, built = self._begin(request, deadline)
            try:
                async with self._asyncio.timeout(connection.network.deadline - time.monotonic()):
                    response = await connection.transport.handle_async_request(built)
                    outcome = await read_async(response, cast("AsyncIterable[bytes]", response.stream))
            except BaseException as error:  # noqa: BLE001 - explained, or raised again
                return self._explain(error, connection, deadline)
            self._keep(connection)
            return outcome
        finally:
            self._permits.release()

    async def close(self) -> None:
        """Close all connections."""
        if self._pid == os.getpid():
            self.abandon()
            await self._asyncio.sleep(0)  # for the event loop to do its part

    def abandon(self) -> None:
        """Close all connections, also from outside of the event loop."""
        self._closed = True
        self._hang_up_all()


class _LazyURL(httpx.URL):
    """A URL that knows the parts a transport asks for; parsed if anybody asks for more, as instrumentation does."""

    def __init__(self, text: str, base: httpx.URL) -> None:  # not that of httpx.URL, which parses
        self._text, self._base = text, base

    @property
    def raw_scheme(self) -> bytes:
        return self._base.raw_scheme

    @property
    def raw_host(self) -> bytes:
        return self._base.raw_host

    @property
    def port(self) -> int | None:
        return self._base.port

    @property
    def raw_path(self) -> bytes:
        return self._text[self._text.index("/", 8) :].encode("ascii")

    def __getattr__(self, name: str) -> Any:
        super().__init__(self._text)
        return object.__getattribute__(self, name)


def _transport_settings(base_url: str) -> dict[str, Any]:
    # The context is made once, because reading the certificates takes longer than a hundred calls. Without TLS there is
    # nobody to trust; a context that trusts nobody saves reading them.
    secure = urlsplit(base_url).scheme == "https"
    verify = httpx.create_ssl_context() if secure else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    proxy = proxy_for(base_url)
    if proxy is None:
        return {"verify": verify}
    own = httpx.create_ssl_context() if proxy.lower().startswith("https:") else None
    return {"verify": verify, "proxy": httpx.Proxy(proxy, ssl_context=own)}
