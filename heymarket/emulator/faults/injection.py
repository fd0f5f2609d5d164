"""Injection of faults into the response of a call, and into its connection."""

from __future__ import annotations

import asyncio
import json
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, JSONResponse, Response

from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from collections.abc import Generator

    from starlette.types import Receive, Scope, Send

    from heymarket.emulator.faults.connection import BreakableConnection
    from heymarket.emulator.faults.rules import Fault

__all__ = ["corrupt", "delay", "replace_response", "send_response"]

_PLANNED = "planned: a fault asked for this"
_HTML = (
    "<!doctype html>\n<title>502 Bad Gateway</title>\n<h1>502 Bad Gateway</h1>\n<p>A page of a proxy, by a fault.</p>\n"
)


def replace_response(fault: Fault) -> Response | None:
    """The response of a call that does nothing, if the fault is about that.

    Raises:
        APIErrorResponse: It is an error.
    """
    if fault.action == "status":
        raise APIErrorResponse(fault.status, _PLANNED)
    if fault.action == "html":
        return HTMLResponse(_HTML, status_code=502, headers={"X-Emulator-Refused": _PLANNED})
    return None


def corrupt(fault: Fault, response: Response) -> Response:
    """The response with what the fault does to its body."""
    body = bytes(response.body)
    match fault.action:
        case "bad_json":
            return Response(b"{" + body, response.status_code, media_type="application/json")
        case "unknown_field" | "wrong_type" if body:
            content: Any = json.loads(body)
            _alter(fault, content[0] if _is_filled_list(content) else content)
            return JSONResponse(content, response.status_code)
        case _:
            return response


def _alter(fault: Fault, item: Any) -> None:
    if not _is_object(item):
        return
    if fault.action == "unknown_field":
        item["unknown_field"] = "not described"
    elif item:
        name, value = next(iter(item.items()))
        item[name] = 12345 if isinstance(value, str) else "of another type"


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _is_filled_list(value: Any) -> bool:
    return isinstance(value, list) and value != []


async def delay(scope: Scope, seconds: float) -> None:
    """Keep a call waiting for its time, also when its client gives up; the end of the server alone cuts that short.

    Args:
        scope: That of the call.
        seconds: For so long.
    """
    connection = _connection(scope)
    server_end = connection.server_end if connection else asyncio.Event()
    with _held(connection), suppress(TimeoutError):
        await asyncio.wait_for(server_end.wait(), seconds)


async def _hang(scope: Scope, receive: Receive) -> None:
    """Keep a call waiting, until its client gives up or the server ends."""
    with _held(_connection(scope)):
        while (await receive())["type"] != "http.disconnect":
            pass  # parts of a body that aren't read any more


@contextmanager
def _held(connection: BreakableConnection | None) -> Generator[None]:
    if connection:
        connection.is_held = True
    try:
        yield
    finally:
        if connection:
            connection.is_held = False


async def send_response(fault: Fault, response: Response | None, scope: Scope, receive: Receive, send: Send) -> None:
    """Send a response as the fault wants it sent.

    Args:
        fault: The fault.
        response: The response; `None` if there is none.
        scope: That of the call, and so are the next two.
        receive: See above.
        send: See above.

    Raises:
        EmulatorError: The server doesn't let a connection be broken.
    """
    if fault.action == "hang":
        await _hang(scope, receive)
    elif fault.action == "cut_body" and response is not None:
        await _send_half(response, _breakable(scope), send)
        await _hang(scope, receive)
    elif response is None or fault.action == "lost_response":
        _breakable(scope).reset()
        await _hang(scope, receive)
    else:
        await response(scope, receive, send)


async def _send_half(response: Response, connection: BreakableConnection, send: Send) -> None:
    body = bytes(response.body)
    await send({"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers})
    await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
    connection.end()


def _breakable(scope: Scope) -> BreakableConnection:
    connection = _connection(scope)
    if connection is None:
        raise EmulatorError("A fault broke the connection off; this server can't do that, so the exchange ends here.")
    return connection


def _connection(scope: Scope) -> BreakableConnection | None:
    connection: BreakableConnection | None = scope.get("state", {}).get("emulator_connection")
    return connection
