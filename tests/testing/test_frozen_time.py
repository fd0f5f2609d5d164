"""freezegun and time-machine around clients, fixtures and emulator: no test hangs, and none depends on its order."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FREEZERS = {
    "freezegun": "from freezegun import freeze_time as freeze\n",
    "time-machine": "import time_machine\ndef freeze(when): return time_machine.travel(when, tick=False)\n",
}
"""What freezes time, imported under one name."""

TESTS = """
import asyncio
import time
from datetime import UTC, datetime

WHEN = "2031-02-03T09:00:00+00:00"
SOON = datetime(2031, 2, 3, 9, 30, tzinfo=UTC)

def send(hm):
    return hm.messages.send(inbox_id=31, creator_id=21, phone_number="15555550100", text="Hello")

def texts(hm):
    return [message.text for message in hm.messages.history(phone_number="15555550100", inbox_id=31)]

def test_without_a_freeze(heymarket_emulator):
    from heymarket import Heymarket
    with Heymarket(**heymarket_emulator.settings) as hm:
        assert hm.team.get().id == 7

@freeze(WHEN)
def test_a_client_of_the_program(heymarket_emulator):
    from heymarket import Heymarket, Quota
    with Heymarket(**heymarket_emulator.settings, quota=Quota(2, per=0.2)) as hm:
        began = time.clock_gettime(time.CLOCK_MONOTONIC)
        for _ in range(5):  # the quota's slots come back in real time
            assert hm.team.get().id == 7
        assert 0.4 <= time.clock_gettime(time.CLOCK_MONOTONIC) - began < 30

@freeze("1999-01-01T00:00:00+00:00")
def test_a_client_made_outside_and_a_date_far_away(heymarket):
    assert heymarket.team.get().id == 7

@freeze(WHEN)
def test_what_is_written_is_of_that_time(heymarket):
    send(heymarket)
    message, = heymarket.messages.history(phone_number="15555550100", inbox_id=31).limit(1)
    assert str(message.date).startswith("2031-02-03 09:00")

def test_schedules(heymarket, heymarket_emulator):
    with freeze(WHEN):
        heymarket.schedules.create(
            inbox_id=31, user_id=21, phone_number="15555550100", execute_at=SOON, content={"text": "Later"}
        )
        time.sleep(0.1)  # for the scheduler's thread to look, by the same clock
        heymarket_emulator.advance(0)
        assert "Later" not in texts(heymarket)
    with freeze("2031-02-03T09:31:00+00:00"):
        heymarket_emulator.advance(0)
        assert "Later" in texts(heymarket)

def test_asyncio_in_frozen_time(async_heymarket, heymarket_emulator):
    heymarket_emulator.fail_next(503, times=2)
    with freeze(WHEN):
        assert asyncio.run(async_heymarket.team.get()).id == 7

def test_asyncio_that_freezes_itself(async_heymarket):
    async def main():
        await async_heymarket.team.get()
        with freeze(WHEN):
            await async_heymarket.team.get()
        await async_heymarket.team.get()
    asyncio.run(main())

def test_webhooks(heymarket_emulator, heymarket_webhooks):
    with freeze(WHEN):
        heymarket_emulator.reply("15555550100", "Hello!")
        heymarket_webhooks.wait(of_type="message_recieved")
"""

FIRST_CLIENT = """
with freeze("2031-02-03T09:00:00+00:00"):
    from heymarket import Heymarket, Quota
    from heymarket.emulator import Emulator
    with Emulator() as emulator, Heymarket(**emulator.settings, quota=Quota(1, per=0.1)) as hm:
        hm.team.get()
        hm.team.get()
emulator = Emulator()
emulator.__enter__()
with Heymarket(**emulator.settings) as hm:
    hm.team.get()
    with freeze("2040-02-03T09:00:00+00:00"):
        hm.team.get()
emulator.__exit__(None, None, None)
print("done")
"""


@pytest.mark.parametrize("freezer", FREEZERS)
@pytest.mark.parametrize("order", ["as written", "the other way round"])
def test_tests_of_users_pass_in_any_order(freezer: str, order: str, tmp_path: Path) -> None:
    if order != "as written":
        (tmp_path / "conftest.py").write_text("def pytest_collection_modifyitems(items): items.reverse()\n")
    (tmp_path / "test_mine.py").write_text(FREEZERS[freezer] + TESTS)
    run(["-m", "pytest", "-q", "-W", "error"], tmp_path)


@pytest.mark.parametrize("freezer", FREEZERS)
def test_the_first_client_may_be_made_in_frozen_time(freezer: str, tmp_path: Path) -> None:
    assert "done" in run(["-c", FREEZERS[freezer] + FIRST_CLIENT], tmp_path)


def run(arguments: list[str], folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
