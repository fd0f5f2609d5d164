"""HTTP client for webhooks: one POST, and its response, or why there is none.

It goes straight to the host that was named, past proxies, and follows no redirect. It is made on an event loop of its
own, because such a call can be cancelled from any thread and at any time: an emulator that ends doesn't wait for a
receiver that hangs.
"""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
import threading
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from attrs import frozen

from heymarket import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import httpx

__all__ = ["HEADERS", "DeliveryCancelled", "NoResponse", "WebhookClient", "WebhookResponse", "find_obstacle"]

HEADERS: Mapping[str, str] = {
    "Content-Type": "application/json",
    "Connection": "close",
    "User-Agent": f"heymarket-emulator/{__version__}",
    "X-Emulator": __version__,
}
"""What every delivery carries, besides `Host` and `Content-Length`."""

TIMEOUT = 5.0
"""Seconds until the headers of the response, in real time."""

_TO_CONNECT = 1.0
_PORTS = {"http": 80, "https": 443}
_BODY_KEPT = 4096
_TO_THE_END = 1.0  # seconds for the rest of the response; a receiver may not like it to be cut


@frozen
class WebhookResponse:
    """What a receiver said.

    Attributes:
        status: The status.
        headers: The headers.
        body: The first 4 KiB of the body, or as much as came in time.
    """

    status: int
    headers: Sequence[tuple[bytes, bytes]]
    body: bytes


class NoResponse(Exception):  # noqa: N818 - an outcome, not a mistake
    """There was no response. The message says why; it doesn't name the receiver."""


class DeliveryCancelled(Exception):  # noqa: N818 - an outcome, not a mistake
    """The call was cancelled."""


class WebhookClient:
    """A client that makes one call at a time. `cancel` and `close` may be called from any thread.

    Attributes:
        cancelled: How often calls were cancelled.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: tuple[asyncio.AbstractEventLoop, asyncio.Task[WebhookResponse]] | None = None
        self._closed = False
        self.cancelled: int = 0

    def post(self, url: str, body: bytes, cancelled: int) -> WebhookResponse:
        """The response.

        Args:
            url: An `http` or `https` URL.
            body: JSON.
            cancelled: `cancelled` when it was decided to make this call: later ones call it off before it begins.

        Raises:
            NoResponse: There was no response in time, or none in HTTP.
            DeliveryCancelled: The call was cancelled.
        """
        import httpx  # slow to import, and most emulators have no webhook

        try:
            return asyncio.run(self._posted(url, body, cancelled))
        except asyncio.CancelledError:
            raise DeliveryCancelled from None
        except (TimeoutError, httpx.TimeoutException):
            raise NoResponse(f"no response within {TIMEOUT:g} s") from None
        except httpx.TransportError as error:
            raise NoResponse(_explained(error)) from None

    def cancel(self) -> None:
        """Give up the call that is being made, or about to be made, if there is one."""
        with self._lock:
            self.cancelled += 1
            if self._running:
                loop, task = self._running
                loop.call_soon_threadsafe(task.cancel)

    def close(self) -> None:
        """Give up the call that is being made, and make no more."""
        with self._lock:
            self._closed = True
        self.cancel()

    async def _posted(self, url: str, body: bytes, cancelled: int) -> WebhookResponse:
        task = asyncio.current_task()
        with self._lock:
            if self._closed or task is None or cancelled != self.cancelled:
                raise asyncio.CancelledError
            self._running = asyncio.get_running_loop(), task
        try:
            return await _post(url, body)
        finally:
            with self._lock:
                self._running = None


def find_obstacle(url: str) -> str | None:
    """Why nobody can be reached there now; `None` if somebody listens.

    Args:
        url: An `http` or `https` URL.
    """
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or _PORTS[parts.scheme]), _TO_CONNECT):
            return None
    except TimeoutError:
        return f"no connection within {_TO_CONNECT:g} s"
    except socket.gaierror:
        return "the name is not known"
    except OSError as error:
        return _explained(error)


async def _post(url: str, body: bytes) -> WebhookResponse:
    import httpx

    request = httpx.Request("POST", url, headers=HEADERS, content=body)
    kept = bytearray()
    # The transport alone: a client would look for proxies, keep cookies and log the URL.
    async with httpx.AsyncHTTPTransport(verify=_trusted()) as transport:
        async with asyncio.timeout(TIMEOUT):
            response = await transport.handle_async_request(request)
        with suppress(TimeoutError, httpx.TransportError):
            async with asyncio.timeout(_TO_THE_END):
                await _read_to_the_end(response, kept)
        return WebhookResponse(response.status_code, response.headers.raw, bytes(kept[:_BODY_KEPT]))


async def _read_to_the_end(response: httpx.Response, kept: bytearray) -> None:
    try:
        async for part in response.aiter_raw():
            if len(kept) < _BODY_KEPT:
                kept += part
    finally:
        await response.aclose()


@cache
def _trusted() -> ssl.SSLContext:
    """What TLS trusts; reading it takes longer than a delivery."""
    import httpx

    return httpx.create_ssl_context()


def _explained(error: BaseException) -> str:
    """Why there was no response, without the address that error messages name."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLError):
            return f"TLS failed: {cause.reason or 'unknown'}"
        if isinstance(cause, OSError) and cause.errno and cause.errno > 0:
            return f"no connection: {os.strerror(cause.errno)}"
    name = type(error).__name__
    return {
        "ConnectError": "no connection",
        "LocalProtocolError": "the URL can't be sent to",
        "ReadError": "the connection ended before a response",
        "RemoteProtocolError": "the response is not HTTP, or none came",
    }.get(name, name)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what led to it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
