"""Rate limiters: what is left of a quota, and whose turn it is.

A request holds a ticket. `acquire` says how many seconds to wait before asking again with the same ticket; 0.0 means
go. While the ticket waits, a slot that becomes free at a known moment is reserved for it, so that callers are served in
the order in which they came and nobody polls. Once the request is over, `release` lets the slot count for a window
more, or not at all if the service can't have counted it. A 429 lowers the limit for a while (`throttle`).

No rate limiter waits itself. One in this process answers at once; one that others share through a file or a server
returns a `Future`, which the senders wait for in their own way.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any, Protocol
from weakref import WeakValueDictionary

from heymarket.quota._memory import MemoryRateLimiter

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from heymarket.quota import Quota
    from heymarket.quota._shared import Store

__all__ = ["RateLimiter", "rate_limiter_for", "reset"]


class RateLimiter(Protocol):
    """What a quota leaves to the clients of one credential. Threads and tasks share it."""

    def ticket(self) -> Any:
        """A ticket for one request."""
        ...

    def acquire(self, ticket: Any, hold: float) -> float | Future[float]:
        """Take a slot: 0.0 if the request may leave now, else after how many seconds to ask again.

        Args:
            ticket: The request's.
            hold: Seconds after which the request is over, whatever happens to this process.
        """
        ...

    def release(self, ticket: Any, *, counted: bool) -> None:
        """Return the slot of a request that is over.

        Args:
            ticket: The request's.
            counted: Whether the service may have counted it.
        """
        ...

    def cancel(self, ticket: Any) -> None:
        """Give up waiting."""
        ...

    def throttle(self, pause: float) -> None:
        """The service said 429: let nobody through for so many seconds, and allow no more than it has just admitted."""
        ...


_rate_limiters: WeakValueDictionary[tuple[object, ...], Any] = WeakValueDictionary()
_in_use: set[MemoryRateLimiter] = set()  # what was used outlives its client, until nothing is left to remember
_lock = threading.Lock()


def rate_limiter_for(quota: Quota | None, owner: str, monotonic: Callable[[], float]) -> RateLimiter | None:
    """The rate limiter that all clients share whose owner, limit, window and store agree; `None` without a quota.

    Args:
        quota: Limit, window and store.
        owner: What the service counts by: the credential and the base URL it is used at, without the secret itself.
        monotonic: The clock that a rate limiter in this process or on this machine counts by.

    Raises:
        ConfigurationError: The store can't be opened.
    """
    if quota is None:
        return None
    key = (owner, quota.limit, quota.per, quota.store, monotonic)
    with _lock:
        for used in [*_in_use]:
            if not used.is_in_use():
                _in_use.discard(used)
        rate_limiter: RateLimiter | None = _rate_limiters.get(key)
        if rate_limiter is None:
            rate_limiter = _rate_limiters[key] = _make(quota, owner, monotonic)
        return rate_limiter


def reset(base_url: str) -> None:
    """Forget what this process used of all quotas at a place that has forgotten it too: an emulator, reset."""
    with _lock:
        for (owner, *_), rate_limiter in [*_rate_limiters.items()]:
            if str(owner).endswith(f" {base_url}") and isinstance(rate_limiter, MemoryRateLimiter):
                rate_limiter.reset()


def _make(quota: Quota, owner: str, monotonic: Callable[[], float]) -> RateLimiter:
    if quota.store is None:
        return MemoryRateLimiter(quota.limit, quota.per, monotonic, on_use=_in_use.add)
    from heymarket.quota._shared import SharedRateLimiter

    # Each client keeps its own limit, but all are counted together: one that wants to leave room for others can.
    name = f"{owner} {quota.per:g}"
    store: Store
    if quota.store.kind == "sqlite":
        from heymarket.quota._sqlite import SQLiteStore

        store = SQLiteStore(quota.store.where, name, quota.limit, quota.per, monotonic)
    else:
        from heymarket.quota._redis import RedisStore

        store = RedisStore(quota.store.where, name, quota.limit, quota.per)
    return SharedRateLimiter(store, monotonic)


def _after_fork() -> None:
    global _lock  # noqa: PLW0603 - the parent's may be held by a thread that isn't here
    _lock = threading.Lock()
    for rate_limiter in {*_rate_limiters.values(), *_in_use}:
        rate_limiter.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
