"""The life of a call, written once for threads and for tasks, without any I/O.

`exchange` is a generator: it yields what it needs done (a `Send`, a number of seconds to wait, or a `Future` of a quota
that is shared), is handed what came of it, and in the end returns a `Reply` or raises one of our errors. `_sender`
drives it.
"""

from __future__ import annotations

import logging
from collections.abc import Generator
from typing import TYPE_CHECKING, Any, NamedTuple

from heymarket._error_mapping import printable_id, to_error
from heymarket._messages import Call, Headers, Request, Response, TransportFailure
from heymarket.auth import believable_skew
from heymarket.errors import APITimeoutError
from heymarket.retries import LONGEST_RETRY_AFTER, backoff, may_repeat, parse_retry_after

if TYPE_CHECKING:
    from concurrent.futures import Future

    from heymarket._clock import Clock
    from heymarket.auth import Credentials, Secret
    from heymarket.quota.rate_limiter import RateLimiter
    from heymarket.retries import RetryBudget

logger = logging.getLogger("heymarket")


class Limits(NamedTuple):
    """How long and how often: see `Heymarket` for what they mean."""

    timeout: float
    max_retries: int
    max_wait: float | None


class Reply(NamedTuple):
    """A success, and what it took."""

    response: Response
    request_id: str | None
    attempts: int
    elapsed: float


class Means(NamedTuple):
    """What a call is made with, shared by all calls of a client."""

    credentials: Credentials
    rate_limiter: RateLimiter | None
    retry_budget: RetryBudget
    clock: Clock
    trusted: bool


Flow = Generator["Request | float | Future[float]", Any, Reply]


def exchange(call: Call, limits: Limits, means: Means) -> Flow:
    """Send a call until it succeeds or nothing more may be tried.

    Args:
        call: What to send.
        limits: How long and how often.
        means: What to send it with.

    Raises:
        APIError: No success. Which one says why; see `heymarket.errors`.
    """
    clock, credentials, limiter = means.clock, means.credentials, means.rate_limiter
    started = clock.monotonic()
    deadline = started + limits.timeout
    queued = 0.0
    sent = retries = 0
    signed_again = False
    ticket = None
    while True:
        if limiter is not None:
            # Queueing for our own quota is by the caller's design; `timeout` bounds what the service makes us wait.
            ticket = limiter.ticket()
            wait = yield from _queue(limiter, ticket, call, limits.max_wait, clock, deadline, queued, sent)
            queued += wait
            deadline += wait
        sent += 1
        outcome, authorization = yield from _once(call, means, ticket, deadline, sent)
        if isinstance(outcome, TransportFailure) and outcome.status >= 300:
            outcome = Response(outcome.status, outcome.headers or Headers(), b"")  # the status says enough
        status, retry_after = 0, None
        if isinstance(outcome, Response):
            status = outcome.status
            if 200 <= status < 300:
                means.retry_budget.earn()
                request_id = outcome.headers.get("x-request-id")
                return Reply(outcome, request_id, sent, clock.monotonic() - started)
            if status == 401 and not signed_again:
                skew = believable_skew(outcome.headers.get("date"), clock.time()) if means.trusted else None
                if credentials.renew(authorization, skew):
                    signed_again = True
                    continue
            retry_after = parse_retry_after(
                outcome.headers.get("retry-after"), outcome.headers.get("date"), clock.time()
            )

        wait = backoff(retries, status=status, retry_after=retry_after, random=clock.random)
        repeat = (
            may_repeat(outcome.kind if isinstance(outcome, TransportFailure) else status, safe=call.repeatable)
            and retries < limits.max_retries
            and wait <= LONGEST_RETRY_AFTER
        )
        if limiter is not None and status == 429:
            limiter.throttle(min(wait, LONGEST_RETRY_AFTER))  # all callers of this credential pause, not only this one
            repeat = repeat and (limits.max_wait is None or queued + wait <= limits.max_wait)
            wait = 0.0  # the queue makes this call pause; that is no storm and not the service's time
        elif repeat:
            repeat = clock.monotonic() + wait < deadline and means.retry_budget.spend()
        if not repeat:
            raise to_error(call, outcome, sent, retry_after, limits.timeout, clock.time())
        retries += 1
        if wait:
            yield wait


def _once(
    call: Call, means: Means, ticket: Any, deadline: float, sent: int
) -> Generator[Request, Any, tuple[Response | TransportFailure, Secret]]:
    """Sign and send one request, and give its slot back whatever happens."""
    clock = means.clock
    outcome: Response | TransportFailure | None = None
    try:
        authorization = means.credentials.header()
        begun = clock.monotonic()
        outcome = yield Request(
            call.method,
            call.url,
            [*call.headers, ("Authorization", authorization.reveal())],
            call.body,
            max(deadline - begun, 0.001),
        )
    finally:
        if means.rate_limiter is not None:
            means.rate_limiter.release(ticket, counted=_may_count(outcome))
    assert outcome is not None  # noqa: S101 - the drivers answer every Request
    if logger.isEnabledFor(logging.DEBUG):
        _log(call, outcome, sent, clock.monotonic() - begun)
    return outcome, authorization


def _may_count(outcome: Response | TransportFailure | None) -> bool:
    """Whether the service may have counted a request: not if it never left, nor if it was one too many."""
    if isinstance(outcome, Response):
        return outcome.status != 429
    return outcome is None or outcome.sent


def _queue(
    limiter: RateLimiter,
    ticket: Any,
    call: Call,
    max_wait: float | None,
    clock: Clock,
    deadline: float,
    queued: float,
    sent: int,
) -> Generator[float | Future[float], Any, float]:
    """Wait for a slot of the quota, and say for how long."""
    began = clock.monotonic()
    try:
        while True:
            wait = limiter.acquire(ticket, deadline - began)
            if not isinstance(wait, float):
                wait = yield wait
            if not wait:
                return clock.monotonic() - began
            if max_wait is not None and queued + clock.monotonic() - began + wait > max_wait:
                break
            yield wait
    except BaseException:
        limiter.cancel(ticket)
        raise
    limiter.cancel(ticket)
    raise APITimeoutError(
        f"No slot of the quota is free within {max_wait:g} s for {call.operation}. "
        f"Make fewer calls, or raise max_wait of the Quota.",
        operation=call.operation,
        attempts=sent,
    )


def _log(call: Call, outcome: Response | TransportFailure, sent: int, seconds: float) -> None:
    headers = outcome.headers or Headers()
    logger.debug(
        "%s %s %s request_id=%s attempt=%d %.0f ms",
        call.method,
        call.path,
        outcome.status if isinstance(outcome, Response) else outcome.kind.name.lower(),
        printable_id(headers.get("x-request-id")),
        sent,
        seconds * 1000,
    )
