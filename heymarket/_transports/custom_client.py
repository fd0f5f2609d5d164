"""The caller's own `http_client`: an `httpx` or `httpx2` client, used through its `send` and never closed here.

What it was built with (proxies, certificates, transports, event hooks) stays in force, but it follows no redirect, adds
no credentials, and sends no cookies. Three promises are weaker: httpx logs URLs at INFO; a server that drips *headers*
can outlast a synchronous call's timeout; and what it sends beyond a response is taken for the next one.
"""

from __future__ import annotations

import time
from typing import Any

from heymarket._messages import Headers, Request, Response, TransportFailure
from heymarket._transports.body import read, read_async
from heymarket._transports.exceptions import explain
from heymarket.errors import HeymarketError

_OPTIONS = {"stream": True, "auth": None, "follow_redirects": False}


class CustomClientTransport:
    """Sends through a caller's `httpx.Client`."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def send(self, request: Request) -> Response | TransportFailure:
        """Send a request once."""
        deadline = time.monotonic() + request.timeout
        try:
            response = self._client.send(_build(self._client, request, request.body), **_OPTIONS)
            return _whole(response, request) or read(response, response.iter_raw(), request.save_to, deadline)
        except BaseException as error:  # noqa: BLE001 - explained, or raised again
            return explain(error)

    def close(self) -> None:
        """Leave the client open: it is the caller's."""


class AsyncCustomClientTransport:
    """Sends through a caller's `httpx.AsyncClient`."""

    def __init__(self, client: Any) -> None:
        self._client = client

    async def send(self, request: Request) -> Response | TransportFailure:
        """Send a request once."""
        from asyncio import timeout

        content = request.body if isinstance(request.body, bytes | None) else aiter(request.body)
        try:
            async with timeout(request.timeout):
                response = await self._client.send(_build(self._client, request, content), **_OPTIONS)
                return _whole(response, request) or await read_async(response, response.aiter_raw(), request.save_to)
        except BaseException as error:  # noqa: BLE001 - explained, or raised again
            return explain(error)

    async def close(self) -> None:
        """Leave the client open: it is the caller's."""


def _whole(response: Any, request: Request) -> Response | None:
    """The response of a transport that has all of it already, as mocks do."""
    if not response.is_stream_consumed:
        return None
    content = response.content if request.save_to is None else request.save_to.take(response)
    return Response(response.status_code, Headers(response.headers.raw), content)


def _build(client: Any, request: Request, content: Any) -> Any:
    if client.is_closed:
        raise HeymarketError("The http_client given to this client is closed. Close it after its last call.")
    built = client.build_request(
        request.method, request.url, headers=request.headers, content=content, timeout=request.timeout
    )
    built.headers.pop("cookie", None)
    built.url = type(built.url)(request.url)  # the client's own params would replace the query
    return built
