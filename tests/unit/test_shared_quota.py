"""A quota that processes share, in use: real files, a real Redis, real processes, and what happens when they fail."""

from __future__ import annotations

import asyncio
import logging
import os
import pickle
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from heymarket import APITimeoutError, AsyncHeymarket, Heymarket, Quota, QuotaStoreError
from heymarket.emulator import Emulator
from heymarket.quota import _redis
from tests.lab import CONTACT, PHONE, SECRET_ID, SECRET_KEY, AsyncScriptTransport, Door, Script, ScriptTransport, answer


def get(hm: Any) -> Any:
    return hm.contact_channels.get(CONTACT, "phone")


def many(door: Door, count: int) -> Callable[[Any], Any]:
    """That many calls, one after the other."""

    def calls(hm: Any) -> Any:
        async def run() -> list[Any]:
            return [await get(hm) for _ in range(count)]

        return run() if door.is_async else [get(hm) for _ in range(count)]

    return calls


@pytest.fixture(params=["sqlite", "redis"])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., Quota]:
    if request.param == "sqlite":
        return lambda **options: Quota.sqlite(tmp_path / "quota", **options)
    url = request.getfixturevalue("redis_url")
    return lambda **options: Quota.redis(f"{url}?db={os.getpid() % 16}", **options)


def test_calls_wait_for_a_slot_of_the_shared_quota(shared: Callable[..., Quota], door: Door) -> None:
    started = time.monotonic()
    door(many(door, 5), script=Script(answer()), quota=shared(limit=2, per=0.2), secret_id=f"team-{time.time_ns()}")
    assert 0.4 <= time.monotonic() - started < 2


def test_a_shared_quota_keeps_max_wait(shared: Callable[..., Quota], door: Door) -> None:
    with pytest.raises(APITimeoutError, match=r"No slot of the quota is free within 0\.1 s"):
        door(
            many(door, 2),
            script=Script(answer()),
            quota=shared(limit=1, per=60, max_wait=0.1),
            secret_id=f"team-{time.time_ns()}",
        )


def test_an_interrupted_call_leaves_its_place_to_others(shared: Callable[..., Quota]) -> None:
    async def main() -> None:
        options: dict[str, Any] = {"secret_id": f"team-{time.time_ns()}", "secret_key": SECRET_KEY}
        quota = shared(limit=1, per=0.5)
        async with AsyncHeymarket(**options, _transport=AsyncScriptTransport(Script(answer())), quota=quota) as hm:
            await get(hm)
            waiting = [asyncio.create_task(get(hm)) for _ in range(20)]
            await asyncio.sleep(0.1)  # they are in the queue by then
            for task in waiting:
                task.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
            started = time.monotonic()
            await get(hm)
            assert time.monotonic() - started < 1

    asyncio.run(main())


HAMMER = """
import sys, threading
from heymarket import Heymarket, Quota
base_url, path, calls = sys.argv[1], sys.argv[2], int(sys.argv[3])
quota = Quota.redis(path, limit=20, per=0.5) if "://" in path else Quota.sqlite(path, limit=20, per=0.5)
with Heymarket(sys.argv[4], sys.argv[5], base_url=base_url, quota=quota) as hm:
    def work():
        for _ in range(calls):
            hm.contact_channels.get(sys.argv[6], "phone")
    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
"""


@pytest.mark.parametrize("kind", ["sqlite", "redis"])
def test_processes_stay_within_the_limit_together(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    place = str(tmp_path / "quota") if kind == "sqlite" else request.getfixturevalue("redis_url")
    with Emulator(limit=20, per=0.5) as emulator:
        contact = emulator.examples["phone"].contact_id
        arguments = [emulator.base_url, place, "5", emulator.secret_id, emulator.secret_key, contact]
        processes = [subprocess.Popen([sys.executable, "-c", HAMMER, *arguments]) for _ in range(3)]
        assert [process.wait(60) for process in processes] == [0, 0, 0]
        calls = emulator.journal
    assert Counter(call.status for call in calls) == {200: 3 * 8 * 5}
    moments = sorted(call.time for call in calls)
    assert all(later - earlier >= 0.5 for earlier, later in zip(moments, moments[20:], strict=False))


def test_a_full_disk_is_a_clear_error_and_the_answer_is_not_lost(
    door: Door, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    quota = Quota.sqlite(tmp_path / "quota")
    script = Script(answer())

    def fill(hm: Any) -> Any:
        file = hm._sender.context.rate_limiter._store._file
        pages = file.execute("PRAGMA page_count").fetchone()[0]
        file.execute(f"PRAGMA max_page_count = {pages}")  # the same SQLITE_FULL as of a full disk
        file.execute("CREATE TEMP TABLE no_more (x)")
        return many(door, 400)(hm)

    with pytest.raises(QuotaStoreError, match=r"disk is full.*Nothing was sent") as caught:
        door(fill, script=script, quota=quota)
    assert 0 < len(script.sends) < 400
    assert pickle.loads(pickle.dumps(caught.value)).args == caught.value.args
    assert [record.levelname for record in caplog.records] == ["WARNING"], "said once"


def test_a_locked_file_is_a_clear_error_within_seconds(door: Door, tmp_path: Path) -> None:
    import sqlite3

    quota = Quota.sqlite(tmp_path / "quota")
    script = Script(answer())
    with Heymarket(SECRET_ID, SECRET_KEY, quota=quota, _transport=ScriptTransport(Script(answer()))):
        other = sqlite3.connect(tmp_path / "quota")
    other.execute("BEGIN IMMEDIATE")
    started = time.monotonic()

    def call(hm: Any) -> Any:
        hm._sender.context.rate_limiter._store._file.execute("PRAGMA busy_timeout = 100")
        return get(hm)

    with pytest.raises(QuotaStoreError, match="locked"):
        door(call, script=script, quota=quota)
    assert time.monotonic() - started < 1
    assert script.sends == []
    other.rollback()
    other.close()


def test_callers_do_not_queue_up_for_a_file_that_stays_locked(tmp_path: Path) -> None:
    import sqlite3

    quota = Quota.sqlite(tmp_path / "quota")
    script = Script(answer())
    with Heymarket(SECRET_ID, SECRET_KEY, quota=quota, _transport=ScriptTransport(script)) as hm:
        other = sqlite3.connect(tmp_path / "quota")
        other.execute("BEGIN IMMEDIATE")
        errors: list[QuotaStoreError] = []

        def one() -> None:
            with pytest.raises(QuotaStoreError) as caught:
                get(hm)
            errors.append(caught.value)

        threads = [threading.Thread(target=one) for _ in range(20)]
        started = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.monotonic() - started
        other.rollback()
        other.close()
    assert len(errors) == 20
    assert 2 <= took < 4, "one waits for the file, the others don't"
    assert script.sends == []


def test_a_slot_that_could_not_be_returned_is_returned_later(tmp_path: Path) -> None:
    import sqlite3

    quota = Quota.sqlite(tmp_path / "quota", limit=1, per=0.2, max_wait=3)
    other = sqlite3.connect(tmp_path / "quota", check_same_thread=False)

    def lock(_: Any) -> Any:
        hm._sender.context.rate_limiter._store._file.execute("PRAGMA busy_timeout = 50")
        other.execute("BEGIN IMMEDIATE")
        return answer()

    script = Script(lock, answer())
    with Heymarket(SECRET_ID, SECRET_KEY, quota=quota, timeout=600, _transport=ScriptTransport(script)) as hm:
        get(hm)
        hm._sender.context.rate_limiter._worker.submit(lambda: None).result()
        other.rollback()
        budget = hm._sender.context.rate_limiter
        budget._down_until = 0.0  # the second for which it is let be
        get(hm)
    other.close()
    assert len(script.sends) == 2


def test_redis_away_is_a_clear_error_and_callers_do_not_queue_up_for_it(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("redis", reason="the extra redis is not installed")
    monkeypatch.setattr(_redis, "_PATIENCE", 0.1)
    script = Script(answer())

    def fifty(hm: Any) -> Any:
        async def run() -> list[Any]:
            return await asyncio.gather(*[get(hm) for _ in range(50)], return_exceptions=True)

        if door.is_async:
            return run()
        errors: list[Any] = []

        def one() -> None:
            try:
                get(hm)
            except QuotaStoreError as error:
                errors.append(error)

        threads = [threading.Thread(target=one) for _ in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return errors

    with socket.create_server(("127.0.0.1", 0)) as silent:  # accepts, and never answers
        url = f"redis://:sEnTiNeL@127.0.0.1:{silent.getsockname()[1]}"
        started = time.monotonic()
        errors = door(fifty, script=script, quota=Quota.redis(url))
        assert time.monotonic() - started < 1
    assert [type(error) for error in errors] == [QuotaStoreError] * 50
    assert "Redis does not answer" in str(errors[0])
    assert "sEnTiNeL" not in "".join(map(repr, errors))
    assert script.sends == []


def test_with_fallback_this_process_counts_on_its_own_until_the_store_is_back(
    door: Door, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("redis", reason="the extra redis is not installed")
    if not shutil.which("redis-server"):
        pytest.skip("redis-server is not installed (Debian: apt-get install redis-server)")
    place = tmp_path / "socket"
    script = Script(answer())
    with Heymarket(SECRET_ID, SECRET_KEY, _transport=ScriptTransport(script)):
        pass

    def calls(hm: Any) -> Any:
        return many(door, 3)(hm)

    quota = Quota.redis(f"unix://{place}", limit=2, per=0.3, fallback=True)
    started = time.monotonic()
    with caplog.at_level(logging.WARNING, "heymarket"):
        results = door(calls, script=script, quota=quota)
    assert [channel.channel_id for channel in results] == [PHONE] * 3
    assert time.monotonic() - started >= 0.3, "the limit holds all the same"
    assert "The store of the quota can't be used" in caplog.text


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")  # 3.12 on; the point here
def test_a_forked_child_shares_the_quota_too(shared: Callable[..., Quota]) -> None:
    options: dict[str, Any] = {"secret_id": f"team-{time.time_ns()}", "secret_key": SECRET_KEY}
    quota = shared(limit=2, per=60, max_wait=0)
    with Heymarket(**options, _transport=ScriptTransport(Script(answer())), quota=quota) as hm:
        get(hm)
        child = os.fork()
        if child == 0:
            status = 1
            try:
                get(hm)
                hm._sender.context.rate_limiter._worker.shutdown()  # what was returned is written
                status = 0
            finally:
                os._exit(status)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        with pytest.raises(APITimeoutError):
            get(hm)
