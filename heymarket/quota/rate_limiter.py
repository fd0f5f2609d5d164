"""Rate limiters: the free slots of a quota, and the order in which requests acquire them.

A request holds a ticket. `acquire` returns how many seconds to wait before asking again with the same ticket; 0.0 means
that the request may be sent. A slot whose time to become free is known is reserved for a waiting ticket, so that
requests are sent in order and nobody polls. After the request, `release` counts its slot for one more window, or frees
it at once if the service can't have counted the request. A 429 lowers the limit for a while (`throttle`).

Rate limiters never wait. One in this process returns at once; one that is shared through a file or a server returns a
`Future`, for which each sender waits in its own way.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, TypeAlias
from weakref import WeakValueDictionary

from heymarket.quota._memory import MemoryRateLimiter

if TYPE_CHECKING:
    from collections.abc import Callable

    from heymarket.quota import Quota, StoreLocation
    from heymarket.quota._shared import SharedRateLimiter, StoreWorker

RateLimiter: TypeAlias = "MemoryRateLimiter | SharedRateLimiter"

_in_process: dict[tuple[object, ...], MemoryRateLimiter] = {}  # they outlive their clients, and what these sent counts
_workers: WeakValueDictionary[tuple[object, ...], StoreWorker] = WeakValueDictionary()  # one for each store
_lock = threading.Lock()


def rate_limiter_for(quota: Quota | None, owner: str, monotonic: Callable[[], float]) -> RateLimiter | None:
    """The rate limiter of all clients with the same owner, limit, window and store; `None` without a quota.

    Args:
        quota: Limit, window and store.
        owner: What the service counts by: a hash of the credential, and the base URL.
        monotonic: The clock of rate limiters in this process or on this machine.

    Raises:
        ConfigurationError: The store can't be opened.
    """
    if quota is None:
        return None
    with _lock:
        if quota.store is None:
            key = (owner, quota.limit, quota.per, monotonic)
            return _in_process.setdefault(key, MemoryRateLimiter(quota.limit, quota.per, monotonic))
        worker = _workers.get((quota.store, monotonic))
        if worker is None:
            worker = _workers[quota.store, monotonic] = _open(quota.store, monotonic)
    from heymarket.quota._shared import SharedRateLimiter

    # Clients with different limits share one count, so that a client can leave room for others.
    return SharedRateLimiter(worker, f"{owner} {quota.per:g}", quota.limit, quota.per)


def reset(base_url: str) -> None:
    """Free this process's slots at a base URL whose service has forgotten them too: an emulator that was reset."""
    with _lock:
        for (owner, *_), rate_limiter in _in_process.items():
            if str(owner).endswith(f" {base_url}"):
                rate_limiter.reset()


def _open(store: StoreLocation, monotonic: Callable[[], float]) -> StoreWorker:
    from heymarket.quota._shared import StoreWorker

    if store.kind == "sqlite":
        from heymarket.quota._sqlite import SQLiteStore

        return StoreWorker(SQLiteStore(store.location, monotonic), monotonic)
    from heymarket.quota._redis import RedisStore

    return StoreWorker(RedisStore(store.location), monotonic)


def _after_fork() -> None:
    global _lock  # noqa: PLW0603 - a thread that isn't here may hold the parent's lock
    _lock = threading.Lock()
    counting: list[MemoryRateLimiter | StoreWorker] = [*_in_process.values(), *_workers.values()]
    for one in counting:
        one.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
