"""Schedules, carriers' reports and deliveries, done when they are due.

One thread does it. It starts with the first thing that may have to be done, sleeps until the next one is due by the
service's clock, and wakes when something is added or the clock is moved. It ends when the scheduler is closed, or when
nobody has it any more: an ASGI app is often just dropped.
"""

from __future__ import annotations

import logging
import threading
import weakref
from typing import TYPE_CHECKING

from heymarket.emulator.clock import format_timestamp, to_seconds
from heymarket.emulator.domain import carriers
from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.operations.schedules import send_due

if TYPE_CHECKING:
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
        self._wakeups = _Wakeups()
        self._thread: threading.Thread | None = None
        self._failed: Exception | None = None
        weakref.finalize(self, self._wakeups.close)
        state.watch(self.wake)
        state.clock.changed = self.wake

    def wake(self) -> None:
        """Look what is due, soon and in the thread. Never waits, and may be called inside a transaction."""
        with self._wakeups.changed:
            if self._wakeups.closed:
                return
            self._wakeups.ring()
            if self._thread is None:
                self._thread = threading.Thread(
                    target=_work, args=(weakref.ref(self), self._wakeups), name="heymarket-scheduler", daemon=True
                )
                self._thread.start()

    def run_due(self, timeout: float = 10.0) -> None:
        """Do all that is due now, and wait for it: each delivery that is due was attempted.

        Must not be called inside a transaction, nor in the event loop of the emulator or of the receiver.

        Args:
            timeout: Seconds to wait at most, in real time.

        Raises:
            EmulatorError: It takes longer, or the emulator itself failed at it.
        """
        self._failed = None
        self.wake()
        if not self._wakeups.wait_until_answered(timeout):
            raise EmulatorError(
                f"Not everything that is due was done within {timeout:g} s; deliveries left: "
                f"{self._deliveries.due_now()}. A receiver that is slow, or hangs, holds up the others."
            )
        if (error := self._failed) is not None:
            raise EmulatorError("The emulator itself failed at something that was due; its log says where.") from error

    def next_due(self, after: str) -> str | None:
        """When the next schedule, report or delivery is due.

        Args:
            after: Only what is due later than this time, in the form of `format_timestamp`.
        """
        found = self._state.schedules.query("WHERE execute > ? ORDER BY execute LIMIT 1", (after,))
        dues = [
            found[0]["execute"] if found else None,
            carriers.find_next_due(self._state, after),
            self._deliveries.next_due(after),
        ]
        return min((due for due in dues if due), default=None)

    def close(self) -> None:
        """Stop at once, whatever is under way; what isn't done stays due."""
        self._wakeups.close()
        self._deliveries.client.close()
        if self._thread is not None:
            self._thread.join()

    def do_due(self) -> float | None:
        """Do all that is due. Called by the thread alone.

        Returns:
            Seconds until there may be more; `None` if that is for others to say.
        """
        clock = self._state.clock
        try:
            while True:
                now = clock.time()
                send_due(self._state)
                carriers.report_due(self._state)
                if self._wakeups.closed or not self._deliveries.send_next():
                    break
        except Exception as error:  # whatever it is: the thread has to live on, and `run_due` raises it
            self._failed = error
            _logger.exception("The emulator failed at something that was due.")
            return _LONGEST_REST
        if clock.frozen:
            return None
        due = self.next_due(format_timestamp(now))  # those before are done with, or can't be
        return min(max(to_seconds(due) - clock.time(), _SHORTEST_REST), _LONGEST_REST) if due else None


class _Wakeups:
    """How often it was woken, and up to which time that was handled."""

    def __init__(self) -> None:
        # Entered again where a garbage collection closes it in the midst of something.
        self.changed = threading.Condition(threading.RLock())
        self.closed = False
        self._rung = 0
        self._answered = 0

    def ring(self) -> None:
        with self.changed:
            self._rung += 1
            self.changed.notify_all()

    def close(self) -> None:
        with self.changed:
            self.closed = True
            self.changed.notify_all()

    def heard(self) -> int:
        with self.changed:
            return self._rung

    def rest(self, answered: int, seconds: float | None) -> None:
        with self.changed:
            self._answered = answered
            self.changed.notify_all()
            self.changed.wait_for(lambda: self.closed or self._rung > answered, seconds)

    def wait_until_answered(self, timeout: float) -> bool:
        with self.changed:
            rung = self._rung
            return self.changed.wait_for(lambda: self.closed or self._answered >= rung, timeout)


def _work(found: weakref.ref[Scheduler], wakeups: _Wakeups) -> None:
    """The thread. Between two rounds it doesn't keep the scheduler, nor the state, from going away."""
    while not wakeups.closed:
        heard = wakeups.heard()
        scheduler = found()
        if scheduler is None:
            return
        seconds = scheduler.do_due()
        del scheduler
        wakeups.rest(heard, seconds)
