"""The fixtures, in test runs of somebody who uses them: a small project in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from heymarket.emulator import Emulator

Run = Callable[..., str]

EMULATOR = """
import httpx
import pytest

from heymarket.emulator import Fault

urls = set()

@pytest.mark.parametrize("_", range(2))
def test_each_test_starts_afresh_on_the_same_server(heymarket_emulator, _):
    assert len(heymarket_emulator.journal) == 0
    assert httpx.get(f"{heymarket_emulator.base_url}/v1/none", trust_env=False).status_code == 404
    assert len(heymarket_emulator.journal) == 1
    assert heymarket_emulator.snapshots.ids() == []
    assert heymarket_emulator.snapshot() == 1
    assert heymarket_emulator.faults.add(Fault("status", status=503)) == 1
    urls.add(heymarket_emulator.base_url)
    assert len(urls) == 1
"""

CLIENTS = """
import asyncio
import time

import pytest

from heymarket import Heymarket

def send(hm):
    return hm.messages.send(inbox_id=31, creator_id=21, phone_number="15555550100", text="Hello")

def test_the_client_is_ready(heymarket, heymarket_emulator):
    send(heymarket)
    assert [call.status for call in heymarket_emulator.journal] == [200]

def test_failures_are_repeated_at_once(heymarket, heymarket_emulator, monkeypatch):
    pauses = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    heymarket_emulator.fail_next(429, times=2)
    send(heymarket)
    assert len(pauses) == 2
    assert max(pauses) <= 0.01

def test_the_async_client_works_on_one_loop_after_the_other(async_heymarket, heymarket_emulator):
    async def main():
        await asyncio.gather(*(send(async_heymarket) for _ in range(3)))

    asyncio.run(main())
    asyncio.run(main())
    assert [call.status for call in heymarket_emulator.journal] == [200] * 6

def test_the_async_client_may_be_closed_by_the_test(async_heymarket):
    async def main():
        async with async_heymarket as hm:
            await send(hm)

    asyncio.run(main())

def test_the_async_client_leaves_nothing_on_a_loop_that_goes_on(async_heymarket, loop_of_all_tests):
    loop_of_all_tests.run_until_complete(send(async_heymarket))

@pytest.fixture(scope="session")
def loop_of_all_tests():
    with asyncio.Runner() as runner:
        yield runner.get_loop()

@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.anyio
async def test_the_async_client_works_on_the_loop_of_a_plugin(async_heymarket, anyio_backend):
    await send(async_heymarket)

@pytest.mark.parametrize("_", range(3))
def test_no_test_waits_for_what_others_used_of_the_limit(heymarket_emulator, _):
    with Heymarket(**heymarket_emulator.settings) as mine:
        for _ in range(200):
            mine.request("GET", "/v1/team")
"""

CASSETTES = """
import asyncio
import os

import pytest

from heymarket import Heymarket

CONTACT = "00000000-0000-4000-8000-000000000001"

def test_a_channel(heymarket_vcr):
    with heymarket_vcr as hm:
        assert hm.contact_channels.get(CONTACT, "phone").channel_id == "15555550100"

@pytest.mark.parametrize("channel_type", ["phone", "email"])
def test_parameters(heymarket_vcr, channel_type):
    with heymarket_vcr as hm:
        hm.contact_channels.find(CONTACT, channel_type)

class TestSending:
    def test_a_channel(self, heymarket_vcr):
        inbox = heymarket_vcr.own("MY_INBOX", 31)
        with heymarket_vcr, Heymarket() as mine:
            assert mine.messages.send(inbox_id=inbox, creator_id=21, phone_number="15555550100", text="Hello").id

    def test_on_a_loop(self, heymarket_vcr):
        async def main():
            async with heymarket_vcr as hm:
                return await hm.contact_channels.get(CONTACT, "phone")

        assert asyncio.run(main()).channel_id == "15555550100"
"""
FILES = [
    "TestSending.test_a_channel.yaml",
    "TestSending.test_on_a_loop.yaml",
    "test_a_channel.yaml",
    "test_parameters-email.yaml",
    "test_parameters-phone.yaml",
]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs the tests of a module with pytest, and gives what it printed."""

    def run(tests: str, *options: str, passed: int, environment: dict[str, str] | None = None) -> str:
        (tmp_path / "test_mine.py").write_text(tests)
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-W", "error", "-p", "heymarket.pytest_plugin", "-q", *options],
            cwd=tmp_path,
            # The entry point of an installed package would load the plugin a second time.
            env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **(environment or {})},
            capture_output=True,
            text=True,
            check=False,
        )
        assert f"{passed} passed" in done.stdout or not passed, done.stdout + done.stderr
        assert (done.returncode == 0) is bool(passed), done.stdout + done.stderr
        return done.stdout

    return run


def test_the_emulator_is_fresh_for_each_test(run: Run) -> None:
    run(EMULATOR, passed=2)


@pytest.mark.parametrize("options", [(), ("-p", "xdist", "-n", "2")], ids=["alone", "xdist"])
def test_the_clients_are_ready(run: Run, options: tuple[str, ...]) -> None:
    shown = run(CLIENTS, "-p", "anyio", "--durations=1", *options, passed=9)

    assert "ResourceWarning" not in shown


def test_cassettes_are_recorded_when_asked_and_replayed_when_the_service_is_gone(run: Run, tmp_path: Path) -> None:
    with Emulator() as emulator:
        environment = {**emulator.environment, "MY_INBOX": "32"}
        shown = run(CASSETTES, "--heymarket-record=new", passed=5, environment=environment)
    assert sorted(path.name for path in tmp_path.glob("cassettes/test_mine/*")) == FILES
    assert all(f"new: cassettes/test_mine/{name}" in shown for name in FILES)
    kept = {path: path.read_text("utf-8") for path in tmp_path.glob("cassettes/test_mine/*")}
    assert not [text for text in kept.values() if emulator.secret_key in text or "127.0.0.1" in text]

    for options in [(), ("--heymarket-record=new",)]:
        assert "cassettes of heymarket" not in run(CASSETTES, *options, passed=5)
    assert kept == {path: path.read_text("utf-8") for path in tmp_path.glob("cassettes/test_mine/*")}


def test_tests_with_names_alike_have_cassettes_of_their_own(run: Run, tmp_path: Path) -> None:
    tests = """
import pytest

@pytest.mark.parametrize("phone", ["a b", "a/b", "a-b", "a-b-", "1 000 000"])
def test_parameters(heymarket_vcr, phone):
    with heymarket_vcr as hm:
        hm.team.get()
"""
    with Emulator() as emulator:
        run(tests, "--heymarket-record=new", passed=5, environment=emulator.environment)

    names = [path.name for path in tmp_path.glob("cassettes/test_mine/*")]
    assert len(names) == 5
    assert {"test_parameters-a-b.yaml", "test_parameters-a-b-.yaml"} < set(names)
    assert run(tests, passed=5)


def test_nested_classes_and_long_names_have_cassettes_of_their_own(run: Run, tmp_path: Path) -> None:
    tests = """
import pytest

class TestA:
    class TestInner:
        def test_it(self, heymarket_vcr):
            with heymarket_vcr as hm:
                hm.team.get()

class TestB:
    class TestInner:
        def test_it(self, heymarket_vcr):
            with heymarket_vcr as hm:
                list(hm.inboxes.list())

@pytest.mark.parametrize("name", ["\u00e4" * 100 + "a", "\u00e4" * 100 + "b", "x" * 300])
def test_long(heymarket_vcr, name):
    with heymarket_vcr as hm:
        hm.team.get()
"""
    with Emulator() as emulator:
        run(tests, "--heymarket-record=new", passed=5, environment=emulator.environment)

    names = [path.name for path in tmp_path.glob("cassettes/test_mine/*")]
    assert len(names) == 5
    assert {"TestA.TestInner.test_it.yaml", "TestB.TestInner.test_it.yaml"} < {*names}
    assert max(len(name.encode()) for name in names) < 170
    run(tests, passed=5)


def test_what_xdist_recorded_is_reported_and_what_differs_is_replaced(run: Run, tmp_path: Path) -> None:
    options = ("--heymarket-record=all", "-p", "xdist", "-n", "1", "-k", "test_parameters")
    path = tmp_path / "cassettes/test_mine/test_parameters-phone.yaml"
    with Emulator() as emulator:
        run(CASSETTES, *options, passed=2, environment=emulator.environment)
        recorded = path.read_text("utf-8")
        path.write_text(recorded.replace("15555550100", "15555550199"), "utf-8")

        shown = run(CASSETTES, *options, passed=2, environment=emulator.environment)

    assert "replaced: cassettes/test_mine/test_parameters-phone.yaml" in shown
    assert "unchanged: cassettes/test_mine/test_parameters-email.yaml" in shown
    assert path.read_text("utf-8") == recorded


def test_a_missing_cassette_says_how_to_record_it(run: Run) -> None:
    shown = run(CASSETTES, passed=0)

    assert "There is no cassette test_mine/test_a_channel.yaml yet." in shown


def test_a_stale_cassette_warns_or_fails_the_test(run: Run, tmp_path: Path) -> None:
    tests = "def test_it(heymarket_vcr):\n    with heymarket_vcr as hm:\n        hm.team.get()\n"
    with Emulator() as emulator:
        run(tests, "--heymarket-record=new", passed=1, environment=emulator.environment)
    path = tmp_path / "cassettes/test_mine/test_it.yaml"
    path.write_text(path.read_text("utf-8").replace('"id":7', '"id":"7"'), "utf-8")

    assert "HeymarketDriftWarning: The cassette test_mine/test_it" in run(tests, "-W", "default", passed=1)
    shown = run(tests, "-W", "default", "--heymarket-cassettes=strict", passed=0)

    assert "team.get, 1.response.body.id: " in shown


@pytest.mark.parametrize("options", [(), ("-p", "xdist", "-n", "2")], ids=["alone", "xdist"])
def test_what_was_used_is_written_to_a_file(run: Run, tmp_path: Path, options: tuple[str, ...]) -> None:
    with Emulator() as emulator:
        environment = {**emulator.environment, "MY_INBOX": "32"}
        run(CASSETTES, "--heymarket-record=new", passed=5, environment=environment)

    (tmp_path / "used.txt").write_text("of the last run")
    run(CASSETTES, "--heymarket-used=used.txt", "-k", "Sending or parameters", *options, passed=4)

    used = {Path(line).name for line in (tmp_path / "used.txt").read_text().splitlines()}
    assert used == {name for name in FILES if name != "test_a_channel.yaml"}


SWALLOWED = """
import pytest

def program(hm):
    hm.team.get()
    try:
        hm.tags.get(71)
    except Exception as error:
        raise SystemExit(1) from None

def test_expected_around_the_block(heymarket_vcr):
    with pytest.raises(SystemExit):
        with heymarket_vcr as hm:
            program(hm)

def test_skipped(heymarket_vcr):
    with heymarket_vcr as hm:
        try:
            program(hm)
        except SystemExit:
            pytest.skip("not today")

def test_failed_anyway(heymarket_vcr):
    with heymarket_vcr as hm:
        try:
            program(hm)
        except SystemExit:
            assert hm is None

@pytest.mark.xfail
def test_known(heymarket_vcr):
    with heymarket_vcr as hm:
        program(hm)
"""


def test_a_refused_request_fails_the_test_whatever_is_around_the_block(run: Run, tmp_path: Path) -> None:
    recorded = "def test_known(heymarket_vcr):\n    with heymarket_vcr as hm:\n        hm.team.get()\n"
    with Emulator() as emulator:
        run(recorded, "--heymarket-record=new", passed=1, environment=emulator.environment)
    folder = tmp_path / "cassettes/test_mine"
    for name in ("test_expected_around_the_block", "test_skipped", "test_failed_anyway"):
        (folder / f"{name}.yaml").write_bytes((folder / "test_known.yaml").read_bytes())

    shown = run(SWALLOWED, passed=0)

    assert "3 failed, 1 xfailed" in shown
    for name in ("test_expected_around_the_block", "test_skipped", "test_failed_anyway"):
        assert f"The cassette test_mine/{name}.yaml has no response to this tags.get." in shown
    assert shown.count("Called by test_mine.py:7, in program: hm.tags.get(71)") == 3
    assert "test_failed_anyway - AssertionError: assert Heymarket(" in shown


def test_a_run_that_asks_for_nothing_imports_nothing(run: Run) -> None:
    run(
        "import sys\n\ndef test_nothing():\n"
        "    assert {'httpx', 'vcr', 'starlette', 'heymarket.client', 'heymarket.emulator'}.isdisjoint(sys.modules)\n",
        passed=1,
    )
