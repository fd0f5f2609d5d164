"""The default engine: httpx's transport, without httpx's client.

Sign-in, redirects, cookies, retries and the merging of URLs are the exchange's business, so the client layers of httpx
would only cost time and log whole URLs. This is the one module that imports httpx; httpx2, its continuation, has the
same names, and the tests run on both.
"""

from __future__ import annotations

import os
import ssl
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from heymarket._engines._body import read, read_async
from heymarket._engines._deadlines import CONNECT_TIMEOUT, DeadlineBackend
from heymarket._engines._loop import OwnLoop
from heymarket._engines._trouble import explain, is_trouble
from heymarket.config import is_loopback
from heymarket.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket._wire import Answer, Failure, Send

_LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=100, keepalive_expiry=30.0)


class HttpxEngine:
    """Sends over a pool of connections of its own; a forked child gets a new pool."""

    def __init__(self, base_url: str) -> None:
        self._settings = _transport_settings(base_url)
        self._origin = _Origin(base_url)
        self._open()

    def _open(self) -> None:
        try:
            self._transport = httpx.HTTPTransport(limits=_LIMITS, **self._settings)
        except (ImportError, OSError, ValueError) as error:
            raise _unusable(error) from None
        # httpcore takes a network backend, httpx does not pass one on: hence the reach into the pool.
        pool: Any = self._transport._pool  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
        pool._network_backend = DeadlineBackend(pool._network_backend)  # noqa: SLF001
        self._pid = os.getpid()

    def send(self, request: Send) -> Answer | Failure:
        """Send a request once."""
        if self._pid != os.getpid():
            self._open()
        deadline = time.monotonic() + request.timeout
        timeouts = {"connect": deadline, "read": deadline, "write": deadline, "pool": request.timeout}
        try:
            response = self._transport.handle_request(self._origin.request(request, timeouts))
            stream: Any = response.stream
            return read(response, stream)
        except BaseException as error:  # noqa: BLE001 - explained, or raised again
            if is_trouble(error):
                return explain(error)
            raise error.with_traceback(None) from None  # the frames below hold the Authorization header

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()


class AsyncHttpxEngine:
    """Sends over a pool of connections of its own, on the event loop that used it first."""

    def __init__(self, base_url: str) -> None:
        self._settings = _transport_settings(base_url)
        self._origin = _Origin(base_url)
        self._loop = OwnLoop()
        self._open()

    def _open(self) -> None:
        try:
            self._transport = httpx.AsyncHTTPTransport(limits=_LIMITS, **self._settings)
        except (ImportError, OSError, ValueError) as error:
            raise _unusable(error) from None
        self._pid = os.getpid()

    async def send(self, request: Send) -> Answer | Failure:
        """Send a request once."""
        from asyncio import timeout  # noqa: PLC0415 - a synchronous program never needs asyncio

        if self._pid != os.getpid():
            self._open()
            self._loop = OwnLoop()
        self._loop.check()
        timeouts = {
            "connect": min(request.timeout, CONNECT_TIMEOUT),
            "read": None,
            "write": None,
            "pool": request.timeout * 0.98,  # earlier than the deadline, so that it is known that nothing was sent
        }
        try:
            async with timeout(request.timeout):
                response = await self._transport.handle_async_request(self._origin.request(request, timeouts))
                stream: Any = response.stream
                return await read_async(response, stream)
        except BaseException as error:  # noqa: BLE001 - explained, or raised again
            if is_trouble(error):
                return explain(error)
            raise error.with_traceback(None) from None  # the frames below hold the Authorization header

    async def close(self) -> None:
        """Close all connections."""
        self._loop.check()
        await self._transport.aclose()


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
    """What all requests of an engine have in common."""

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        url = httpx.URL(base_url)
        self.url = url
        self.scheme, self.host, self.port = url.raw_scheme, url.raw_host, url.port
        self.header = ("Host", url.netloc.decode("ascii"))
        self.length = len(f"{parts.scheme}://{parts.netloc}")

    def request(self, send: Send, timeouts: Mapping[str, float | None]) -> httpx.Request:
        """A request for the transport. A stream is given, so that httpx adds no headers of its own."""
        headers = [self.header, *send.headers]
        if send.body is not None or send.method in {"POST", "PUT", "PATCH"}:
            headers.append(("Content-Length", str(len(send.body or b""))))
        request = httpx.Request(
            send.method,
            self.url,
            headers=headers,
            stream=httpx.ByteStream(send.body or b""),
            extensions={"timeout": timeouts},
        )
        request.url = _URL(send.url, self)
        return request


def _unusable(error: Exception) -> ConfigurationError:
    return ConfigurationError(
        f"No connections can be made with these settings ({type(error).__name__}). Check the base URL, the proxy "
        "variables (http_proxy, https_proxy, all_proxy; socks needs httpx[socks]) and SSL_CERT_FILE."
    )


def _transport_settings(base_url: str) -> dict[str, Any]:
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    # Without TLS there is nobody to trust; a context that trusts nobody spares reading the certificates.
    verify: Any = True if parts.scheme == "https" else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    proxies = {} if is_loopback(host) or proxy_bypass(parts.netloc) else getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if proxy is None:
        return {"verify": verify}
    try:
        return {"verify": verify, "proxy": httpx.Proxy(proxy if "://" in proxy else f"http://{proxy}")}
    except (ValueError, httpx.InvalidURL):
        pass  # raised below, where the address, which may hold a password, is in no traceback
    del proxy, proxies
    raise ConfigurationError(f"The proxy address in {parts.scheme}_proxy or all_proxy can't be used. Mend it.")
