"""The service's time: stands still, moves forward, runs on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from heymarket.emulator import Emulator, EmulatorError, create_app
from heymarket.emulator.clock import EmulatorClock, format_timestamp, to_datetime
from heymarket.emulator.seeds.built_in import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

PATH = f"/v2/contact/{EXAMPLES['phone'].contact_id}/channel/phone"


class System:
    """The system's time."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def system() -> System:
    return System()


@pytest.fixture
def clock(system: System) -> EmulatorClock:
    return EmulatorClock(system)


def test_it_follows_the_system(clock: EmulatorClock, system: System) -> None:
    system.now += 5

    assert (clock.time(), clock.frozen) == (1005, False)


def test_a_frozen_clock_changes_only_when_it_is_advanced(clock: EmulatorClock, system: System) -> None:
    clock.freeze()
    system.now += 5
    still = clock.time()
    clock.advance(60)

    assert (still, clock.time(), clock.frozen) == (1000, 1060, True)


def test_it_is_frozen_at_a_time(clock: EmulatorClock) -> None:
    clock.freeze(datetime(2030, 1, 1, tzinfo=UTC))

    assert format_timestamp(clock.time()) == "2030-01-01T00:00:00.000000Z"


def test_it_runs_on_from_where_it_stood(clock: EmulatorClock, system: System) -> None:
    clock.freeze()
    clock.advance(100)
    system.now += 5
    clock.resume()
    system.now += 1

    assert (clock.time(), clock.frozen) == (1101, False)
    clock.resume()
    assert clock.time() == 1101


def test_running_it_can_be_advanced_and_reset(clock: EmulatorClock, system: System) -> None:
    clock.advance(3600)
    system.now += 1
    assert clock.time() == 4601
    clock.freeze()
    clock.reset()
    assert (clock.time(), clock.frozen) == (1001, False)


def test_watchers_are_notified_of_each_change(clock: EmulatorClock) -> None:
    heard = []
    clock.changed = lambda: heard.append(clock.time())
    clock.freeze()
    clock.advance(1)
    clock.resume()
    clock.reset()

    assert heard == [1000, 1001, 1001, 1000]


def test_it_counts_how_often_it_was_set_back(clock: EmulatorClock) -> None:
    clock.advance(60)
    clock.freeze()
    clock.resume()
    assert clock.set_back == 0

    clock.reset()
    clock.freeze(datetime(1970, 1, 1, tzinfo=UTC))
    assert clock.set_back == 2


@pytest.mark.parametrize("seconds", [-1, float("inf"), float("nan")])
def test_it_never_runs_backwards(clock: EmulatorClock, seconds: float) -> None:
    with pytest.raises(EmulatorError, match="0 seconds or more"):
        clock.advance(seconds)


def test_it_stays_within_the_calendar(clock: EmulatorClock) -> None:
    with pytest.raises(EmulatorError, match="too far off"):
        clock.advance(1e300)
    with pytest.raises(EmulatorError, match="too far off"):
        clock.freeze(datetime(9999, 12, 31, tzinfo=UTC))
    assert (clock.time(), clock.frozen) == (1000, False)


def test_a_time_without_a_zone_is_refused(clock: EmulatorClock) -> None:
    with pytest.raises(EmulatorError, match="no time zone"):
        clock.freeze(datetime(2030, 1, 1))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        ("2025-01-15T10:30:00+01:00", "2025-01-15T09:30:00.000000Z"),
        ("2025-01-15T09:30:00.5Z", "2025-01-15T09:30:00.500000Z"),
        (datetime(2025, 1, 15, 9, 30, tzinfo=timezone(timedelta(hours=-1))), "2025-01-15T10:30:00.000000Z"),
        (0.000001, "1970-01-01T00:00:00.000001Z"),
    ],
)
def test_timestamps_sort_as_their_times_do(moment: Any, text: str) -> None:
    assert format_timestamp(moment) == text


def test_an_emulator_is_advanced_by_a_timedelta_too() -> None:
    with Emulator() as emulator:
        emulator.clock.freeze()
        before = emulator.clock.time()
        emulator.advance(timedelta(hours=1))
        assert emulator.clock.time() == before + 3600
        with pytest.raises(EmulatorError, match="0 seconds or more"):
            emulator.clock.advance("an hour")  # type: ignore[arg-type] # what is refused


@pytest.mark.parametrize("moment", ["2025-01-15T09:30:00", "soon", "9999-12-31T23:59:59-12:00"])
def test_what_is_no_time_is_refused(moment: str) -> None:
    with pytest.raises(ValueError, match=r"zone|format|range"):
        format_timestamp(moment)


def test_a_moment_of_seconds_is_exact_to_the_microsecond() -> None:
    assert to_datetime(1_750_000_000.123456).isoformat() == "2025-06-15T15:06:40.123456+00:00"


def test_tokens_and_the_date_go_by_the_real_time(
    ask: Callable[..., httpx.Response], sign: Callable[..., str], now: int
) -> None:
    app = create_app(clock=lambda: now)
    app.advance(86_400)
    answer = ask(app, PATH, authorization=sign())
    app.close()

    assert answer.status_code == 200
    assert answer.headers["Date"] == "Sun, 15 Jun 2025 15:06:40 GMT"


def test_the_limit_uses_the_services_time(ask: Callable[..., httpx.Response], now: int) -> None:
    app = create_app(limit=1, clock=lambda: now)
    statuses = [ask(app, PATH).status_code, ask(app, PATH).status_code]
    app.advance(60)
    statuses.append(ask(app, PATH).status_code)
    app.close()

    assert statuses == [200, 429, 200]
