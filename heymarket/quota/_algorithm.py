"""The algorithm of all rate limiters, whatever their store: pure decisions on plain data.

A request counts from the time it acquires a slot until a window after its response arrived. `_redis` contains the same
algorithm in Lua; the same tests run on both.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from typing import Any, NamedTuple

from attrs import define, field

from heymarket.quota import QuotaStatus

GRACE = 5.0  # seconds for which a reserved slot is kept after it becomes free; a caller that asks later waits again
RECOVERY = 0.1  # the share of the limit by which a lowered limit rises in each window
POLL_INTERVAL = 0.05  # seconds after which a caller asks again if no slot can be reserved
POLL_SPACING = 0.01  # seconds between two such callers, so that they ask the more rarely the more of them there are


@define(slots=False)
class Slots:
    """The slots of one credential, and what was learned from a 429. All times are of one clock, in seconds.

    Attributes:
        per: The window, in seconds.
        reserved: When each ticket may be sent.
        sent: When each ticket's slot expires, even if its process dies.
        counted: Until when each request with a response counts, in order.
        polled_until: When the last of the callers asks again for which no slot could be reserved.
        paused_until: Nothing is admitted before.
        throttled_at: When the last 429 arrived.
        admitted: What the service had admitted in the window before; another program uses the same limit.
    """

    per: float
    reserved: dict[str, float] = field(factory=dict[str, float])
    sent: dict[str, float] = field(factory=dict[str, float])
    counted: list[float] = field(factory=list[float])
    polled_until: float = 0.0
    paused_until: float = 0.0
    throttled_at: float | None = None
    admitted: int = 0

    def acquire(self, ticket: str, limit: int, hold: float, now: float) -> float:
        """As `MemoryRateLimiter.acquire`."""
        self._expire(now)
        start = self.reserved.get(ticket)
        if start is not None and start > now:
            return start - now
        if start is None:
            if self.paused_until > now:
                return self.paused_until - now
            excess = len(self.reserved) + len(self.sent) + len(self.counted) - self._limit(limit, now)
            if excess >= len(self.counted):
                # All requests are in flight. A slot is free a whole window after its response, so asking every half
                # window is soon enough to reserve it; only slots of requests that were never sent are free earlier.
                poll_at = max(self.polled_until + POLL_SPACING, now + POLL_INTERVAL)
                self.polled_until = min(poll_at, now + self.per / 2)
                return self.polled_until - now
            if excess >= 0:
                self.reserved[ticket] = self.counted[excess]
                return self.counted[excess] - now
        self.reserved.pop(ticket, None)
        self.sent[ticket] = now + hold + self.per
        return 0.0

    def release(self, ticket: str, counted: bool, now: float) -> None:  # noqa: FBT001 - a store passes all by position
        """As `MemoryRateLimiter.release`."""
        self.reserved.pop(ticket, None)
        self.sent.pop(ticket, None)
        if counted:
            insort(self.counted, now + self.per)

    def throttle(self, pause: float, now: float) -> None:
        """As `MemoryRateLimiter.throttle`."""
        self._expire(now)
        self.throttled_at, self.admitted = now, len(self.counted)
        self.paused_until = max(self.paused_until, now + pause)
        self.reserved.clear()  # they were reserved under another limit; their callers ask again

    def status(self, limit: int, now: float) -> QuotaStatus:
        """As `MemoryRateLimiter.status`."""
        self._expire(now)
        limit, used = self._limit(limit, now), len(self.sent) + len(self.counted)
        excess = used + len(self.reserved) - limit
        free_in = 0.0 if excess < 0 else (self.counted[excess] - now if excess < len(self.counted) else self.per)
        return QuotaStatus(limit, used, len(self.reserved), max(free_in, self.paused_until - now))

    def _expire(self, now: float) -> None:
        del self.counted[: bisect_right(self.counted, now)]
        for slots, until in (self.reserved, now - GRACE), (self.sent, now):
            for ticket in [ticket for ticket, time in slots.items() if time <= until]:
                del slots[ticket]

    def _limit(self, limit: int, now: float) -> int:
        """The limit of a window now: after a 429 what the service admitted for a whole window, then more and more."""
        if self.throttled_at is None:
            return limit
        windows = max(0.0, (now - self.throttled_at) / self.per - 1.0)
        return min(limit, max(1, self.admitted) + int(limit * RECOVERY * windows))


class Action(NamedTuple):
    """Something to be done with the slots of one rate limiter: a method of `Slots`, without the current time.

    Attributes:
        name: The rate limiter's name in the store.
        per: Its window, in seconds.
        method: `acquire`, `release`, `throttle` or `status`.
        arguments: The arguments of the method.
    """

    name: str
    per: float
    method: str
    arguments: tuple[Any, ...]
