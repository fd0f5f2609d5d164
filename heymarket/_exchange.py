"""The life of a call, written once for threads and for tasks, without any I/O.

`exchange` is a generator: it yields what it needs done (a `Send`, or a number of seconds to wait), is handed what came
of a `Send`, and in the end returns a `Reply` or raises one of our errors. `_sender` drives it.
"""

from __future__ import annotations

import logging
from collections.abc import Generator
from typing import TYPE_CHECKING, NamedTuple

from heymarket._blame import printable_id, to_error
from heymarket._wire import Answer, Call, Failure, Headers, Send
from heymarket.auth import believable_skew
from heymarket.errors import APITimeoutError
from heymarket.retries import LONGEST_RETRY_AFTER, backoff, may_repeat, parse_retry_after

if TYPE_CHECKING:
    from heymarket._clock import Clock
    from heymarket.auth import Credentials
    from heymarket.quota import Budget
    from heymarket.retries import RetryBudget

logger = logging.getLogger("heymarket")


class Limits(NamedTuple):
    """How long and how often: see `Heymarket` for what they mean."""

    timeout: float
    max_retries: int
    max_wait: float | None


class Reply(NamedTuple):
    """A success, and what it took."""

    answer: Answer
    request_id: str | None
    attempts: int
    elapsed: float


class Means(NamedTuple):
    """What a call is made with, shared by all calls of a client."""

    credentials: Credentials
    budget: Budget | None
    retry_budget: RetryBudget
    clock: Clock
    trusted: bool


Flow = Generator[Send | float, "Answer | Failure | None", Reply]


def exchange(call: Call, limits: Limits, means: Means) -> Flow:
    """Send a call until it succeeds or nothing more may be tried.

    Args:
        call: What to send.
        limits: How long and how often.
        means: What to send it with.

    Raises:
        APIError: No success. Which one says why; see `heymarket.errors`.
    """
    clock, credentials, budget = means.clock, means.credentials, means.budget
    started = clock.monotonic()
    deadline = started + limits.timeout
    sent = retries = 0
    signed_again = False
    while True:
        if budget is not None:
            # Queueing for our own quota is by the caller's design; `timeout` bounds what the service makes us wait.
            deadline += yield from _take_slot(budget, call, limits, clock, sent)
        outcome: Answer | Failure | None = None
        try:
            authorization = credentials.header()
            sent += 1
            begun = clock.monotonic()
            outcome = yield Send(
                call.method,
                call.url,
                [*call.headers, ("Authorization", authorization.reveal())],
                call.body,
                max(deadline - begun, 0.001),
            )
        finally:
            if budget is not None:
                budget.give_back(counted=not (isinstance(outcome, Failure) and not outcome.sent))
        assert outcome is not None  # noqa: S101 - the drivers answer every Send
        if logger.isEnabledFor(logging.DEBUG):
            _log(call, outcome, sent, clock.monotonic() - begun)

        if isinstance(outcome, Failure) and outcome.status >= 300:
            outcome = Answer(outcome.status, outcome.headers or Headers(), b"")  # the status says enough
        if isinstance(outcome, Answer):
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
            repeat = may_repeat(status, safe=call.safe)
        else:
            status, retry_after = 0, None
            repeat = may_repeat(outcome.trouble, safe=call.safe)

        wait = backoff(retries, status=status, retry_after=retry_after, random=clock.random)
        queue = budget if status == 429 else None
        if queue is not None:
            queue.pause(min(wait, LONGEST_RETRY_AFTER))  # all callers of this credential, not only this one
        if (
            not repeat
            or retries >= limits.max_retries
            or wait > LONGEST_RETRY_AFTER
            or (queue is None and clock.monotonic() + wait >= deadline)
            or (queue is not None and limits.max_wait is not None and wait > limits.max_wait)
            or (queue is None and not means.retry_budget.spend())  # the pause after a 429 is no storm
        ):
            raise to_error(call, outcome, sent, retry_after, limits.timeout, clock.time())
        retries += 1
        if queue is None:
            yield wait


def _take_slot(
    budget: Budget, call: Call, limits: Limits, clock: Clock, sent: int
) -> Generator[float, Answer | Failure | None, float]:
    wait = budget.take()
    if not wait:
        return 0.0
    began = clock.monotonic()
    while wait:
        waited = clock.monotonic() - began
        if limits.max_wait is not None and waited + wait > limits.max_wait:
            raise APITimeoutError(
                f"No slot of the quota is free within {limits.max_wait:g} s for {call.operation}. "
                f"Make fewer calls, or raise max_wait of the Quota.",
                operation=call.operation,
                attempts=sent,
            )
        yield wait
        wait = budget.take()
    return clock.monotonic() - began


def _log(call: Call, outcome: Answer | Failure, sent: int, seconds: float) -> None:
    headers = outcome.headers or Headers()
    logger.debug(
        "%s %s %s request_id=%s attempt=%d %.0f ms",
        call.method,
        call.path,
        outcome.status if isinstance(outcome, Answer) else outcome.trouble.name.lower(),
        printable_id(headers.get("x-request-id")),
        sent,
        seconds * 1000,
    )
