"""Emails: conversations of their own, and answers in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from heymarket import BadRequestError, PermissionDeniedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from heymarket.emulator.state import State

    Told = Callable[[], list[tuple[str, dict[str, Any]]]]

FROM_ADA: dict[str, Any] = {"inbox": 31, "creator_id": 21, "text": "<p>Hello</p>"}
TARGETS = ["to:ada@example.com", "cc:grace@example.com, alan@example.com"]


def test_an_email_begins_a_conversation_and_another_replies_in_it(hm: Any, told: Told) -> None:
    first = hm.email.send(**FROM_ADA, targets=TARGETS, conv_title="Your order", raw_text="Hello", local_id="e-1")
    again = hm.email.send(**FROM_ADA, targets=TARGETS, conv_title="Your order", raw_text="Hello", local_id="e-1")
    reply = hm.email.send(**FROM_ADA, convo_id=first.convo_id)
    other = hm.email.send(**FROM_ADA, targets=TARGETS)

    assert again == first
    assert (reply.convo_id == first.convo_id, other.convo_id == first.convo_id) == (True, False)
    conversation = hm.conversations.get(first.convo_id)
    assert (conversation.name, conversation.channel, conversation.targets) == ("Your order", "email", TARGETS)
    assert hm.conversations.get(other.convo_id).name == "ada@example.com, grace@example.com, alan@example.com"
    messages = {message.id: message for message in hm.messages.list()}
    assert (messages[first.id].text, messages[first.id].type_) == ("<p>Hello</p>", "email")
    kinds = [kind for kind, _ in told()]
    assert kinds == ["chat_opened", "message_sent", "message_sent", "chat_opened", "message_sent"]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"inbox": 999}, BadRequestError),
        ({"creator_id": 999}, BadRequestError),
        ({"inbox": 32, "creator_id": 22}, PermissionDeniedError),
        ({"targets": ["ada@example.com"]}, BadRequestError),
        ({"targets": ["to:ada"]}, BadRequestError),
        ({"targets": ["to:"]}, BadRequestError),
        ({"targets": ["bcc:ada@example.com"]}, BadRequestError),
        ({"targets": ["cc:ada@example.com"]}, BadRequestError),
        ({"targets": None, "convo_id": 999}, BadRequestError),
        ({"targets": None, "convo_id": 601}, BadRequestError),
    ],
)
def test_what_does_not_fit_is_refused(hm: Any, told: Told, change: dict[str, Any], error: type[Exception]) -> None:
    order = {**FROM_ADA, "targets": TARGETS, **change}

    with pytest.raises(error):
        hm.email.send(**{name: value for name, value in order.items() if value is not None})

    assert told() == []


def test_a_contact_who_opted_out_gets_no_email(hm: Any, state: State) -> None:
    (contact,) = (one for one in state.contacts.all() if one["id"] == 502)
    state.contacts.change(contact, is_opted_out=True)

    with pytest.raises(PermissionDeniedError) as refused:
        hm.email.send(**FROM_ADA, convo_id=604)

    assert refused.value.code == "unsubscribed_number"
