"""The budget of one credential in this process, shared by its threads and tasks."""

from __future__ import annotations

import math
import threading
from collections import deque
from typing import TYPE_CHECKING

from heymarket.quota._algorithm import Lesson, allowed, look_again

if TYPE_CHECKING:
    from collections.abc import Callable


class ProcessBudget:
    """Counts requests on their way, and those that were answered less than a window ago.

    Args:
        limit: Requests in any window.
        per: The window, in seconds.
        monotonic: The clock, in seconds.
        remember: Called when the budget is used, so that it can be kept.
    """

    def __init__(
        self,
        limit: int,
        per: float,
        monotonic: Callable[[], float],
        remember: Callable[[ProcessBudget], object] = lambda _: None,
    ) -> None:
        self._limit = limit
        self._per = per
        self._monotonic = monotonic
        self._remember = remember
        self._lock = threading.Lock()
        self._on_their_way = 0
        self._counted: deque[float] = deque()  # until when each answered request counts, in order
        self._reserved: dict[object, float] = {}
        self._without_a_slot: set[object] = set()
        self._lesson: Lesson | None = None
        self._paused_until = -math.inf

    def ticket(self) -> object:
        """A ticket for one request."""
        return object()

    def take(self, ticket: object, hold: float = 0.0) -> float:  # noqa: ARG002 - in one process nobody dies unseen
        """Take a slot: 0.0 if the request may leave now, else after how many seconds to ask again."""
        self._remember(self)
        with self._lock:
            now = self._monotonic()
            if self._reserved and (start := self._reserved.get(ticket)) is not None:
                if start > now:
                    return start - now
                del self._reserved[ticket]
                self._on_their_way += 1
                return 0.0
            if now < self._paused_until:
                return self._paused_until - now
            counted = self._counted
            while counted and counted[0] <= now:
                counted.popleft()
            limit = self._limit if self._lesson is None else allowed(self._limit, self._per, self._lesson, now)
            too_many = len(counted) + self._on_their_way + len(self._reserved) - limit
            if too_many < 0:
                self._without_a_slot.discard(ticket)
                self._on_their_way += 1
                return 0.0
            if too_many < len(counted):
                self._without_a_slot.discard(ticket)
                start = self._reserved[ticket] = counted[too_many]
                return start - now
            self._without_a_slot.add(ticket)
            return look_again(len(self._without_a_slot), self._per)

    def give_back(self, ticket: object, *, counted: bool) -> None:  # noqa: ARG002 - one slot is like another here
        """Return a slot: after the window if the service may have counted the request, at once if it can't have."""
        with self._lock:
            self._on_their_way -= 1
            if counted:
                self._counted.append(self._monotonic() + self._per)

    def forget(self, ticket: object) -> None:
        """Give up waiting."""
        with self._lock:
            self._reserved.pop(ticket, None)
            self._without_a_slot.discard(ticket)

    def refused(self, pause: float) -> None:
        """Let nobody through for so long, and no more from then on than the service has just admitted."""
        with self._lock:
            now = self._monotonic()
            self._lesson = Lesson(sum(1 for until in self._counted if until > now), now)
            self._reserved.clear()  # they were reserved within another limit; whoever holds one asks anew
            self._paused_until = max(self._paused_until, now + pause)

    def start_afresh(self) -> None:
        """Forget what was answered, and any 429."""
        with self._lock:
            self._counted.clear()
            self._lesson = None
            self._paused_until = -math.inf

    def in_use(self) -> bool:
        """Whether anything is remembered here that a later client has to know of."""
        with self._lock:
            now = self._monotonic()
            return (
                self._on_their_way > 0
                or any(until > now for until in self._counted)
                or now < self._paused_until
                or allowed(self._limit, self._per, self._lesson, now) < self._limit
            )

    def after_fork(self) -> None:
        """In a forked child: whoever held the lock isn't here, and what was on its way is answered to the parent."""
        self._lock = threading.Lock()
        self._counted.extend([self._monotonic() + self._per] * self._on_their_way)
        self._on_their_way = 0
        self._reserved.clear()
        self._without_a_slot.clear()
