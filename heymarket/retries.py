"""Retries: whether to send a request again, and after how long. Pure decisions, no waiting.

Reads are retried after every transient failure. Writes are retried only if the first attempt certainly did nothing: no
connection was made, or the service returned 429. Three bounds limit the number and the rate of retries: `max_retries`,
the call's deadline, and a budget for each client, so that clients don't flood a service that is down.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import UTC
from email.utils import parsedate_to_datetime

from heymarket._messages import FailureKind

LONGEST_RETRY_AFTER = 60.0  # seconds; after a longer `Retry-After` the error is raised at once

_OF_CLOUDFLARE: set[int | FailureKind] = {*range(520, 528), 529, 530}
_TRANSIENT = {408, 425, 500, 502, 503, 504, FailureKind.TIMEOUT, FailureKind.LOST, FailureKind.MALFORMED}
_NOTHING_DONE = frozenset({429, FailureKind.CONNECT})
_FIRST_WAIT = 0.5
_MAX_WAIT = 8.0


def may_retry(outcome: int | FailureKind, *, safe: bool) -> bool:
    """Whether the same request may be sent again.

    Args:
        outcome: The status of the response, or why there is none.
        safe: Whether sending the request twice does no harm.
    """
    return outcome in _NOTHING_DONE or (safe and outcome in _TRANSIENT | _OF_CLOUDFLARE)


def backoff(retries: int, *, status: int, retry_after: float | None, random: Callable[[], float]) -> float:
    """Seconds to wait before the next attempt: what the service asked for, else full jitter below a bound that doubles.

    Args:
        retries: How many retries came before this one.
        status: The status of the response, 0 if there was none. After a 429 the wait is at least a second.
        retry_after: Seconds, as the service asked; see `parse_retry_after`.
        random: Returns a number from 0 up to, but not including, 1.
    """
    if retry_after is not None:
        return retry_after
    ceiling = min(_MAX_WAIT, _FIRST_WAIT * 2.0**retries)
    return 1.0 + ceiling * random() if status == 429 else ceiling * random()


def parse_retry_after(value: str | None, date: str | None, now: float) -> float | None:
    """`Retry-After` in seconds from now, or `None` if it is missing or invalid.

    Args:
        value: The header: seconds, or an HTTP date. Negative, past, infinite and malformed values are ignored.
        date: The `Date` of the same response. A date in `value` is compared with it, because our clock may be wrong.
        now: Our time, seconds since the epoch, used if the response has no `Date`.
    """
    if not value:
        return None
    if re.fullmatch(r"[0-9]{1,300}(\.[0-9]{1,9})?", value.strip()):
        return float(value)
    sent_at = seconds_ahead(date, 0.0) if date else None
    seconds = seconds_ahead(value, now if sent_at is None else sent_at)
    return seconds if seconds is not None and seconds >= 0 else None


def seconds_ahead(date: str, now: float) -> float | None:
    """Seconds from `now` to an HTTP date (negative if the date is past); `None` if it can't be parsed."""
    try:
        parsed = parsedate_to_datetime(date)
        # A date without a time zone is in UTC, as HTTP dates are, and not in this machine's zone.
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp() - now
    except (TypeError, ValueError, OverflowError):
        return None


class RetryBudget:
    """A budget of ten retries; each retry spends one, and five successes or six seconds earn one back.

    During an outage a client therefore sends each call once, plus ten retries a minute, and not every call three times.
    """

    _FULL = 10.0
    _PER_SUCCESS = 0.2
    _PER_SECOND = 10.0 / 60.0

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._left = self._FULL
        self._updated_at = monotonic()
        self._lock = threading.Lock()

    def spend(self) -> bool:
        """Spend one retry if the budget allows it, and return whether it does."""
        with self._lock:
            now = self._monotonic()
            self._left = min(self._FULL, self._left + (now - self._updated_at) * self._PER_SECOND)
            self._updated_at = now
            affordable = self._left >= 1
            self._left -= affordable
            return affordable

    def earn(self) -> None:
        """Count a success."""
        with self._lock:
            self._left = min(self._FULL, self._left + self._PER_SUCCESS)
