"""The default transports: httpx's, around one connection each.

httpcore's pool slows down by the square of the calls that are under way, so each connection has an httpx transport, and
a stack holds the idle ones. Recorders, mocks and instrumentation hook into `handle_request` of httpx's transports and
httpcore's connections; both are called. httpx2, the continuation of httpx, has the same names.
"""

from __future__ import annotations

import os
import ssl
import sys
import threading
import time
import warnings
from typing import Any, ClassVar, cast
from urllib.parse import urlsplit

import httpx

from heymarket._messages import FailureKind, Request, Response, TransportFailure
from heymarket._redaction import without_frames
from heymarket._transports import exceptions
from heymarket._transports.body import read
from heymarket._transports.network import Connection
from heymarket._transports.proxies import proxy_for
from heymarket.errors import ConfigurationError

MAX_CONNECTIONS = 100
KEEP_IDLE = 30.0  # seconds


class Connections:
    """The connections of a client: a stack of idle ones, the one used last on top."""

    _kind: ClassVar[type[httpx.HTTPTransport | httpx.AsyncHTTPTransport]]
    _connection: type[Connection]
    _semaphore: Any

    @without_frames
    def __init__(self, base_url: str) -> None:
        self._idle: list[Connection] = []
        self._inherited: list[Connection] = []
        self._closed, self._pid = False, 0
        self._check_process()
        try:
            self._url = httpx.URL(base_url)
            self._netloc = self._url.netloc.decode("ascii")
            self._settings = _transport_settings(base_url)
            self._new()
        except (ImportError, OSError, ValueError, httpx.InvalidURL) as error:
            raise ConfigurationError(
                f"No connections can be made with these settings ({type(error).__name__}). Check the base URL, the "
                "proxy variables (http_proxy, https_proxy, all_proxy; socks needs httpx[socks]) and SSL_CERT_FILE."
            ) from None

    def __del__(self) -> None:
        if self._idle and self._pid == os.getpid() and not sys.is_finalizing():
            self._hang_up_all()
            warnings.warn("A client of Heymarket was not closed. Use a with block.", ResourceWarning, stacklevel=2)

    def _check_process(self) -> None:
        """Start without connections in a new process: a forked child never closes those of its parent."""
        if self._pid != os.getpid():
            self._pid, self._lock, self._permits = os.getpid(), threading.Lock(), self._semaphore(MAX_CONNECTIONS)
            self._inherited += self._idle
            self._idle.clear()

    def _new(self) -> Connection:
        return self._connection(self._kind(**self._settings), self._url)

    def _begin(self, request: Request, deadline: float, iterate: Any) -> tuple[Connection, httpx.Request]:
        """A connection, its deadline set, and the request for its transport, which reads a body by `iterate`."""
        with self._lock:
            while self._idle and self._idle[-1].core.has_expired():
                self._idle.pop().hang_up()
            kept = self._idle.pop() if self._idle else None
        connection = kept or self._new()
        connection.deadline = min(deadline, time.monotonic() + request.reuse_timeout) if kept else deadline
        connection.wrote = False
        headers, body = [("Host", self._netloc), *request.headers], request.body or b""
        # Of a stream, httpx makes no headers, which takes as long as all else here.
        source: Any = {"stream": httpx.ByteStream(body)} if isinstance(body, bytes) else {"content": iterate(body)}
        built = httpx.Request(request.method, self._url, headers=headers, **source)
        built.url = _LazyURL(request.url, self._url)  # parsing it would cost more than all else here
        return connection, built

    def _keep(self, connection: Connection) -> None:
        """Keep a connection if it can be used again, and close those that nobody needed for long."""
        if self._closed or not connection.can_be_used_again():
            connection.hang_up()
            return
        with self._lock:
            self._idle.append(connection)
            while len(self._idle) > 1 and self._idle[0].core.has_expired():
                self._idle.pop(0).hang_up()

    def _hang_up_all(self) -> None:
        with self._lock:
            while self._idle:
                self._idle.pop().hang_up()

    def abandon(self) -> None:
        """Close all connections, also from outside of the event loop."""
        self._check_process()
        self._closed = True
        self._hang_up_all()

    def _explain(self, error: BaseException, connection: Connection | None) -> TransportFailure:
        """Hang up, and say why there is no response and how far the request got."""
        if connection is not None:
            connection.hang_up()
        failure = exceptions.explain(error)
        if connection is None:
            return exceptions.NO_FREE_CONNECTION
        timed_out = failure in {exceptions.CONNECTING_TOOK_TOO_LONG, exceptions.RESPONSE_TOOK_TOO_LONG}
        if timed_out and connection.wrote:
            self._hang_up_all()  # a network that forgot one connection may have forgotten them all
        elif timed_out:
            kind = FailureKind.CONNECT if connection.connect_by < connection.deadline else FailureKind.TIMEOUT
            return TransportFailure(kind, exceptions.CONNECTING_TOOK_TOO_LONG.reason, sent=False)
        return failure


class HttpxTransport(Connections):
    """Sends over connections of its own."""

    _kind = httpx.HTTPTransport
    _connection = Connection
    _semaphore = threading.Semaphore
    close = Connections.abandon

    def send(self, request: Request) -> Response | TransportFailure:
        """Send a request once."""
        self._check_process()
        deadline, connection = time.monotonic() + request.timeout, None
        if not self._permits.acquire(timeout=request.timeout):
            return exceptions.NO_FREE_CONNECTION
        try:
            connection, built = self._begin(request, deadline, iter)
            response = connection.transport.handle_request(built)
            connection.deadline = deadline  # it is alive
            outcome = read(response, response.stream, request.save_to)
            self._keep(connection)
        except BaseException as error:  # noqa: BLE001 - explained, or raised again
            outcome = self._explain(error, connection)
        finally:
            self._permits.release()
        return outcome


class _LazyURL(httpx.URL):
    """A URL that knows the parts a transport asks for; parsed if anybody asks for more, as instrumentation does."""

    # Attributes in place of properties, which pyright takes for a mistake; only this class sets them.
    raw_scheme = raw_host = port = raw_path = cast("Any", None)  # pyright: ignore[reportIncompatibleMethodOverride]

    def __init__(self, text: str, base: httpx.URL) -> None:  # not that of httpx.URL, which parses
        self._text, path = text, text[text.index("/", 8) :].encode("ascii")
        vars(self).update(raw_scheme=base.raw_scheme, raw_host=base.raw_host, port=base.port, raw_path=path)

    def __getattr__(self, name: str) -> Any:
        super().__init__(self._text)
        return object.__getattribute__(self, name)


def _transport_settings(base_url: str) -> dict[str, Any]:
    # Reading the certificates takes longer than a hundred calls: it is done once, and never without TLS.
    secure = urlsplit(base_url).scheme == "https"
    verify = httpx.create_ssl_context() if secure else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    settings: dict[str, Any] = {"verify": verify, "limits": httpx.Limits(keepalive_expiry=KEEP_IDLE)}
    if proxy := proxy_for(base_url):
        own = httpx.create_ssl_context() if proxy.lower().startswith("https:") else None
        settings["proxy"] = httpx.Proxy(proxy, ssl_context=own)
    return settings
