"""The rate limiter that several processes share: its slots are in a store, a SQLite file or a Redis server.

All that the store is asked goes through one thread, so that an event loop isn't held up by a lock or a network, a store
needs no locking of its own, and slots are returned in the order in which they were acquired. A store that fails raises
`QuotaStoreError` before anything is sent, at once for a second after its first failure.
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
"""Seconds for which a store that has failed isn't asked again, so that callers don't queue up for its timeouts."""

_MOST_UNRETURNED = 10_000
"""Slots that are remembered to be returned; those beyond come back by their deadlines."""


class StoreError(Exception):
    """A store can't be used; says why, without a password. `QuotaStoreError` is what users see."""


class Store(Protocol):
    """Where the slots are kept. Used by one thread at a time; the methods that use slots may raise `StoreError`."""

    per: float

    def acquire(self, ticket: str, hold: float) -> float | None:
        """As `RateLimiter.acquire`; `None` if all slots are on their way, so that none can be reserved."""
        ...

    def release(self, ticket: str, *, counted: bool, ago: float) -> None:
        """As `RateLimiter.release`, for a request that was over so many seconds ago."""
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
    """Asks a store, in a thread of its own. Once it is garbage, the thread ends and the store is closed.

    Args:
        store: Where the slots are; it belongs to this rate limiter.
        monotonic: The clock, in seconds.
    """

    def __init__(self, store: Store, monotonic: Callable[[], float]) -> None:
        self._store = store
        self._monotonic = monotonic
        self._failure = ""
        self._retry_at = -math.inf
        self._waiting: set[str] = set()  # those for whom no slot could be reserved yet
        self._unreturned: deque[tuple[str, bool, float]] = deque(maxlen=_MOST_UNRETURNED)
        weakref.finalize(self, store.close)
        self._start_worker()

    def _start_worker(self) -> None:
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="heymarket-quota")  # ends once it is garbage

    def after_fork(self) -> None:
        """In a forked child: neither the thread nor the callers are here."""
        self._waiting.clear()
        self._store.after_fork()
        self._start_worker()

    def ticket(self) -> str:
        """A ticket for one request."""
        return uuid4().hex

    def acquire(self, ticket: str, hold: float) -> Future[float]:
        """Take a slot; raises `QuotaStoreError` if the store fails."""
        with suppress(RuntimeError):  # the interpreter is going down
            return self._worker.submit(self._acquire, ticket, hold)
        raise QuotaStoreError("The store of the quota can't be used any more: the program is ending. Nothing was sent.")

    def release(self, ticket: str, *, counted: bool) -> None:
        """Return a slot, as soon as the store can be asked. If it never can, the slot comes back by its deadline."""
        with suppress(RuntimeError):  # as above
            self._worker.submit(self._release, ticket, counted, self._monotonic())

    def cancel(self, ticket: str) -> None:
        """Give up waiting."""
        self.release(ticket, counted=False)

    def throttle(self, pause: float) -> None:
        """Let nobody through for so long, and no more from then on than the service has just admitted."""
        with suppress(RuntimeError):  # as above
            self._worker.submit(self._ask, lambda: self._store.throttle(pause))  # if it fails, the next 429 teaches

    # What follows runs in the worker's thread.

    def _acquire(self, ticket: str, hold: float) -> float:
        try:
            wait = self._ask(lambda: self._store.acquire(ticket, hold))
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
            self._ask(self._return_slots)

    def _return_slots(self) -> None:
        while self._unreturned:
            ticket, counted, at = self._unreturned[0]
            self._store.release(ticket, counted=counted, ago=self._monotonic() - at)
            self._unreturned.popleft()

    def _ask(self, question: Callable[[], T]) -> T:
        if self._monotonic() < self._retry_at:
            raise StoreError(self._failure)
        try:
            if self._failure:
                self._return_slots()
            result = question()
        except StoreError as error:
            if not self._failure:
                _logger.warning("The store of the quota can't be used: %s", error)
            # From now, not from before the question: it may have taken longer than that.
            self._failure, self._retry_at = str(error), self._monotonic() + _RETRY_AFTER
            raise
        if self._failure:
            _logger.warning("The store of the quota is back.")
            self._failure = ""
        return result
