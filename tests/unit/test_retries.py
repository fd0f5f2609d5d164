"""Retry-After and the retry budget."""

from __future__ import annotations

from email.utils import formatdate

import pytest

from heymarket.retries import RetryBudget, backoff, parse_retry_after

NOW = 1_700_000_000.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        ("7", 7.0),
        (" 7.5 ", 7.5),
        ("3600", 3600.0),
        (formatdate(NOW + 30, usegmt=True), 30.0),
        (None, None),
        ("", None),
        ("-1", None),
        ("nan", None),
        ("inf", None),
        ("1e5", None),
        ("٣", None),
        ("1000000000", 1e9),
        ("9" * 400, None),
        ("soon", None),
        (formatdate(NOW - 30, usegmt=True), None),
        ("Fri, 99 Foo 2024 00:00:00 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 -9999", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_nonsense_is_ignored(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value, None, NOW) == seconds


def test_backoff_doubles_up_to_eight_seconds_with_full_jitter() -> None:
    waits = [backoff(n, status=503, retry_after=None, random=lambda: 1.0) for n in range(7)]
    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]
    assert backoff(3, status=503, retry_after=None, random=lambda: 0.0) == 0.0


def test_a_429_without_retry_after_waits_at_least_a_second() -> None:
    assert backoff(0, status=429, retry_after=None, random=lambda: 0.0) == 1.0


def test_the_retry_budget_is_ten_and_successes_refill_it() -> None:
    now = 0.0
    budget = RetryBudget(lambda: now)
    assert [budget.spend() for _ in range(12)] == [True] * 10 + [False] * 2
    for _ in range(5):
        budget.earn()
    assert [budget.spend(), budget.spend()] == [True, False]
    for _ in range(1000):
        budget.earn()
    assert sum(budget.spend() for _ in range(20)) == 10


def test_the_retry_budget_refills_with_time() -> None:
    clock = [0.0]
    budget = RetryBudget(lambda: clock[0])
    assert sum(budget.spend() for _ in range(20)) == 10
    clock[0] += 12.0
    assert sum(budget.spend() for _ in range(20)) == 2
    clock[0] += 3600.0
    assert sum(budget.spend() for _ in range(20)) == 10


def test_a_retry_after_date_is_measured_by_the_service_s_clock_and_is_utc() -> None:
    there = NOW + 600  # our clock is ten minutes behind
    later = formatdate(there + 5, usegmt=True)
    assert parse_retry_after(later, formatdate(there, usegmt=True), NOW) == 5.0
    assert parse_retry_after(later.replace("GMT", "-0000"), formatdate(there, usegmt=True), NOW) == 5.0
