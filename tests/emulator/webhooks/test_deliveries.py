"""Webhook deliveries, from what happens in the emulator to what a receiver makes of them."""

from __future__ import annotations

import errno
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from heymarket import Heymarket, PermissionDeniedError
from heymarket.emulator import Emulator, EmulatorError, Webhook, create_app
from heymarket.emulator.webhooks.deliveries import RETRIES
from heymarket.emulator.webhooks.example_events import build_event_data, list_event_types
from heymarket.testing import WebhookReceiver
from heymarket.webhooks import ConversationEvent, MessageEvent, OptEvent
from tests.fault_server import BrokenChunks, Fault, Hang, Raw, Reset, Respond
from tests.fault_server.receiver import MisbehavingReceiver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = datetime(2025, 6, 15, 12, 0, tzinfo=UTC)
PHONE = "15555550100"
STRANGER = "15555550177"
RECEIVED = "message_recieved"


@pytest.fixture
def emulator(heymarket_emulator: Emulator) -> Emulator:
    return heymarket_emulator


@pytest.fixture
def receiver(emulator: Emulator) -> Iterator[MisbehavingReceiver]:
    with MisbehavingReceiver() as receiver:
        emulator.set_webhook(receiver.url, receiver.token)
        yield receiver
        emulator.set_webhook(None)


@pytest.fixture
def hm(emulator: Emulator) -> Iterator[Heymarket]:
    with Heymarket(**emulator.settings) as hm:
        yield hm


def texts(receiver: WebhookReceiver, of_type: str = RECEIVED) -> list[Any]:
    return [event.data["text"] for event in receiver.events if event.type == of_type]


def last(emulator: Emulator) -> Any:
    return emulator.deliveries[-1]


def test_a_sent_message_is_delivered_as_an_event(hm: Heymarket, receiver: WebhookReceiver) -> None:
    sent = hm.messages.send(inbox_id=31, creator_id=21, phone_number=PHONE, text="Hello!")

    (event,) = receiver.wait(of_type="message_sent")
    assert isinstance(event, MessageEvent)
    assert not event.is_received
    assert event.configuration_id == 91
    assert event.message.id == sent.id
    assert event.message.text == "Hello!"
    assert event.message.additional_properties == {}
    assert receiver.deliveries[-1].headers["Content-Type"] == "application/json"


def test_a_received_message_is_delivered_as_an_event(emulator: Emulator, receiver: WebhookReceiver) -> None:
    message = emulator.reply(STRANGER, "Is anybody there?")

    (event,) = receiver.wait(of_type=RECEIVED)
    assert isinstance(event, MessageEvent)
    assert event.is_received
    assert event.data == message
    assert event.message.text == "Is anybody there?"
    assert event.message.additional_properties == {}
    (opened,) = receiver.wait(of_type="chat_opened")
    assert isinstance(opened, ConversationEvent)
    assert opened.conversation.target == STRANGER
    assert opened.conversation.additional_properties == {}


def test_an_opt_out_is_delivered_as_an_event(emulator: Emulator, receiver: WebhookReceiver) -> None:
    emulator.reply(PHONE, "STOP")

    (event,) = receiver.wait(of_type="target_opt_out")
    assert isinstance(event, OptEvent)


def test_no_event_holds_what_is_the_emulators_own(hm: Heymarket, emulator: Emulator, receiver: WebhookReceiver) -> None:
    emulator.reply(STRANGER, "Hello!")
    hm.messages.send(inbox_id=31, creator_id=21, phone_number=STRANGER, text="Hello to you!")
    emulator.settle()

    assert len(receiver.events) >= 3
    assert not any(b'"_' in delivery.body for delivery in receiver.deliveries)


def test_a_call_that_is_refused_tells_nothing(hm: Heymarket, emulator: Emulator, receiver: WebhookReceiver) -> None:
    emulator.reply(PHONE, "STOP")
    emulator.settle()
    before = len(receiver.deliveries)
    with pytest.raises(PermissionDeniedError):
        hm.messages.send(inbox_id=31, creator_id=21, phone_number=PHONE, text="Hello!")
    emulator.settle()

    assert len(receiver.deliveries) == before


def test_twice_is_the_same_event_twice(emulator: Emulator, receiver: WebhookReceiver) -> None:
    emulator.reply(PHONE, "Hello!", twice=True)
    emulator.settle()

    first, second = receiver.wait(2, of_type=RECEIVED)
    assert first.dedup_key == second.dedup_key
    assert first.data == second.data
    repeated, repeat = [one for one in emulator.deliveries if one.type == RECEIVED]
    assert (repeated.repeats, repeat.repeats) == (None, repeated.id)


def test_late_is_when_the_clock_says_so(emulator: Emulator, receiver: WebhookReceiver) -> None:
    emulator.clock.freeze(NOON)
    emulator.reply(PHONE, "Late", late=3600)
    emulator.reply(PHONE, "At once")
    emulator.settle()
    assert texts(receiver) == ["At once"]

    emulator.advance(3599)
    assert texts(receiver) == ["At once"]
    emulator.advance(1)
    assert texts(receiver) == ["At once", "Late"]


def test_out_of_order_is_after_the_next_event(emulator: Emulator, receiver: WebhookReceiver) -> None:
    emulator.reply(STRANGER, "First", out_of_order=True)
    emulator.settle()
    assert receiver.deliveries == ()
    assert last(emulator).state == "held"

    emulator.reply(STRANGER, "Second")
    emulator.reply(STRANGER, "Third")
    emulator.settle()
    assert sorted(texts(receiver)) == ["First", "Second", "Third"]
    assert texts(receiver)[0] == "Second"
    assert texts(receiver)[1:] != ["Third"]


def test_a_wrong_token_is_refused(emulator: Emulator, receiver: WebhookReceiver) -> None:
    emulator.reply(PHONE, "Hello!", wrong_token=True)
    emulator.settle()

    assert receiver.events == ()
    assert {delivery.refusal for delivery in receiver.refused} == {"its token is missing or wrong"}
    assert last(emulator).wrong_token


def test_every_type_of_event_can_be_tested(emulator: Emulator, receiver: WebhookReceiver) -> None:
    types = list_event_types(emulator.description)
    before = emulator.state.messages.count()
    for event_type in types:
        assert emulator.send_test_event(event_type).type == event_type
    emulator.settle()

    assert [event.type for event in receiver.events] == [*types]
    data = {event.type: event.data for event in receiver.events}
    assert data["message_recieved"]["text"]
    assert data["target_opt_out"] == {"phone": PHONE}
    assert data["incoming_call"] == {}
    assert emulator.state.messages.count() == before


def test_a_test_event_has_faults_and_needs_a_known_type_and_a_webhook(
    emulator: Emulator, receiver: WebhookReceiver
) -> None:
    admin = f"{emulator.base_url}/_emulator/deliveries"
    sent = httpx.post(admin, json={"type": "chat_closed", "twice": True}, trust_env=False)
    assert (sent.status_code, sent.json()["type"]) == (201, "chat_closed")
    receiver.wait(2, of_type="chat_closed")
    for body in ({}, {"type": 5}, {"type": "chat_lost"}, {"type": "chat_closed", "late": "soon"}):
        assert httpx.post(admin, json=body, trust_env=False).status_code == 400
    emulator.set_webhook(None)
    with pytest.raises(EmulatorError, match="no webhook"):
        emulator.send_test_event("chat_closed")


def test_a_description_without_events_has_none_to_test() -> None:
    with pytest.raises(EmulatorError, match="none at all"):
        build_event_data({}, "chat_closed")


def test_a_delivery_can_be_repeated(emulator: Emulator, receiver: WebhookReceiver) -> None:
    emulator.reply(PHONE, "Hello!")
    emulator.settle()
    emulator.repeat_delivery(last(emulator).id, twice=True)
    emulator.settle()

    assert len({event.dedup_key for event in receiver.wait(3, of_type=RECEIVED)}) == 1
    with pytest.raises(EmulatorError, match="no delivery with this id"):
        emulator.repeat_delivery(10**6)
    emulator.set_webhook(None)
    with pytest.raises(EmulatorError, match="no webhook to deliver to"):
        emulator.repeat_delivery(1)


def test_a_response_other_than_2xx_is_followed_by_another_attempt(
    emulator: Emulator, receiver: WebhookReceiver
) -> None:
    emulator.clock.freeze(NOON)
    receiver.respond_with(500, times=2)
    emulator.reply(PHONE, "Hello!")
    emulator.settle()
    tried = last(emulator)
    assert (tried.state, tried.attempts, tried.status, tried.due) == ("new", 1, 500, "2025-06-15T12:00:01.000000Z")

    emulator.advance(RETRIES[0])
    assert last(emulator).attempts == 2
    emulator.advance(RETRIES[1])
    assert (last(emulator).state, last(emulator).attempts, last(emulator).status) == ("delivered", 3, 200)
    assert len({event.dedup_key for event in receiver.wait(3, of_type=RECEIVED)}) == 1


def test_after_the_last_attempt_it_failed(emulator: Emulator, receiver: WebhookReceiver) -> None:
    emulator.clock.freeze(NOON)
    receiver.respond_with(404)
    emulator.reply(PHONE, "Hello!")
    emulator.settle()
    for seconds in RETRIES:
        assert last(emulator).state == "new"
        emulator.advance(seconds)
    assert (last(emulator).state, last(emulator).attempts) == ("failed", len(RETRIES) + 1)

    before = len(receiver.deliveries)
    emulator.advance(86400)
    assert len(receiver.deliveries) == before


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_any_2xx_is_taken_for_delivered(emulator: Emulator, receiver: WebhookReceiver, status: int) -> None:
    receiver.respond_with(status)
    emulator.reply(PHONE, "Hello!")
    emulator.settle()

    assert (last(emulator).state, last(emulator).attempts, last(emulator).status) == ("delivered", 1, status)


def test_no_redirect_is_followed(emulator: Emulator, receiver: MisbehavingReceiver) -> None:
    emulator.clock.freeze(NOON)
    with WebhookReceiver() as other:
        receiver.misbehave(Fault(Respond.redirect(other.url, 307)))
        emulator.reply(PHONE, "Hello!")
        emulator.settle()

        assert last(emulator).status == 307
        assert other.deliveries == ()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Reset("before"), f"no connection: {os.strerror(errno.ECONNRESET)}"),
        (Raw(b"SSH-2.0-OpenSSH_9.2\r\n"), "the response is not HTTP, or none came"),
        (Raw(b"HTTP/1.1 abc\r\n\r\n"), "the response is not HTTP, or none came"),
        (Raw(b"x" * 100_000), "the response is not HTTP, or none came"),
        (Raw(b""), "the response is not HTTP, or none came"),
    ],
)
def test_the_reason_for_no_response_is_given(
    emulator: Emulator, receiver: MisbehavingReceiver, fault: Any, error: str
) -> None:
    emulator.clock.freeze(NOON)
    receiver.misbehave(Fault(fault))
    emulator.reply(PHONE, "Hello!")
    emulator.settle()

    assert (last(emulator).state, last(emulator).status, last(emulator).error) == ("new", None, error)


@pytest.mark.parametrize(
    "fault", [BrokenChunks("size"), Respond(200, b"x" * 10, framing="chunked"), Respond(200, b"y" * 200_000)]
)
def test_what_comes_after_the_status_costs_no_delivery(
    emulator: Emulator, receiver: MisbehavingReceiver, fault: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heymarket.emulator.webhooks.http._TO_THE_END", 0.05)
    receiver.misbehave(Fault(fault))
    emulator.reply(PHONE, "Hello!")
    emulator.settle()

    assert last(emulator).state == "delivered"


def test_an_interim_response_is_no_response(emulator: Emulator, receiver: MisbehavingReceiver) -> None:
    receiver.misbehave(Fault(Raw(b"HTTP/1.1 102 Processing\r\nA: b\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")))
    emulator.reply(PHONE, "Hello!")
    emulator.settle()

    assert (last(emulator).state, last(emulator).status) == ("delivered", 204)


def test_a_receiver_that_hangs_is_given_up(
    emulator: Emulator, receiver: MisbehavingReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heymarket.emulator.webhooks.http.TIMEOUT", 0.05)
    emulator.clock.freeze(NOON)
    receiver.misbehave(Fault(Hang()))
    emulator.reply(PHONE, "Hello!")
    emulator.settle()

    assert (last(emulator).state, last(emulator).error) == ("new", "no response within 0.05 s")


def test_an_unreachable_receiver_is_reported_too(emulator: Emulator) -> None:
    with WebhookReceiver() as gone:
        url = gone.url
    emulator.clock.freeze(NOON)
    emulator.set_webhook(url)
    emulator.reply(PHONE, "Hello!")
    emulator.settle()

    assert last(emulator).error == f"no connection: {os.strerror(errno.ECONNREFUSED)}"


def test_a_receiver_without_tls_is_said_too(emulator: Emulator) -> None:
    emulator.clock.freeze(NOON)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        emulator.set_webhook(f"https://127.0.0.1:{listener.getsockname()[1]}/hook")
        emulator.reply(PHONE, "Hello!")
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            emulator.settle()

    assert (last(emulator).state, last(emulator).error) == ("new", "TLS failed: WRONG_VERSION_NUMBER")


def test_each_webhook_gets_each_event_with_its_own_id_and_token(emulator: Emulator, receiver: WebhookReceiver) -> None:
    with WebhookReceiver("another-token-for-tests") as other:
        added = emulator.add_webhook(other.url, other.token)
        emulator.reply(PHONE, "Hello!", twice=True)
        emulator.settle()

        assert (added.id, [one.id for one in emulator.webhooks]) == (92, [91, 92])
        assert texts(receiver) == texts(other) == ["Hello!", "Hello!"]
        assert {event.configuration_id for event in other.events} == {92}
        assert not other.refused + receiver.refused
        emulator.remove_webhook(added.id)
        emulator.reply(PHONE, "Bye!")
        emulator.settle()
        assert (texts(receiver)[-1], texts(other)[-1]) == ("Bye!", "Hello!")
        with pytest.raises(EmulatorError, match="no webhook with this id"):
            emulator.remove_webhook(92)


def test_a_slow_receiver_delays_its_own_events_only(emulator: Emulator, receiver: MisbehavingReceiver) -> None:
    receiver.misbehave(Fault(Hang()))
    with WebhookReceiver() as quick:
        emulator.add_webhook(quick.url, quick.token)
        started = time.monotonic()
        for number in range(20):
            emulator.reply(PHONE, f"Number {number}")
        quick.wait(20, of_type=RECEIVED, timeout=4)

        assert time.monotonic() - started < 4  # the other one is given up after 5 s
        assert texts(quick) == [f"Number {number}" for number in range(20)]
        assert texts(receiver) == ["Number 0"]
        waiting = [one for one in emulator.deliveries if one.type == RECEIVED and one.webhook == 91]
        assert [one.state for one in waiting] == 20 * ["new"]


def test_a_webhook_that_is_replaced_does_not_hold_up_the_next_one(
    emulator: Emulator, receiver: MisbehavingReceiver
) -> None:
    receiver.misbehave(Fault(Hang()))
    emulator.reply(PHONE, "Hello!")
    receiver.wait()
    with WebhookReceiver() as other:
        emulator.set_webhook(other.url, other.token)
        other.wait(of_type=RECEIVED, timeout=4)  # the first one would be given up after 5 s
    assert last(emulator).webhook == 91


def test_what_waits_for_a_webhook_that_is_removed_is_not_for_the_next_one(
    emulator: Emulator, receiver: WebhookReceiver
) -> None:
    with WebhookReceiver() as first, WebhookReceiver() as second:
        emulator.reply(STRANGER, "Before")
        emulator.settle()
        removed = emulator.add_webhook(first.url)
        emulator.reply(STRANGER, "Hello!", late=3600)
        emulator.remove_webhook(removed.id)
        assert emulator.add_webhook(second.url).id == removed.id
        emulator.advance(3600)

        assert texts(receiver)[-1] == "Hello!"
        assert first.deliveries + second.deliveries == ()
        unsent = next(one for one in emulator.deliveries if one.webhook == removed.id)
        assert unsent.state == "unsent"
        emulator.remove_webhook(removed.id)
        repeated = emulator.repeat_delivery(unsent.id)
        assert repeated.webhook == 91


def test_each_attempt_is_kept_with_the_response(emulator: Emulator) -> None:
    emulator.clock.freeze(NOON)
    with MisbehavingReceiver() as receiver:
        emulator.set_webhook(f"{receiver.url}?token=a-secret-in-the-url")
        receiver.misbehave(Fault(Respond(500, b'{"error": "no database"}', headers={"X-Trace": "7"})))
        emulator.reply(PHONE, "Hello!")
        emulator.settle()
        receiver.behave()
        emulator.advance(RETRIES[0])

        first, second = last(emulator).history
        assert (first.status, first.error, first.response_body) == (500, None, '{"error": "no database"}')
        assert first.response_headers["x-trace"] == "7"
        assert (second.status, second.time) == (200, "2025-06-15T12:00:01.000000Z")
        assert first.url == f"{receiver.url}?token=[redacted]"
    emulator.repeat_delivery(last(emulator).id)
    emulator.settle()
    (failed,) = last(emulator).history
    assert (failed.status, failed.error) == (None, f"no connection: {os.strerror(errno.ECONNREFUSED)}")


def test_several_are_named_at_the_start(receiver: MisbehavingReceiver) -> None:
    with WebhookReceiver() as other, Emulator(webhook=[receiver.url, Webhook(other.url, other.token, 5)]) as emulator:
        emulator.reply(PHONE, "Hello!")
        emulator.settle()
        assert texts(other) == ["Hello!"]
        emulator.set_webhook(None)
        emulator.reset()
        assert [one.id for one in emulator.webhooks] == [91, 5]
    with pytest.raises(EmulatorError, match="Two webhooks have the same id"):
        create_app(webhook=[Webhook("http://127.0.0.1:8000/"), Webhook("http://127.0.0.1:8001/")])


def test_several_are_steered_over_http_as_well(emulator: Emulator, receiver: WebhookReceiver) -> None:
    with httpx.Client(base_url=f"{emulator.base_url}/_emulator", trust_env=False) as admin:
        answer = admin.post("/webhooks", json={"url": "http://127.0.0.1:9/hook"})
        added = {"url": "http://127.0.0.1:9/hook", "id": 92, "token": "EmulatorWebhookTokenOfNoValue0000004"}
        assert (answer.status_code, answer.json()) == (201, added)
        assert [one["id"] for one in admin.get("/webhooks").json()["webhooks"]] == [91, 92]
        assert admin.delete("/webhooks/92").status_code == 204
        assert admin.delete("/webhooks/92").status_code == 404
        assert admin.post("/webhooks", json={"url": 5}).status_code == 400
    assert [one.url for one in emulator.webhooks] == [receiver.url]


def test_the_api_responds_while_a_receiver_hangs(
    hm: Heymarket, emulator: Emulator, receiver: MisbehavingReceiver
) -> None:
    receiver.misbehave(Fault(Hang()))
    emulator.reply(PHONE, "Hello!")
    receiver.wait()

    assert hm.messages.send(inbox_id=31, creator_id=21, phone_number=PHONE, text="Hello!").id
    emulator.reset()
    assert emulator.deliveries == ()


def test_after_a_reset_nothing_of_before_arrives(emulator: Emulator, receiver: WebhookReceiver) -> None:
    emulator.clock.freeze(NOON)
    receiver.respond_with(500, times=1)
    emulator.reply(PHONE, "Before")
    emulator.settle()
    emulator.reset()
    assert emulator.webhook is None
    emulator.set_webhook(receiver.url, receiver.token)
    emulator.reply(PHONE, "After")
    emulator.settle()

    assert texts(receiver)[-1] == "After"
    assert [one.event_data["text"] for one in emulator.deliveries if one.type == RECEIVED] == ["After"]


def test_without_a_webhook_events_are_kept_to_be_seen(emulator: Emulator) -> None:
    emulator.reply(PHONE, "Hello!")
    emulator.settle()
    assert (last(emulator).type, last(emulator).state, last(emulator).attempts) == (RECEIVED, "unsent", 0)

    with WebhookReceiver() as receiver:
        emulator.set_webhook(receiver.url, receiver.token)
        emulator.settle()
        assert receiver.deliveries == ()
        emulator.repeat_delivery(last(emulator).id)
        receiver.wait(of_type=RECEIVED)


def test_no_more_than_so_many_are_kept(emulator: Emulator) -> None:
    with emulator.state.transaction():
        for number in range(3000):
            emulator.state.emit("chat_opened", {"id": number})

    assert 1000 <= len(emulator.deliveries) < 1000 + 256
    assert last(emulator).event_data == {"id": 2999}


def test_no_number_no_text_and_no_token_is_logged_or_shown(
    emulator: Emulator, receiver: WebhookReceiver, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    emulator.reply(PHONE, "a private text")
    emulator.settle()

    assert "webhook message_recieved: delivered, responded 200" in caplog.text
    for secret in (PHONE, "a private text", receiver.token):
        assert secret not in caplog.text
        assert secret not in repr(emulator.deliveries) + repr(emulator.webhook)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "here",
        "ftp://127.0.0.1/",
        "http://",
        "http://user:key@127.0.0.1/",
        "http://127.0.0.1:99999/",
        "http://a b/",
        "http://127.0.0.1/\r\nX-A: b",
        "http://ä.example.com/",
    ],
)
def test_a_url_that_can_not_be_is_refused(emulator: Emulator, url: str) -> None:
    with pytest.raises(EmulatorError, match=r"A webhook takes a URL like http://127\.0\.0\.1:8000/webhook"):
        emulator.set_webhook(url)


@pytest.mark.parametrize("token", ["", " ", "a\n"])
def test_a_token_that_no_receiver_takes_is_refused(emulator: Emulator, token: str) -> None:
    with pytest.raises(EmulatorError, match="A webhook's token is a string"):
        emulator.set_webhook("http://127.0.0.1:8000/", token)


@pytest.mark.parametrize("late", [-1, float("nan"), float("inf")])
def test_nothing_is_early(emulator: Emulator, late: float) -> None:
    with pytest.raises(EmulatorError, match="late by 0 seconds or more"):
        emulator.reply(PHONE, "Hello!", late=late)

    assert emulator.deliveries == ()


def test_an_ipv6_receiver_and_a_query_are_reached(emulator: Emulator) -> None:
    try:
        listener = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("This machine has no IPv6 loopback.")
    with listener:
        emulator.set_webhook(f"http://[::1]:{listener.getsockname()[1]}/hook?team=7")
        emulator.reply(PHONE, "Hello!")
        connection, _ = listener.accept()
        with connection:
            assert connection.recv(65536).startswith(b"POST /hook?team=7 HTTP/1.1\r\nHost: [::1]:")


def test_it_is_steered_over_http_as_well(emulator: Emulator, receiver: WebhookReceiver) -> None:
    with httpx.Client(base_url=f"{emulator.base_url}/_emulator", trust_env=False) as admin:
        emulator.set_webhook(None)
        assert admin.get("/webhook").json() == {"url": None, "id": None}
        answer = admin.put("/webhook", json={"url": receiver.url, "token": receiver.token})
        assert answer.json() == {"url": receiver.url, "id": 91}

        answer = admin.post("/reply", json={"phone": PHONE, "text": "Hello!", "inbox_id": 31, "twice": True})
        assert (answer.status_code, answer.json()["text"]) == (201, "Hello!")
        assert admin.post("/settle").status_code == 204
        assert texts(receiver) == ["Hello!", "Hello!"]

        delivery = admin.get("/deliveries").json()["deliveries"][-1]
        assert (delivery["type"], delivery["state"], delivery["status"]) == (RECEIVED, "delivered", 200)
        answer = admin.post(f"/deliveries/{delivery['id']}/repeat", json={"wrong_token": True})
        assert (answer.status_code, answer.json()["repeats"]) == (201, delivery["id"])
        assert admin.post("/settle").status_code == 204
        assert len(receiver.refused) == 1

        assert admin.delete("/webhook").status_code == 204
        assert emulator.webhook is None


@pytest.mark.parametrize(
    ("method", "path", "body", "message"),
    [
        ("PUT", "webhook", {}, "url and token are strings; url is needed."),
        ("PUT", "webhook", {"url": "here"}, "A webhook takes a URL like"),
        ("POST", "reply", {"text": "Hello!"}, "phone is the contact's number"),
        ("POST", "reply", {"phone": "0"}, "phone has to be a number, such as"),
        ("POST", "reply", {"phone": STRANGER}, "A contact that writes in writes a text"),
        ("POST", "reply", {"phone": STRANGER, "text": 5}, "text and media_url are strings."),
        ("POST", "reply", {"phone": STRANGER, "text": "a", "inbox_id": "31"}, "inbox_id is the id of an inbox."),
        ("POST", "reply", {"phone": STRANGER, "text": "a", "inbox_id": 999}, "inbox"),
        ("POST", "reply", {"phone": STRANGER, "text": "a", "twice": 1}, "are true or false"),
        ("POST", "reply", {"phone": STRANGER, "text": "a", "late": "1"}, "late is a number of seconds."),
        ("POST", "reply", {"phone": STRANGER, "text": "a", "late": -1}, "An event is late by 0 seconds or more."),
        ("POST", "reply", {"phone": STRANGER, "txt": "a"}, "an unknown field"),
    ],
)
def test_over_http_it_is_said_what_does_not_fit(
    emulator: Emulator, method: str, path: str, body: dict[str, Any], message: str
) -> None:
    answer = httpx.request(method, f"{emulator.base_url}/_emulator/{path}", json=body, trust_env=False)

    assert answer.status_code == 400
    assert message in answer.json()["message"]
    assert STRANGER not in answer.text
    missing = httpx.post(f"{emulator.base_url}/_emulator/deliveries/{10**30}/repeat", trust_env=False)
    assert (missing.status_code, missing.json()) == (404, {"message": "There is no such delivery."})


def test_a_reset_calls_off_what_is_about_to_go_out(
    emulator: Emulator, receiver: WebhookReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    about, reset = threading.Event(), threading.Event()
    client = emulator.parts.deliveries.get_client(91)
    post = client.post

    def posted(*given: Any) -> Any:
        about.set()
        assert reset.wait(5)
        return post(*given)

    monkeypatch.setattr(client, "post", posted)
    emulator.reply(PHONE, "Hello!")
    assert about.wait(5)
    emulator.reset()
    reset.set()
    emulator.settle()

    assert receiver.deliveries == ()
    assert emulator.deliveries == ()


def test_a_reset_makes_nothing_due_that_was_not(
    emulator: Emulator, receiver: WebhookReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    emulator.clock.freeze(datetime(2020, 1, 1, tzinfo=UTC))
    emulator.reply(PHONE, "Hello!", late=3600)
    emulator.settle()
    due: list[int] = []

    def look() -> None:
        """What the scheduler may find while the reset is under way."""
        lock: Any = emulator.state._database.lock
        if lock.acquire(blocking=False):
            due.append(emulator.parts.deliveries.due_now())
            lock.release()

    def changed() -> None:
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()

    monkeypatch.setattr(emulator.clock, "changed", changed)
    monkeypatch.setattr(emulator.state, "changed", changed)
    emulator.reset()

    assert set(due) <= {0}
    assert receiver.deliveries == ()


def test_what_waited_when_the_process_was_killed_is_delivered_by_the_next_one(tmp_path: Path) -> None:
    file = tmp_path / "heymarket.db"
    with MisbehavingReceiver() as receiver:
        receiver.misbehave(Fault(Hang()))
        first = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(file), receiver.url], stdout=subprocess.PIPE, text=True
        )
        assert first.stdout
        with first, first.stdout:
            assert first.stdout.readline() == "replied\n"
            os.kill(first.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        receiver.behave()
        before = len(receiver.deliveries)
        with Emulator(state=file, webhook=Webhook(receiver.url, receiver.token)) as emulator:
            emulator.settle()

            assert texts(receiver)[-1:] == ["Hello!"]
            assert len(receiver.deliveries) > before
            assert {one.state for one in emulator.deliveries} == {"delivered"}


KILLED = """
import sys, time
from heymarket.emulator import Emulator

with Emulator(state=sys.argv[1], webhook=sys.argv[2]) as emulator:
    emulator.reply("15555550100", "Hello!")
    print("replied", flush=True)
    time.sleep(60)  # killed long before
"""
