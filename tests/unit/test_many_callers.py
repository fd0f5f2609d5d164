"""Many callers at once: of one credential, in threads, beside somebody else, and in an outage."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from heymarket import HeymarketError, InternalServerError, Quota, auth
from heymarket.emulator import Emulator
from tests.fakes import Door


def from_all_sides(door: Door, callers: int, calls: int) -> Callable[[Any], Any]:
    """So many callers (threads or tasks), each making so many calls; gives what came of them."""

    def run(hm: Any) -> Any:
        outcomes: list[Any] = []

        def get() -> Any:
            return hm.contact_channels.get("00000000-0000-4000-8000-000000000001", "phone")

        def call_in_a_thread() -> None:
            for _ in range(calls):
                try:
                    outcomes.append(get())
                except HeymarketError as error:
                    outcomes.append(error)

        if door.is_async:

            async def call_in_a_task() -> None:
                for _ in range(calls):
                    try:
                        outcomes.append(await get())
                    except HeymarketError as error:
                        outcomes.append(error)

            async def all_callers() -> list[Any]:
                await asyncio.gather(*[call_in_a_task() for _ in range(callers)])
                return outcomes

            return all_callers()
        threads = [threading.Thread(target=call_in_a_thread) for _ in range(callers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return outcomes

    return run


def test_callers_share_a_quota_and_none_gets_a_429(door: Door) -> None:
    with Emulator(limit=20, per=0.25) as emulator:
        outcomes = door(from_all_sides(door, 16, 5), **emulator.settings, quota=Quota(20, per=0.25))
        journal = emulator.journal
    assert [type(outcome).__name__ for outcome in outcomes] == ["ContactChannel"] * 80
    assert Counter(call.status for call in journal) == {200: 80}
    moments = sorted(call.time for call in journal)
    assert all(later - earlier >= 0.25 for earlier, later in zip(moments, moments[20:], strict=False))
    assert moments[-1] - moments[0] < 3.0, "0.75 s is what it takes; the rest is for a busy machine"


def test_when_another_program_uses_the_limit_all_back_off_together_and_every_call_succeeds(door: Door) -> None:
    with Emulator(limit=40, per=1.0) as emulator:
        # The same credential, from a program that counts for itself.
        door(from_all_sides(door, 1, 30), **emulator.settings, quota=None)
        outcomes = door(from_all_sides(door, 8, 5), **emulator.settings, quota=Quota(40, per=1.0))
        journal = emulator.journal[30:]
    assert [type(outcome).__name__ for outcome in outcomes] == ["ContactChannel"] * 40
    refused = [call.time for call in journal if call.status == 429]
    assert 1 <= len(refused) <= 8, "what was on its way already, and no more"
    after = [call.time for call in journal if call.time > refused[-1]]
    assert min(after) - refused[0] >= 1.0, "nobody goes on while one of them is told to wait"


def test_in_an_outage_the_retries_of_all_callers_together_are_bounded(door: Door) -> None:
    with Emulator() as emulator:
        emulator.fail_next(503, times=1000)
        outcomes = door(from_all_sides(door, 8, 25), **emulator.settings)
        sent = len(emulator.journal)
    assert {type(outcome) for outcome in outcomes} == {InternalServerError}
    assert sent <= 200 + 10 + 3, "ten retries in hand, and one more for six seconds"
    assert sum(outcome.attempts for outcome in outcomes) == sent


def test_a_token_is_signed_once_for_all(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    signed: list[float] = []
    sign = auth.sign

    def counting(secret_id: str, secret_key: str, now: float) -> str:
        signed.append(now)
        return sign(secret_id, secret_key, now)

    monkeypatch.setattr(auth, "sign", counting)
    with Emulator() as emulator:
        door(from_all_sides(door, 10, 20), **emulator.settings)
        assert {call.status for call in emulator.journal} == {200}
    assert len(signed) == 1
