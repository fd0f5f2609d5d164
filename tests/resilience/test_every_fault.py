"""Every fault, on both transports, sync and async, for a read and for a write: what comes of it, and what is left.

The cases are data, see `cases`. Calls go through the public API and a real socket.
"""

from __future__ import annotations

import base64
import gc
import json
import logging
import pickle
import re
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve

from tests.fakes import CONTACT, PHONE
from tests.fault_server import Fault, FaultServer, Respond
from tests.resilience.cases import CASES, Case, Outcome
from tests.resilience.observed_calls import SECRET_KEY, Kind, Seen, call
from tests.unit.test_secrecy import shown_in

if TYPE_CHECKING:
    from tests.resilience.cases import TransportName
    from tests.resilience.skipping_clock import SkippingClock

TOKEN = re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]*")


TRANSPORTS: tuple[TransportName, ...] = ("httpx", "own client")
RUNS = [
    pytest.param(case, transport, kind == "async", id=f"{transport}-{kind}-{case.name}")
    for case in CASES
    for transport in TRANSPORTS
    for kind in ("sync", "async")
    if f"{transport}-{kind}" not in case.not_on
]


def pointed_at(case: Case, elsewhere: FaultServer) -> tuple[Fault, ...]:
    """The case's faults, with the second server's address where a redirect needs it."""

    def pointed(action: Any) -> Any:
        if not isinstance(action, Respond):
            return action
        to = elsewhere.base_url
        headers = [(name, value.replace("{elsewhere}", f"{to}/{PHONE}")) for name, value in action.headers]
        return evolve(action, headers=tuple(headers))

    return tuple(evolve(fault, action=pointed(fault.action)) for fault in case.faults)


@pytest.mark.parametrize("kind", ["read", "write"])
@pytest.mark.parametrize(("case", "transport", "is_async"), RUNS)
def test_a_fault_ends_well_or_in_a_clear_error_and_leaves_nothing_behind(
    case: Case,
    transport: TransportName,
    is_async: bool,
    kind: Kind,
    skipping_clock: SkippingClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    expected = case.read if kind == "read" else case.write

    with ExitStack() as stack:
        if "nested too deep" in case.name:
            # A collection that begins at the bottom of the stack gives other tests' finalizers a RecursionError.
            stack.callback(gc.enable)
            gc.disable()
        elsewhere = stack.enter_context(FaultServer())
        server = stack.enter_context(FaultServer(*pointed_at(case, elsewhere), refuses=case.refuses))
        with caplog.at_level(logging.DEBUG):
            seen = call(
                kind,
                transport,
                is_async=is_async,
                calls=case.calls,
                between=partial(hung_up, server) if case.between else lambda: None,
                base_url=server.base_url,
                timeout=case.timeout,
            )
        assert server.all_closed(1.0), "a connection was left open"

    assert came_of(seen, server) == expectation(expected, seen)
    assert seen.seconds < case.timeout + 0.5
    if expected.waited is not None:
        assert sum(skipping_clock.slept) == pytest.approx(expected.waited, abs=0.2)
    if expected.token_moved is not None:
        first, *_, last = [issued_at(request.headers["Authorization"]) for request in server.requests]
        assert last - first == pytest.approx(expected.token_moved, abs=3)
    if expected.connections is not None:
        assert server.connections_opened == expected.connections
    assert elsewhere.connections_opened == 0
    assert (seen.tasks, [thread.name for thread in seen.threads]) == (0, [])
    assert_nothing_secret_in(seen)
    assert_nothing_secret_logged(caplog.records, transport)


def hung_up(server: FaultServer) -> None:
    """Wait until the server has closed its connections, and the client has heard of it."""
    assert server.all_closed()


def came_of(seen: Seen, server: FaultServer) -> dict[str, Any]:
    """What is compared, from what was seen."""
    end = seen.error if seen.error is not None else seen.response
    return {
        "error": type(seen.error) if seen.error is not None else None,
        "requests": len(server.requests),
        "attempts": end.attempts,
        "request_id": end.request_id,
        "unknown": getattr(seen.error, "outcome_unknown", None),
        "status": getattr(seen.error, "status_code", None),
        "retry_after": getattr(seen.error, "retry_after", None),
    }


def expectation(expected: Outcome, seen: Seen) -> dict[str, Any]:
    """The same, from the case."""
    return {
        "error": expected.error,
        "requests": expected.requests,
        "attempts": expected.attempts,
        "request_id": f"req-{expected.requests}" if expected.answered else None,
        "unknown": expected.unknown,
        "status": expected.status,
        "retry_after": expected.retry_after,
    }


def issued_at(authorization: str) -> int:
    payload = authorization.split(".")[1]
    issued: int = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["iat"]
    return issued


def assert_nothing_secret_in(seen: Seen) -> None:
    error = seen.error
    if error is None:
        return
    for message in (str(error), repr(error)):
        for secret in (PHONE, CONTACT, SECRET_KEY):
            assert secret not in message
        assert not TOKEN.search(message)
    revived = pickle.loads(pickle.dumps(error))
    assert (type(revived), str(revived)) == (type(error), str(error))
    for shown in (pickle.dumps(error).decode("latin-1"), shown_in(error)):
        assert SECRET_KEY not in shown
        assert not TOKEN.search(shown)
    assert error.__cause__ is None


def assert_nothing_secret_logged(records: list[logging.LogRecord], transport: TransportName) -> None:
    for record in records:
        text = f"{record.getMessage()} {record.args} {record.exc_text or ''}"
        assert SECRET_KEY not in text
        assert not TOKEN.search(text), record.name
        if record.name == "heymarket" or (record.levelno >= logging.INFO and transport != "own client"):
            # A caller's own httpx client logs its URLs at INFO; that is theirs to switch off.
            assert CONTACT not in text
            assert PHONE not in text
