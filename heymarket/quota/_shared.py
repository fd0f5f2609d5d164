"""The rate limiter that several processes share: its slots are in a store, a SQLite file or a Redis server.

One thread uses the store, so that neither a lock nor the network blocks an event loop, and stores need no locks of
their own. If the store fails, `QuotaStoreError` is raised before anything is sent; for a second after a failure it is
raised without asking the store.
"""

from __future__ import annotations

import logging
import math
import weakref
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from heymarket.errors import QuotaStoreError
from heymarket.quota._memory import make_ticket

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from heymarket.quota import QuotaStatus
    from heymarket.quota._redis import RedisStore
    from heymarket.quota._sqlite import SQLiteStore

T = TypeVar("T")

_logger = logging.getLogger("heymarket")

_RETRY_AFTER = 1.0  # seconds for which a failed store isn't used, so that callers don't wait for one timeout each


class SharedRateLimiter:
    """A rate limiter on a store, with a thread of its own. When it is garbage-collected, both are closed.

    Args:
        store: The store of the slots; the rate limiter closes it.
        monotonic: The clock, in seconds.
    """

    @staticmethod
    def ticket() -> str:
        """A ticket for one request."""
        return make_ticket()

    def __init__(self, store: SQLiteStore | RedisStore, monotonic: Callable[[], float]) -> None:
        self._store = store
        self._monotonic = monotonic
        self._failure = ""
        self._retry_at = -math.inf
        self._worker = _start_worker()
        weakref.finalize(self, store.close)

    def after_fork(self) -> None:
        """Work in a forked child, which hasn't the thread."""
        self._store.after_fork()
        self._worker = _start_worker()

    def acquire(self, ticket: str, hold: float) -> Future[float]:
        """As `MemoryRateLimiter.acquire`; raises `QuotaStoreError` if the store fails."""
        return self._submit(lambda: self._store.acquire(ticket, hold))

    def release(self, ticket: str, *, counted: bool) -> None:
        """As `MemoryRateLimiter.release`. If the store fails, the slot expires by itself."""
        with suppress(QuotaStoreError):
            self._submit(lambda: self._store.release(ticket, counted=counted))

    def throttle(self, pause: float) -> None:
        """As `MemoryRateLimiter.throttle`. If the store fails, the next 429 throttles."""
        with suppress(QuotaStoreError):
            self._submit(lambda: self._store.throttle(pause))

    def status(self) -> Future[QuotaStatus]:
        """As `MemoryRateLimiter.status`; raises `QuotaStoreError` if the store fails."""
        return self._submit(self._store.status)

    def _submit(self, action: Callable[[], T]) -> Future[T]:
        try:
            return self._worker.submit(self._run, action)
        except RuntimeError:
            raise QuotaStoreError(
                "The store of the quota can't be used any more, because the program is ending. Nothing was sent."
            ) from None

    def _run(self, action: Callable[[], T]) -> T:
        """Use the store, in the worker's thread."""
        if self._monotonic() < self._retry_at:
            raise QuotaStoreError(self._failure)
        try:
            result = action()
        except QuotaStoreError as error:
            if not self._failure:
                _logger.warning("Calls fail until the store of the quota can be used again: %s", error)
            self._failure = f"The store of the quota can't be used: {error} Nothing was sent. Fix it, then call again."
            # From now and not from before the action, which may have taken longer than that.
            self._retry_at = self._monotonic() + _RETRY_AFTER
            raise QuotaStoreError(self._failure) from None
        if self._failure:
            _logger.warning("The store of the quota can be used again.")
            self._failure = ""
        return result


def _start_worker() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="heymarket-quota")  # ends when it is garbage-collected
