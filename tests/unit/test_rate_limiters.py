"""One rule for all rate limiters, wherever they keep their slots: in the process, in a SQLite file, in Redis.

Never more than the limit in any window, no longer a wait than that takes, and every caller gets a turn.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from heymarket.auth import Secret
from heymarket.quota._algorithm import GRACE, RECOVERY
from heymarket.quota._memory import MemoryRateLimiter
from heymarket.quota._redis import RedisStore
from heymarket.quota._shared import SharedRateLimiter, StoreWorker
from heymarket.quota._sqlite import SQLiteStore
from tests.fakes import FakeClock

Make = Callable[[int, float], Any]
_names = itertools.count()


class Now:
    """Any rate limiter, asked synchronously."""

    def __init__(self, limiter: Any) -> None:
        self.limiter = limiter
        self.ticket = limiter.ticket

    def acquire(self, ticket: Any, hold: float = 30.0) -> float:
        wait = self.limiter.acquire(ticket, hold)
        seconds: float = wait.result() if isinstance(wait, Future) else wait
        return round(seconds, 6)

    def release(self, ticket: Any, *, counted: bool = True) -> None:
        self.limiter.release(ticket, counted=counted)
        self._noted()

    def cancel(self, ticket: Any) -> None:
        self.limiter.release(ticket, counted=False)
        self._noted()

    def throttle(self, pause: float) -> None:
        self.limiter.throttle(pause)
        self._noted()

    def status(self) -> tuple[int, int, int, float]:
        status = self.limiter.status()
        limit, used, waiting, free_in = status.result() if isinstance(status, Future) else status
        return limit, used, waiting, round(free_in, 5)

    def _noted(self) -> None:
        if isinstance(self.limiter, SharedRateLimiter):
            self.limiter._worker._thread.submit(lambda: None).result()  # the clock may move only then

    def go(self) -> Any:
        ticket = self.ticket()
        assert self.acquire(ticket) == 0.0
        return ticket


@pytest.fixture(params=["memory", "sqlite", "redis"])
def make(request: pytest.FixtureRequest, clock: FakeClock, tmp_path: Path) -> Make:
    """Makes rate limiters; two of one limit and window are one where they can be shared."""

    def now() -> float:
        return clock.now

    name = f"limiter-{next(_names)}"
    url = request.getfixturevalue("redis_url") if request.param == "redis" else ""

    def make(limit: int, per: float) -> Now:
        if request.param == "memory":
            return Now(MemoryRateLimiter(limit, per, now))
        if request.param == "sqlite":
            return Now(SharedRateLimiter(StoreWorker(SQLiteStore(str(tmp_path / "quota"), now), now), name, limit, per))
        return Now(SharedRateLimiter(StoreWorker(RedisStore(Secret(url), now), now), name, limit, per))

    return make


def test_a_slot_is_free_again_a_window_after_its_response(make: Make, clock: FakeClock) -> None:
    limiter = make(2, 60.0)
    first, second = limiter.go(), limiter.go()
    clock.now += 5
    limiter.release(first)
    clock.now += 1
    limiter.release(second)
    assert limiter.acquire(limiter.ticket()) == 59.0
    assert limiter.acquire(limiter.ticket()) == 60.0


def test_a_slot_is_reserved_for_the_first_caller(make: Make, clock: FakeClock) -> None:
    limiter = make(1, 60.0)
    limiter.release(limiter.go())
    early, late = limiter.ticket(), limiter.ticket()
    assert limiter.acquire(early) == 60.0
    clock.now += 59
    limiter.acquire(late)
    clock.now += 1
    assert limiter.acquire(late) > 0
    assert limiter.acquire(early) == 0.0


def test_with_all_slots_on_their_way_one_asks_again_soon_enough(make: Make, clock: FakeClock) -> None:
    limiter = make(1, 60.0)
    sent = limiter.go()
    waiting = limiter.ticket()
    assert 0 < limiter.acquire(waiting) <= 30.0
    limiter.release(sent, counted=False)
    assert limiter.acquire(waiting) == 0.0, "it never left"


def test_the_more_wait_for_slots_that_are_all_on_their_way_the_more_rarely_they_ask(make: Make) -> None:
    limiter = make(1, 60.0)
    limiter.go()
    waits = [limiter.acquire(limiter.ticket()) for _ in range(50)]
    assert waits[0] == 0.05
    assert waits[-1] == pytest.approx(0.54, abs=1e-4)


def test_who_gives_up_waiting_leaves_the_slot_to_others(make: Make, clock: FakeClock) -> None:
    limiter = make(1, 60.0)
    limiter.release(limiter.go())
    first, second = limiter.ticket(), limiter.ticket()
    assert limiter.acquire(first) == 60.0
    limiter.cancel(first)
    assert limiter.acquire(second) == 60.0


def test_no_window_ever_holds_more_than_the_limit(make: Make, clock: FakeClock) -> None:
    limiter, counted = make(5, 10.0), []
    for step in range(100):
        ticket = limiter.ticket()
        while wait := limiter.acquire(ticket):
            clock.now += wait
        counted.append(clock.now)
        clock.now += 0.1 * (step % 4)
        limiter.release(ticket)
    assert all(later - earlier >= 10.0 - 1e-5 for earlier, later in zip(counted, counted[5:], strict=False))
    assert clock.now - counted[0] <= 10.0 * 20 + 0.1 * 150, "and no longer than it takes"


def test_a_429_holds_all_callers_back(make: Make, clock: FakeClock) -> None:
    limiter = make(10, 60.0)
    limiter.throttle(3)
    limiter.throttle(2)
    assert limiter.acquire(limiter.ticket()) == 3.0
    clock.now += 3
    limiter.go()


def test_a_429_takes_back_what_was_reserved(make: Make, clock: FakeClock) -> None:
    limiter = make(1, 60.0)
    limiter.release(limiter.go())
    waiting = limiter.ticket()
    assert limiter.acquire(waiting) == 60.0
    clock.now += 59
    limiter.throttle(3)
    clock.now += 1
    assert limiter.acquire(waiting) == 2.0


def test_a_429_teaches_what_is_left_which_holds_for_a_window_and_then_rises(make: Make, clock: FakeClock) -> None:
    limiter = make(100, 60.0)
    for _ in range(30):
        limiter.release(limiter.go())
    limiter.throttle(1)
    clock.now += 60
    tickets = [limiter.go() for _ in range(30)]
    assert limiter.acquire(limiter.ticket()) > 0, "30 were admitted, so 30 are allowed"
    for ticket in tickets:
        limiter.release(ticket, counted=False)

    clock.now += 60
    tickets = [limiter.go() for _ in range(30 + int(100 * RECOVERY))]
    assert limiter.acquire(limiter.ticket()) > 0
    for ticket in tickets:
        limiter.release(ticket, counted=False)

    clock.now += 60 * 7
    for _ in range(100):
        limiter.go()
    assert limiter.acquire(limiter.ticket()) > 0


def test_a_429_before_anything_was_admitted_leaves_one_at_a_time(make: Make, clock: FakeClock) -> None:
    limiter = make(100, 60.0)
    limiter.throttle(1)
    clock.now += 1
    limiter.go()
    assert limiter.acquire(limiter.ticket()) > 0


def test_the_status_says_what_is_left_and_changes_nothing(make: Make, clock: FakeClock) -> None:
    limiter = make(2, 60.0)
    assert limiter.status() == (2, 0, 0, 0.0)
    first = limiter.go()
    assert limiter.status() == limiter.status() == (2, 1, 0, 0.0)
    second = limiter.go()
    assert limiter.status() == (2, 2, 0, 60.0), "a window after the response, at the earliest"
    limiter.release(first)
    clock.now += 10
    limiter.release(second)
    assert limiter.status() == (2, 2, 0, 50.0)
    assert limiter.acquire(limiter.ticket()) == 50.0
    assert limiter.status() == (2, 2, 1, 60.0), "the first slot is reserved"
    clock.now += 50
    assert limiter.status() == (2, 1, 1, 10.0)
    clock.now += 10
    assert limiter.status() == (2, 0, 0, 0.0), "nobody asked for the reserved slot"


def test_the_status_knows_of_a_429(make: Make, clock: FakeClock) -> None:
    limiter = make(100, 60.0)
    for _ in range(30):
        limiter.release(limiter.go())
    limiter.throttle(3)
    assert limiter.status() == (30, 30, 0, 60.0)
    clock.now += 60
    assert limiter.status() == (30, 0, 0, 0.0)
    limiter.throttle(3)
    assert limiter.status() == (1, 0, 0, 3.0)


shared = pytest.mark.parametrize("make", ["sqlite", "redis"], indirect=True)


@shared
def test_processes_share_slots_pauses_and_lessons(make: Make, clock: FakeClock) -> None:
    one, other = make(2, 60.0), make(2, 60.0)
    first = one.go()
    other.release(other.go())
    one.release(first)
    assert one.acquire(one.ticket()) == 60.0
    assert other.acquire(other.ticket()) == 60.0
    one.throttle(90)
    one.acquire(one.ticket())
    assert other.acquire(other.ticket()) == 90.0


@shared
def test_a_process_that_dies_gives_its_slots_back_by_their_deadline(make: Make, clock: FakeClock) -> None:
    dead, alive = make(1, 60.0), make(1, 60.0)
    assert dead.acquire(dead.ticket(), hold=30.0) == 0.0
    waiting = alive.ticket()
    clock.now += 89
    assert alive.acquire(waiting) > 0
    clock.now += 1
    assert alive.acquire(waiting) == 0.0


@shared
def test_a_process_that_dies_waiting_holds_up_others_for_seconds_only(make: Make, clock: FakeClock) -> None:
    dead, alive = make(1, 60.0), make(1, 60.0)
    dead.release(dead.go())
    assert dead.acquire(dead.ticket()) == 60.0
    waiting = alive.ticket()
    clock.now += 60
    assert alive.acquire(waiting) > 0
    clock.now += GRACE
    assert alive.acquire(waiting) == 0.0


@shared
def test_who_comes_too_late_for_a_reserved_slot_waits_again(make: Make, clock: FakeClock) -> None:
    limiter = make(1, 60.0)
    limiter.release(limiter.go())
    late = limiter.ticket()
    assert limiter.acquire(late) == 60.0
    clock.now += 60 + GRACE
    other = limiter.go()
    assert limiter.acquire(late) > 0
    limiter.release(other, counted=False)
    assert limiter.acquire(late) == 0.0
