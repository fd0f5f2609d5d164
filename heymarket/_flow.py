"""The life of a call, written once for threads and for tasks, without any I/O.

`run` is a generator: it yields what it needs done (a `Request` to send, a number of seconds to wait, or a `Future` of a
quota that is shared), receives the outcome, and in the end yields a `Success` or raises one of our errors. `_sender`
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
from heymarket.retries import LONGEST_RETRY_AFTER, backoff, may_retry, parse_retry_after

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Future

    from heymarket._clock import Clock
    from heymarket.auth import Credentials, Secret
    from heymarket.quota import Quota
    from heymarket.quota.rate_limiter import RateLimiter
    from heymarket.retries import RetryBudget

logger = logging.getLogger("heymarket")


class CallContext(NamedTuple):
    """What all calls of a client share. `timeout`, `max_retries` and `quota` are the client's arguments.

    Attributes:
        base_url: Scheme, host, port and path prefix.
        headers: Those of every request, except `Authorization`, as pairs; the caller's may be secret.
        timeout: Seconds that the service may make a call wait.
        max_retries: How often a failed request is sent again.
        quota: What `rate_limiter` was made of.
        rate_limiter: Grants the slots of the quota.
        credentials: They make the `Authorization` header.
        retry_budget: Bounds the retries of all calls together.
        clock: Time, sleep and random numbers.
        keys: Those of other security schemes, by the scheme's name.
        trusted: Whether a response's `Date` may be believed.
        allow_undescribed: Whether bodies may have fields that aren't described.
        run: The life of a call: `run`, or what observes it.
    """

    base_url: str
    headers: Secret
    timeout: float
    max_retries: int
    quota: Quota | None
    rate_limiter: RateLimiter | None
    credentials: Credentials
    retry_budget: RetryBudget
    clock: Clock
    trusted: bool
    keys: Mapping[str, Secret]
    allow_undescribed: bool
    run: Callable[[Call, CallContext], Flow]


class Success(NamedTuple):
    """A response with a 2xx status, and what it took."""

    response: Response
    request_id: str | None
    attempts: int
    elapsed: float


class QueueWait(float):
    """Seconds to wait in the queue of the quota."""


Flow = Generator["Request | float | Future[float] | Success", Any, None]


def run(call: Call, context: CallContext) -> Flow:
    """Send a call until it succeeds or nothing more may be tried.

    Raises:
        APIError: No success. Which one says why; see `heymarket.errors`.
    """
    clock, limiter = context.clock, context.rate_limiter if call.signed else None
    max_wait = context.quota.max_wait if context.quota else None
    started = clock.monotonic()
    deadline = started + context.timeout
    queued = 0.0
    sent = retries = 0
    once = getattr(call.body, "once", False)  # it can't be read again
    max_retries, signed_again = 0 if once else context.max_retries, once or not call.signed
    while True:
        ticket = None
        if limiter is not None:
            # Queueing for our own quota is by the caller's design; `timeout` bounds what the service makes us wait.
            ticket = limiter.ticket()
            wait = yield from _queue(call, context, ticket, deadline, queued, sent)
            queued += wait
            deadline += wait
        sent += 1
        last = retries >= max_retries or not call.repeatable
        outcome = yield from _send_once(call, context, ticket, deadline, sent, last=last)
        status = outcome.status
        if isinstance(outcome, TransportFailure):
            status = 0
        elif 200 <= status < 300:
            context.retry_budget.earn()
            yield Success(outcome, outcome.headers.get("x-request-id"), sent, clock.monotonic() - started)
            return
        elif status == 401 and not signed_again:
            skew = believable_skew(outcome.headers.get("date"), clock.time()) if context.trusted else None
            if context.credentials.renew(skew):
                signed_again = True
                continue
        headers = outcome.headers or Headers()
        retry_after = parse_retry_after(headers.get("retry-after"), headers.get("date"), clock.time())
        del headers  # a traceback with local variables would show their values
        wait = backoff(retries, status=status, retry_after=retry_after, random=clock.random)
        repeat = (
            may_retry(outcome.kind if isinstance(outcome, TransportFailure) else status, safe=call.repeatable)
            and retries < max_retries
            and wait <= LONGEST_RETRY_AFTER
        )
        if limiter is not None and status == 429:
            limiter.throttle(min(wait, LONGEST_RETRY_AFTER))  # all callers of this credential pause, not only this one
            repeat = repeat and (max_wait is None or queued + wait <= max_wait)
            wait = 0.0  # the queue makes this call pause; that is no storm and not the service's time
        elif repeat:
            repeat = clock.monotonic() + wait < deadline and context.retry_budget.spend()
        if not repeat:
            raise to_error(call, outcome, sent, retry_after, context.timeout, clock.time())
        retries += 1
        if wait:
            yield wait


def _send_once(
    call: Call, context: CallContext, ticket: Any, deadline: float, sent: int, *, last: bool
) -> Generator[Request, Any, Response | TransportFailure]:
    """Sign and send one request, and return its slot whatever happens."""
    clock = context.clock
    outcome: Response | TransportFailure | None = None
    try:
        headers = call.headers
        if call.signed:
            headers = [*headers, ("Authorization", context.credentials.header().reveal())]
        begun = clock.monotonic()
        timeout = max(deadline - begun, 0.001)
        # A kept connection may have died unnoticed. A call that may be repeated keeps half of its time for a new one.
        reuse_timeout = timeout if last else timeout / 2
        outcome = yield Request(call.method, call.url, headers, call.body, timeout, reuse_timeout, call.save_to)
    finally:
        if context.rate_limiter is not None and call.signed:
            # The service can't have counted a request that never left, or that was one too many.
            counted = outcome.status != 429 if isinstance(outcome, Response) else outcome is None or outcome.sent
            context.rate_limiter.release(ticket, counted=counted)
    assert outcome is not None  # noqa: S101 - the drivers answer every Request
    if isinstance(outcome, TransportFailure) and outcome.status >= 300:
        outcome = Response(outcome.status, outcome.headers or Headers(), b"")  # the status says enough
    if logger.isEnabledFor(logging.DEBUG):
        _log(call, outcome, sent, clock.monotonic() - begun)
    return outcome


def _queue(
    call: Call, context: CallContext, ticket: Any, deadline: float, queued: float, sent: int
) -> Generator[float | Future[float], Any, float]:
    """Wait for a slot of the quota, and return for how long."""
    limiter, clock, quota = context.rate_limiter, context.clock, context.quota
    assert limiter is not None and quota is not None  # noqa: S101, PT018 - only then is there a queue
    max_wait, began = quota.max_wait, clock.monotonic()
    try:
        while True:
            wait = limiter.acquire(ticket, deadline - began)
            if not isinstance(wait, float):
                wait = yield wait
            if not wait:
                return clock.monotonic() - began
            if max_wait is not None and queued + clock.monotonic() - began + wait > max_wait:
                raise APITimeoutError(  # noqa: TRY301 - like every exception here, it returns the ticket
                    f"No slot of the quota is free within {max_wait:g} s for {call.operation}. "
                    f"Make fewer calls, or raise max_wait of the Quota.",
                    operation=call.operation,
                    attempts=sent,
                    retry_after=wait,
                )
            yield QueueWait(wait)
    except BaseException:
        limiter.release(ticket, counted=False)
        raise


def _log(call: Call, outcome: Response | TransportFailure, sent: int, seconds: float) -> None:
    result = outcome.kind.name.lower() if isinstance(outcome, TransportFailure) else outcome.status
    request_id = printable_id((outcome.headers or Headers()).get("x-request-id"))
    logger.debug(
        "%s %s %s request_id=%s attempt=%d %.0f ms", call.method, call.path, result, request_id, sent, seconds * 1000
    )
