"""The quota: what may be asked for, and whose rate limiter it makes."""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import Any

import pytest

from heymarket import APITimeoutError, ConfigurationError, Heymarket, Quota, QuotaStatus
from heymarket._messages import FailureKind, TransportFailure
from heymarket.quota.rate_limiter import rate_limiter_for
from tests.fakes import CONTACT, SECRET_ID, SECRET_KEY, Door, FakeClock, Script, answer


def test_rate_limiters_are_shared_by_owner_limit_and_window() -> None:
    def now() -> float:
        return 0.0

    first = rate_limiter_for(Quota(5, per=10), "team", now)
    assert rate_limiter_for(Quota(5, per=10, max_wait=3), "team", now) is first
    assert rate_limiter_for(Quota(6, per=10), "team", now) is not first
    assert rate_limiter_for(Quota(5, per=10), "other", now) is not first
    assert rate_limiter_for(None, "team", now) is None


def test_what_was_used_is_remembered_when_all_clients_are_gone(clock: FakeClock) -> None:
    def now() -> float:
        return clock.now

    limiter = rate_limiter_for(Quota(1, per=60), "team", now)
    assert limiter is not None
    ticket = limiter.ticket()
    assert limiter.acquire(ticket, 1.0) == 0.0
    limiter.release(ticket, counted=True)
    del limiter

    again = rate_limiter_for(Quota(1, per=60), "team", now)
    assert again is not None
    assert again.acquire(again.ticket(), 1.0) == 60.0


def test_quotas_compare_by_value(tmp_path: Path) -> None:
    assert Quota(500, per=60) == Quota()
    assert hash(Quota(500, per=60)) == hash(Quota())
    assert Quota(1) != Quota(2)
    assert Quota.sqlite(tmp_path / "q") == Quota.sqlite(str(tmp_path / "q")) != Quota.sqlite(tmp_path / "r")
    assert Quota.redis("redis://one") == Quota.redis("redis://one") != Quota.redis("redis://two")
    with pytest.raises(AttributeError, match="can't be changed"):
        Quota().limit = 1


@pytest.mark.parametrize(
    "quota", [Quota(5, per=2.5, max_wait=1), Quota.sqlite("some/file", limit=7, per=1.5, max_wait=2)]
)
def test_quotas_can_be_pickled(quota: Quota) -> None:
    assert pickle.loads(pickle.dumps(quota)) == quota


def test_a_password_in_the_url_of_redis_is_shown_nowhere() -> None:
    quota = Quota.redis("redis://user:sEnTiNeL@localhost/0", limit=5)
    assert repr(quota) == "Quota.redis(..., limit=5, per=60, max_wait=None)"
    assert "sEnTiNeL" not in repr(quota.store)
    with pytest.raises(TypeError, match="can't be pickled"):
        pickle.dumps(quota)


def test_reprs_say_what_was_asked_for() -> None:
    assert repr(Quota(5, per=2.5)) == "Quota(5, per=2.5, max_wait=None)"
    assert repr(Quota.sqlite("/var/q.db", max_wait=3)) == "Quota.sqlite('/var/q.db', limit=500, per=60, max_wait=3)"


def test_a_file_stays_where_it_was_when_the_process_goes_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    quota = Quota.sqlite("q.db")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    with Heymarket(SECRET_ID, SECRET_KEY, quota=quota):
        assert (tmp_path / "q.db").exists()


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda: Quota(0), "limit"),
        (lambda: Quota(True), "limit"),
        (lambda: Quota(per=0), "per"),
        (lambda: Quota(per=float("nan")), "per"),
        (lambda: Quota(max_wait=-1), "max_wait"),
        (lambda: Quota.sqlite(""), "path"),
        (lambda: Quota.sqlite(":memory:"), "path"),
        (lambda: Quota.sqlite("q", limit=0), "limit"),
        (lambda: Quota.redis(""), "url"),
        (lambda: Quota.redis("redis://h", per=-1), "per"),
    ],
)
def test_a_quota_that_cannot_be_is_refused(make: Any, problem: str) -> None:
    with pytest.raises(ConfigurationError, match=problem):
        make()


def test_a_url_that_cannot_be_redis_is_found_when_the_client_is_made() -> None:
    pytest.importorskip("redis", reason="the extra redis is not installed")
    with pytest.raises(ConfigurationError, match=r"Quota\.redis: the URL") as caught:
        Heymarket(SECRET_ID, SECRET_KEY, quota=Quota.redis("http://user:sEnTiNeL@host"))
    assert "sEnTiNeL" not in str(caught.value)


def test_a_file_that_is_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but something that somebody wants to keep" * 50)
    before = path.read_bytes()
    for place in (path, tmp_path, tmp_path / "no such folder" / "q"):
        with pytest.raises(ConfigurationError, match=r"Quota\.sqlite: .* can't be used"):
            Heymarket(SECRET_ID, SECRET_KEY, quota=Quota.sqlite(place))
    assert path.read_bytes() == before


def test_another_program_s_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "app.db"
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE precious (thing)")
    file.close()
    before = path.read_bytes()
    with pytest.raises(ConfigurationError, match="another program's"):
        Heymarket(SECRET_ID, SECRET_KEY, quota=Quota.sqlite(path))
    assert path.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")  # 3.12 on; the point here
def test_a_forked_child_gets_the_slots_of_calls_that_are_answered_to_its_parent(clock: FakeClock) -> None:
    limiter = rate_limiter_for(Quota(1, per=60), "forking team", lambda: clock.now)
    assert limiter is not None
    assert limiter.acquire(limiter.ticket(), 1.0) == 0.0
    child = os.fork()
    if child == 0:
        status = 1
        try:
            ticket = limiter.ticket()
            waited = limiter.acquire(ticket, 1.0)
            clock.now += 61
            status = 0 if waited != 0.0 and limiter.acquire(ticket, 1.0) == 0.0 else 2
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_client_says_what_is_left(door: Door, clock: FakeClock) -> None:
    """Both clients, also light ones; without a quota there is nothing to say."""

    async def of_async(hm: Any) -> list[Any]:
        assert await hm.quota == (2, 0, 0, 0.0)
        for _ in range(2):
            await hm.contact_channels.get(CONTACT, "phone")
        return [await hm.quota, await hm.with_options(timeout=1).quota, await hm.with_options(quota=None).quota]

    def of_sync(hm: Any) -> list[Any]:
        assert hm.quota == (2, 0, 0, 0.0)
        for _ in range(2):
            hm.contact_channels.get(CONTACT, "phone")
        return [hm.quota, hm.with_options(timeout=1).quota, hm.with_options(quota=None).quota]

    left = door(of_async if door.is_async else of_sync, script=Script(answer()), quota=Quota(2, per=60))
    full = QuotaStatus(limit=2, used=2, waiting=0, free_in=60.0)
    assert left == [full, full, None]


def test_what_a_client_says_of_its_quota_is_read_only(door: Door) -> None:
    def change(hm: Any) -> None:
        hm.quota = Quota(1)

    with pytest.raises(AttributeError):
        door(change, script=Script(answer()))


def test_an_error_of_max_wait_says_when_to_come_back(door: Door, clock: FakeClock) -> None:
    def calls(hm: Any) -> Any:
        async def run() -> None:
            for _ in range(2):
                await hm.contact_channels.get(CONTACT, "phone")

        if door.is_async:
            return run()
        return [hm.contact_channels.get(CONTACT, "phone") for _ in range(2)]

    with pytest.raises(APITimeoutError) as caught:
        door(calls, script=Script(answer()), quota=Quota(1, per=60, max_wait=2))
    assert caught.value.retry_after == 60.0
    assert pickle.loads(pickle.dumps(caught.value)).retry_after == 60.0


def test_other_timeouts_say_nothing_of_it(door: Door, clock: FakeClock) -> None:
    late = TransportFailure(FailureKind.TIMEOUT, "time ran out", sent=True)
    with pytest.raises(APITimeoutError) as caught:
        door(lambda hm: hm.tags.create(tag="vip"), script=Script(late))
    assert caught.value.retry_after is None
