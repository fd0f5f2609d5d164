"""How `contact_channels.get_many` ends: nothing is left, nothing more is sent, and Ctrl-C is obeyed at once."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pytest

from heymarket import AsyncHeymarket, Heymarket, HeymarketError, InvalidRequestError, Quota
from heymarket._messages import Request, Response
from tests.lab import CONTACT, SECRET_ID, SECRET_KEY, Door, Script, ScriptTransport, answer
from tests.unit.test_get_many import PAIR, Iteration, echo
from tests.unit.test_httpx_transport import serving

ROOT = Path(__file__).parents[2]
BAD = (CONTACT, "a/b")  # a result at once, without a request


class Stuck:
    """A transport that answers nothing until it is let go; counts what came and what was cancelled."""

    def __init__(self) -> None:
        self.requests = 0
        self.released = threading.Event()
        self.cancelled = 0

    def send(self, request: Request) -> Response:
        self.requests += 1
        self.released.wait(10)
        return echo(request)

    def close(self) -> None:
        self.released.set()


class AsyncStuck(Stuck):
    async def send(self, request: Request) -> Response:  # type: ignore[override] # the same transport for the other client
        self.requests += 1
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        return echo(request)

    async def close(self) -> None:  # type: ignore[override] # as above
        pass


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert ended_at_once(set(threading.enumerate()) - before)


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "heymarket"]


def ended_at_once(crew: set[threading.Thread] | list[threading.Thread]) -> bool:
    started = time.monotonic()
    for thread in crew:
        thread.join(5)
    return time.monotonic() - started < 1


def test_threads_are_daemons_no_more_than_needed_and_gone_at_the_end() -> None:
    seen: list[tuple[int, bool]] = []

    def respond(_: Request) -> Response:
        seen.append((len(threads()), threading.current_thread().daemon))
        return answer()

    with Heymarket(SECRET_ID, SECRET_KEY, _transport=ScriptTransport(Script(respond))) as hm:
        many = hm.contact_channels.get_many([PAIR] * 3, concurrency=8)
        assert threads() == []
        assert len(list(many)) == 3
        assert threads() == []
    assert max(number for number, _ in seen) <= 3
    assert all(daemon for _, daemon in seen)


@pytest.mark.parametrize("ending", ["closed", "left", "interrupted", "forgotten"])
@pytest.mark.parametrize("waiting_for", ["the quota", "a retry"])
def test_threads_that_wait_end_with_the_iterator(waiting_for: str, ending: str) -> None:
    script = Script(answer(503, Retry_After="25") if waiting_for == "a retry" else answer())
    quota = Quota(1, per=600) if waiting_for == "the quota" else None
    crew: list[threading.Thread] = []
    with Heymarket(SECRET_ID, SECRET_KEY, timeout=60, quota=quota, _transport=ScriptTransport(script)) as hm:
        many = hm.contact_channels.get_many(chain([BAD], repeat(PAIR)), concurrency=4)
        assert isinstance(next(many).error, InvalidRequestError)
        crew += threads()
        assert len(crew) >= 2, "one call may have succeeded by now"
        if ending == "closed":
            many.close()
        elif ending == "interrupted":
            with pytest.raises(KeyboardInterrupt):
                many.throw(KeyboardInterrupt)
        elif ending == "forgotten":
            circle: list[Any] = [many]
            circle.append(circle)
            del circle
        del many
        gc.collect()
        assert ended_at_once(crew)
    assert len(script.sends) <= (1 if waiting_for == "the quota" else 3)


def test_calls_on_the_network_are_not_waited_for_and_no_other_is_begun() -> None:
    transport = Stuck()
    with Heymarket(SECRET_ID, SECRET_KEY, _transport=transport) as hm:
        started = time.monotonic()
        many = hm.contact_channels.get_many([BAD, *[PAIR] * 9], concurrency=4)
        next(many)
        many.close()
        assert time.monotonic() - started < 1
        crew = threads()
        transport.released.set()
    assert ended_at_once(crew)
    assert transport.requests <= 3


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")  # 3.12 on; the point here
def test_an_iterator_in_a_forked_child_says_so_instead_of_hanging() -> None:
    with Heymarket(SECRET_ID, SECRET_KEY, _transport=(transport := Stuck())) as hm:
        many = hm.contact_channels.get_many(chain([BAD], repeat(PAIR)), concurrency=2)
        next(many)
        child = os.fork()
        if child == 0:
            try:
                next(many)
            except HeymarketError as error:
                os._exit(0 if "forked" in str(error) else 1)
            finally:
                os._exit(2)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        transport.released.set()
        assert next(many).error is None, "the parent's goes on"
        many.close()


@pytest.mark.parametrize("ending", ["closed", "left", "cancelled"])
def test_tasks_are_cancelled_and_awaited(ending: str) -> None:
    complaints: list[dict[str, Any]] = []
    transport = AsyncStuck()

    async def main() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
        async with AsyncHeymarket(SECRET_ID, SECRET_KEY, _transport=transport) as hm:
            pairs = [BAD, *[PAIR] * 9]
            if ending == "cancelled":
                job = asyncio.create_task(Iteration(hm.contact_channels.get_many(pairs, concurrency=4)).rest())
                while transport.requests < 4:
                    await asyncio.sleep(0)
                job.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await job
            else:
                many = hm.contact_channels.get_many(pairs, concurrency=4)
                async for result in many:
                    assert isinstance(result.error, InvalidRequestError)
                    break
                while transport.requests < 3:
                    await asyncio.sleep(0)
                if ending == "closed":
                    await many.aclose()
                else:
                    del many
                    for _ in range(5):
                        await asyncio.sleep(0)
            assert len(asyncio.all_tasks()) == 1

    asyncio.run(main(), debug=True)
    gc.collect()
    assert transport.cancelled == (4 if ending == "cancelled" else 3)
    assert complaints == []


def test_leaving_at_the_very_end_of_a_program_leaves_nothing_pending() -> None:
    complaints: list[dict[str, Any]] = []
    transport = AsyncStuck()

    async def main() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
        hm = AsyncHeymarket(SECRET_ID, SECRET_KEY, _transport=transport)
        async for _ in hm.contact_channels.get_many([BAD, *[PAIR] * 9], concurrency=4):
            await asyncio.sleep(0)
            break

    asyncio.run(main())
    gc.collect()
    assert transport.cancelled == 3
    assert complaints == []


PROGRAM = """
import asyncio, signal, sys
from itertools import chain, repeat
from heymarket import AsyncHeymarket, Heymarket, Quota

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs begin with SIGINT ignored
url, kind, limit = sys.argv[1:]
settings = dict(base_url=url, quota=Quota(int(limit), per=600), timeout=300)
contact_id = "00000000-0000-4000-8000-000000000001"
pairs = chain([(contact_id, "a/b")], repeat((contact_id, "phone")))  # the first is a result without a request
got = 0

def main():
    global got
    with Heymarket("an-id", "a-key", **settings) as hm:
        for result in hm.contact_channels.get_many(pairs, concurrency=8):
            got += 1
            print(type(result.error).__name__, flush=True)

async def main_async():
    global got
    async with AsyncHeymarket("an-id", "a-key", **settings) as hm:
        async for result in hm.contact_channels.get_many(pairs, concurrency=8):
            got += 1
            print(type(result.error).__name__, flush=True)

try:
    main() if kind == "sync" else asyncio.run(main_async())
finally:
    print("got", got, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send to one process")
@pytest.mark.parametrize("stuck_in", ["requests", "the quota", "headers"])
def test_ctrl_c_ends_a_program_within_a_second(stuck_in: str, door: Door, tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM, "utf-8")
    arrived = threading.Semaphore(0)

    def respond(connection: Any) -> None:
        if stuck_in == "headers":
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
        elif stuck_in == "the quota":
            connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        arrived.release()

    limit, requests = (1, 1) if stuck_in == "the quota" else (500, 8)
    with serving(respond) as server:
        child = subprocess.Popen(
            [sys.executable, path, server.url, "async" if door.is_async else "sync", str(limit)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "generated")])},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        try:
            for _ in range(requests):
                assert arrived.acquire(timeout=20), "the calls have been sent"
            first = child.stdout.readline()
            interrupted = time.monotonic()
            child.send_signal(signal.SIGINT)
            rest, complaints = child.communicate(timeout=10)
            took = time.monotonic() - interrupted
        finally:
            child.kill()
    assert took < 1
    assert child.returncode == -signal.SIGINT, complaints
    lines = (first + rest).splitlines()
    assert lines[0] == "InvalidRequestError"
    assert lines[-1] in {f"got {len(lines) - 1}", f"got {len(lines)}"}, "one may be counted and not yet printed"
    assert complaints.rstrip().endswith("KeyboardInterrupt")
    for noise in ("Exception ignored", "Exception in thread", "never retrieved", "destroyed", "Fatal", "Stopped"):
        assert noise not in complaints
    assert len(server.requests) == requests, "nothing was sent afterwards"
