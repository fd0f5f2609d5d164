"""The API as an ASGI application: the life of a request, from its arrival to the journal.

`asgi` puts it together with the console, `control` controls it.
"""

from __future__ import annotations

import logging
import time
import uuid
from email.utils import formatdate
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from heymarket import __version__
from heymarket import description as bundled
from heymarket.emulator.api import schema_examples
from heymarket.emulator.api.auth import decode_token
from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.api.pages import cut_page
from heymarket.emulator.api.routing import OperationRouter
from heymarket.emulator.api.security import check_key
from heymarket.emulator.api.validation import RequestValidator
from heymarket.emulator.errors import describe_failure
from heymarket.emulator.faults import injection
from heymarket.emulator.intake.bodies import BodyTooLargeError, read_body
from heymarket.emulator.journal.journal import JournalEntry, redact, redact_headers, redact_query, truncate
from heymarket.emulator.operations import HANDLERS, OPTIONAL
from heymarket.emulator.state import to_public

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.types import Receive, Scope, Send

    from heymarket.description import OperationInfo
    from heymarket.emulator.api.auth import Authenticator
    from heymarket.emulator.api.validation import Inputs
    from heymarket.emulator.control import Parts
    from heymarket.emulator.faults.rules import Fault
    from heymarket.emulator.state import Record

__all__ = ["API", "CompiledDescription"]

_LARGEST_BODY = 8 * 1024 * 1024
_FREE_BODY = 64 * 1024
_PASSED_SHOWN = 20

_logger = logging.getLogger("heymarket.emulator")


class CompiledDescription:
    """A description and what is made of it once, for all teams.

    Args:
        document: An OpenAPI 3.1 document.
        strict: Whether nothing is let pass that it doesn't allow.

    Attributes:
        document: The document.
        names: The names of its operations.
        validators: What checks requests, by the name of the operation.
        routing: What finds the operation.
    """

    def __init__(self, document: Mapping[str, Any], *, strict: bool = False) -> None:
        operations = bundled.operations(document)
        self.document = document
        self.names: frozenset[str] = frozenset(one.name for one in operations)
        self.validators: Mapping[str, RequestValidator] = {
            one.name: RequestValidator(one, document, optional=OPTIONAL.get(one.name, ()), strict=strict)
            for one in operations
        }
        self.routing: OperationRouter = OperationRouter(operations)


class API:
    """The operations of the description, with responses from the state.

    Args:
        parts: The components of the emulator.
        auth: Finds out who is calling.
        now: Seconds since the epoch, for the journal and the `Date` header.
        served: The description.
    """

    def __init__(
        self, parts: Parts, auth: Authenticator, now: Callable[[], float], served: CompiledDescription
    ) -> None:
        self._parts = parts
        self._authenticator = auth
        self._now = now
        self._served = served

    async def __call__(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request.

        Args:
            path: The path below the root of the application.
            scope: That of ASGI, and so are the next two.
            receive: See above.
            send: See above.
        """
        started = time.perf_counter()
        request = Request(scope, receive)
        header, claims = decode_token(request.headers.get("Authorization"))
        call = JournalEntry(
            time=self._now(),
            method=scope["method"],
            path=redact(path),
            request_id=str(uuid.uuid4()),
            claims=claims,
            token_header=header,
            query=redact_query(request.query_params),
            request_headers=redact_headers(scope["headers"]),
            header_bytes=sum(len(name) + len(value) for name, value in scope["headers"]),
        )
        fault: Fault | None = None
        response: Response | None
        try:
            body = await self._read_body(request, receive)
            call.request_bytes = truncate(body)
            operation, call.parameters = self._served.routing.find(call.method, path)
            call.operation = operation.name
            fault = self._fault(request, call, path)
            if fault is None:
                response = self._answer(operation, request, body, call)
            else:
                call.fault = fault.action
                response = await self._answer_with_fault(fault, operation, request, body, call)
        except ClientDisconnect:
            return
        except APIErrorResponse as refusal:
            response = refusal.to_response()
        except Exception as error:
            _logger.exception("The emulator itself failed at %s.", call.operation)
            reason = f"crash: the emulator itself failed ({describe_failure(error)}); its log says where"
            response = APIErrorResponse(500, reason).to_response()
        call.duration = round((time.perf_counter() - started) * 1000, 3)
        if response is not None:
            _finish(response, call, fault)
            if self._parts.profile is not None:
                usage = self._parts.limit.usage(call.credential) if call.credential else None
                self._parts.profile.adapt(call.operation or "", response, usage, self._parts.clock.time())
            _note(response, call)
            if call.method == "HEAD":
                response.body = b""  # its length stays
        self._parts.journal.add(call)
        _logger.info("%s %s %s%s", call.method, quote(call.path), call.status or "-", _remark(call))
        if fault is not None:
            await injection.send_response(fault, response, scope, receive, send)
        elif response is not None:
            await response(scope, receive, send)

    async def _read_body(self, request: Request, receive: Receive) -> bytes:
        """The body. Who isn't signed in can't make us hold much of it."""

        def admit() -> None:
            self._authenticator.authenticate(request.headers.get("Authorization"))

        try:
            return await read_body(request.scope, receive, _LARGEST_BODY, free=_FREE_BODY, admit=admit)
        except BodyTooLargeError:
            most = _LARGEST_BODY // 1024 // 1024
            raise APIErrorResponse(413, f"body: it is larger than {most} MiB, the most that is taken here") from None

    def _fault(self, request: Request, call: JournalEntry, path: str) -> Fault | None:
        """What is to go wrong with this call."""
        if not len(self._parts.faults):
            return None
        credential = self._authenticator.guess_name(request.headers.get("Authorization"), call.claims)
        return self._parts.faults.pick(
            {"operation": call.operation, "method": call.method, "path": path, "credential": credential}
        )

    async def _answer_with_fault(
        self, fault: Fault, operation: OperationInfo, request: Request, body: bytes, call: JournalEntry
    ) -> Response | None:
        """The response as the fault has it; `None` if there is none."""
        if fault.action in {"hang", "reset"}:
            return None
        if instead := injection.replace_response(fault):
            return instead
        if fault.action == "delay":
            await injection.delay(request.scope, fault.duration)
        try:
            response = self._answer(operation, request, body, call, _ahead(fault))
        except APIErrorResponse as refusal:
            response = refusal.to_response()
        return injection.corrupt(fault, response)

    def _answer(
        self, operation: OperationInfo, request: Request, body: bytes, call: JournalEntry, ahead: float = 0.0
    ) -> Response:
        if "security" in operation.spec:
            check_key(operation, self._parts.description, request, self._authenticator)
        else:
            credential = self._authenticator.authenticate(request.headers.get("Authorization"), ahead)
            call.credential = credential.name
            self._parts.limit.take(credential.name)
            if credential.denied:
                raise APIErrorResponse(403, "denied: this credential signs in, but may do nothing")
        query = request.scope["query_string"]
        inputs = self._served.validators[operation.name].read(call.parameters, query, body, request.headers)
        call.passed = inputs.passed
        return self._done(operation, inputs, call, request)

    def _done(self, operation: OperationInfo, inputs: Inputs, call: JournalEntry, request: Request) -> Response:
        """Do what was asked for."""
        handler = HANDLERS.get(operation.name)
        if handler is None:
            answer = schema_examples.build_response(operation.spec, self._parts.description)
            body, headers = answer.body, None
            if paging := operation.spec.get("x-heymarket-pagination"):
                body, headers = cut_page(paging, inputs, request, body)
            return _response(body, answer.status, answer.media, headers)
        with self._parts.state.transaction():
            local_id = _idempotency(operation, inputs)
            first = local_id and self._parts.state.find_response(operation.name, local_id)
            call.repeated = bool(first)
            body = first or handler(self._parts.state, inputs)
            if local_id and not first:
                self._parts.state.save_response(operation.name, local_id, body)
        return _response(body, 200)


def _idempotency(operation: OperationInfo, inputs: Inputs) -> str | None:
    """What tells that a call is a repeat. An update says the same `local_id` as before, and is none."""
    key = operation.spec.get("x-heymarket-idempotent-by")
    if not key or operation.http_method != "POST":
        return None
    found: str | None = inputs.headers.get(key) or inputs.body.get(key)
    return found


def _response(
    body: Any, status: int, media: str = "application/json", headers: dict[str, str] | None = None
) -> Response:
    if body is schema_examples.NO_BODY:
        return Response(status_code=status)
    if "json" not in media:
        return Response(body, status, headers, media.replace("*", "png"))
    public = to_public(cast("Record", body)) if isinstance(body, dict) else body
    return JSONResponse(public, status, headers, media)


def _remark(call: JournalEntry) -> str:
    """What a line of the log says of a call beside its status."""
    if call.refused:
        return f" {call.refused}"
    if call.fault:
        return f" fault: {call.fault}"
    return " repeat: its local_id was there before" if call.repeated else ""


def _shorten(passed: Sequence[str]) -> str:
    """What was let pass, as a header says it."""
    more = [f"and {len(passed) - _PASSED_SHOWN} more"] if len(passed) > _PASSED_SHOWN else []
    return ", ".join([*passed[:_PASSED_SHOWN], *more]).strip()  # a name may begin with a space, a header may not


def _ahead(fault: Fault | None) -> float:
    """By how many seconds our clock is wrong."""
    return fault.duration if fault is not None and fault.action == "clock_off" else 0.0


def _finish(response: Response, call: JournalEntry, fault: Fault | None) -> None:
    """Give the response the headers that all have."""
    response.headers["Date"] = formatdate(call.time + _ahead(fault), usegmt=True)
    response.headers["X-Emulator"] = __version__
    response.headers["X-Request-Id"] = call.request_id
    if call.passed:
        response.headers["X-Emulator-Passed"] = _shorten(call.passed)
    if call.repeated:
        response.headers["X-Emulator-Repeated"] = "local_id"


def _note(response: Response, call: JournalEntry) -> None:
    """Note in the journal what the response is."""
    call.parameters = redact_query(call.parameters)
    call.refused = response.headers.get("X-Emulator-Refused")
    call.status = response.status_code
    call.response_headers = redact_headers(response.raw_headers)
    call.response_bytes = truncate(bytes(response.body))
