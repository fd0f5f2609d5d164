"""The receiver of webhooks: keeps what comes, says what came instead, shows nothing that is private."""

from __future__ import annotations

import gc
import json
import socket
import threading
import time
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from heymarket.testing import WebhookReceiver
from heymarket.webhooks import MessageEvent

if TYPE_CHECKING:
    from collections.abc import Iterator

PHONE = "15555550100"


@pytest.fixture
def receiver() -> Iterator[WebhookReceiver]:
    with WebhookReceiver() as receiver:
        yield receiver


def port_of(receiver: WebhookReceiver) -> int:
    return int(receiver.url.split(":")[2].split("/")[0])


def deliver(receiver: WebhookReceiver, type_: str = "message_recieved", **members: Any) -> int:
    body = {"type": type_, "id": 91, "token": receiver.token, "event_data": {"id": 701, "text": PHONE}, **members}
    return post(receiver, json.dumps(body).encode())


def post(receiver: WebhookReceiver, body: bytes) -> int:
    return httpx.post(receiver.url, content=body, trust_env=False).status_code


def test_it_keeps_what_comes(receiver: WebhookReceiver) -> None:
    before = time.time()
    assert deliver(receiver) == 200

    (event,) = receiver.wait()
    assert isinstance(event, MessageEvent)
    assert event.message.text == PHONE
    (delivery,) = receiver.deliveries
    assert delivery.event is event
    assert before <= delivery.received <= time.time()
    assert delivery.headers["Content-Length"] == str(len(delivery.body))


def test_it_waits_for_as_many_as_asked(receiver: WebhookReceiver) -> None:
    def deliver_all() -> None:
        for type_ in ("chat_opened", "message_recieved", "message_recieved"):
            deliver(receiver, type_)

    sender = threading.Thread(target=deliver_all)
    sender.start()
    assert [event.type for event in receiver.wait(2, of_type="message_recieved")] == ["message_recieved"] * 2
    assert len(receiver.wait(3)) == 3
    sender.join()


def test_it_says_what_came_instead(receiver: WebhookReceiver) -> None:
    deliver(receiver, "chat_opened")
    deliver(receiver, "chat_opened")
    deliver(receiver, token="another")
    post(receiver, b"no JSON")
    with pytest.raises(AssertionError) as caught:
        receiver.wait(3, timeout=0.01, of_type="message_sent")

    assert str(caught.value) == (
        "Expected 3 events of type message_sent within 0.01 s, but received 2 chat_opened, "
        "1 refused (its token is missing or wrong), 1 refused (its body is no delivery)."
    )


def test_it_suggests_the_services_spelling(receiver: WebhookReceiver) -> None:
    with pytest.raises(AssertionError, match=r"none\. Did you mean message_recieved, which the service spells so\?$"):
        receiver.wait(timeout=0.01, of_type="message_received")


def test_it_says_that_nothing_came(receiver: WebhookReceiver) -> None:
    with pytest.raises(AssertionError, match=r"^Expected 1 event within 0\.01 s, but received none\.$"):
        receiver.wait(timeout=0.01)


def test_a_wrong_token_makes_no_event(receiver: WebhookReceiver) -> None:
    assert deliver(receiver, token="another") == 200

    assert receiver.events == ()
    assert [delivery.refusal for delivery in receiver.refused] == ["its token is missing or wrong"]


def test_it_responds_as_configured_and_then_with_200(receiver: WebhookReceiver) -> None:
    receiver.respond_with(500, times=2)
    assert [deliver(receiver) for _ in range(3)] == [500, 500, 200]

    receiver.respond_with(410)
    assert [deliver(receiver) for _ in range(3)] == [410] * 3
    receiver.behave()
    assert deliver(receiver) == 200
    assert len(receiver.events) == 7


@pytest.mark.parametrize("sent", [b"no HTTP\r\n\r\n", b"POST /webhook HTTP/1.1\r\nContent-Length: 10\r\n\r\n{}"])
def test_what_is_no_whole_request_is_no_delivery(
    receiver: WebhookReceiver, sent: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_connection(("127.0.0.1", port_of(receiver))) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        connection.recv(1000)

    assert deliver(receiver) == 200
    assert len(receiver.deliveries) == 1
    assert capfd.readouterr().err == ""


def test_no_repr_shows_a_token_or_a_number(receiver: WebhookReceiver) -> None:
    deliver(receiver)
    deliver(receiver, token=f"secret-{PHONE}")
    shown = repr(receiver) + repr(receiver.deliveries) + repr(receiver.events) + repr(receiver.refused)

    assert PHONE not in shown
    assert receiver.token not in shown
    assert "1 message_recieved, 1 refused" in repr(receiver)


def test_it_is_gone_after_the_block() -> None:
    with WebhookReceiver("a-token") as receiver:
        deliver(receiver)
    with pytest.raises(httpx.ConnectError):
        deliver(receiver)

    assert len(receiver.events) == 1


def test_what_comes_while_it_stops_is_closed_too() -> None:
    stopped = threading.Event()

    def knock(port: int) -> None:
        while not stopped.is_set():
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)) as connection:
                connection.sendall(b"POST /webhook HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}")

    with warnings.catch_warnings(record=True) as left_open:
        warnings.simplefilter("always")
        for _ in range(3):
            stopped.clear()
            with WebhookReceiver() as receiver:
                knocking = threading.Thread(target=knock, args=(port_of(receiver),))
                knocking.start()
                while len(receiver.deliveries) < 3:
                    assert deliver(receiver, token="another") == 200
            stopped.set()
            knocking.join()
        gc.collect()

    assert left_open == []
