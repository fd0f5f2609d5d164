"""The rate limiter that several processes share: its slots are in a store, a SQLite file or a Redis server.

One thread uses the store, so that neither a lock nor the network blocks an event loop, stores need no locks of their
own, and slots are returned in the order in which they were acquired. If the store fails, `QuotaStoreError` is raised
before anything is sent; for a second after a failure it is raised without asking the store.
"""

from __future__ import annotations

import logging
import math
import weakref
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, TypeVar
from uuid import uuid4

from heymarket.errors import QuotaStoreError
from heymarket.quota._algorithm import poll_interval

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

T = TypeVar("T")

_logger = logging.getLogger("heymarket")

_RETRY_AFTER = 1.0
"""Seconds for which a failed store isn't used, so that callers don't wait for one timeout after the other."""

_MAX_UNRETURNED = 10_000
"""Slots that are remembered for their return; others expire by themselves."""


class StoreError(Exception):
    """A store can't be used. The message says why, without a password. Users see a `QuotaStoreError`."""


class Store(Protocol):
    """A store of slots, used by one thread at a time. The methods that use slots may raise `StoreError`."""

    per: float

    def acquire(self, ticket: str, hold: float) -> float | None:
        """As `RateLimiter.acquire`; `None` if no slot can be reserved, because all requests are in flight."""
        ...

    def release(self, ticket: str, *, counted: bool, ago: float) -> None:
        """As `RateLimiter.release`, for a request that ended `ago` seconds ago."""
        ...

    def throttle(self, pause: float) -> None:
        """As `RateLimiter.throttle`."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...

    def after_fork(self) -> None:
        """Leave the parent's connection alone."""
        ...


class SharedRateLimiter:
    """A rate limiter on a store, with a thread of its own. When it is garbage-collected, both are closed.

    Args:
        store: The store of the slots; the rate limiter closes it.
        monotonic: The clock, in seconds.
    """

    def __init__(self, store: Store, monotonic: Callable[[], float]) -> None:
        self._store = store
        self._monotonic = monotonic
        self._failure = ""
        self._retry_at = -math.inf
        self._waiting: set[str] = set()  # tickets for which no slot could be reserved yet
        self._unreturned: deque[tuple[str, bool, float]] = deque(maxlen=_MAX_UNRETURNED)
        weakref.finalize(self, store.close)
        self._start_worker()

    def _start_worker(self) -> None:
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="heymarket-quota")  # ends when it is garbage-collected

    def after_fork(self) -> None:
        """Reset in a forked child, which has neither the thread nor the callers."""
        self._waiting.clear()
        self._store.after_fork()
        self._start_worker()

    def ticket(self) -> str:
        """A ticket for one request."""
        return uuid4().hex

    def acquire(self, ticket: str, hold: float) -> Future[float]:
        """Acquire a slot; raises `QuotaStoreError` if the store fails."""
        with suppress(RuntimeError):  # the interpreter is shutting down
            return self._worker.submit(self._acquire, ticket, hold)
        raise QuotaStoreError(
            "The store of the quota can't be used any more, because the program is ending. Nothing was sent."
        )

    def release(self, ticket: str, *, counted: bool) -> None:
        """Return a slot as soon as the store can be used. If it never can, the slot expires by itself."""
        with suppress(RuntimeError):  # as above
            self._worker.submit(self._release, ticket, counted, self._monotonic())

    def cancel(self, ticket: str) -> None:
        """Stop waiting."""
        self.release(ticket, counted=False)

    def throttle(self, pause: float) -> None:
        """Admit nothing for a number of seconds, and afterwards no more than the service has just admitted."""
        with suppress(RuntimeError):  # as above
            self._worker.submit(self._run, lambda: self._store.throttle(pause))  # if it fails, the next 429 throttles

    # The methods below run in the worker's thread.

    def _acquire(self, ticket: str, hold: float) -> float:
        try:
            wait = self._run(lambda: self._store.acquire(ticket, hold))
        except StoreError as error:
            message = f"The store of the quota can't be used: {error} Nothing was sent. Fix it, then call again."
            raise QuotaStoreError(message) from None
        if wait is None:
            self._waiting.add(ticket)
            return poll_interval(len(self._waiting), self._store.per)
        self._waiting.discard(ticket)
        return wait

    def _release(self, ticket: str, counted: bool, at: float) -> None:  # noqa: FBT001 - only called above
        self._waiting.discard(ticket)
        self._unreturned.append((ticket, counted, at))
        with suppress(StoreError):
            self._run(self._return_slots)

    def _return_slots(self) -> None:
        while self._unreturned:
            ticket, counted, at = self._unreturned[0]
            self._store.release(ticket, counted=counted, ago=self._monotonic() - at)
            self._unreturned.popleft()

    def _run(self, action: Callable[[], T]) -> T:
        if self._monotonic() < self._retry_at:
            raise StoreError(self._failure)
        try:
            if self._failure:
                self._return_slots()
            result = action()
        except StoreError as error:
            if not self._failure:
                _logger.warning("The store of the quota can't be used: %s", error)
            # From now and not from before the action, which may have taken longer than that.
            self._failure, self._retry_at = str(error), self._monotonic() + _RETRY_AFTER
            raise
        if self._failure:
            _logger.warning("The store of the quota can be used again.")
            self._failure = ""
        return result
