"""The service's limit, kept on our side: 500 requests in any 60 seconds, for all clients of one credential.

A slot is taken before a request leaves and comes back `per` seconds after its answer arrived. The service counted the
request somewhere between the two, so no latency can make it count more than `limit` in a window.
"""

from __future__ import annotations

import math
import os
import threading
from collections import deque
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from heymarket.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable


class Quota:
    """How many requests may be made in how many seconds.

    Args:
        limit: Requests per window, 1 or more. Heymarket documents 500.
        per: The window in seconds. Heymarket documents 60.
        max_wait: The longest a call may queue for a slot, in seconds; `None` waits as long as it takes.

    Raises:
        ConfigurationError: A value is out of range.
    """

    __slots__ = ("limit", "max_wait", "per")
    limit: int
    per: float
    max_wait: float | None

    def __init__(self, limit: int = 500, *, per: float = 60.0, max_wait: float | None = None) -> None:
        if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
            raise ConfigurationError("Quota: limit must be a whole number of requests, 1 or more.")
        if not isinstance(per, int | float) or not 0 < per < math.inf:
            raise ConfigurationError("Quota: per must be a number of seconds above 0.")
        if max_wait is not None and (not isinstance(max_wait, int | float) or not 0 <= max_wait < math.inf):
            raise ConfigurationError("Quota: max_wait must be a number of seconds, 0 or more, or None.")
        for name, value in (("limit", limit), ("per", per), ("max_wait", max_wait)):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("A Quota can't be changed, because clients share it. Make another one.")

    def __reduce__(self) -> tuple[object, ...]:
        return partial(Quota, per=self.per, max_wait=self.max_wait), (self.limit,)

    def __repr__(self) -> str:
        return f"Quota({self.limit}, per={self.per:g}, max_wait={self.max_wait})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Quota):
            return NotImplemented
        return (self.limit, self.per, self.max_wait) == (other.limit, other.per, other.max_wait)

    def __hash__(self) -> int:
        return hash((self.limit, self.per, self.max_wait))


class Budget:
    """The slots of one credential in this process, shared by threads and tasks.

    It never waits itself: `take` says how long to wait before asking again.
    """

    def __init__(self, limit: int, per: float, monotonic: Callable[[], float]) -> None:
        self._limit = limit
        self._per = per
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._free = limit
        self._returns: deque[float] = deque()
        self._paused_until = -math.inf

    def take(self) -> float:
        """Take a slot: 0.0 if there was one, else after how many seconds to ask again."""
        _remembered.add(self)
        with self._lock:
            now = self._monotonic()
            if now < self._paused_until:
                return self._paused_until - now
            while self._returns and self._returns[0] <= now:
                self._returns.popleft()
                self._free += 1
            if self._free:
                self._free -= 1
                return 0.0
            # With all slots on their way, one may still come back at once: of a request that never left.
            return (self._returns[0] - now) if self._returns else min(self._per, _LOOK_AGAIN)

    def after_fork(self) -> None:
        """In a forked child: whoever held the lock isn't here, and what was on its way is answered to the parent."""
        self._lock = threading.Lock()
        on_their_way = self._limit - self._free - len(self._returns)
        self._returns.extend([self._monotonic() + self._per] * on_their_way)

    def in_use(self) -> bool:
        """Whether anything is remembered here that a later client has to know of."""
        with self._lock:
            now = self._monotonic()
            settled = sum(1 for moment in self._returns if moment <= now)
            return self._free + settled < self._limit or now < self._paused_until

    def give_back(self, *, counted: bool) -> None:
        """Return a slot: after the window if the service may have counted the request, at once if it can't have."""
        with self._lock:
            if counted:
                self._returns.append(self._monotonic() + self._per)
            else:
                self._free += 1

    def pause(self, seconds: float) -> None:
        """Let nobody through for so long: the service has said 429."""
        with self._lock:
            self._paused_until = max(self._paused_until, self._monotonic() + seconds)


_LOOK_AGAIN = 1.0
_budgets: WeakValueDictionary[tuple[object, ...], Budget] = WeakValueDictionary()
_remembered: set[Budget] = set()  # what was used outlives its client, until nothing is left to remember
_budgets_lock = threading.Lock()


def budget_for(quota: Quota | None, owner: object, monotonic: Callable[[], float]) -> Budget | None:
    """The budget that all clients in this process share whose owner, limit and window agree; `None` without a quota.

    Args:
        quota: Limit and window.
        owner: What the service counts by: the credential and the place it is used at, without the secret itself.
        monotonic: The clock that the budget counts by.
    """
    if quota is None:
        return None
    key = (owner, quota.limit, quota.per, monotonic)
    with _budgets_lock:
        for used in [*_remembered]:
            if not used.in_use():
                _remembered.discard(used)
        budget = _budgets.get(key)
        if budget is None:
            budget = _budgets[key] = Budget(quota.limit, quota.per, monotonic)
        return budget


def _after_fork() -> None:
    global _budgets_lock  # noqa: PLW0603 - the parent's may be held by a thread that isn't here
    _budgets_lock = threading.Lock()
    for budget in {*_budgets.values(), *_remembered}:
        budget.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
