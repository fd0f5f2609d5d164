"""Rate limiters that several processes share: their slots are in a store, a SQLite file or a Redis server.

However many credentials a process has, a store is opened once and used by one thread, so that neither a lock nor the
network blocks an event loop, and stores need no locks of their own. What has come in while the store was busy is done
together: in one transaction, or in one round trip.

If the store fails, `QuotaStoreError` is raised before anything is sent; for a second after a failure it is raised
without asking the store.
"""

from __future__ import annotations

import logging
import math
import weakref
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from copy import copy
from typing import TYPE_CHECKING, Any

from heymarket.errors import QuotaStoreError
from heymarket.quota._algorithm import Action
from heymarket.quota._memory import make_ticket

if TYPE_CHECKING:
    from collections.abc import Callable

    from heymarket.quota import QuotaStatus
    from heymarket.quota._redis import RedisStore
    from heymarket.quota._sqlite import SQLiteStore

_logger = logging.getLogger("heymarket")

_RETRY_AFTER = 1.0  # seconds for which a failed store isn't used, so that callers don't wait for one timeout each
_LARGEST_BATCH = 500  # actions, so that a transaction is short and other processes have their turn


class StoreWorker:
    """A store and the thread that uses it. When it is garbage-collected, both are closed.

    Args:
        store: The store of the slots; the worker closes it.
        monotonic: The clock, in seconds.
    """

    def __init__(self, store: SQLiteStore | RedisStore, monotonic: Callable[[], float]) -> None:
        self._store = store
        self._monotonic = monotonic
        self._failure = ""
        self._retry_at = -math.inf
        self._start()
        weakref.finalize(self, store.close)

    def after_fork(self) -> None:
        """Work in a forked child, which hasn't the thread."""
        self._store.after_fork()
        self._start()

    def submit(self, action: Action) -> Future[Any]:
        """Do something soon. The future raises `QuotaStoreError` if the store fails."""
        future: Future[Any] = Future()
        self._waiting.append((action, future))
        try:
            self._thread.submit(self._run)
        except RuntimeError:
            raise QuotaStoreError(
                "The store of the quota can't be used any more, because the program is ending. Nothing was sent."
            ) from None
        return future

    def _start(self) -> None:
        self._waiting: deque[tuple[Action, Future[Any]]] = deque()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="heymarket-quota")  # ends when it is garbage-collected

    def _run(self) -> None:
        """Do what is waiting, in the thread; nothing if an earlier run has done it."""
        taken = [self._waiting.popleft() for _ in range(min(len(self._waiting), _LARGEST_BATCH))]
        batch = [(action, future) for action, future in taken if future.set_running_or_notify_cancel()]
        if not batch:
            return
        try:
            results = self._use([action for action, _ in batch])
        except BaseException as error:  # noqa: BLE001 - the callers raise it
            for _, future in batch:
                future.set_exception(copy(error))  # its own for each caller, because raising adds frames
            return
        for (_, future), result in zip(batch, results, strict=True):
            future.set_result(result)

    def _use(self, actions: list[Action]) -> list[Any]:
        if self._monotonic() < self._retry_at:
            raise QuotaStoreError(self._failure)
        try:
            results = self._store.run(actions)
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
        return results


class SharedRateLimiter:
    """The rate limiter of one credential, in a store.

    Args:
        worker: Uses the store.
        name: The rate limiter's name in the store.
        limit: Requests in any window.
        per: The window, in seconds.
    """

    __slots__ = ("_limit", "_name", "_per", "_worker")

    @staticmethod
    def ticket() -> str:
        """A ticket for one request."""
        return make_ticket()

    def __init__(self, worker: StoreWorker, name: str, limit: int, per: float) -> None:
        self._worker = worker
        self._name = name
        self._limit = limit
        self._per = per

    def acquire(self, ticket: str, hold: float) -> Future[float]:
        """As `MemoryRateLimiter.acquire`; raises `QuotaStoreError` if the store fails."""
        return self._submit("acquire", ticket, self._limit, hold)

    def release(self, ticket: str, *, counted: bool) -> None:
        """As `MemoryRateLimiter.release`. If the store fails, the slot expires by itself."""
        with suppress(QuotaStoreError):
            self._submit("release", ticket, counted)

    def throttle(self, pause: float) -> None:
        """As `MemoryRateLimiter.throttle`. If the store fails, the next 429 throttles."""
        with suppress(QuotaStoreError):
            self._submit("throttle", pause)

    def status(self) -> Future[QuotaStatus]:
        """As `MemoryRateLimiter.status`; raises `QuotaStoreError` if the store fails."""
        return self._submit("status", self._limit)

    def _submit(self, method: str, *arguments: Any) -> Future[Any]:
        return self._worker.submit(Action(self._name, self._per, method, arguments))
