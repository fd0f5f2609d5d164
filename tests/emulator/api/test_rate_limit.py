"""So many requests in any window, and 429 above that."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import httpx
import pytest

from heymarket.emulator import EmulatorError, create_app
from heymarket.emulator.api.rate_limit import RateLimitUsage
from heymarket.emulator.seeds.built_in import EXAMPLES, LEGACY

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = f"/v2/contact/{EXAMPLES['phone'].contact_id}/channel/phone"
TEAM_KEY = f"Bearer {LEGACY.key}"


class EmulatorClock:
    def __init__(self, now: float) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(now: int) -> EmulatorClock:
    return EmulatorClock(now)


def test_the_request_above_the_limit_gets_a_429(ask: Callable[..., httpx.Response], clock: EmulatorClock) -> None:
    app = create_app(limit=3, per=60, clock=clock)
    statuses = [ask(app, PATH).status_code for _ in range(3)]
    clock.now += 47.7
    refused = ask(app, PATH)

    assert statuses == [200, 200, 200]
    assert refused.status_code == 429
    assert refused.headers["X-Emulator-Refused"] == "limit: 3 in 60 s are used up; free again in 12.3 s"
    assert refused.json()["error_code"] == "rate_limited"
    assert "Retry-After" not in refused.headers


def test_the_window_slides(ask: Callable[..., httpx.Response], clock: EmulatorClock) -> None:
    app = create_app(limit=2, per=60, clock=clock)
    statuses = []
    for seconds in (0, 30, 29.9, 0.1, 0, 30):
        clock.now += seconds
        statuses.append(ask(app, PATH, authorization=TEAM_KEY).status_code)

    assert statuses == [200, 200, 429, 200, 429, 200]


def test_what_was_counted_after_the_present_time_counts_no_more(
    ask: Callable[..., httpx.Response], clock: EmulatorClock
) -> None:
    app = create_app(limit=1, per=60, clock=clock)
    statuses = []
    for days in (0, 3000, 0, 0):
        app.clock.freeze(datetime.fromtimestamp(clock.now + 86_400 * days, UTC))
        statuses.append(ask(app, PATH).status_code)

    assert statuses == [200, 200, 200, 429]


def test_a_refused_request_does_not_prolong_the_wait(ask: Callable[..., httpx.Response], clock: EmulatorClock) -> None:
    app = create_app(limit=1, per=10, clock=clock)
    statuses = []
    for seconds in (0, 5, 5):
        clock.now += seconds
        statuses.append(ask(app, PATH).status_code)

    assert statuses == [200, 429, 200]


def test_each_credential_has_its_own_limit(ask: Callable[..., httpx.Response], clock: EmulatorClock) -> None:
    app = create_app(limit=1, clock=clock)

    assert ask(app, PATH).status_code == 200
    assert ask(app, PATH, authorization=TEAM_KEY).status_code == 200
    assert ask(app, PATH).status_code == 429


def test_who_does_not_get_in_is_not_counted(ask: Callable[..., httpx.Response], clock: EmulatorClock) -> None:
    app = create_app(limit=1, clock=clock)
    for _ in range(3):
        assert ask(app, PATH, authorization=None).status_code == 401

    assert ask(app, PATH).status_code == 200


def test_the_documented_limit_is_the_default(ask: Callable[..., httpx.Response], clock: EmulatorClock) -> None:
    app = create_app(clock=clock)
    statuses = [ask(app, PATH).status_code for _ in range(501)]

    assert statuses == [200] * 500 + [429]


def test_the_usage_is_reported(ask: Callable[..., httpx.Response], clock: EmulatorClock) -> None:
    app = create_app(limit=3, per=60, clock=clock)
    ask(app, PATH)
    clock.now += 20
    ask(app, PATH)

    assert app.limit.usage("default") == RateLimitUsage(used=2, limit=3, free_again=40)
    clock.now += 40
    assert app.limit.usage("default") == RateLimitUsage(used=1, limit=3, free_again=20)
    assert app.limit.usage("legacy") == RateLimitUsage(used=0, limit=3, free_again=0)


def test_a_full_window_of_a_frozen_clock_says_so(ask: Callable[..., httpx.Response], clock: EmulatorClock) -> None:
    app = create_app(limit=1, per=60, clock=clock)
    app.clock.freeze()
    statuses = [ask(app, PATH).status_code, (refused := ask(app, PATH)).status_code]
    app.clock.resume()

    assert statuses == [200, 429]
    assert refused.headers["X-Emulator-Refused"].endswith("free again in 60.0 s of the service's time, which is frozen")
    assert ask(app, PATH).headers["X-Emulator-Refused"].endswith(" s")


def test_another_limit_counts_at_once_and_until_the_next_reset(
    ask: Callable[..., httpx.Response], clock: EmulatorClock
) -> None:
    app = create_app(limit=3, per=60, clock=clock)
    statuses = [ask(app, PATH).status_code for _ in range(2)]
    app.limit.set(1, 30)
    refused = ask(app, PATH)
    app.limit.set(3, 60)
    statuses.append(ask(app, PATH).status_code)
    app.limit.set(1, 30)
    app.reset()

    assert statuses == [200, 200, 200]
    assert refused.headers["X-Emulator-Refused"] == "limit: 1 in 30 s are used up; free again in 30.0 s"
    assert (app.limit.limit, app.limit.per) == (3, 60)
    assert ask(app, PATH).status_code == 200
    app.limit.set(7)
    assert (app.limit.limit, app.limit.per) == (7, 60)
    with pytest.raises(EmulatorError, match="at least 1"):
        app.limit.set(0)


@pytest.mark.parametrize(("limit", "per"), [(0, 60), (-1, 60), (500, 0), (500, -1), (500, float("nan"))])
def test_a_limit_that_makes_no_sense_is_refused(limit: int, per: float) -> None:
    with pytest.raises(EmulatorError, match="at least 1 in more than 0 seconds"):
        create_app(limit=limit, per=per)
