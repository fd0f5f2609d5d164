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
    """The slots of a quota for the clients of one credential. Threads and tasks share it."""

    def ticket(self) -> Any:
        """A ticket for one request."""
        ...

    def acquire(self, ticket: Any, hold: float) -> float | Future[float]:
        """Acquire a slot. Returns 0.0 if the request may be sent now, else the seconds after which to ask again.

        Args:
            ticket: The request's ticket.
            hold: Seconds after which the request has certainly ended, even if this process dies.
        """
        ...

    def release(self, ticket: Any, *, counted: bool) -> None:
        """Return the slot of a request that has ended.

        Args:
            ticket: The request's ticket.
            counted: Whether the service may have counted it.
        """
        ...

    def cancel(self, ticket: Any) -> None:
        """Stop waiting."""
        ...

    def throttle(self, pause: float) -> None:
        """After a 429, admit nothing for a number of seconds, and then no more than the service has just admitted."""
        ...


_rate_limiters: WeakValueDictionary[tuple[object, ...], Any] = WeakValueDictionary()
_in_use: set[MemoryRateLimiter] = set()  # they outlive their clients while their slots count
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
    key = (owner, quota.limit, quota.per, quota.store, monotonic)
    with _lock:
        for limiter in [*_in_use]:
            if not limiter.is_in_use():
                _in_use.discard(limiter)
        rate_limiter: RateLimiter | None = _rate_limiters.get(key)
        if rate_limiter is None:
            rate_limiter = _rate_limiters[key] = _create(quota, owner, monotonic)
        return rate_limiter


def reset(base_url: str) -> None:
    """Free this process's slots at a base URL whose service has forgotten them too: an emulator that was reset."""
    with _lock:
        for (owner, *_), rate_limiter in [*_rate_limiters.items()]:
            if str(owner).endswith(f" {base_url}") and isinstance(rate_limiter, MemoryRateLimiter):
                rate_limiter.reset()


def _create(quota: Quota, owner: str, monotonic: Callable[[], float]) -> RateLimiter:
    if quota.store is None:
        return MemoryRateLimiter(quota.limit, quota.per, monotonic, on_use=_in_use.add)
    from heymarket.quota._shared import SharedRateLimiter

    # Clients with different limits share one count, so that a client can leave room for others.
    name = f"{owner} {quota.per:g}"
    store: Store
    if quota.store.kind == "sqlite":
        from heymarket.quota._sqlite import SQLiteStore

        store = SQLiteStore(quota.store.location, name, quota.limit, quota.per, monotonic)
    else:
        from heymarket.quota._redis import RedisStore

        store = RedisStore(quota.store.location, name, quota.limit, quota.per)
    return SharedRateLimiter(store, monotonic)


def _after_fork() -> None:
    global _lock  # noqa: PLW0603 - a thread that isn't here may hold the parent's lock
    _lock = threading.Lock()
    for rate_limiter in {*_rate_limiters.values(), *_in_use}:
        rate_limiter.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
