"""One rule for all budgets, wherever they keep their slots: in the process, in a SQLite file, in Redis.

Never more than the limit in any window, no longer a wait than that takes, and everybody's turn comes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from heymarket.auth import Secret
from heymarket.quota._algorithm import CREEP, GRACE
from heymarket.quota._memory import ProcessBudget
from heymarket.quota._redis import RedisStore
from heymarket.quota._shared import SharedBudget
from heymarket.quota._sqlite import SQLiteStore
from tests.lab import FakeClock

Make = Callable[[int, float], Any]
_names = itertools.count()


class Now:
    """Any budget, asked synchronously."""

    def __init__(self, budget: Any) -> None:
        self.budget = budget
        self.ticket = budget.ticket

    def take(self, ticket: Any, hold: float = 30.0) -> float:
        wait = self.budget.take(ticket, hold)
        seconds: float = wait.result() if isinstance(wait, Future) else wait
        return round(seconds, 6)

    def give_back(self, ticket: Any, *, counted: bool = True) -> None:
        self.budget.give_back(ticket, counted=counted)
        self._noted()

    def forget(self, ticket: Any) -> None:
        self.budget.forget(ticket)
        self._noted()

    def refused(self, pause: float) -> None:
        self.budget.refused(pause)
        self._noted()

    def _noted(self) -> None:
        if isinstance(self.budget, SharedBudget):
            self.budget._worker.submit(lambda: None).result()  # the clock may move only then

    def go(self) -> Any:
        ticket = self.ticket()
        assert self.take(ticket) == 0.0
        return ticket


@pytest.fixture(params=["process", "sqlite", "redis"])
def make(request: pytest.FixtureRequest, clock: FakeClock, tmp_path: Path) -> Make:
    """Makes budgets; two of one limit and window are one where they can be shared."""

    def now() -> float:
        return clock.now

    name = f"budget-{next(_names)}"
    url = request.getfixturevalue("redis_url") if request.param == "redis" else ""

    def make(limit: int, per: float) -> Now:
        if request.param == "process":
            return Now(ProcessBudget(limit, per, now))
        if request.param == "sqlite":
            return Now(SharedBudget(SQLiteStore(str(tmp_path / "quota"), name, limit, per, now), now, None))
        return Now(SharedBudget(RedisStore(Secret(url), name, limit, per, now), now, None))

    return make


def test_a_slot_comes_back_a_window_after_its_answer(make: Make, clock: FakeClock) -> None:
    budget = make(2, 60.0)
    first, second = budget.go(), budget.go()
    clock.now += 5
    budget.give_back(first)
    clock.now += 1
    budget.give_back(second)
    assert budget.take(budget.ticket()) == 59.0
    assert budget.take(budget.ticket()) == 60.0


def test_a_slot_is_kept_for_whoever_came_first(make: Make, clock: FakeClock) -> None:
    budget = make(1, 60.0)
    budget.give_back(budget.go())
    early, late = budget.ticket(), budget.ticket()
    assert budget.take(early) == 60.0
    clock.now += 59
    budget.take(late)
    clock.now += 1
    assert budget.take(late) > 0
    assert budget.take(early) == 0.0


def test_with_all_slots_on_their_way_one_asks_again_soon_enough(make: Make, clock: FakeClock) -> None:
    budget = make(1, 60.0)
    sent = budget.go()
    waiting = budget.ticket()
    assert 0 < budget.take(waiting) <= 30.0
    budget.give_back(sent, counted=False)
    assert budget.take(waiting) == 0.0, "it never left"


def test_the_more_wait_for_slots_that_are_all_on_their_way_the_more_seldom_they_ask(make: Make) -> None:
    budget = make(1, 60.0)
    budget.go()
    waits = [budget.take(budget.ticket()) for _ in range(50)]
    assert waits[0] == 0.05
    assert waits[-1] == 0.5


def test_who_gives_up_waiting_leaves_the_slot_to_others(make: Make, clock: FakeClock) -> None:
    budget = make(1, 60.0)
    budget.give_back(budget.go())
    first, second = budget.ticket(), budget.ticket()
    assert budget.take(first) == 60.0
    budget.forget(first)
    assert budget.take(second) == 60.0


def test_no_window_ever_holds_more_than_the_limit(make: Make, clock: FakeClock) -> None:
    budget, counted = make(5, 10.0), []
    for step in range(100):
        ticket = budget.ticket()
        while wait := budget.take(ticket):
            clock.now += wait
        counted.append(clock.now)
        clock.now += 0.1 * (step % 4)
        budget.give_back(ticket)
    assert all(later - earlier >= 10.0 - 1e-5 for earlier, later in zip(counted, counted[5:], strict=False))
    assert clock.now - counted[0] <= 10.0 * 20 + 0.1 * 150, "and no longer than it takes"


def test_a_429_holds_everybody_back(make: Make, clock: FakeClock) -> None:
    budget = make(10, 60.0)
    budget.refused(3)
    budget.refused(2)
    assert budget.take(budget.ticket()) == 3.0
    clock.now += 3
    budget.go()


def test_a_429_takes_back_what_was_reserved(make: Make, clock: FakeClock) -> None:
    budget = make(1, 60.0)
    budget.give_back(budget.go())
    waiting = budget.ticket()
    assert budget.take(waiting) == 60.0
    clock.now += 59
    budget.refused(3)
    clock.now += 1
    assert budget.take(waiting) == 2.0


def test_a_429_teaches_what_is_left_which_holds_for_a_window_and_then_rises(make: Make, clock: FakeClock) -> None:
    budget = make(100, 60.0)
    for _ in range(30):
        budget.give_back(budget.go())
    budget.refused(1)
    clock.now += 60
    tickets = [budget.go() for _ in range(30)]
    assert budget.take(budget.ticket()) > 0, "30 were admitted, so 30 are allowed"
    for ticket in tickets:
        budget.give_back(ticket, counted=False)

    clock.now += 60
    tickets = [budget.go() for _ in range(30 + int(100 * CREEP))]
    assert budget.take(budget.ticket()) > 0
    for ticket in tickets:
        budget.give_back(ticket, counted=False)

    clock.now += 60 * 7
    for _ in range(100):
        budget.go()
    assert budget.take(budget.ticket()) > 0


def test_a_429_before_anything_was_admitted_leaves_one_at_a_time(make: Make, clock: FakeClock) -> None:
    budget = make(100, 60.0)
    budget.refused(1)
    clock.now += 1
    budget.go()
    assert budget.take(budget.ticket()) > 0


shared = pytest.mark.parametrize("make", ["sqlite", "redis"], indirect=True)


@shared
def test_processes_share_slots_pauses_and_lessons(make: Make, clock: FakeClock) -> None:
    one, other = make(2, 60.0), make(2, 60.0)
    first = one.go()
    other.give_back(other.go())
    one.give_back(first)
    assert one.take(one.ticket()) == 60.0
    assert other.take(other.ticket()) == 60.0
    one.refused(90)
    one.take(one.ticket())
    assert other.take(other.ticket()) == 90.0


@shared
def test_a_process_that_dies_gives_its_slots_back_by_their_deadline(make: Make, clock: FakeClock) -> None:
    dead, alive = make(1, 60.0), make(1, 60.0)
    assert dead.take(dead.ticket(), hold=30.0) == 0.0
    waiting = alive.ticket()
    clock.now += 89
    assert alive.take(waiting) > 0
    clock.now += 1
    assert alive.take(waiting) == 0.0


@shared
def test_a_process_that_dies_waiting_holds_up_others_for_seconds_only(make: Make, clock: FakeClock) -> None:
    dead, alive = make(1, 60.0), make(1, 60.0)
    dead.give_back(dead.go())
    assert dead.take(dead.ticket()) == 60.0
    waiting = alive.ticket()
    clock.now += 60
    assert alive.take(waiting) > 0
    clock.now += GRACE
    assert alive.take(waiting) == 0.0


@shared
def test_who_comes_too_late_for_a_reserved_slot_waits_anew(make: Make, clock: FakeClock) -> None:
    budget = make(1, 60.0)
    budget.give_back(budget.go())
    late = budget.ticket()
    assert budget.take(late) == 60.0
    clock.now += 60 + GRACE
    other = budget.go()
    assert budget.take(late) > 0
    budget.give_back(other, counted=False)
    assert budget.take(late) == 0.0
