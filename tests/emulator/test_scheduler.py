"""What happens by itself: when it is due by the service's clock, and not before."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from heymarket.emulator import EmulatorError, create_app
from heymarket.emulator.clock import EmulatorClock
from heymarket.emulator.scheduler import Scheduler
from heymarket.emulator.seeds.loader import open_state
from heymarket.emulator.state import State
from heymarket.emulator.webhooks.deliveries import DeliveryQueue
from heymarket.emulator.webhooks.records import Webhook
from tests.fault_server import Fault, Hang
from tests.fault_server.receiver import MisbehavingReceiver

if TYPE_CHECKING:
    from collections.abc import Iterator

NOON = datetime(2025, 6, 15, 12, 0, tzinfo=UTC)


def threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name == "heymarket-scheduler"}


def until(condition: Any, within: float = 5.0) -> bool:
    """Whether something comes to be so, of which nothing else tells."""
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            return False
        threading.Event().wait(0.002)
    return True


@pytest.fixture
def state() -> Iterator[State]:
    state = open_state(clock=EmulatorClock(), seed={})
    yield state
    state.close()


@pytest.fixture
def receiver() -> Iterator[MisbehavingReceiver]:
    with MisbehavingReceiver() as receiver:
        yield receiver


@pytest.fixture
def scheduler(state: State, receiver: MisbehavingReceiver) -> Iterator[Scheduler]:
    scheduler = Scheduler(state, DeliveryQueue(state, Webhook(receiver.url, receiver.token)))
    yield scheduler
    scheduler.close()


def test_no_thread_runs_before_there_is_something_to_do(scheduler: Scheduler, state: State) -> None:
    before = threads()
    state.contacts.add({"uuid": "a"})
    assert threads() <= before

    state.emit("chat_opened", {"id": 601})
    assert threads() - before


def test_an_event_goes_out_without_a_request(state: State, scheduler: Scheduler, receiver: MisbehavingReceiver) -> None:
    state.emit("chat_opened", {"id": 601})

    (event,) = receiver.wait()
    assert event.data == {"id": 601}


def test_an_event_goes_out_once_its_transaction_is_done(
    state: State, scheduler: Scheduler, receiver: MisbehavingReceiver
) -> None:
    with state.transaction():
        state.emit("chat_opened", {"id": 601})
        assert receiver.deliveries == ()
    scheduler.run_due()
    assert len(receiver.events) == 1

    with suppress(RuntimeError), state.transaction():
        state.emit("chat_opened", {"id": 602})
        raise RuntimeError("planted")
    scheduler.run_due()
    assert len(receiver.events) == 1


def test_the_thread_wakes_when_the_clock_is_moved(
    state: State, scheduler: Scheduler, receiver: MisbehavingReceiver
) -> None:
    state.clock.freeze(NOON)
    receiver.respond_with(503, times=1)
    state.emit("chat_opened", {"id": 601})
    scheduler.run_due()
    scheduler.run_due()
    assert len(receiver.deliveries) == 1

    state.clock.advance(1)
    receiver.wait(2)


def test_the_thread_wakes_when_the_clock_runs_on(
    state: State, scheduler: Scheduler, receiver: MisbehavingReceiver
) -> None:
    state.clock.freeze()
    receiver.respond_with(503, times=1)
    state.emit("chat_opened", {"id": 601})
    scheduler.run_due()
    assert len(receiver.deliveries) == 1
    state.clock.resume()

    assert until(lambda: len(receiver.deliveries) == 2)


def test_a_schedule_is_sent_when_its_time_has_come(receiver: MisbehavingReceiver) -> None:
    app = create_app(webhook=Webhook(receiver.url, receiver.token), seed=SCHEDULED)
    app.clock.freeze(datetime(2025, 6, 15, 11, 59, tzinfo=UTC))
    app.settle()
    assert app.state.messages.count() == 0

    app.clock.advance(60)
    app.settle()
    assert [message["text"] for message in app.state.messages.all()] == ["It is noon"]
    assert "message_sent" in {event.type for event in receiver.events}
    app.close()


SCHEDULED: dict[str, Any] = {
    "users": [{"id": 21, "name": "Ada Example", "email": "ada@example.com"}],
    "inboxes": [{"id": 31, "name": "Front desk", "phone": "15555550130", "members": [21]}],
    "schedules": [
        {
            "id": 61,
            "inbox_id": 31,
            "user_id": 21,
            "execute": "2025-06-15T12:00:00.000000Z",
            "meta": {"content": {"to": "15555550100", "text": "It is noon"}},
        }
    ],
}


def test_it_ends_at_once_although_a_receiver_hangs(
    state: State, scheduler: Scheduler, receiver: MisbehavingReceiver
) -> None:
    before = threads()
    receiver.misbehave(Fault(Hang()))
    state.emit("chat_opened", {"id": 601})
    receiver.wait()
    scheduler.close()

    assert threads() <= before
    # It didn't wait for the attempt to fail.
    assert [(row["state"], row["attempts"]) for row in state.deliveries.all()] == [("new", 0)]


def test_waiting_for_a_receiver_that_hangs_ends_with_an_error(
    state: State, scheduler: Scheduler, receiver: MisbehavingReceiver
) -> None:
    receiver.misbehave(Fault(Hang()))
    state.emit("chat_opened", {"id": 601})
    with pytest.raises(EmulatorError, match=r"within 0\.05 s; deliveries left: 1\."):
        scheduler.run_due(timeout=0.05)


def test_an_app_that_is_just_dropped_takes_its_thread_with_it() -> None:
    before = threads()
    app = create_app()
    app.reply("15555550100", "Hello!")
    app.settle()
    dropped = weakref.ref(app)
    assert threads() - before
    del app
    gc.collect()

    assert until(lambda: dropped() is None and threads() <= before)


def test_an_unexpected_failure_is_logged_and_stops_nothing_else(
    state: State,
    scheduler: Scheduler,
    receiver: MisbehavingReceiver,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(_: State) -> int:
        raise ValueError("planted")

    monkeypatch.setattr("heymarket.emulator.scheduler.send_due", fail)
    with pytest.raises(EmulatorError, match="The emulator itself failed at something that was due"):
        scheduler.run_due()
    assert "The emulator failed at something that was due." in caplog.text

    monkeypatch.undo()
    state.emit("chat_opened", {"id": 601})
    scheduler.run_due()
    assert len(receiver.deliveries) == 1
