"""The algorithm of all rate limiters, whatever their store: pure decisions on plain data.

A request counts from the time it acquires a slot until a window after its response arrived. `_redis` contains the same
algorithm in Lua; the same tests run on both.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from typing import NamedTuple

GRACE = 5.0
"""Seconds for which a reserved slot is kept after it becomes free; a caller that asks later waits again."""

RECOVERY = 0.1
"""The share of the limit by which an observed limit rises in each window."""

_MIN_POLL_INTERVAL = 0.05
_POLLS_PER_SECOND = 100


class ObservedLimit(NamedTuple):
    """What the service admitted in the window before a 429, because another program uses the same limit."""

    admitted: int
    at: float


class Slots:
    """The slots of one credential, and the limit observed after a 429. All times are of one clock, in seconds.

    Args:
        per: The window, in seconds.
    """

    def __init__(self, per: float) -> None:
        self.per = per
        self.reserved: dict[str, float] = {}  # when each ticket may be sent
        self.sent: dict[str, float] = {}  # when each ticket's slot expires, even if its process dies
        self.counted: list[float] = []  # until when each request with a response counts, in order
        self.observed: ObservedLimit | None = None
        self.paused_until = 0.0

    def acquire(self, ticket: str, limit: int, hold: float, now: float) -> float | None:
        """As `RateLimiter.acquire`; `None` if no slot can be reserved, because all requests are in flight."""
        self._expire(now)
        start = self.reserved.get(ticket)
        if start is not None and start > now:
            return start - now
        if start is None and ticket not in self.sent:
            if self.paused_until > now:
                return self.paused_until - now
            excess = len(self.reserved) + len(self.sent) + len(self.counted) - self._limit(limit, now)
            if excess >= len(self.counted):
                return None
            if excess >= 0:
                self.reserved[ticket] = self.counted[excess]
                return self.counted[excess] - now
        self.reserved.pop(ticket, None)
        self.sent[ticket] = now + hold + self.per
        return 0.0

    def release(self, ticket: str, *, counted: bool, at: float) -> None:
        """Count a slot for one window from a time on, or free it at once."""
        self.reserved.pop(ticket, None)
        self.sent.pop(ticket, None)
        if counted:
            insort(self.counted, at + self.per)

    def throttle(self, pause: float, now: float) -> None:
        """As `RateLimiter.throttle`."""
        self._expire(now)
        self.observed = ObservedLimit(len(self.counted), now)
        self.reserved.clear()  # they were reserved under another limit; their callers ask again
        self.paused_until = max(self.paused_until, now + pause)

    def is_in_use(self, limit: int, now: float) -> bool:
        """Whether a later caller depends on this state."""
        self._expire(now)
        return bool(self.sent or self.counted) or self.paused_until > now or self._limit(limit, now) < limit

    def _expire(self, now: float) -> None:
        if self.counted and self.counted[0] <= now:
            del self.counted[: bisect_right(self.counted, now)]
        for slots, until in (self.reserved, now - GRACE), (self.sent, now):
            if slots and min(slots.values()) <= until:
                for ticket in [ticket for ticket, time in slots.items() if time <= until]:
                    del slots[ticket]

    def _limit(self, limit: int, now: float) -> int:
        """The limit of a window now: after a 429 the observed limit for a whole window, then more and more."""
        if self.observed is None:
            return limit
        windows = max(0.0, (now - self.observed.at) / self.per - 1.0)
        return min(limit, max(1, self.observed.admitted) + int(limit * RECOVERY * windows))


def poll_interval(waiting: int, per: float) -> float:
    """Seconds after which a caller asks again if no slot can be reserved yet, because all requests are in flight.

    A slot is free a whole window after its response, so asking every half window is soon enough to reserve it; only
    slots of requests that were never sent are free earlier. The more callers wait, the more rarely each one asks.
    """
    return min(per / 2, max(_MIN_POLL_INTERVAL, waiting / _POLLS_PER_SECOND))
