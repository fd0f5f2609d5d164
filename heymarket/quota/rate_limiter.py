"""Budgets: what is left of a quota, and whose turn it is.

A request holds a ticket. `take` says how many seconds to wait before asking again with the same ticket; 0.0 means go.
While the ticket waits, a slot that becomes free at a known moment is reserved for it, so that callers are served in the
order in which they came and nobody polls. Once the request is over, `give_back` lets the slot count for a window more,
or not at all if the service can't have counted it. A 429 teaches the budget (`refused`).

No budget waits itself. One in this process answers at once; one that others share through a file or a server answers
with a `Future`, which the drivers of the exchange wait for in their own way.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any, Protocol
from weakref import WeakValueDictionary

from heymarket.quota._memory import ProcessBudget

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from heymarket.quota import Quota
    from heymarket.quota._store import Store

__all__ = ["Budget", "budget_for", "start_afresh"]


class Budget(Protocol):
    """What a quota leaves to the clients of one credential. Threads and tasks share it."""

    def ticket(self) -> Any:
        """A ticket for one request."""
        ...

    def take(self, ticket: Any, hold: float) -> float | Future[float]:
        """Take a slot: 0.0 if the request may leave now, else after how many seconds to ask again.

        Args:
            ticket: The request's.
            hold: Seconds after which the request is over, whatever happens to this process.
        """
        ...

    def give_back(self, ticket: Any, *, counted: bool) -> None:
        """Return the slot of a request that is over.

        Args:
            ticket: The request's.
            counted: Whether the service may have counted it.
        """
        ...

    def forget(self, ticket: Any) -> None:
        """Give up waiting."""
        ...

    def refused(self, pause: float) -> None:
        """The service said 429: let nobody through for so many seconds, and allow no more than it has just admitted."""
        ...


_budgets: WeakValueDictionary[tuple[object, ...], Any] = WeakValueDictionary()
_remembered: set[ProcessBudget] = set()  # what was used outlives its client, until nothing is left to remember
_lock = threading.Lock()


def budget_for(quota: Quota | None, owner: str, monotonic: Callable[[], float]) -> Budget | None:
    """The budget that all clients share whose owner, limit, window and store agree; `None` without a quota.

    Args:
        quota: Limit, window and store.
        owner: What the service counts by: the credential and the place it is used at, without the secret itself.
        monotonic: The clock that a budget in this process or on this machine counts by.

    Raises:
        ConfigurationError: The store can't be opened.
    """
    if quota is None:
        return None
    key = (owner, quota.limit, quota.per, quota.store, quota.fallback, monotonic)
    with _lock:
        for used in [*_remembered]:
            if not used.in_use():
                _remembered.discard(used)
        budget: Budget | None = _budgets.get(key)
        if budget is None:
            budget = _budgets[key] = _new(quota, owner, monotonic)
        return budget


def start_afresh(base_url: str) -> None:
    """Forget what was used of all quotas in this process at a place that has forgotten it too: an emulator, reset."""
    with _lock:
        for (owner, *_), budget in [*_budgets.items()]:
            if str(owner).endswith(f" {base_url}") and isinstance(budget, ProcessBudget):
                budget.start_afresh()


def _new(quota: Quota, owner: str, monotonic: Callable[[], float]) -> Any:
    local = ProcessBudget(quota.limit, quota.per, monotonic, remember=_remembered.add)
    if quota.store is None:
        return local
    from heymarket.quota._shared import SharedBudget

    return SharedBudget(_opened(quota, owner, monotonic), monotonic, fallback=local if quota.fallback else None)


def _opened(quota: Quota, owner: str, monotonic: Callable[[], float]) -> Store:
    assert quota.store is not None  # noqa: S101 - only then is a store asked for
    # Each client keeps its own limit, but all are counted together: one that wants to leave room for others can.
    name = f"{owner} {quota.per:g}"
    if quota.store.kind == "sqlite":
        from heymarket.quota._sqlite import SQLiteStore

        return SQLiteStore(quota.store.where, name, quota.limit, quota.per, monotonic)
    from heymarket.quota._redis import RedisStore

    return RedisStore(quota.store.where, name, quota.limit, quota.per)


def _after_fork() -> None:
    global _lock  # noqa: PLW0603 - the parent's may be held by a thread that isn't here
    _lock = threading.Lock()
    for budget in {*_budgets.values(), *_remembered}:
        budget.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
