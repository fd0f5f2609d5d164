"""The rate limiter of one credential in this process, shared by its threads and tasks."""

from __future__ import annotations

import threading
from itertools import count
from typing import TYPE_CHECKING

from heymarket.quota._algorithm import Slots, poll_interval

if TYPE_CHECKING:
    from collections.abc import Callable


class MemoryRateLimiter:
    """Slots in this process.

    Args:
        limit: Requests in any window.
        per: The window, in seconds.
        monotonic: The clock, in seconds.
        on_use: Called with the rate limiter whenever a slot is requested.
    """

    def __init__(
        self,
        limit: int,
        per: float,
        monotonic: Callable[[], float],
        on_use: Callable[[MemoryRateLimiter], object] = lambda _: None,
    ) -> None:
        self._limit = limit
        self._monotonic = monotonic
        self._on_use = on_use
        self._lock = threading.Lock()
        self._slots = Slots(per)
        self._waiting: set[str] = set()  # tickets for which no slot could be reserved yet
        self._tickets = count()

    def ticket(self) -> str:
        """A ticket for one request."""
        return str(next(self._tickets))

    def acquire(self, ticket: str, hold: float) -> float:
        """Acquire a slot. Returns 0.0 if the request may be sent now, else the seconds after which to ask again."""
        self._on_use(self)
        with self._lock:
            wait = self._slots.acquire(ticket, self._limit, hold, self._monotonic())
            if wait is None:
                self._waiting.add(ticket)
                return poll_interval(len(self._waiting), self._slots.per)
            self._waiting.discard(ticket)
            return wait

    def release(self, ticket: str, *, counted: bool) -> None:
        """Return a slot: after a window if the service may have counted the request, otherwise at once."""
        with self._lock:
            self._waiting.discard(ticket)
            self._slots.release(ticket, counted=counted, at=self._monotonic())

    def cancel(self, ticket: str) -> None:
        """Stop waiting."""
        self.release(ticket, counted=False)

    def throttle(self, pause: float) -> None:
        """Admit nothing for a number of seconds, and afterwards no more than the service has just admitted."""
        with self._lock:
            self._slots.throttle(pause, self._monotonic())

    def reset(self) -> None:
        """Forget all slots, and any 429."""
        with self._lock:
            self._slots = Slots(self._slots.per)

    def is_in_use(self) -> bool:
        """Whether a later client depends on the slots here."""
        with self._lock:
            return self._slots.is_in_use(self._limit, self._monotonic())

    def after_fork(self) -> None:
        """Reset in a forked child: the lock's holder isn't here, and responses in flight go to the parent."""
        self._lock = threading.Lock()
        self._waiting.clear()
        for ticket in [*self._slots.sent]:
            self.release(ticket, counted=True)
        self._slots.reserved.clear()
