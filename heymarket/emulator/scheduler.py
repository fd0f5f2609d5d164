"""Schedules, carriers' reports and deliveries, done when they are due.

A thread does what is due in the emulator, and one for each webhook delivers to it: a receiver that is slow delays its
own events only. A thread starts with the first thing that may have to be done, sleeps until the next one is due by the
service's clock, and wakes when something is added or the clock is moved. It ends when the scheduler is closed, or when
nobody has it any more: an ASGI app is often just dropped.
"""

from __future__ import annotations

import logging
import threading
import time
import weakref
from functools import partial
from typing import TYPE_CHECKING

from heymarket.emulator.clock import format_timestamp, to_seconds
from heymarket.emulator.domain import carriers
from heymarket.emulator.errors import EmulatorError, describe_failure
from heymarket.emulator.operations.schedules import send_due

if TYPE_CHECKING:
    from collections.abc import Callable

    from heymarket.emulator.state import State
    from heymarket.emulator.webhooks.deliveries import DeliveryQueue

__all__ = ["Scheduler"]

_LONGEST_REST = 60.0  # seconds, because the system's clock may be set, or have slept
_SHORTEST_REST = 0.001

_logger = logging.getLogger("heymarket.emulator")


class Scheduler:
    """Sends schedules and deliveries when they are due.

    Args:
        state: What there is to do.
        deliveries: Sends what goes out.
    """

    def __init__(self, state: State, deliveries: DeliveryQueue) -> None:
        self._state = state
        self._deliveries = deliveries
        self._closed = False
        self._adding = threading.RLock()
        self._at_home = _Worker(self, Scheduler.do_due)
        self._for_webhooks: dict[int, _Worker] = {}
        state.watch(self.wake)
        state.clock.changed = self.wake

    def wake(self) -> None:
        """Look what is due, soon and in the threads. Never waits, and may be called inside a transaction."""
        for worker in self._list_workers():
            worker.wake()

    def run_due(self, timeout: float = 10.0) -> None:
        """Do all that is due now, and wait for it: each delivery that is due was attempted.

        Must not be called inside a transaction, nor in the event loop of the emulator or of the receiver.

        Args:
            timeout: Seconds to wait at most, in real time.

        Raises:
            EmulatorError: It takes longer, or the emulator itself failed at it.
        """
        until = time.monotonic() + timeout
        if not self._at_home.run(timeout):
            raise EmulatorError(f"Not everything that is due was done within {timeout:g} s.")
        workers = self._list_workers()[1:]  # which deliver what came of it, too; all of them at once
        for worker in workers:
            worker.wake()
        if not all(worker.run(max(until - time.monotonic(), 0.0)) for worker in workers):
            raise EmulatorError(
                f"Not everything that is due was done within {timeout:g} s; deliveries left: "
                f"{self._deliveries.due_now()}. A receiver that is slow, or hangs, holds up its other deliveries."
            )

    def next_due(self, after: str) -> str | None:
        """When the next schedule, report or delivery is due.

        Args:
            after: Only what is due later than this time, in the form of `format_timestamp`.
        """
        dues = [self._next_at_home(after), self._deliveries.next_due(after)]
        return min((due for due in dues if due), default=None)

    def close(self) -> None:
        """Stop at once, whatever is under way; what isn't done stays due."""
        self._closed = True
        workers = self._list_workers()
        for worker in workers:
            worker.close()
        self._deliveries.close()
        for worker in workers:
            worker.join()

    def do_due(self) -> float | None:
        """Do all that is due, except deliveries. Called by one thread alone.

        Returns:
            Seconds until there may be more; `None` if that is for others to say.
        """
        now = self._state.clock.time()
        send_due(self._state)
        carriers.report_due(self._state)
        return self._rest(self._next_at_home(format_timestamp(now)))

    def deliver_due(self, webhook_id: int) -> float | None:
        """Deliver all that is due to a webhook. Called by one thread alone.

        Args:
            webhook_id: The webhook.

        Returns:
            Seconds until there may be more; `None` if that is for others to say.
        """
        now = self._state.clock.time()
        while not self._closed and self._deliveries.send_next(webhook_id):
            now = self._state.clock.time()
        return self._rest(self._deliveries.next_due(format_timestamp(now), webhook_id))

    def _list_workers(self) -> list[_Worker]:
        """The one for what is due in the emulator, then one for each webhook that there is or was."""
        with self._adding:
            for webhook in self._deliveries.webhooks:
                if webhook.id not in self._for_webhooks:
                    deliver = partial(Scheduler.deliver_due, webhook_id=webhook.id)
                    self._for_webhooks[webhook.id] = _Worker(self, deliver)
            return [self._at_home, *self._for_webhooks.values()]

    def _next_at_home(self, after: str) -> str | None:
        found = self._state.schedules.query("WHERE execute > ? ORDER BY execute LIMIT 1", (after,))
        dues = [found[0]["execute"] if found else None, carriers.find_next_due(self._state, after)]
        return min((due for due in dues if due), default=None)

    def _rest(self, due: str | None) -> float | None:
        """Seconds until then; those that were due before are done with, or can't be."""
        clock = self._state.clock
        if due is None or clock.frozen:
            return None
        return min(max(to_seconds(due) - clock.time(), _SHORTEST_REST), _LONGEST_REST)


class _Worker:
    """A thread that does what is due, rests until there is more, and wakes when it is told to.

    Between two rounds it doesn't keep the scheduler, nor the state, from going away.

    Args:
        scheduler: Whose work it is.
        do: The work; gives the seconds until there may be more.
    """

    def __init__(self, scheduler: Scheduler, do: Callable[[Scheduler], float | None]) -> None:
        # Entered again where a garbage collection closes it in the midst of something.
        self._changed = threading.Condition(threading.RLock())
        self._closed = False
        self._rung = 0
        self._answered = 0
        self._failed: Exception | None = None
        self._thread: threading.Thread | None = None
        self._scheduler = weakref.ref(scheduler)
        self._do = do
        weakref.finalize(scheduler, self.close)

    def wake(self) -> None:
        with self._changed:
            if self._closed:
                return
            self._rung += 1
            self._changed.notify_all()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="heymarket-scheduler", daemon=True)
                self._thread.start()

    def run(self, timeout: float) -> bool:
        """Do all that is due, and wait for it. Whether it was done in time."""
        self._failed = None
        with self._changed:
            self.wake()
            rung = self._rung
            done = self._changed.wait_for(lambda: self._closed or self._answered >= rung, timeout)
        if (error := self._failed) is not None:
            raise EmulatorError(
                f"The emulator itself failed at something that was due ({describe_failure(error)}); its log says where."
            ) from error
        return done

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def join(self) -> None:
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while not self._closed:
            with self._changed:
                heard = self._rung
            scheduler = self._scheduler()
            if scheduler is None:
                return
            seconds: float | None = _LONGEST_REST
            try:
                seconds = self._do(scheduler)
            except Exception as error:  # whatever it is: the thread has to live on, and `run` raises it
                self._failed = error
                _logger.exception("The emulator failed at something that was due.")
            del scheduler
            self._rest(heard, seconds)

    def _rest(self, answered: int, seconds: float | None) -> None:
        with self._changed:
            self._answered = answered
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._closed or self._rung > answered, seconds)
