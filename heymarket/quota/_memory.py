"""The rate limiter of one credential in this process, shared by its threads and tasks."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from heymarket.quota._algorithm import Slots

if TYPE_CHECKING:
    from collections.abc import Callable

    from heymarket.quota import QuotaStatus


def make_ticket() -> str:
    """A ticket for one request, which no other process makes too."""
    return os.urandom(16).hex()


class MemoryRateLimiter:
    """Slots in this process.

    Args:
        limit: Requests in any window.
        per: The window, in seconds.
        monotonic: The clock, in seconds.
    """

    @staticmethod
    def ticket() -> str:
        """A ticket for one request."""
        return make_ticket()

    def __init__(self, limit: int, per: float, monotonic: Callable[[], float]) -> None:
        self._limit = limit
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._slots = Slots(per)

    def acquire(self, ticket: str, hold: float) -> float:
        """Acquire a slot. Returns 0.0 if the request may be sent now, else the seconds after which to ask again.

        Args:
            ticket: The request's ticket.
            hold: Seconds after which the request has certainly ended, even if this process dies.
        """
        with self._lock:
            return self._slots.acquire(ticket, self._limit, hold, self._monotonic())

    def release(self, ticket: str, *, counted: bool) -> None:
        """Return the slot of a request that has ended, or stop waiting for one.

        Args:
            ticket: The request's ticket.
            counted: Whether the service may have counted it. Then its slot is free after a window, otherwise at once.
        """
        with self._lock:
            self._slots.release(ticket, counted, self._monotonic())

    def throttle(self, pause: float) -> None:
        """After a 429, admit nothing for a number of seconds, and then no more than the service has just admitted."""
        with self._lock:
            self._slots.throttle(pause, self._monotonic())

    def status(self) -> QuotaStatus:
        """What is left now."""
        with self._lock:
            return self._slots.status(self._limit, self._monotonic())

    def reset(self) -> None:
        """Forget all slots, and any 429."""
        with self._lock:
            self._slots = Slots(self._slots.per)

    def after_fork(self) -> None:
        """Work in a forked child, where the lock's holder isn't. The parent's requests in flight expire."""
        self._lock = threading.Lock()
