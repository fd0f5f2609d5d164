"""The rule of all rate limiters, wherever they keep their slots: pure decisions on plain data.

A request counts from when it acquires a slot until a window after its response arrived. `_redis` holds the same rule in
Lua; tests hold both to the same cases.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from typing import NamedTuple

GRACE = 5.0
"""Seconds for which a reserved slot is kept after its moment; a caller that comes later waits again."""

RECOVERY = 0.1
"""The part of the limit by which an observed limit rises in each window."""

_SHORTEST_POLL = 0.05
_POLLS_PER_SECOND = 100


class ObservedLimit(NamedTuple):
    """What the service had admitted in the window before a 429: somebody else uses the same limit."""

    admitted: int
    at: float


class Slots:
    """The slots of one credential, and what a 429 taught. All moments are of one clock, in seconds.

    Args:
        per: The window, in seconds.
    """

    def __init__(self, per: float) -> None:
        self.per = per
        self.reserved: dict[str, float] = {}  # from when each ticket may leave
        self.sent: dict[str, float] = {}  # by when each ticket's request is over, whatever happens to its process
        self.counted: list[float] = []  # until when each answered request counts, in order
        self.observed: ObservedLimit | None = None
        self.paused_until = 0.0

    def acquire(self, ticket: str, limit: int, hold: float, now: float) -> float | None:
        """As `RateLimiter.acquire`; `None` if all slots are on their way, so that none can be reserved."""
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
        """Let a slot count for a window from a moment on, or not at all."""
        self.reserved.pop(ticket, None)
        self.sent.pop(ticket, None)
        if counted:
            insort(self.counted, at + self.per)

    def throttle(self, pause: float, now: float) -> None:
        """As `RateLimiter.throttle`."""
        self._expire(now)
        self.observed = ObservedLimit(len(self.counted), now)
        self.reserved.clear()  # they were reserved within another limit; their callers ask again
        self.paused_until = max(self.paused_until, now + pause)

    def is_in_use(self, limit: int, now: float) -> bool:
        """Whether a later caller must know of any of this."""
        self._expire(now)
        return bool(self.sent or self.counted) or self.paused_until > now or self._limit(limit, now) < limit

    def _expire(self, now: float) -> None:
        if self.counted and self.counted[0] <= now:
            del self.counted[: bisect_right(self.counted, now)]
        for slots, until in (self.reserved, now - GRACE), (self.sent, now):
            if slots and min(slots.values()) <= until:
                for ticket in [ticket for ticket, moment in slots.items() if moment <= until]:
                    del slots[ticket]

    def _limit(self, limit: int, now: float) -> int:
        """What a window may hold now: after a 429 what was observed, for a whole window, then more and more."""
        if self.observed is None:
            return limit
        windows = max(0.0, (now - self.observed.at) / self.per - 1.0)
        return min(limit, max(1, self.observed.admitted) + int(limit * RECOVERY * windows))


def poll_interval(waiting: int, per: float) -> float:
    """Seconds until a caller asks again for whom no slot can be reserved yet, because all are on their way.

    A request that is answered frees its slot a whole window later, so half a window is soon enough to see it coming;
    only slots of requests that never left are free earlier. The more callers wait, the more rarely each asks.
    """
    return min(per / 2, max(_SHORTEST_POLL, waiting / _POLLS_PER_SECOND))
