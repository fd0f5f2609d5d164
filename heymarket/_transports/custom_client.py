"""The caller's own `http_client`: an `httpx` or `httpx2` client, used through its `send` and never closed here.

Whatever it was built with (proxies, certificates, transports, event hooks) stays in force, except what would break a
promise: it follows no redirect, adds no credentials of its own, and sends no cookies. Three promises are weaker: httpx
logs the URLs of its clients' calls at INFO; its read timeout starts anew with every byte, so that between two bytes of
the *headers* a synchronous call can take longer than it was given (the body is watched); and httpcore takes what a
server sends beyond an answer for the next call's answer.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from heymarket._messages import Headers, Response
from heymarket._transports import LoopBound
from heymarket._transports.body import read, read_async
from heymarket._transports.exceptions import explain, is_transport_error
from heymarket.errors import HeymarketError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from heymarket._messages import Request, TransportFailure


class CustomClientTransport:
    """Sends through a caller's `httpx.Client`."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def send(self, request: Request) -> Response | TransportFailure:
        """Send a request once."""
        deadline = time.monotonic() + request.timeout
        try:
            response = self._client.send(_build(self._client, request), stream=True, auth=None, follow_redirects=False)
            if response.is_stream_consumed:
                return _ready(response)
            return read(response, _until(deadline, response.iter_raw()))
        except BaseException as error:  # noqa: BLE001 - explained, or raised again
            if is_transport_error(error):
                return explain(error)
            raise error.with_traceback(None) from None  # the frames below hold the Authorization header

    def close(self) -> None:
        """Leave the client open: it is the caller's."""


class AsyncCustomClientTransport(LoopBound):
    """Sends through a caller's `httpx.AsyncClient`."""

    def __init__(self, client: Any) -> None:
        self._client = client

    async def send(self, request: Request) -> Response | TransportFailure:
        """Send a request once."""
        from asyncio import timeout

        self.check_loop()
        try:
            async with timeout(request.timeout):
                response = await self._client.send(
                    _build(self._client, request), stream=True, auth=None, follow_redirects=False
                )
                if response.is_stream_consumed:
                    return _ready(response)
                return await read_async(response, response.aiter_raw())
        except BaseException as error:  # noqa: BLE001 - explained, or raised again
            if is_transport_error(error):
                return explain(error)
            raise error.with_traceback(None) from None  # the frames below hold the Authorization header

    async def close(self) -> None:
        """Leave the client open: it is the caller's."""


def _ready(response: Any) -> Response:
    """The answer of a transport that has it whole already, as mocks do."""
    return Response(response.status_code, Headers(response.headers.raw), response.content)


def _until(deadline: float, chunks: Iterable[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        if time.monotonic() > deadline:
            raise TimeoutError
        yield chunk


def _build(client: Any, request: Request) -> Any:
    if client.is_closed:
        raise HeymarketError("The http_client given to this client is closed. Close it after its last call.")
    built = client.build_request(
        request.method, request.url, headers=request.headers, content=request.body, timeout=request.timeout
    )
    built.headers.pop("cookie", None)
    built.url = type(built.url)(request.url)  # the client's own params would replace the query
    return built
