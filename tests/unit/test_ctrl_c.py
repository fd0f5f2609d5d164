"""Ctrl-C ends a call within a second, wherever it is, with nothing half done and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import Door
from tests.unit.test_httpx_transport import serving

ROOT = Path(__file__).parents[2]

PROGRAM = """
import asyncio, signal, sys
from heymarket import AsyncHeymarket, Heymarket, Quota

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs begin with SIGINT ignored
kind, url, stuck_in, folder = sys.argv[1:]
quota = Quota.sqlite(folder + "/quota", limit=1, per=600) if stuck_in == "a shared quota" else Quota(1, per=600)
options = {"base_url": url, "quota": None if stuck_in in ("an answer", "a pause") else quota, "timeout": 600}

def main():
    with Heymarket("an-id", "a-key", **options) as hm:
        print("once", flush=True)
        hm.request("GET", "/v1/first")
        print("twice", flush=True)
        hm.request("GET", "/v1/second")

async def main_async():
    async with AsyncHeymarket("an-id", "a-key", **options) as hm:
        print("once", flush=True)
        await hm.request("GET", "/v1/first")
        print("twice", flush=True)
        await hm.request("GET", "/v1/second")

try:
    main() if kind == "sync" else asyncio.run(main_async())
finally:
    import threading
    print("threads", sum(thread.name.startswith("heymarket-quota") for thread in threading.enumerate()), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send to one process")
@pytest.mark.parametrize("stuck_in", ["an answer", "a pause", "the quota", "a shared quota"])
def test_ctrl_c_ends_a_call_at_once(stuck_in: str, door: Door, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, "utf-8")
    arrived = threading.Semaphore(0)

    def respond(connection: Any) -> None:
        arrived.release()
        if stuck_in == "a pause":
            connection.sendall(b"HTTP/1.1 503 No\r\nRetry-After: 50\r\nContent-Length: 0\r\n\r\n")
        elif stuck_in != "an answer":
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    with serving(respond) as server:
        kind = "async" if door.is_async else "sync"
        child = subprocess.Popen(
            [sys.executable, program, kind, server.url, stuck_in, tmp_path],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "generated")])},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        try:
            assert child.stdout.readline() == "once\n"
            assert arrived.acquire(timeout=20)
            if "quota" in stuck_in:
                assert child.stdout.readline() == "twice\n"
            time.sleep(0.2)  # for the call to get stuck, which nothing outside can see
            interrupted = time.monotonic()
            child.send_signal(signal.SIGINT)
            rest, complaints = child.communicate(timeout=10)
            took = time.monotonic() - interrupted
        finally:
            child.kill()
    assert took < 5
    assert child.returncode == -signal.SIGINT, complaints
    assert rest.startswith("threads ")
    assert complaints.rstrip().endswith("KeyboardInterrupt")
    for noise in (
        "Exception ignored",
        "Exception in thread",
        "never retrieved",
        "destroyed",
        "Fatal",
        "a-key",
        "Bearer",
    ):
        assert noise not in complaints
    assert len(server.requests) == 1, "nothing was sent afterwards"
