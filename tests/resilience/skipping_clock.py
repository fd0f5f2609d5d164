"""A clock for real sockets: time passes as it does, and back-off is over at once."""

from __future__ import annotations

import time

from heymarket import _clock

NOW = 1_700_000_000
"""Seconds since the epoch at which every test begins."""


class SkippingClock:
    """The monotonic clock, plus what was slept; chance is always at its most."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.skipped = 0.0
        self.slept: list[float] = []

    def clock(self) -> _clock.Clock:
        return _clock.Clock(
            time=lambda: NOW + self.monotonic() - self.began,
            monotonic=self.monotonic,
            random=lambda: 1.0,
            sleep=self.sleep,
            sleep_async=self.sleep_async,
        )

    def monotonic(self) -> float:
        return time.monotonic() + self.skipped

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.skipped += seconds

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)
