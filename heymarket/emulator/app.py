"""The emulator as an ASGI application: the life of a request, from arrival to journal.

    app = create_app()
    httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://emulator")

`server` puts it on a port.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections import deque
from email.utils import formatdate
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from heymarket import __version__
from heymarket import description as bundled
from heymarket.emulator import schema_answers
from heymarket.emulator.access import Access, claims_in
from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.handlers import HANDLERS
from heymarket.emulator.journal import Call, Journal
from heymarket.emulator.limits import SlidingLimit
from heymarket.emulator.refusals import Refused
from heymarket.emulator.routing import Routing
from heymarket.emulator.seed import DEFAULT, DENIED, LEGACY
from heymarket.emulator.state import State

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

    from starlette.types import Receive, Scope, Send

__all__ = ["EmulatorApp", "create_app"]

_logger = logging.getLogger("heymarket.emulator")


def create_app(
    *,
    limit: int = 500,
    per: float = 60.0,
    state: str | os.PathLike[str] = ":memory:",
    clock: Callable[[], float] = time.time,
    description: Mapping[str, Any] | None = None,
) -> EmulatorApp:
    """Make the ASGI application.

    Args:
        limit: Requests that each credential may make in any window.
        per: Length of that window in seconds.
        state: A file for the state, made and seeded if it isn't there yet, or `:memory:`.
        clock: Seconds since the epoch; tokens, limit, journal and the `Date` header go by it.
        description: An OpenAPI 3.1 document to serve; the bundled one by default.

    Raises:
        EmulatorError: The limit makes no sense, or the state can't be used.
    """
    return EmulatorApp(
        limit=SlidingLimit(limit, per, clock),
        state=State(state),
        clock=clock,
        description=bundled.load() if description is None else description,
    )


class EmulatorApp:
    """An ASGI application that answers as Heymarket is described to. Made by `create_app`."""

    def __init__(
        self, *, limit: SlidingLimit, state: State, clock: Callable[[], float], description: Mapping[str, Any]
    ) -> None:
        self._access = Access([DEFAULT, DENIED], [LEGACY], clock)
        self._clock = clock
        self._description = description
        self._failures: deque[int] = deque()
        self._journal = Journal()
        self._limit = limit
        self._routing = Routing(bundled.operations(description))
        self._state = state

    @property
    def journal(self) -> tuple[Call, ...]:
        """The latest calls and how they were answered, oldest first."""
        return self._journal.calls()

    def fail_next(self, status: int, times: int = 1) -> None:
        """Answer the next calls with an error, whoever makes them; they count for nothing else.

        Args:
            status: The HTTP status, 400 to 599.
            times: How many calls fail.
        """
        if not 400 <= status <= 599 or times < 1:
            raise EmulatorError(
                f"fail_next takes a status from 400 to 599, at least once; not {status}, {times} times."
            )
        self._failures.extend([status] * times)

    def reset(self) -> None:
        """Back to a fresh start: seeded state, empty journal, nothing counted, no failures planned."""
        self._failures.clear()
        self._journal.clear()
        self._limit.reset()
        self._state.reset()

    def close(self) -> None:
        """Close the state."""
        self._state.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            raise EmulatorError(f"The emulator speaks HTTP, not {scope['type']}.")
        request = Request(scope, receive)
        call = Call(
            time=self._clock(),
            method=scope["method"],
            path=scope["path"].removeprefix(scope.get("root_path", "")),
            request_id=str(uuid.uuid4()),
            claims=claims_in(request.headers.get("Authorization")),
        )
        try:
            response = await self._answer(request, call)
        except Refused as refusal:
            response = refusal.response()
        except Exception:
            _logger.exception("The emulator itself failed at %s.", call.operation)
            response = Refused(500, "crash: the emulator itself failed; its log says where").response()
        response.headers["Date"] = formatdate(call.time, usegmt=True)
        response.headers["X-Emulator"] = __version__
        response.headers["X-Request-Id"] = call.request_id
        call.refused = response.headers.get("X-Emulator-Refused")
        call.status = response.status_code
        self._journal.add(call)
        _logger.info(
            "%s %s %d%s", call.method, quote(call.path), call.status, f" {call.refused}" if call.refused else ""
        )
        await response(scope, receive, send)

    async def _answer(self, request: Request, call: Call) -> Response:
        operation, request.scope["path_params"] = self._routing.find(call.method, call.path)
        call.operation = operation.name
        if self._failures:
            raise Refused(self._failures.popleft(), "planned: fail_next asked for this")
        credential = self._access.check(request.headers.get("Authorization"))
        call.credential = credential.name
        self._limit.take(credential.name)
        if credential.denied:
            raise Refused(403, "denied: this credential signs in, but may do nothing")
        if handler := HANDLERS.get(operation.name):
            return JSONResponse(await handler(request, self._state))
        answer = schema_answers.answer(operation.spec, self._description)
        if answer.body is schema_answers.NOTHING:
            return Response(status_code=answer.status)
        return JSONResponse(answer.body, status_code=answer.status)
