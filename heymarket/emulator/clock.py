"""The service's time: that of the system, until it is stopped or moved.

Records, schedules, deliveries and the limit use it. Tokens and the `Date` header don't: a client signs with the
system's time, and has to be let in whatever the time of the records is. A test that freezes the time of its process
freezes that of both.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from heymarket._clock import SYSTEM
from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["EmulatorClock", "format_timestamp", "to_datetime", "to_seconds"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LATEST = datetime(9000, 1, 1, tzinfo=UTC).timestamp()  # the calendar ends soon after


class EmulatorClock:
    """A clock that can be stopped and moved forward. Any thread may use it.

    Args:
        system: Seconds since the epoch, which it follows.

    Attributes:
        changed: Called after it was stopped, moved or let run.
        set_back: How often it was set to a time that had passed already.
    """

    def __init__(self, system: Callable[[], float] = SYSTEM.time) -> None:
        self._system = system
        self._lock = threading.Lock()
        self._offset = 0.0
        self._stopped_at: float | None = None
        self.changed: Callable[[], object] = lambda: None
        self.set_back: int = 0

    @property
    def frozen(self) -> bool:
        """Whether it is frozen."""
        return self._stopped_at is not None

    @property
    def ahead(self) -> float:
        """Seconds by which it is ahead of the system's time."""
        with self._lock:
            return self._time() - self._system()

    def time(self) -> float:
        """Seconds since the epoch."""
        with self._lock:
            return self._time()

    def freeze(self, at: datetime | None = None) -> None:
        """Freeze it.

        Args:
            at: At which time, with a time zone; as it is by default.

        Raises:
            EmulatorError: The time has no time zone, or is too far off.
        """
        if at is not None and at.tzinfo is None:
            raise EmulatorError("The time to freeze at has no time zone. Pass one with tzinfo=UTC.")
        with self._lock:
            before = self._time()
            self._stopped_at = before if at is None else _near(at.timestamp())
            self.set_back += self._stopped_at < before
        self.changed()

    def after(self, seconds: float) -> float:
        """The time that it would show if it were advanced.

        Args:
            seconds: By how much; 0 or more.

        Raises:
            EmulatorError: The time would run backwards, or be too far off.
        """
        if not isinstance(seconds, int | float) or not 0 <= seconds < float("inf"):
            raise EmulatorError(f"A clock is advanced by 0 seconds or more, not by {seconds}.")
        return _near(self.time() + seconds)

    def advance(self, seconds: float) -> None:
        """Move forward, whether it is frozen or runs.

        Args:
            seconds: By how much; 0 or more.

        Raises:
            EmulatorError: The time would run backwards, or be too far off.
        """
        self.after(seconds)
        with self._lock:
            if self._stopped_at is None:
                self._offset += seconds
            else:
                self._stopped_at += seconds
        self.changed()

    def resume(self) -> None:
        """Run on from its present time."""
        with self._lock:
            if self._stopped_at is not None:
                self._offset = self._stopped_at - self._system()
                self._stopped_at = None
        self.changed()

    def reset(self) -> None:
        """Follow the system's time again."""
        with self._lock:
            before = self._time()
            self._offset = 0.0
            self._stopped_at = None
            self.set_back += self._time() < before
        self.changed()

    def _time(self) -> float:
        return self._system() + self._offset if self._stopped_at is None else self._stopped_at


def _near(seconds: float) -> float:
    if not 0 <= seconds < _LATEST:
        raise EmulatorError("A clock can show the years from 1970 to 8999; that time is too far off.")
    return seconds


def format_timestamp(moment: str | datetime | float) -> str:
    """A time as records hold it: RFC 3339, UTC, six decimals, so that they sort as times do.

    Args:
        moment: A time, in RFC 3339 if it is a string, or seconds since the epoch.

    Raises:
        ValueError: The string is no time, or has no time zone.
    """
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
        if moment.tzinfo is None:
            raise ValueError("the time has no time zone")
    elif not isinstance(moment, datetime):
        moment = to_datetime(moment)
    try:
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f").zfill(26) + "Z"
    except OverflowError:
        raise ValueError("the time is out of range") from None


def to_datetime(seconds: float) -> datetime:
    """The time that many seconds after the epoch."""
    return _EPOCH + round(seconds * 1_000_000) * _MICROSECOND


def to_seconds(moment: str) -> float:
    """Seconds from the epoch to a time in the form of `format_timestamp`."""
    return datetime.fromisoformat(moment).timestamp()
