"""The numbers that all budgets go by, whatever they keep their slots in: pure decisions."""

from __future__ import annotations

from typing import NamedTuple

GRACE = 5.0
"""Seconds after its moment for which a reserved slot is kept; whoever waits longer to come is gone, or waits anew."""

CREEP = 0.1
"""The part of the limit by which a lowered limit rises again in each window."""

_SOONEST = 0.05
_LOOKS_PER_SECOND = 100


class Lesson(NamedTuple):
    """What a 429 taught: somebody else uses the same limit, and this much of it was left."""

    admitted: int
    at: float


def allowed(limit: int, per: float, lesson: Lesson | None, now: float) -> int:
    """How many requests a window may hold now.

    After a 429 it is what the service admitted in the window before it; that holds for a whole window, then rises.
    """
    if lesson is None:
        return limit
    windows = max(0.0, (now - lesson.at) / per - 1.0)
    return min(limit, max(1, lesson.admitted) + int(limit * CREEP * windows))


def look_again(waiting: int, per: float) -> float:
    """Seconds until a caller asks again for whom no slot can be reserved yet, because all are on their way.

    A request that is answered frees its slot a whole window later, so half a window is soon enough to see it coming;
    only slots of requests that never left are free earlier. The more callers wait, the more seldom each asks.
    """
    return min(per / 2, max(_SOONEST, waiting / _LOOKS_PER_SECOND))
