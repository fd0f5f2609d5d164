"""The quota in one process: never more than the limit in any window, and no longer a wait than that takes."""

from __future__ import annotations

import os
import pickle

import pytest

from heymarket import Quota
from heymarket.quota import Budget, budget_for
from tests.lab import FakeClock


def test_a_slot_comes_back_a_window_after_its_answer(clock: FakeClock) -> None:
    budget = Budget(2, 60.0, lambda: clock.now)
    assert [budget.take(), budget.take()] == [0.0, 0.0]
    assert budget.take() == 1.0, "both are on their way: one may come back at once"
    clock.now += 5
    budget.give_back(counted=True)
    clock.now += 1
    budget.give_back(counted=True)
    assert budget.take() == 59.0
    clock.now += 59
    assert budget.take() == 0.0
    assert budget.take() == 1.0


def test_a_request_that_never_left_gives_its_slot_back_at_once(clock: FakeClock) -> None:
    budget = Budget(1, 60.0, lambda: clock.now)
    budget.take()
    budget.give_back(counted=False)
    assert budget.take() == 0.0


def test_a_pause_holds_everybody_back(clock: FakeClock) -> None:
    budget = Budget(10, 60.0, lambda: clock.now)
    budget.pause(3)
    budget.pause(2)
    assert budget.take() == 3.0
    clock.now += 3
    assert budget.take() == 0.0


def test_no_window_ever_holds_more_than_the_limit(clock: FakeClock) -> None:
    budget, counted = Budget(5, 10.0, lambda: clock.now), []
    for step in range(200):
        while wait := budget.take():
            clock.now += wait
        counted.append(clock.now)
        clock.now += 0.1 * (step % 4)
        budget.give_back(counted=True)
    assert all(later - earlier >= 10.0 for earlier, later in zip(counted, counted[5:], strict=False))


def test_budgets_are_shared_by_owner_limit_and_window() -> None:
    def now() -> float:
        return 0.0

    first = budget_for(Quota(5, per=10), "team", now)
    assert budget_for(Quota(5, per=10, max_wait=3), "team", now) is first
    assert budget_for(Quota(6, per=10), "team", now) is not first
    assert budget_for(Quota(5, per=10), "other", now) is not first
    assert budget_for(None, "team", now) is None


def test_quotas_compare_by_value() -> None:
    assert Quota(500, per=60) == Quota()
    assert hash(Quota(500, per=60)) == hash(Quota())
    assert Quota(1) != Quota(2)
    assert pickle.loads(pickle.dumps(Quota(5, per=2.5, max_wait=1))) == Quota(5, per=2.5, max_wait=1)
    with pytest.raises(AttributeError, match="can't be changed"):
        Quota().limit = 1
    assert repr(Quota(5, per=2.5)) == "Quota(5, per=2.5, max_wait=None)"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")  # 3.12 on; the point here
def test_a_forked_child_gets_the_slots_of_calls_that_are_answered_to_its_parent(clock: FakeClock) -> None:
    budget = budget_for(Quota(1, per=60), "forking team", lambda: clock.now)
    assert budget is not None
    assert budget.take() == 0.0
    child = os.fork()
    if child == 0:
        status = 1
        try:
            waited = budget.take()
            clock.now += 60
            status = 0 if (waited, budget.take()) == (60.0, 0.0) else 2
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
