"""Deliveries that are built in one line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from heymarket import description
from heymarket.emulator.webhooks.example_events import list_event_types
from heymarket.testing import WebhookReceiver, delivery
from heymarket.webhooks import MessageEvent, OptEvent, UnknownEvent, WebhookVerificationError, parse

if TYPE_CHECKING:
    from heymarket.emulator import Emulator


@pytest.mark.parametrize("event_type", list_event_types(description.load()))
def test_each_type_of_event_is_built_and_verified(event_type: str) -> None:
    sent = delivery(event_type)

    event = parse(sent.body, token=WebhookReceiver().token)
    assert event.type == event_type
    assert not isinstance(event, UnknownEvent)
    assert sent.headers == {"Content-Type": "application/json"}


def test_fields_token_and_id_are_the_callers() -> None:
    sent = delivery("message_recieved", text="Hello!", token="another-token", id=7)

    event = parse(sent.body, token="another-token")
    assert isinstance(event, MessageEvent)
    assert (event.message.text, event.configuration_id) == ("Hello!", 7)
    with pytest.raises(WebhookVerificationError):
        parse(sent.body, token="the-right-token")


def test_data_may_be_given_whole_and_types_made_up() -> None:
    opted_out = parse(delivery("target_opt_out", {"phone": "15555550177"}).body, token=WebhookReceiver().token)
    assert isinstance(opted_out, OptEvent)
    assert opted_out.data == {"phone": "15555550177"}
    assert json.loads(delivery("something_new", {}).body)["event_data"] == {}
    with pytest.raises(
        ValueError, match=r"no such type of event\. Did you mean message_recieved, .* spells so\? There"
    ):
        delivery("message_received")


def test_a_misspelt_field_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(ValueError, match=r"^message_recieved has no field txt\. Did you mean text\? A field that"):
        delivery("message_recieved", txt="Hello!")
    with pytest.raises(ValueError, match=r"^chat_closed has no field colour\. A field"):
        delivery("chat_closed", colour="red")
    for sent in (
        delivery("message_recieved", {"colour": "red"}, colour="blue"),
        delivery("target_opt_out", colour="blue"),
        delivery("incoming_call", colour="blue"),
        delivery("something_new", {}, colour="blue"),
    ):
        assert json.loads(sent.body)["event_data"]["colour"] == "blue"


def test_a_message_that_came_in_looks_like_one_of_the_emulator(
    heymarket_emulator: Emulator, heymarket_webhooks: WebhookReceiver
) -> None:
    heymarket_emulator.reply("15555550100", "See you then.")
    (real,) = heymarket_webhooks.wait(of_type="message_recieved")
    data = json.loads(delivery("message_recieved").body)["event_data"]

    assert data.keys() == real.data.keys()
    assert data["conversation"].keys() - real.data["conversation"].keys() <= {"local_id"}
    same = ("status", "text", "type", "target", "target_errors", "broadcast_id")
    assert {name: data[name] for name in same} == {name: real.data[name] for name in same}
    assert data["conversation"]["unread"] is real.data["conversation"]["unread"] is True
    assert json.loads(delivery("message_sent").body)["event_data"]["user"] == 21


def test_a_number_is_delivered_as_the_service_writes_it() -> None:
    event = parse(delivery("message_recieved", target="+1 (555) 555-0177").body, token=WebhookReceiver().token)
    assert event.data["target"] == "15555550177"
    assert json.loads(delivery("target_opt_out", phone="none").body)["event_data"] == {"phone": "none"}


def test_a_repr_shows_no_content() -> None:
    assert "Hello" not in repr(delivery("message_recieved", text="Hello!"))
