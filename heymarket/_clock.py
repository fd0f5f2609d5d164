"""Time, sleep and random numbers as one value, so that tests don't wait and are deterministic.

Tests of users freeze time with freezegun or time-machine. The time of day is theirs, because tokens and schedules go by
it; durations stay real, because a deadline or a quota in frozen time never ends. Neither may depend on whether this
module was imported before, or in the frozen time.
"""

from __future__ import annotations

import random as _random
import time as _time
from collections.abc import Awaitable, Callable
from functools import partial
from threading import Event
from typing import NamedTuple

# freezegun replaces time.monotonic, but not this.
_monotonic = partial(_time.clock_gettime, _time.CLOCK_MONOTONIC) if hasattr(_time, "clock_gettime") else _time.monotonic


async def _sleep_async(seconds: float) -> None:
    from asyncio import sleep

    await sleep(seconds)


class Stopped(Exception):  # noqa: N818 - not an error: the outcome of the call is no longer needed
    """A wait was cut short."""


class Clock(NamedTuple):
    """The source of time for the flow, and the ways in which its drivers wait."""

    time: Callable[[], float] = lambda: _time.time()  # noqa: PLW0108 - looked up by each call, because freezegun replaces it
    monotonic: Callable[[], float] = _monotonic
    random: Callable[[], float] = _random.random
    sleep: Callable[[float], None] = _time.sleep
    sleep_async: Callable[[float], Awaitable[None]] = _sleep_async

    def until(self, stop: Event) -> Clock:
        """The same clock, whose `sleep` raises `Stopped` once `stop` is set; the system clock wakes up at once."""
        wait: Callable[[float], object] = stop.wait if self.sleep is _time.sleep else self.sleep

        def sleep(seconds: float) -> None:
            wait(seconds)
            if stop.is_set():
                raise Stopped

        return self._replace(sleep=sleep)


SYSTEM = Clock()
