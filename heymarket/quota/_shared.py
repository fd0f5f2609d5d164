"""A budget that other processes share: its slots are in a store, a SQLite file or a Redis server.

All that the store is asked goes through one thread, so that an event loop isn't held up by a lock or a network, a store
needs no locking of its own, and what is returned is returned in the order in which it was taken. A store that fails
raises `QuotaStoreError` before anything is sent, at once for a second after its first failure; or, where that was asked
for, this process counts on its own until the store is back.
"""

from __future__ import annotations

import logging
import math
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from heymarket.errors import QuotaStoreError
from heymarket.quota._algorithm import look_again
from heymarket.quota._store import StoreFailed

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from heymarket.quota._memory import ProcessBudget
    from heymarket.quota._store import Store

T = TypeVar("T")

_logger = logging.getLogger("heymarket")

_LET_IT_BE = 1.0
"""Seconds for which a store that has failed isn't asked again, so that callers don't queue up for its time-outs."""


_MOST_OWED = 10_000
"""Slots that are remembered to be returned; those beyond come back by their deadlines."""


class SharedBudget:
    """Asks a store, in a thread of its own.

    Args:
        store: Where the slots are.
        monotonic: The clock, in seconds.
        fallback: What counts instead while the store fails; `None` to raise.
    """

    def __init__(self, store: Store, monotonic: Callable[[], float], fallback: ProcessBudget | None) -> None:
        self._store = store
        self._monotonic = monotonic
        self._fallback = fallback
        self._down_until = -math.inf
        self._why = ""
        self._without_a_slot: set[str] = set()
        self._elsewhere: set[str] = set()  # tickets that the fallback has
        self._owed: deque[tuple[str, bool, float]] = deque(maxlen=_MOST_OWED)
        self._start()

    def _start(self) -> None:
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="heymarket-quota")

    def after_fork(self) -> None:
        """In a forked child: the thread isn't here, nor is whoever waits."""
        self._without_a_slot.clear()
        self._store.after_fork()
        if self._fallback is not None:
            self._fallback.after_fork()
        self._start()

    def ticket(self) -> str:
        """A ticket for one request."""
        return uuid4().hex

    def take(self, ticket: str, hold: float) -> Future[float]:
        """Take a slot; raises `QuotaStoreError` if the store fails and there is no fallback."""
        try:
            return self._worker.submit(self._take, ticket, hold)
        except RuntimeError:  # the interpreter is going down
            pass
        raise QuotaStoreError("The store of the quota can't be used any more: the program is ending. Nothing was sent.")

    def give_back(self, ticket: str, *, counted: bool) -> None:
        """Return a slot, as soon as the store can be asked. If it never can, the slot comes back by its deadline."""
        self._tell(self._give_back, ticket, counted, self._monotonic())

    def forget(self, ticket: str) -> None:
        """Give up waiting."""
        self._tell(self._forget, ticket)

    def refused(self, pause: float) -> None:
        """Let nobody through for so long, and no more from then on than the service has just admitted."""
        self._tell(self._refused, pause)

    def _tell(self, what: Callable[..., None], *arguments: Any) -> None:
        with suppress(RuntimeError):  # the interpreter is going down; slots come back by their deadlines
            self._worker.submit(what, *arguments)

    # What follows runs in the worker's thread.

    def _take(self, ticket: str, hold: float) -> float:
        if ticket not in self._elsewhere:
            try:
                wait = self._ask(lambda: self._store.take(ticket, hold))
            except StoreFailed as failed:
                if self._fallback is None:
                    raise QuotaStoreError(
                        f"The store of the quota can't be used: {failed} Nothing was sent. Mend it, or let each "
                        f"process count on its own meanwhile: fallback=True."
                    ) from None
                self._elsewhere.add(ticket)
                self._without_a_slot.discard(ticket)
            else:
                if wait is not None:
                    self._without_a_slot.discard(ticket)
                    return wait
                self._without_a_slot.add(ticket)
                return look_again(len(self._without_a_slot), self._store.per)
        assert self._fallback is not None  # noqa: S101 - only then is a ticket elsewhere
        return self._fallback.take(ticket)

    def _give_back(self, ticket: str, counted: bool, over: float) -> None:  # noqa: FBT001 - only called above
        if ticket in self._elsewhere and self._fallback is not None:
            self._elsewhere.discard(ticket)
            self._fallback.give_back(ticket, counted=counted)
        else:
            try:
                self._ask(lambda: self._store.give_back(ticket, counted=counted, ago=self._monotonic() - over))
            except StoreFailed:
                self._owed.append((ticket, counted, over))

    def _forget(self, ticket: str) -> None:
        self._without_a_slot.discard(ticket)
        if ticket in self._elsewhere and self._fallback is not None:
            self._elsewhere.discard(ticket)
            self._fallback.forget(ticket)
        else:
            with suppress(StoreFailed):
                self._ask(lambda: self._store.give_back(ticket, counted=False, ago=0.0))

    def _refused(self, pause: float) -> None:
        if self._fallback is not None:
            self._fallback.refused(pause)
        with suppress(StoreFailed):
            self._ask(lambda: self._store.refused(pause))

    def _ask(self, question: Callable[[], T]) -> T:
        now = self._monotonic()
        if now < self._down_until:
            raise StoreFailed(self._why)
        try:
            answer = question()
        except StoreFailed as failed:
            if not self._why:
                _logger.warning("The store of the quota can't be used: %s", failed)
            # From now, not from before the question: it may have taken longer than that.
            self._why, self._down_until = str(failed), self._monotonic() + _LET_IT_BE
            raise
        if self._why:
            _logger.warning("The store of the quota is back.")
            self._why = ""
            self._pay()
        return answer

    def _pay(self) -> None:
        """Return what could not be returned while the store failed."""
        while self._owed:
            ticket, counted, over = self._owed[0]
            self._store.give_back(ticket, counted=counted, ago=self._monotonic() - over)
            self._owed.popleft()
