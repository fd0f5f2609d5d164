"""Fixtures for all tests."""

from __future__ import annotations

import logging
import os
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import certifi
import pytest

from heymarket import _clock
from heymarket.quota import rate_limiter
from tests.fakes import Door, FakeClock


@pytest.fixture(scope="session", autouse=True)
def authorities_read_once() -> Iterator[None]:
    """One TLS context for all clients of httpx: each would read certifi's file, which takes longer than most tests."""
    create = ssl.create_default_context
    of_certifi = cache(lambda: create(cafile=certifi.where()))

    def create_or_reuse(*purpose: ssl.Purpose, **given: Any) -> ssl.SSLContext:
        if not purpose and given == {"cafile": certifi.where()}:
            return of_certifi()
        return create(*purpose, **given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", create_or_reuse)
        yield


@pytest.fixture(params=["sync", "async"])
def door(request: pytest.FixtureRequest) -> Door:
    return Door(request.param)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    fake = FakeClock()
    monkeypatch.setattr(_clock, "SYSTEM", fake.clock())
    return fake


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Whatever the developer's own environment or another test has set, a test starts without it."""
    for name in list(os.environ):
        if name.startswith("HEYMARKET_") or name.lower() in {"http_proxy", "https_proxy", "all_proxy", "no_proxy"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    rate_limiter._in_process.clear()  # a pause that another test's 429 caused
    rate_limiter._workers.clear()
    logger = logging.getLogger("heymarket")
    before = logger.level, [*logger.handlers]
    yield
    logger.setLevel(before[0])
    logger.handlers[:] = before[1]


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pytest.importorskip("redis", reason="the extra redis is not installed")
    if not shutil.which("redis-server"):
        pytest.skip("redis-server is not installed (Debian: apt-get install redis-server)")
    socket = tmp_path_factory.mktemp("redis") / "socket"
    command = ["redis-server", "--port", "0", "--unixsocket", str(socket), "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=socket.parent)
    try:
        until = time.monotonic() + 10
        while not socket.exists() and time.monotonic() < until:
            time.sleep(0.01)  # a process that starts; nothing says when it listens
        yield f"unix://{socket}"
    finally:
        server.kill()
        server.wait()
