"""The fast engine: straight on pyreqwest, a client written in Rust. The one module that imports it.

It keeps the promises of every engine. What differs from the default engine:

- Certificates: those of the machine, and certifi's; `SSL_CERT_FILE` and `SSL_CERT_DIR` take their place.
- The request of a call that is interrupted or cancelled before its answer begins stays on its connection until the call
  would have ended: pyreqwest can't withdraw it.
- When time runs out it isn't known whether the request had left, so the outcome of a write counts as unknown.
- At most 100 calls are under way at once, as ever; beside their connections a few idle ones may be open.
- More than 100 headers in an answer are an answer that can't be read.
- pyreqwest can't be used in a process that was forked from one that has used it. There the default engine steps in.
"""

from __future__ import annotations

import atexit
import os
import sys
import threading
import time
import warnings
from asyncio import Semaphore, timeout
from contextlib import suppress
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from pyreqwest import exceptions
from pyreqwest.client import ClientBuilder
from pyreqwest.proxy import ProxyBuilder

from heymarket._engines._body import BodyReader
from heymarket._engines._deadlines import CONNECT_TIMEOUT
from heymarket._engines._drive import drive
from heymarket._engines._lanes import KEPT, MOST
from heymarket._engines._loop import OwnLoop
from heymarket._engines._proxies import SCHEMES, proxy_for, unusable_proxy, unusable_settings
from heymarket._wire import Answer, Failure, Headers, Trouble

if TYPE_CHECKING:
    from pyreqwest.client import Client

    from heymarket._engines import AsyncEngine, Engine
    from heymarket._wire import Send

EngineT = TypeVar("EngineT")

_READ_AHEAD = 65536  # bytes that are read before they are asked for
_PIECE = 1 << 18  # bytes that are read at once
_NO_FREE = Failure(Trouble.TIMEOUT, "no connection was free in time", sent=False)
_TOO_LONG = Failure(Trouble.TIMEOUT, "the answer took too long", sent=True)


class FastEngine:
    """Sends for `Heymarket`."""

    def __init__(self, base_url: str) -> None:
        self._core = _Core(base_url)
        self._permits = threading.Semaphore(MOST)
        self._instead: Engine | None = None

    def send(self, request: Send) -> Answer | Failure:
        """Send a request once."""
        core = self._core
        if core.pid != os.getpid() or core.client is None:
            self._start()
        if self._instead is not None:
            return self._instead.send(request)
        until = time.monotonic() + request.timeout
        if not self._permits.acquire(timeout=request.timeout):
            return _NO_FREE
        try:
            left = until - time.monotonic()
            return drive(core.send(request, left), left + 0.2) if left > 0 else _NO_FREE
        except TimeoutError:
            return _TOO_LONG
        except BaseException as error:  # noqa: BLE001 - raised again
            raise error.with_traceback(None) from None  # the frames below hold the Authorization header
        finally:
            self._permits.release()

    def _start(self) -> None:
        if self._core.pid != os.getpid():
            self._permits = threading.Semaphore(MOST)  # calls of the parent hold those there were
        if not self._core.start() and self._instead is None:
            from heymarket._engines._httpx import HttpxEngine  # noqa: PLC0415 - needed in a forked child only

            self._instead = HttpxEngine(self._core.base_url)

    def close(self) -> None:
        """Close all connections."""
        if self._instead is not None:
            self._instead.close()
        client = self._core.take()
        if client is not None:
            drive(client.close(), CONNECT_TIMEOUT)

    def __del__(self) -> None:
        _forgotten(self, "a Heymarket was not closed. Use it in a with block, or call its close().")


class AsyncFastEngine:
    """Sends for `AsyncHeymarket`."""

    def __init__(self, base_url: str) -> None:
        self._core = _Core(base_url)
        self._permits = Semaphore(MOST)
        self._loop = OwnLoop()
        self._instead: AsyncEngine | None = None

    async def send(self, request: Send) -> Answer | Failure:
        """Send a request once."""
        core = self._core
        if core.pid != os.getpid() or core.client is None:
            self._start()
        if self._instead is not None:
            return await self._instead.send(request)
        self._loop.check()
        left = request.timeout
        if self._permits.locked():
            began = time.monotonic()
            try:
                async with timeout(left):
                    await self._permits.acquire()
            except TimeoutError:
                return _NO_FREE
            left = max(left - (time.monotonic() - began), 0.001)
        else:
            await self._permits.acquire()
        try:
            return await core.send(request, left)
        except BaseException as error:  # noqa: BLE001 - raised again
            raise error.with_traceback(None) from None  # the frames below hold the Authorization header
        finally:
            self._permits.release()

    def _start(self) -> None:
        if self._core.pid != os.getpid():
            self._permits, self._loop = Semaphore(MOST), OwnLoop()  # those there were are the parent's
        if not self._core.start() and self._instead is None:
            from heymarket._engines._httpx import AsyncHttpxEngine  # noqa: PLC0415 - needed in a forked child only

            self._instead = AsyncHttpxEngine(self._core.base_url)

    async def close(self) -> None:
        """Close all connections."""
        if self._instead is not None:
            await self._instead.close()
        client = self._core.take()
        if client is not None:
            self._loop.check()
            await client.close()

    def __del__(self) -> None:
        _forgotten(self, "an AsyncHeymarket was not closed. Use it in an async with block, or await its close().")


class _Core:
    """One pyreqwest client and how a request is sent with it; made when first needed, so that a server may fork first.

    Attributes:
        base_url: Where the service is.
        client: The client, when it is made.
        pid: The process that it belongs to.
    """

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.client: Client | None = None
        self.pid = os.getpid()
        self._lock = threading.Lock()
        self._inherited: list[Any] = []
        _configured(base_url)  # so that what is wrong with the settings shows at once

    def start(self) -> bool:
        """Make the client, unless pyreqwest can't be used in this process.

        Raises:
            ConfigurationError: The settings can't be used.
        """
        if self.pid != os.getpid():
            self.pid = os.getpid()
            self._lock = threading.Lock()
            self._inherited.append(self.client)  # never closed here: what runs it is the parent's
            self.client = None
        with self._lock:
            if self.client is None:
                try:
                    self.client = _configured(self.base_url).build()
                    _settle_at_exit()
                except exceptions.BuilderError as error:
                    raise unusable_settings(error) from None
                except RuntimeError:
                    return False
        return True

    def take(self) -> Client | None:
        """The client, to be closed: dropping the last reference is what closes its idle connections."""
        if self.pid != os.getpid():
            return None
        client, self.client = self.client, None
        return client

    async def send(self, request: Send, seconds: float) -> Answer | Failure:
        """Send a request once, within so many seconds."""
        assert self.client is not None  # noqa: S101 - the engines start first
        builder = self.client.request(request.method, request.url).headers(request.headers)
        if request.body is not None:
            builder = builder.body_bytes(request.body)
        elif request.method in {"POST", "PUT", "PATCH"}:
            builder = builder.header("Content-Length", "0")
        built = builder.timeout(timedelta(seconds=seconds)).streamed_read_buffer_limit(_READ_AHEAD).build_streamed()
        del builder
        try:
            async with built as response:
                status, headers = response.status, _headers(response)
                chunks = response.body_reader
                if _is_short(headers):
                    content = bytes(await chunks.bytes())
                    if "content-encoding" not in headers:  # as ever; the rest of this is for the others
                        return Answer(status, headers, content)
                    body = BodyReader(headers)
                    body.feed(content)
                else:
                    body = BodyReader(headers)
                    while (chunk := await chunks.read(_PIECE)) is not None and body.feed(bytes(chunk)):
                        pass
        except exceptions.RequestError as error:
            return _explain(error)
        return body.conclude(status, headers)


def _is_short(headers: Headers) -> bool:
    """Whether a body is so short that it can be read at once. It can't be longer than it says."""
    length = headers.get("content-length", "")
    return length.isdecimal() and len(length) < 8 and int(length) <= _PIECE


def _headers(response: Any) -> Headers:
    try:
        return Headers.of(list(response.headers.items()))
    except ValueError:
        pass  # a value that isn't ASCII can't be had; the others can
    readable: list[tuple[str, str]] = []
    for name in dict.fromkeys(response.headers.keys()):
        try:
            readable += [(name, value) for value in response.get_header_all(name)]
        except ValueError:
            continue
    return Headers.of(readable)


def _configured(base_url: str) -> ClientBuilder:
    builder = (
        ClientBuilder()
        .gzip(enable=False)  # asked for and undone here, no further than the cap
        .brotli(enable=False)
        .zstd(enable=False)
        .deflate(enable=False)
        .follow_redirects(enable=False)
        .referer(enable=False)
        .default_cookie_store(enable=False)
        .http1_only()
        .connect_timeout(timedelta(seconds=CONNECT_TIMEOUT))
        .pool_idle_timeout(timedelta(seconds=KEPT))
        .pool_max_idle_per_host(MOST)
        .no_proxy()  # pyreqwest's own reading of the environment differs
    )
    try:
        if urlsplit(base_url).scheme == "https":
            builder = _trusting(builder)
    except OSError as error:
        raise unusable_settings(error) from None
    proxy = proxy_for(base_url)
    if proxy is None:
        return builder
    if proxy.partition("://")[0].lower() in SCHEMES:
        try:
            return builder.proxy(ProxyBuilder.all(proxy))
        except ValueError:
            pass  # raised below, where the address, which may hold a password, is in no traceback
    del proxy
    raise unusable_proxy(base_url)


def _trusting(builder: ClientBuilder) -> ClientBuilder:
    if path := os.environ.get("SSL_CERT_FILE"):
        with Path(path).open("rb"):  # pyreqwest would pass over a file that isn't there
            return builder
    if os.environ.get("SSL_CERT_DIR"):
        return builder
    import certifi  # noqa: PLC0415 - comes with httpx; not needed without TLS

    return builder.add_root_certificate_pem(Path(certifi.where()).read_bytes())


def _explain(error: exceptions.RequestError) -> Failure:
    """Why there is no answer.

    By the causes that reqwest names: pyreqwest's classes call whatever happened before the answer began an error of
    connecting.
    """
    causes = [cause["message"] for cause in error.details["causes"] or ()]
    sent = "client error (Connect)" not in causes
    if isinstance(error, exceptions.RequestTimeoutError):
        return _TOO_LONG if sent else Failure(Trouble.CONNECT, "connecting took too long", sent=False)
    if sent:
        return Failure(Trouble.LOST, "the connection broke before the answer was whole", sent=True)
    text = "\n".join(causes)
    if (found := text.partition("invalid peer certificate: ")[2]) != "":
        return Failure(Trouble.TLS, f"the certificate was not trusted: {found.splitlines()[0]}", sent=False)
    if "dns error" in causes:
        return Failure(Trouble.CONNECT, "the host name could not be found", sent=False)
    if any(sign in text for sign in ("received fatal alert", "received corrupt message", "peer ", "tls handshake")):
        return Failure(Trouble.TLS, "no secure connection could be agreed on", sent=False)
    if "Connection refused" in text:
        return Failure(Trouble.CONNECT, "the connection was refused", sent=False)
    return Failure(Trouble.CONNECT, "no connection was made", sent=False)


@cache
def _settle_at_exit() -> None:
    atexit.register(_settle, os.getpid())


def _settle(pid: int) -> None:
    """Let pyreqwest's thread finish what it does in Python, before Python ends.

    It may be about to come back from waking an event loop; before Python 3.14, a thread that comes back when Python is
    ending is killed, and Rust aborts the process over that. The thread does one thing after the other, so it is done
    with everything when it has done one thing more, for which nothing is sent.
    """
    if pid != os.getpid():
        return
    with suppress(Exception):
        client = ClientBuilder().no_proxy().https_only(enable=True).build()
        with suppress(exceptions.PyreqwestError):
            drive(_send(client), 1.0)
        time.sleep(0.001)  # and back out of Python


async def _send(client: Client) -> None:
    await client.get("http://127.0.0.1").build().send()  # refused by `https_only`


def _forgotten(engine: FastEngine | AsyncFastEngine, message: str) -> None:
    """Say once that a client was not closed; its connections close themselves."""
    core: _Core | None = getattr(engine, "_core", None)
    if core is None or sys.is_finalizing() or core.take() is None:
        return
    warnings.warn(message, ResourceWarning, stacklevel=2, source=engine)
