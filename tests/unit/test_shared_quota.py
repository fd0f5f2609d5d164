"""A quota that processes share, in use: real files, a real Redis, real processes, and what happens when they fail."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import logging
import os
import pickle
import re
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from heymarket import (
    APITimeoutError,
    AsyncHeymarket,
    ConfigurationError,
    Heymarket,
    Quota,
    QuotaStatus,
    QuotaStoreError,
)
from heymarket.emulator import Emulator
from heymarket.quota import _redis, _sqlite
from tests.fakes import CONTACT, SECRET_ID, SECRET_KEY, AsyncScriptTransport, Door, Script, ScriptTransport, answer


def limiter_of(hm: Any) -> Any:
    return hm._sender.context.rate_limiter


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
    assert 0.4 <= time.monotonic() - started < 10


def test_a_shared_quota_keeps_max_wait(shared: Callable[..., Quota], door: Door) -> None:
    with pytest.raises(APITimeoutError, match=r"No slot of the quota is free within 0\.1 s") as caught:
        door(
            many(door, 2),
            script=Script(answer()),
            quota=shared(limit=1, per=60, max_wait=0.1),
            secret_id=f"team-{time.time_ns()}",
        )
    assert caught.value.retry_after == pytest.approx(60, abs=5)


def test_what_is_left_of_a_shared_quota_is_asked_of_its_store(shared: Callable[..., Quota], door: Door) -> None:
    options = {"quota": shared(limit=5, per=60), "secret_id": f"team-{time.time_ns()}"}
    door(many(door, 2), script=Script(answer()), **options)
    assert status_of(door, **options) == (5, 2, 0, 0.0)
    door(many(door, 3), script=Script(answer()), **options)
    left = status_of(door, **options)
    assert (left.limit, left.used, left.waiting) == (5, 5, 0)
    assert 50 < left.free_in <= 60


def status_of(door: Door, **options: Any) -> QuotaStatus:
    async def read(hm: Any) -> Any:
        return await hm.quota

    status = door(read if door.is_async else lambda hm: hm.quota, script=Script(answer()), **options)
    assert isinstance(status, QuotaStatus)
    return status


def test_what_is_left_can_not_be_said_while_the_store_fails(door: Door, tmp_path: Path) -> None:
    path = tmp_path / "quota"

    def ask(hm: Any) -> Any:
        path.unlink()
        with contextlib.closing(sqlite3.connect(path)) as other:
            other.execute("CREATE TABLE other (x)")
        limiter_of(hm)._worker._store.after_fork()  # the next use opens the file

        async def read() -> Any:
            return await hm.quota

        return read() if door.is_async else hm.quota

    with pytest.raises(QuotaStoreError, match="can't be used"):
        door(ask, script=Script(answer()), quota=Quota.sqlite(path))


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
            assert time.monotonic() - started < 5

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


def test_a_full_disk_is_a_clear_error_and_the_response_is_not_lost(
    door: Door, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    quota = Quota.sqlite(tmp_path / "quota")
    script = Script(answer())

    def fill(hm: Any) -> Any:
        file = limiter_of(hm)._worker._store._connection
        pages = file.execute("PRAGMA page_count").fetchone()[0]
        file.execute(f"PRAGMA max_page_count = {pages}")  # the same SQLITE_FULL as of a full disk
        file.execute("CREATE TEMP TABLE no_more (x)")
        return many(door, 400)(hm)

    with pytest.raises(QuotaStoreError, match=r"disk is full.*Nothing was sent") as caught:
        door(fill, script=script, quota=quota)
    assert 0 < len(script.sends) < 400
    assert pickle.loads(pickle.dumps(caught.value)).args == caught.value.args
    warnings = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [record.levelname for record in warnings] == ["WARNING"], "said once"


def test_a_locked_file_is_a_clear_error_within_seconds(door: Door, tmp_path: Path) -> None:
    quota = Quota.sqlite(tmp_path / "quota")
    script = Script(answer())
    with Heymarket(SECRET_ID, SECRET_KEY, quota=quota, _transport=ScriptTransport(Script(answer()))):
        other = sqlite3.connect(tmp_path / "quota")
    other.execute("BEGIN IMMEDIATE")
    started = time.monotonic()

    def call(hm: Any) -> Any:
        limiter_of(hm)._worker._store._connection.execute("PRAGMA busy_timeout = 100")
        return get(hm)

    with pytest.raises(QuotaStoreError, match="locked"):
        door(call, script=script, quota=quota)
    assert time.monotonic() - started < 5
    assert script.sends == []
    other.rollback()
    other.close()


def test_callers_do_not_queue_up_for_a_file_that_stays_locked(tmp_path: Path) -> None:
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
    assert len({id(error) for error in errors}) == 20, "each has its own, and no frames of others"
    assert 2 <= took < 20, "one waits for the file, the others don't"
    assert script.sends == []


def test_a_slot_that_could_not_be_returned_is_free_a_window_after_its_call_must_have_ended(tmp_path: Path) -> None:
    quota = Quota.sqlite(tmp_path / "quota", limit=1, per=0.2, max_wait=3)
    other = sqlite3.connect(tmp_path / "quota", check_same_thread=False)

    def lock(_: Any) -> Any:
        limiter_of(hm)._worker._store._connection.execute("PRAGMA busy_timeout = 50")
        other.execute("BEGIN IMMEDIATE")
        return answer()

    script = Script(lock, answer())
    with Heymarket(SECRET_ID, SECRET_KEY, quota=quota, timeout=0.3, _transport=ScriptTransport(script)) as hm:
        get(hm)
        limiter_of(hm)._worker._thread.submit(lambda: None).result()
        other.rollback()
        limiter_of(hm)._worker._retry_at = 0.0  # the second for which it is let be
        get(hm)
    other.close()
    assert len(script.sends) == 2


def test_a_file_that_is_locked_when_the_client_is_made_is_tried_again_by_each_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_sqlite, "_LOCK_TIMEOUT", 0.05)
    script = Script(answer())
    other = sqlite3.connect(tmp_path / "quota")
    other.execute("BEGIN EXCLUSIVE")
    quota = Quota.sqlite(tmp_path / "quota")
    with Heymarket(SECRET_ID, SECRET_KEY, quota=quota, _transport=ScriptTransport(script)) as hm:
        with pytest.raises(QuotaStoreError, match="locked"):
            get(hm)
        assert script.sends == []
        other.rollback()
        limiter_of(hm)._worker._retry_at = 0.0  # the second for which it is let be
        get(hm)
    other.close()
    assert len(script.sends) == 1


def test_the_file_is_closed_and_the_thread_ends_when_the_last_client_is_gone(tmp_path: Path) -> None:
    quota = Quota.sqlite(tmp_path / "quota")
    with Heymarket(SECRET_ID, SECRET_KEY, quota=quota, _transport=ScriptTransport(Script(answer()))) as hm:
        get(hm)
        connection = limiter_of(hm)._worker._store._connection
        (thread,) = limiter_of(hm)._worker._thread._threads
    del hm
    gc.collect()
    thread.join(10)
    assert not thread.is_alive()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")


LAST_WORDS = """
import sys
from heymarket import Heymarket, Quota
from tests.fakes import CONTACT, Script, ScriptTransport, answer
path, key = sys.argv[1:]
hm = Heymarket("an-id-1", key, quota=Quota.sqlite(path), _transport=ScriptTransport(Script(answer())))
hm.contact_channels.get(CONTACT, "phone")
hm.close()
"""


def test_a_program_that_ends_returns_its_slots_and_closes_the_file(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error::ResourceWarning", "-c", LAST_WORDS, str(tmp_path / "quota"), SECRET_KEY]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert (done.returncode, done.stderr) == (0, "")
    with contextlib.closing(sqlite3.connect(tmp_path / "quota")) as file:
        ((slots,),) = file.execute("SELECT slots FROM rate_limiters").fetchall()
    state = json.loads(slots)
    assert (state["reserved"], state["sent"], len(state["counted"])) == ({}, {}, 1)


def test_redis_away_is_a_clear_error_and_callers_do_not_queue_up_for_it(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("redis", reason="the extra redis is not installed")
    monkeypatch.setattr(_redis, "_TIMEOUT", 0.1)
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
        assert time.monotonic() - started < 5
    assert [type(error) for error in errors] == [QuotaStoreError] * 50
    assert "Redis does not reply" in str(errors[0])
    assert "sEnTiNeL" not in "".join(map(repr, errors))
    assert script.sends == []


@pytest.mark.parametrize(
    "reply",
    [b":7\r\n", b"$-1\r\n", b"*-1\r\n", b"*1\r\n:7\r\n", b"$3\r\nabc\r\n", b"$3\r\nnan\r\n", b"$2\r\n-1\r\n",
     b"+OK\r\n", b"-ERR no\r\n", b"%1\r\n+a\r\n+b\r\n", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\0\xff\r\n"],
)  # fmt: skip
def test_a_server_that_is_not_redis_is_a_clear_error(reply: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("redis", reason="the extra redis is not installed")
    monkeypatch.setattr(_redis, "_TIMEOUT", 0.3)

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection, contextlib.suppress(OSError):
                    while asked := connection.recv(65536):
                        connection.sendall(reply * max(1, len(re.findall(rb"\*\d+\r\n", asked))))

    script = Script(answer())
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        quota = Quota.redis(f"redis://:sEnTiNeL@127.0.0.1:{listener.getsockname()[1]}", max_wait=1)
        with Heymarket(SECRET_ID, SECRET_KEY, quota=quota, _transport=ScriptTransport(script)) as hm:
            with pytest.raises(QuotaStoreError, match="Redis does not reply as it should") as caught:
                get(hm)
        listener.shutdown(socket.SHUT_RDWR)
    assert "sEnTiNeL" not in repr(caught.value)
    assert script.sends == []


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
                limiter_of(hm)._worker._thread.shutdown()  # what was returned is written
                status = 0
            finally:
                os._exit(status)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        with pytest.raises(APITimeoutError):
            get(hm)


@pytest.mark.skipif(os.name != "posix", reason="modes and links are of POSIX")
def test_a_quota_file_is_for_its_user_alone_and_no_link_is_followed(door: Door, tmp_path: Path) -> None:
    door(lambda hm: hm.team.get(), script=Script(answer(200, {})), quota=Quota.sqlite(str(tmp_path / "quota")))
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}

    (tmp_path / "empty").touch()
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    with pytest.raises(ConfigurationError, match="it is a link"):
        door(lambda hm: hm.team.get(), script=Script(answer(200, {})), quota=Quota.sqlite(str(tmp_path / "link")))
    assert (tmp_path / "empty").read_bytes() == b""


def test_a_thousand_credentials_share_one_thread_and_one_connection(shared: Callable[..., Quota]) -> None:
    quota = shared(limit=2, per=60, max_wait=0)
    run = time.time_ns()
    threads = threading.active_count()

    async def team(number: int) -> None:
        script = AsyncScriptTransport(Script(answer()))
        async with AsyncHeymarket(f"team-{run}-{number}", SECRET_KEY, _transport=script, quota=quota) as hm:
            workers.add(limiter_of(hm)._worker)
            await asyncio.gather(get(hm), get(hm))
            with pytest.raises(APITimeoutError):
                await get(hm)

    async def main() -> None:
        await asyncio.gather(*[team(number) for number in range(1000)])

    workers: set[Any] = set()
    asyncio.run(main())
    assert len(workers) == 1
    assert threading.active_count() <= threads + 1
