"""At most so many requests in any window of so many seconds, for each credential.

Documented are 500 a minute and a 429 above that; that the window slides, that it is counted per credential and that
refused requests don't count is assumed. No `Retry-After` is sent, since none is documented.
"""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from typing import TYPE_CHECKING

from attrs import frozen

from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["RateLimit", "RateLimitUsage"]


@frozen
class RateLimitUsage:
    """What a credential has used of its limit.

    Attributes:
        used: Requests that count now.
        limit: Requests that may count at a time.
        free_again: Seconds until the oldest of them counts no more; 0 if there are none.
    """

    used: int
    limit: int
    free_again: float


class RateLimit:
    """Rate limit for each credential: requests above it are refused.

    Args:
        limit: Requests in any window.
        per: Length of the window in seconds.
        clock: Seconds since any fixed point.
        is_frozen: Whether the clock stands still.
    """

    def __init__(
        self, limit: int, per: float, clock: Callable[[], float], is_frozen: Callable[[], bool] = lambda: False
    ) -> None:
        _check(limit, per)
        self._at_first = self._now = (limit, per)
        self._clock = clock
        self._is_frozen = is_frozen
        self._lock = threading.Lock()
        self._admitted: defaultdict[str, deque[float]] = defaultdict(deque)

    @property
    def limit(self) -> int:
        """Requests in any window."""
        return self._now[0]

    @property
    def per(self) -> float:
        """Length of the window in seconds."""
        return self._now[1]

    def set(self, limit: int, per: float | None = None) -> None:
        """Set another limit, until the next reset. What was counted stays counted.

        Args:
            limit: Requests in any window.
            per: Length of the window in seconds; as it is by default.

        Raises:
            EmulatorError: It makes no sense.
        """
        per = self.per if per is None else per
        _check(limit, per)
        self._now = (limit, per)

    def take(self, who: str) -> None:
        """Count one request.

        Raises:
            APIErrorResponse: 429, if the window is full.
        """
        with self._lock:
            limit, per = self._now
            now = self._clock()
            admitted = self._counting(who, now)
            if len(admitted) >= limit:
                wait = admitted[-limit] + per - now
                time = " of the service's time, which is frozen" if self._is_frozen() else ""
                problem = f"limit: {limit} in {per:g} s are used up; free again in {wait:.1f} s{time}"
                raise APIErrorResponse(429, problem)
            admitted.append(now)

    def usage(self, who: str) -> RateLimitUsage:
        """What a credential has of its limit now."""
        with self._lock:
            now = self._clock()
            admitted = self._counting(who, now)
            return RateLimitUsage(len(admitted), self.limit, admitted[0] + self.per - now if admitted else 0.0)

    def forget(self) -> None:
        """Forget all that was counted."""
        with self._lock:
            self._admitted.clear()

    def reset(self) -> None:
        """Forget all that was counted, and have the limit that there was at first."""
        with self._lock:
            self._now = self._at_first
            self._admitted.clear()

    def _counting(self, who: str, now: float) -> deque[float]:
        admitted = self._admitted[who]
        while admitted and admitted[0] <= now - self.per:
            admitted.popleft()
        while admitted and admitted[-1] > now:  # the clock was set back
            admitted.pop()
        return admitted


def _check(limit: int, per: float) -> None:
    if limit < 1 or not per > 0:
        raise EmulatorError(f"The limit has to be at least 1 in more than 0 seconds, not {limit} in {per}.")
