"""The default transport: httpx's transport, without httpx's client.

Sign-in, redirects, cookies, retries and the merging of URLs are the exchange's business, so the client layers of httpx
would only cost time and log whole URLs. This is the one module that imports httpx; httpx2, its continuation, has the
same names, and the tests run on both.
"""

from __future__ import annotations

import os
import ssl
import sys
import time
import warnings
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx

from heymarket._messages import FailureKind
from heymarket._transports.body import read, read_async
from heymarket._transports.deadlines import CONNECT_TIMEOUT, DeadlineBackend
from heymarket._transports.event_loop import OwnLoop
from heymarket._transports.exceptions import explain, is_trouble
from heymarket._transports.pool import KEPT, AsyncLanes, Lanes, Trip
from heymarket._transports.proxies import proxy_for, unusable_proxy, unusable_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket._messages import Request, Response, TransportFailure

_LIMITS = httpx.Limits(max_connections=1, keepalive_expiry=KEPT)  # of one lane


class HttpxTransport:
    """Sends over connections of its own; a forked child makes new ones."""

    def __init__(self, base_url: str) -> None:
        self._settings = _transport_settings(base_url)
        self._origin = _Origin(base_url)
        self._inherited: list[Any] = []
        self._open()

    def _open(self) -> None:
        try:
            self._transport = httpx.HTTPTransport(limits=_LIMITS, **self._settings)
        except (ImportError, OSError, ValueError) as error:
            raise unusable_settings(error) from None
        # httpx can be given neither a pool nor a network backend: hence the reach.
        pool: Any = self._transport._pool  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
        network = pool._network_backend  # noqa: SLF001 - as above
        self._lanes = Lanes(pool, lambda: DeadlineBackend(network))
        setattr(self._transport, "_pool", self._lanes)  # noqa: B010 - it does what a pool does, and has another type
        self._pid = os.getpid()

    def send(self, request: Request) -> Response | TransportFailure:
        """Send a request once."""
        if self._pid != os.getpid():
            self._inherited.append(self._lanes)  # never closed here: their other end talks to the parent
            self._open()
        deadline = time.monotonic() + request.timeout
        timeouts = {"connect": deadline, "read": deadline, "write": deadline, "pool": request.timeout}
        trip = Trip()
        try:
            response = self._transport.handle_request(self._origin.request(request, timeouts, trip))
            stream: Any = response.stream
            return read(response, stream)
        except BaseException as error:  # noqa: BLE001 - explained, or raised again
            if is_trouble(error):
                return _explain(error, trip, deadline)
            raise error.with_traceback(None) from None  # the frames below hold the Authorization header

    def close(self) -> None:
        """Close all connections."""
        if self._pid == os.getpid():
            self._transport.close()

    def __del__(self) -> None:
        _forgotten(self)


class AsyncHttpxTransport:
    """Sends over connections of its own, on the event loop that used it first."""

    def __init__(self, base_url: str) -> None:
        self._settings = _transport_settings(base_url)
        self._origin = _Origin(base_url)
        self._inherited: list[Any] = []
        self._loop = OwnLoop()
        self._open()

    def _open(self) -> None:
        from heymarket._transports.network import AsyncBackend  # noqa: PLC0415 - a synchronous program needs no asyncio

        try:
            self._transport = httpx.AsyncHTTPTransport(limits=_LIMITS, **self._settings)
        except (ImportError, OSError, ValueError) as error:
            raise unusable_settings(error) from None
        pool: Any = self._transport._pool  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] # as above
        self._lanes = AsyncLanes(pool, AsyncBackend)
        setattr(self._transport, "_pool", self._lanes)  # noqa: B010 - it does what a pool does, and has another type
        self._pid = os.getpid()

    async def send(self, request: Request) -> Response | TransportFailure:
        """Send a request once."""
        from asyncio import timeout  # noqa: PLC0415 - a synchronous program never needs asyncio

        if self._pid != os.getpid():
            self._inherited.append(self._lanes)  # never closed here: their event loop and other end are the parent's
            self._loop = OwnLoop()
            self._open()
        self._loop.check()
        deadline = time.monotonic() + request.timeout
        timeouts = {"connect": min(request.timeout, CONNECT_TIMEOUT), "read": None, "write": None, "pool": None}
        trip = Trip()
        try:
            async with timeout(request.timeout):
                response = await self._transport.handle_async_request(self._origin.request(request, timeouts, trip))
                stream: Any = response.stream
                return await read_async(response, stream)
        except BaseException as error:  # noqa: BLE001 - explained, or raised again
            if is_trouble(error):
                return _explain(error, trip, deadline)
            raise error.with_traceback(None) from None  # the frames below hold the Authorization header

    async def close(self) -> None:
        """Close all connections."""
        if self._pid == os.getpid():
            self._loop.check()
            await self._transport.aclose()

    def __del__(self) -> None:
        _forgotten(self)


def _explain(error: BaseException, trip: Trip, deadline: float) -> TransportFailure:
    """Why there is no answer; with what is known of how far the request got."""
    failure = explain(error)
    timed_out = failure.kind is FailureKind.TIMEOUT or "too long" in failure.reason
    if timed_out and trip.waited:
        return failure._replace(kind=FailureKind.TIMEOUT, reason="no connection was free in time", sent=False)
    if timed_out and not trip.left:
        # A call's own end counts as such, also when it comes while connecting.
        trouble = FailureKind.TIMEOUT if time.monotonic() > deadline - 0.01 else FailureKind.CONNECT
        return failure._replace(kind=trouble, reason="connecting took too long", sent=False)
    return failure


def _forgotten(transport: HttpxTransport | AsyncHttpxTransport) -> None:
    """Close what a client that nobody closed leaves behind, and say so once, to whoever wants to hear it."""
    lanes: Lanes | AsyncLanes | None = getattr(transport, "_lanes", None)
    if lanes is None or not len(lanes) or transport._pid != os.getpid() or sys.is_finalizing():  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] # its own
        return
    lanes.close()
    kind = "an AsyncHeymarket" if isinstance(transport, AsyncHttpxTransport) else "a Heymarket"
    warnings.warn(
        f"{kind} was not closed. Use it in a{'n async' if kind[1] == 'n' else ''} with block, or call its close().",
        ResourceWarning,
        stacklevel=2,
        source=transport,
    )


class _URL(httpx.URL):
    """A URL in the parts that the transport asks for; parsed for whoever asks for more, such as instrumentation.

    Parsing costs httpx more than all that is done here for a call.
    """

    def __init__(self, text: str, origin: _Origin) -> None:  # not that of httpx.URL, which would parse
        self._text = text
        self._origin = origin

    @property
    def raw_scheme(self) -> bytes:
        return self._origin.scheme

    @property
    def raw_host(self) -> bytes:
        return self._origin.host

    @property
    def port(self) -> int | None:
        return self._origin.port

    @property
    def raw_path(self) -> bytes:
        return self._text[self._origin.length :].encode("ascii")

    def __getattr__(self, name: str) -> Any:
        super().__init__(self._text)
        return object.__getattribute__(self, name)


class _Origin:
    """What all requests of a transport have in common."""

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        url = httpx.URL(base_url)
        self.url = url
        self.scheme, self.host, self.port = url.raw_scheme, url.raw_host, url.port
        self.header = ("Host", url.netloc.decode("ascii"))
        self.length = len(f"{parts.scheme}://{parts.netloc}")

    def request(self, send: Request, timeouts: Mapping[str, float | None], trip: Trip) -> httpx.Request:
        """A request for the transport. A stream is given, so that httpx adds no headers of its own."""
        headers = [self.header, *send.headers]
        if send.body is not None or send.method in {"POST", "PUT", "PATCH"}:
            headers.append(("Content-Length", str(len(send.body or b""))))
        request = httpx.Request(
            send.method,
            self.url,
            headers=headers,
            stream=httpx.ByteStream(send.body or b""),
            extensions={"timeout": timeouts, "trip": trip},
        )
        request.url = _URL(send.url, self)
        return request


def _transport_settings(base_url: str) -> dict[str, Any]:
    try:
        # Made once, because reading the certificates takes longer than a hundred calls. Without TLS there is nobody to
        # trust; a context that trusts nobody spares reading them.
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
        pass  # raised below, where the address, which may hold a password, is in no traceback
    del proxy
    raise unusable_proxy(base_url)
