"""The emulator as an ASGI application: the life of a request, from arrival to journal.

    app = create_app()
    httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://emulator")

`server` puts it on a port, `controls` is what steers it.
"""

from __future__ import annotations

import logging
import os
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
from heymarket.emulator.api.auth import Access, token_in
from heymarket.emulator.api.errors import Refused
from heymarket.emulator.api.rate_limit import SlidingLimit
from heymarket.emulator.api.routing import Routing
from heymarket.emulator.api.validation import Checks
from heymarket.emulator.clock import Clock
from heymarket.emulator.control import Controls, Parts
from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.faults import injection
from heymarket.emulator.faults.rules import Fault, Faults
from heymarket.emulator.journal.journal import Call, Journal, kept, queried, without_credentials
from heymarket.emulator.operations import HANDLERS
from heymarket.emulator.scheduler import Agenda
from heymarket.emulator.seeds import loader
from heymarket.emulator.seeds.built_in import DEFAULT, DENIED, LEGACY
from heymarket.emulator.state import State, shown
from heymarket.emulator.state.snapshots import Snapshots
from heymarket.emulator.webhooks.deliveries import Deliveries, Webhook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.types import ASGIApp, Receive, Scope, Send

    from heymarket.description import OperationInfo
    from heymarket.emulator.api.validation import Inputs
    from heymarket.emulator.state import Record

__all__ = ["EmulatorApp", "create_app"]

_logger = logging.getLogger("heymarket.emulator")


def create_app(
    *,
    limit: int = 500,
    per: float = 60.0,
    state: str | os.PathLike[str] = ":memory:",
    clock: Callable[[], float] = time.time,
    description: Mapping[str, Any] | None = None,
    seed: str | os.PathLike[str] | Mapping[str, Any] | None = None,
    webhook: Webhook | str | None = None,
    faults_by_header: bool = False,
) -> EmulatorApp:
    """Make the ASGI application.

    Args:
        limit: Requests that each credential may make in any window.
        per: Length of that window in seconds.
        state: A file for the state, made and seeded if it isn't there yet, or `:memory:`.
        clock: Seconds since the epoch. Tokens, journal and the `Date` header go by it, everything else by
            `EmulatorApp.clock`, which follows it until it is told otherwise.
        description: An OpenAPI 3.1 document to serve; the bundled one by default.
        seed: What a fresh state holds: a YAML or JSON file, or what stands in one; the built-in seed by default.
        webhook: Where events are delivered, a URL or with a token of yours; nowhere by default.
        faults_by_header: Whether a call can ask for a fault with a header such as `X-Emulator-Fault: status=503`.

    Raises:
        EmulatorError: The limit makes no sense, the seed doesn't fit, the state can't be used, or the webhook is none.
    """
    if seed is not None:
        seed = loader.read(seed) if isinstance(seed, str | os.PathLike) else loader.checked(seed)
    receiver = Webhook(webhook) if isinstance(webhook, str) else webhook
    moved = Clock(clock)
    return EmulatorApp(
        limit=SlidingLimit(limit, per, moved.time),
        state=State(state, clock=moved, seed=seed),
        now=clock,
        description=bundled.load() if description is None else description,
        webhook=receiver,
        faults_by_header=faults_by_header,
    )


class EmulatorApp(Controls):
    """An ASGI application that answers as Heymarket is described to. Made by `create_app`.

    Attributes:
        description: The OpenAPI document that it serves.
        only_local_names: Whether page and admin API answer only calls to a name of this machine; for a server on
            loopback, before the first call.
    """

    def __init__(
        self,
        *,
        limit: SlidingLimit,
        state: State,
        now: Callable[[], float],
        description: Mapping[str, Any],
        webhook: Webhook | None = None,
        faults_by_header: bool = False,
    ) -> None:
        operations = bundled.operations(description)
        names = frozenset(operation.name for operation in operations)
        deliveries = Deliveries(state, webhook)
        self.description = description
        self.only_local_names: bool = False
        self._access = Access([DEFAULT, DENIED], [LEGACY], now)
        self._made_of = Parts(
            agenda=Agenda(state, deliveries),
            clock=state.clock,
            credentials=self._access.names,
            deliveries=deliveries,
            faults=Faults(names),
            journal=Journal(),
            limit=limit,
            operations=names,
            snapshots=Snapshots(state),
            state=state,
        )
        self._faults_by_header = faults_by_header
        self._now = now
        self._checks = {operation.name: Checks(operation, description) for operation in operations}
        self._routing = Routing(operations)
        self._console: ASGIApp | None = None

    @property
    def parts(self) -> Parts:
        """What it is made of."""
        return self._made_of

    def close(self) -> None:
        """Do nothing more in time, and close the state."""
        self.agenda.close()
        self.state.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            raise EmulatorError(f"The emulator speaks HTTP, not {scope['type']}.")
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if path in {"", "/", "/_emulator"} or path.startswith("/_emulator/"):
            await self._to_console(scope, receive, send)
        else:
            await self._to_api(path, scope, receive, send)

    async def _to_console(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._console is None:
            from heymarket.emulator.console import console  # noqa: PLC0415 - slow to import; many do without

            self._console = console(self)
        await self._console(scope, receive, send)

    async def _to_api(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        request = Request(scope, receive)
        header, claims = token_in(request.headers.get("Authorization"))
        call = Call(
            time=self._now(),
            method=scope["method"],
            path=path,
            request_id=str(uuid.uuid4()),
            claims=claims,
            token_header=header,
            query=queried(request.query_params),
            request_headers=without_credentials(scope["headers"]),
        )
        fault: Fault | None = None
        response: Response | None
        try:
            body = await request.body()
            call.request_bytes = kept(body)
            operation, call.parameters = self._routing.find(call.method, path)
            call.operation = operation.name
            fault = self._fault(request, call)
            if fault is None:
                response = self._answer(operation, request, body, call)
            else:
                call.fault = fault.action
                response = await self._answer_amiss(fault, operation, request, body, call)
        except ClientDisconnect:
            return
        except Refused as refusal:
            response = refusal.response()
        except Exception:
            _logger.exception("The emulator itself failed at %s.", call.operation)
            response = Refused(500, "crash: the emulator itself failed; its log says where").response()
        call.duration = round((time.perf_counter() - started) * 1000, 3)
        if response is not None:
            _finish(response, call, fault)
        self.journal.add(call)
        _logger.info("%s %s %s%s", call.method, quote(path), call.status or "-", _remark(call))
        if fault is not None:
            await injection.send_amiss(fault, response, scope, receive, send)
        elif response is not None:
            await response(scope, receive, send)

    def _fault(self, request: Request, call: Call) -> Fault | None:
        """What is to go wrong with this call."""
        if self._faults_by_header and (asked := request.headers.get("X-Emulator-Fault")):
            try:
                return Fault.parse(asked)
            except EmulatorError as error:
                raise Refused(400, f"fault: X-Emulator-Fault can't be read. {error}") from None
        if not len(self.faults):
            return None
        credential = self._access.claimed(request.headers.get("Authorization"), call.claims)
        return self.faults.pick(
            {"operation": call.operation, "method": call.method, "path": call.path, "credential": credential}
        )

    async def _answer_amiss(
        self, fault: Fault, operation: OperationInfo, request: Request, body: bytes, call: Call
    ) -> Response | None:
        """The answer as the fault has it; `None` if there is none."""
        if fault.action in {"hang", "reset"}:
            return None
        if instead := injection.in_place_of_the_work(fault):
            return instead
        if fault.action == "delay":
            await injection.delay(request.scope, fault.duration)
        try:
            response = self._answer(operation, request, body, call, _ahead(fault))
        except Refused as refusal:
            response = refusal.response()
        return injection.spoiled(fault, response)

    def _answer(
        self, operation: OperationInfo, request: Request, body: bytes, call: Call, ahead: float = 0.0
    ) -> Response:
        credential = self._access.check(request.headers.get("Authorization"), ahead)
        call.credential = credential.name
        self.limit.take(credential.name)
        if credential.denied:
            raise Refused(403, "denied: this credential signs in, but may do nothing")
        inputs = self._checks[operation.name].read(call.parameters, request.query_params, body)
        return self._done(operation, inputs, call)

    def _done(self, operation: OperationInfo, inputs: Inputs, call: Call) -> Response:
        """Do what was asked for."""
        handler = HANDLERS.get(operation.name)
        if handler is None:
            answer = schema_examples.answer(operation.spec, self.description)
            return _response(answer.body, answer.status)
        with self.state.transaction():
            local_id = _idempotency(operation, inputs)
            first = local_id and self.state.first_answer(operation.name, local_id)
            call.repeated = bool(first)
            body = first or handler(self.state, inputs)
            if local_id and not first:
                self.state.keep_answer(operation.name, local_id, body)
        return _response(body, 200)


def _idempotency(operation: OperationInfo, inputs: Inputs) -> str | None:
    """What tells that a call is a repeat. An update says the same `local_id` as before, and is none."""
    key = operation.spec.get("x-heymarket-idempotent-by")
    return inputs.body.get(key) if key and operation.http_method == "POST" else None


def _response(body: Any, status: int) -> Response:
    if body is schema_examples.NOTHING:
        return Response(status_code=status)
    return JSONResponse(shown(cast("Record", body)) if isinstance(body, dict) else body, status_code=status)


def _remark(call: Call) -> str:
    """What a line of the log says of a call beside its status."""
    if call.refused:
        return f" {call.refused}"
    if call.fault:
        return f" fault: {call.fault}"
    return " repeat: its local_id was there before" if call.repeated else ""


def _ahead(fault: Fault | None) -> float:
    """By how many seconds our clock is wrong."""
    return fault.duration if fault is not None and fault.action == "clock_off" else 0.0


def _finish(response: Response, call: Call, fault: Fault | None) -> None:
    """Give the answer the headers that all have, and note what it is."""
    response.headers["Date"] = formatdate(call.time + _ahead(fault), usegmt=True)
    response.headers["X-Emulator"] = __version__
    response.headers["X-Request-Id"] = call.request_id
    if call.repeated:
        response.headers["X-Emulator-Repeated"] = "local_id"
    call.refused = response.headers.get("X-Emulator-Refused")
    call.status = response.status_code
    call.response_headers = without_credentials(response.raw_headers)
    call.response_bytes = kept(bytes(response.body))
