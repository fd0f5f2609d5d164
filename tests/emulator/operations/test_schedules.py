"""Schedules: written, changed, and sent once their time has come."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from heymarket import BadRequestError, NotFoundError, PermissionDeniedError
from heymarket.emulator import EmulatorError
from heymarket.emulator.clock import EmulatorClock
from heymarket.emulator.operations.schedules import send_due
from heymarket.emulator.seeds.loader import open_state
from heymarket.emulator.state import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from heymarket.emulator import Emulator

    Told = Callable[[], list[tuple[str, dict[str, Any]]]]

ADA, NEW = "15555550100", "15555551900"
NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
IN_AN_HOUR = NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def at_noon(heymarket_emulator: Emulator) -> None:
    """Stand still at noon, with no other schedule to come."""
    heymarket_emulator.state.schedules.delete(61)
    heymarket_emulator.clock.freeze(NOON)


@pytest.fixture
def later(heymarket_emulator: Emulator) -> Callable[[float], None]:
    """Moves the clock, and has done what is due then."""

    def later(seconds: float) -> None:
        heymarket_emulator.advance(seconds)
        heymarket_emulator.settle()

    return later


def schedule(hm: Any, **given: Any) -> int:
    order = {"inbox_id": 31, "execute_at": IN_AN_HOUR, "content": {"text": "See you"}, "phone_number": NEW, **given}
    number: int = hm.schedules.create(**{name: value for name, value in order.items() if value is not None}).id
    return number


def texts(hm: Any, phone: str) -> list[str]:
    return [message.text for message in hm.messages.history(phone_number=phone, inbox_id=31)]


def test_what_is_written_is_read(hm: Any) -> None:
    number = schedule(hm, local_id="s-1")

    found = hm.schedules.get(number)
    assert (found.execute, found.inbox_id, found.user_id, found.team_id) == (IN_AN_HOUR, 31, 21, 7)
    assert (found.meta.content.text, found.meta.content.to, found.local_id) == ("See you", NEW, "s-1")
    assert found.additional_properties == {}


def test_it_is_sent_once_when_its_time_has_come(hm: Any, later: Callable[[float], None]) -> None:
    number = schedule(hm, user_id=22)

    later(3599)
    assert texts(hm, NEW) == []
    later(1)
    later(3600)

    (message,) = hm.messages.history(phone_number=NEW, inbox_id=31)
    assert (message.text, message.user) == ("See you", 22)
    assert timedelta() <= message.date - IN_AN_HOUR < timedelta(seconds=1)
    with pytest.raises(NotFoundError):
        hm.schedules.get(number)


def test_it_tells_how_many_were_sent() -> None:
    clock = EmulatorClock(datetime(2029, 1, 1, tzinfo=UTC).timestamp)
    with closing(open_state(clock=clock)) as state:
        before = state.messages.count()
        assert send_due(state) == 0
        clock.freeze(datetime(2030, 1, 2, 9, 30, tzinfo=UTC))
        assert (send_due(state), send_due(state)) == (1, 0)
        assert state.messages.count() == before + 1


@pytest.mark.parametrize("to", ["conversation", "list", "group"])
def test_it_is_sent_to_whom_it_is_for(hm: Any, later: Callable[[float], None], to: str) -> None:
    people = hm.lists.create(title="People", phones=[ADA, NEW], local_id="l-1")
    target: dict[str, Any] = {
        "conversation": {"conversation_id": 601},
        "list": {"list_id": people.id},
        "group": {"targets": [{"phone": ADA}, {"phone": NEW}]},
    }[to]
    schedule(hm, phone_number=None, content={"template": 52}, **target)

    later(3600)

    sent = [message for message in hm.messages.list() if message.date >= IN_AN_HOUR]
    assert all(message.text.startswith("We are open") for message in sent)
    conversations = sorted(message.conversation.id for message in sent)
    assert {"conversation": [601], "list": [601, 606], "group": [606]}[to] == conversations


def test_files_go_along(hm: Any, later: Callable[[float], None]) -> None:
    schedule(hm, content={"text": "The way", "attachments": [{"url": "https://example.com/map.png"}]})

    later(3600)

    (message,) = hm.messages.history(phone_number=NEW, inbox_id=31)
    assert (message.type_, message.media) == ("mms", "https://example.com/map.png")


def test_one_that_is_refused_stays_with_the_reason_and_holds_up_no_other(
    hm: Any, state: State, told: Told, later: Callable[[float], None]
) -> None:
    refused = schedule(hm, phone_number=ADA)
    schedule(hm)
    hm.contacts.set_status(phone=ADA, status="unsubscribed")
    told()

    later(3600)
    later(3600)

    kept = state.schedules.get(refused)
    assert kept
    assert "opted out" in kept["_error"]
    assert ADA not in kept["_error"]
    assert "See you" not in texts(hm, ADA)
    assert texts(hm, NEW) == ["See you"]
    assert [kind for kind, _ in told()] == ["chat_opened", "message_sent"]


def test_one_that_cannot_be_sent_at_all_holds_up_no_other(
    hm: Any, state: State, monkeypatch: pytest.MonkeyPatch, later: Callable[[float], None]
) -> None:
    broken = schedule(hm, phone_number=ADA)
    schedule(hm)
    stored, before = state.messages.put, state.messages.count()

    def fail_once(record: Any) -> Any:
        monkeypatch.setattr(state.messages, "put", stored)
        stored(record)
        raise ValueError("planted")

    monkeypatch.setattr(state.messages, "put", fail_once)
    later(3600)

    assert "the emulator itself failed" in (state.schedules.get(broken) or {})["_error"]
    assert texts(hm, NEW) == ["See you"]
    assert state.messages.count() == before + 1


def test_a_jump_sends_each_at_its_own_time(hm: Any, later: Callable[[float], None]) -> None:
    for hours in (3, 1):
        schedule(hm, execute_at=NOON + timedelta(hours=hours), content={"text": f"{hours} h"})

    later(86_400)

    sent = {message.text: message.date for message in hm.messages.history(phone_number=NEW, inbox_id=31)}
    late = {text: date - NOON for text, date in sent.items()}
    assert timedelta() <= late["1 h"] - timedelta(hours=1) < timedelta(seconds=1)
    assert timedelta() <= late["3 h"] - timedelta(hours=3) < timedelta(seconds=1)


def test_a_jump_that_cannot_be_does_nothing(
    hm: Any, heymarket_emulator: Emulator, later: Callable[[float], None]
) -> None:
    schedule(hm)
    with pytest.raises(EmulatorError, match="too far off"):
        later(1e300)

    assert heymarket_emulator.clock.time() == NOON.timestamp()
    assert texts(hm, NEW) == []


def test_an_update_changes_it_and_gives_it_another_try(hm: Any, later: Callable[[float], None]) -> None:
    number = schedule(hm, phone_number=ADA, user_id=22)
    hm.contacts.set_status(phone=ADA, status="unsubscribed")
    later(3600)

    half_past = IN_AN_HOUR + timedelta(minutes=30)
    hm.schedules.update(number, inbox_id=31, execute_at=half_past, content={"text": "Better so"}, phone_number=NEW)

    found = hm.schedules.get(number)
    assert (found.execute, found.meta.content.text, found.user_id) == (half_past, "Better so", 22)
    later(1800)
    assert texts(hm, NEW) == ["Better so"]


def test_one_that_is_cancelled_is_not_sent(hm: Any, later: Callable[[float], None]) -> None:
    hm.schedules.delete(schedule(hm))

    later(3600)

    assert texts(hm, NEW) == []


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"execute_at": NOON}, BadRequestError),
        ({"inbox_id": 999}, BadRequestError),
        ({"user_id": 999}, BadRequestError),
        ({"inbox_id": 32, "user_id": 22}, PermissionDeniedError),
        ({"content": {"template": 999}}, BadRequestError),
        ({"content": {}}, BadRequestError),
        ({"phone_number": None, "conversation_id": 999}, BadRequestError),
        ({"phone_number": None, "conversation_id": 603}, BadRequestError),
        ({"phone_number": None, "conversation_id": 604}, BadRequestError),
        ({"phone_number": None, "list_id": 999}, BadRequestError),
        ({"phone_number": None, "targets": [{"name": "Ada"}]}, BadRequestError),
    ],
)
def test_what_does_not_fit_is_refused(hm: Any, state: State, change: dict[str, Any], error: type[Exception]) -> None:
    before = state.schedules.count()

    with pytest.raises(error):
        schedule(hm, **change)

    assert state.schedules.count() == before


def test_fifteen_minutes_ahead_are_enough(hm: Any) -> None:
    assert schedule(hm, execute_at=NOON + timedelta(minutes=15))


@pytest.mark.parametrize(
    "call",
    [
        lambda hm: hm.schedules.get(999),
        lambda hm: hm.schedules.update(
            999, inbox_id=31, execute_at=IN_AN_HOUR, content={"text": "x"}, phone_number=ADA
        ),
        lambda hm: hm.schedules.delete(999),
    ],
)
def test_what_is_not_there_is_not_found(hm: Any, call: Callable[[Any], Any]) -> None:
    with pytest.raises(NotFoundError):
        call(hm)
