"""Whether to send again, and after how long: pure decisions, no waiting.

Reads are repeated after anything that may pass. Writes are repeated only when the first try surely did nothing: no
connection was made, or the service answered 429. How often, and how fast, is bounded three times: by `max_retries`, by
the call's deadline, and by a budget per client, so that an outage isn't answered with a storm.
"""

from __future__ import annotations

import re
import threading
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from heymarket._messages import FailureKind

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_RETRY_AFTER = 60.0
"""Seconds. A longer `Retry-After` is raised at once instead of waited for."""

_PASSING_STATUSES = frozenset({408, 429, 500, 502, 503, 504})
_PASSING_TROUBLES = frozenset({FailureKind.CONNECT, FailureKind.TIMEOUT, FailureKind.LOST})
_FIRST_WAIT = 0.5
_LONGEST_WAIT = 8.0
_SECONDS = r"[0-9]{1,9}(?:\.[0-9]{1,9})?"


def may_repeat(outcome: int | FailureKind, *, safe: bool) -> bool:
    """Whether the same request may be sent again after this status or trouble.

    Args:
        outcome: The status of an answer, or why there was none.
        safe: Whether the operation only reads.
    """
    if outcome == 429 or outcome is FailureKind.CONNECT:
        return True
    return safe and (outcome in _PASSING_STATUSES or outcome in _PASSING_TROUBLES)


def backoff(retries: int, *, status: int, retry_after: float | None, random: Callable[[], float]) -> float:
    """Seconds to wait before the next try: what the service asked for, else a full jitter that doubles.

    Args:
        retries: How many retries were made before this one.
        status: The status of the answer, 0 if there was none. A 429 waits at least a second.
        retry_after: Seconds, as the service asked; see `parse_retry_after`.
        random: A number from 0 up to 1.
    """
    if retry_after is not None:
        return retry_after
    ceiling = min(_LONGEST_WAIT, _FIRST_WAIT * 2.0**retries)
    return 1.0 + ceiling * random() if status == 429 else ceiling * random()


def parse_retry_after(value: str | None, date: str | None, now: float) -> float | None:
    """`Retry-After` in seconds from now, or `None` if there is none that makes sense.

    Args:
        value: The header: seconds, or an HTTP date. Negative, past, infinite and unreadable ones are ignored.
        date: The `Date` of the same answer, which a date is measured from: our clock may be off.
        now: Our time, seconds since the epoch, for an answer without one.
    """
    if not value:
        return None
    if re.fullmatch(_SECONDS, value.strip()):
        return float(value)
    there = seconds_ahead(date, 0.0) if date else None
    seconds = seconds_ahead(value, now if there is None else there)
    return seconds if seconds is not None and seconds >= 0 else None


def seconds_ahead(date: str, now: float) -> float | None:
    """How far an HTTP date lies ahead of `now`, in seconds (behind: negative); `None` if it can't be read."""
    try:
        moment = parsedate_to_datetime(date)
        # Without a zone it is UTC, as HTTP dates are, not this machine's time.
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - now
    except (TypeError, ValueError, OverflowError):
        return None


class RetryBudget:
    """Ten retries in hand per credential; each costs one, five successes earn one back, and so do six seconds.

    In an outage a client so sends its calls and ten retries a minute, not three requests for every call.
    """

    _FULL = 10.0
    _EARNED_BY_SUCCESS = 0.2
    _EARNED_BY_SECOND = 10.0 / 60.0

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._left = self._FULL
        self._counted_at = monotonic()
        self._lock = threading.Lock()

    def spend(self) -> bool:
        """Take one retry, if there is one."""
        with self._lock:
            now = self._monotonic()
            self._left = min(self._FULL, self._left + (now - self._counted_at) * self._EARNED_BY_SECOND)
            self._counted_at = now
            if self._left < 1:
                return False
            self._left -= 1
            return True

    def earn(self) -> None:
        """Count a success."""
        if self._left < self._FULL:
            with self._lock:
                self._left = min(self._FULL, self._left + self._EARNED_BY_SUCCESS)
