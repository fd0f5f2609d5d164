"""What is particular to the fast engine; what both engines do is in test_httpx_engine and test_connections."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import Any

import pytest

from heymarket import APIConnectionError, APITimeoutError, AsyncHeymarket, ConfigurationError, Heymarket
from tests.lab import CONTACT, PHONE, SECRET_ID, SECRET_KEY, Door
from tests.unit.test_httpx_engine import BODY, get, http, serving

pytest.importorskip("pyreqwest", reason='engine="fast" needs the extra "fast"')


def test_without_the_extra_the_error_names_it(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyreqwest", None)
    monkeypatch.delitem(sys.modules, "heymarket._engines._pyreqwest", raising=False)
    with pytest.raises(ConfigurationError, match=r'needs the extra "fast": pip install "heymarket\[fast\]"'):
        door(get, engine="fast", base_url="http://127.0.0.1:1")


def test_an_engine_of_another_name_is_refused(door: Door) -> None:
    with pytest.raises(ConfigurationError, match='engine must be "fast"'):
        door(get, engine="faster", base_url="http://127.0.0.1:1")


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_nothing_is_sent_beyond_what_the_default_engine_sends(method: str, door: Door) -> None:
    def request(hm: Any) -> Any:
        return hm.request(method, "/v1/it's/%C3%A9", params={"q": "a b"}, json={"a": 1} if method == "POST" else None)

    with serving(http(b"{}")) as server:
        door(request, base_url=server.url)
        door(request, base_url=server.url, engine="fast")
    usual, fast = ([line for line in r.split(b"\r\n") if b"Bearer" not in line] for r in server.requests)
    assert fast[0] == usual[0]
    assert sorted(fast) == sorted(usual)


def test_a_header_that_is_not_ascii_costs_only_itself(door: Door) -> None:
    with serving(http(BODY, "X-Cafe: é", "X-Two: 1", "X-Two: 2")) as server:
        response = door(
            lambda hm: hm.contact_channels.with_raw_response.get(CONTACT, "phone"), base_url=server.url, engine="fast"
        )
    assert response.headers["x-two"] == "1, 2"
    assert "x-cafe" not in response.headers


def test_a_long_body_without_a_length_is_read_whole(door: Door) -> None:
    item = b'{"text":"' + b"x" * 1000 + b'"}'
    body = b"[" + b",".join([item] * 3000) + b"]"

    def respond(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(body) + body)
        connection.sendall(b"\r\n0\r\n\r\n")

    with serving(respond) as server:
        assert len(door(lambda hm: hm.request("GET", "/v1/all"), base_url=server.url, engine="fast")) == 3000


@pytest.mark.parametrize(
    "answer",
    [b"rubbish\r\n\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"],
    ids=["line", "chunk"],
)
def test_an_answer_that_is_no_http_leaves_a_write_s_outcome_unknown(answer: bytes, door: Door) -> None:
    with serving(answer) as server, pytest.raises(APIConnectionError, match="broke before") as caught:
        door(lambda hm: hm.request("POST", "/v1/tag", json={}), base_url=server.url, engine="fast")
    assert caught.value.outcome_unknown
    assert caught.value.__cause__ is None
    assert len(server.requests) == 1


def test_a_write_that_ran_out_of_time_has_an_unknown_outcome(door: Door) -> None:
    with serving(lambda _: None) as server, pytest.raises(APITimeoutError) as caught:
        door(lambda hm: hm.request("POST", "/v1/tag", json={}), base_url=server.url, engine="fast", timeout=0.2)
    assert caught.value.outcome_unknown


def test_a_synchronous_call_in_the_middle_of_an_event_loop_works() -> None:
    async def main(url: str) -> Any:
        loop = asyncio.get_running_loop()
        with Heymarket(SECRET_ID, SECRET_KEY, base_url=url, engine="fast") as hm:
            channel = get(hm)
        assert asyncio.get_running_loop() is loop
        return channel

    with serving(http()) as server:
        assert asyncio.run(main(server.url)).channel_id == PHONE


def test_a_cancelled_task_is_cancelled_at_once_and_gives_its_place_back() -> None:
    reached = threading.Event()

    async def main(url: str) -> None:
        async with AsyncHeymarket(SECRET_ID, SECRET_KEY, base_url=url, engine="fast", timeout=1) as hm:
            call = asyncio.ensure_future(get(hm))
            await asyncio.to_thread(reached.wait, 5)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            engine: Any = hm._sender._line.engine
            assert engine._permits._value == 100

    with serving(lambda _: reached.set()) as server:
        asyncio.run(main(server.url))
        server.threads[1].join(5)
        assert not server.threads[1].is_alive(), "the request outlived the end that its call had"


def test_ctrl_c_ends_a_call_at_once() -> None:
    program = f"""
import sys
from heymarket import Heymarket
hm = Heymarket({SECRET_ID!r}, {SECRET_KEY!r}, base_url=sys.argv[1], engine="fast", timeout=20)
try:
    hm.contact_channels.get({CONTACT!r}, "phone")
except KeyboardInterrupt as interrupt:
    assert interrupt.__cause__ is None
    print("interrupted")
"""
    reached = threading.Event()
    with serving(lambda _: reached.set()) as server:
        process = subprocess.Popen(
            [sys.executable, "-c", program, server.url], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        with process:
            assert reached.wait(20)
            started = time.monotonic()
            process.send_signal(signal.SIGINT)
            output = process.communicate(timeout=10)
    assert time.monotonic() - started < 1
    assert (process.returncode, *output) == (0, "interrupted\n", "")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.parametrize("used", ["before the fork", "in the child only"])
def test_a_forked_child_is_served_by_whatever_engine_can(used: str) -> None:
    # In a process of its own, because it matters whether pyreqwest was used before.
    program = f"""
import os, sys
from heymarket import Heymarket
def get():
    assert hm.contact_channels.get({CONTACT!r}, "phone").channel_id == {PHONE!r}
    engine = hm._sender._line.engine
    return type(engine._instead or engine).__name__
hm = Heymarket({SECRET_ID!r}, {SECRET_KEY!r}, base_url=sys.argv[1], engine="fast")
if {used!r} == "before the fork":
    get()
child = os.fork()
if child == 0:
    print(get(), flush=True)
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
get()
hm.close()
"""
    with serving(http()) as server:
        done = subprocess.run(
            [sys.executable, "-W", "ignore::DeprecationWarning", "-c", program, server.url],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    expected = "HttpxEngine" if used == "before the fork" else "FastEngine"
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{expected}\n", "")
