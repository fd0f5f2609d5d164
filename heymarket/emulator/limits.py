"""At most so many requests in any window of so many seconds, for each credential.

Documented are 500 a minute and a 429 above that; that the window slides, that it is counted per credential and that
refused requests don't count is assumed. No `Retry-After` is sent, since none is documented.
"""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["SlidingLimit"]


class SlidingLimit:
    """Counts requests and refuses those above the limit.

    Args:
        limit: Requests in any window.
        per: Length of the window in seconds.
        clock: Seconds since any fixed point.
    """

    def __init__(self, limit: int, per: float, clock: Callable[[], float]) -> None:
        if limit < 1 or not per > 0:
            raise EmulatorError(f"The limit has to be at least 1 in more than 0 seconds, not {limit} in {per}.")
        self._limit = limit
        self._per = per
        self._clock = clock
        self._admitted: defaultdict[str, deque[float]] = defaultdict(deque)

    def take(self, who: str) -> None:
        """Count one request.

        Raises:
            Refused: 429, if the window is full.
        """
        now = self._clock()
        admitted = self._admitted[who]
        while admitted and admitted[0] <= now - self._per:
            admitted.popleft()
        if len(admitted) >= self._limit:
            wait = admitted[0] + self._per - now
            raise Refused(429, f"limit: {self._limit} in {self._per:g} s are used up; free again in {wait:.1f} s")
        admitted.append(now)

    def reset(self) -> None:
        """Forget all that was counted."""
        self._admitted.clear()
