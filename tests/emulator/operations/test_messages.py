"""Messages: what sending, receiving and reading them does to what the emulator remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from heymarket import BadRequestError, Heymarket, PermissionDeniedError
from heymarket.emulator import EmulatorError
from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.domain import messaging
from heymarket.emulator.domain.contacts import find_by_phone, is_opted_out
from heymarket.emulator.faults.rules import Fault
from heymarket.texts import fill_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from heymarket.emulator import Emulator
    from heymarket.emulator.state import State

    Told = Callable[[], list[tuple[str, dict[str, Any]]]]

ADA, SEVERAL, ZOE, NEW = "15555550100", "15555550101", "15555550102", "15555551900"
FRONT_DESK, SUPPORT = 31, 32
FROM_ADA: dict[str, Any] = {"inbox_id": FRONT_DESK, "creator_id": 21}


def texts(hm: Any, phone: str, inbox: int = FRONT_DESK) -> list[str]:
    return [message.text for message in hm.messages.history(phone_number=phone, inbox_id=inbox)]


def test_a_message_to_a_new_number_makes_contact_conversation_and_message(hm: Any, told: Told) -> None:
    result = hm.messages.send(**FROM_ADA, phone_number=NEW, text="Hello", local_id="a-1")

    (message,) = hm.messages.history(phone_number=NEW, inbox_id=FRONT_DESK)
    assert (message.id, message.text, message.local_id, message.user) == (result.id, "Hello", "a-1", 21)
    assert (message.target, message.status, message.type_, message.author) == (NEW, "sent", "sms", "Mary Example")
    assert message.date == result.date
    conversation = hm.conversations.get(result.convo_id)
    assert (conversation.target, conversation.status, conversation.last_msg) == (NEW, "open", "Hello")
    assert (conversation.creator, conversation.unread, conversation.replied) == (21, False, False)
    assert any(contact.phone == NEW for contact in hm.contacts.list())
    assert [kind for kind, _ in told()] == ["chat_opened", "message_sent"]


def test_the_result_is_what_was_seen_of_the_service(hm: Any) -> None:
    result = hm.messages.send(**FROM_ADA, phone_number=ADA, text="Hello")

    assert set(result.to_dict()) == {"id", "date", "convo_id", "queued", "compliance_results"}
    assert (result.queued, result.convo_id) == (True, 601)


def test_a_picture_makes_it_an_mms_with_a_gallery(hm: Any) -> None:
    result = hm.messages.send(**FROM_ADA, phone_number=ADA, media_url="https://example.com/map.png")

    latest = next(iter(hm.messages.history(phone_number=ADA, inbox_id=FRONT_DESK)))
    assert (latest.type_, latest.media) == ("mms", "https://example.com/map.png")
    assert result.gallery_url


def test_a_repeated_local_id_gives_the_first_result_and_sends_once(hm: Any, told: Told) -> None:
    first, second = (hm.messages.send(**FROM_ADA, phone_number=NEW, text="Once", local_id="same") for _ in range(2))

    assert first == second
    assert texts(hm, NEW) == ["Once"]
    assert [kind for kind, _ in told()].count("message_sent") == 1


def test_a_lost_response_makes_no_second_message(heymarket_emulator: Emulator, told: Told) -> None:
    heymarket_emulator.faults.add(Fault("lost_response", operation="messages.send", count=1))

    with Heymarket(**heymarket_emulator.settings, quota=None) as hm:
        result = hm.messages.send(**FROM_ADA, phone_number=NEW, text="Once")
        (message,) = hm.messages.history(phone_number=NEW, inbox_id=FRONT_DESK)

    assert message.id == result.id
    assert [one.operation for one in heymarket_emulator.journal].count("messages.send") == 2
    assert [kind for kind, _ in told()].count("message_sent") == 1


def test_a_message_in_a_closed_conversation_opens_it_again(hm: Any, told: Told) -> None:
    hm.conversations.close(inbox_id=FRONT_DESK, user_id=21, chat_id=601)
    told()

    hm.messages.send(**FROM_ADA, chat_id=601, text="One more thing")

    assert hm.conversations.get(601).status == "open"
    assert [kind for kind, _ in told()] == ["chat_opened", "message_sent"]


def test_a_group_has_a_conversation_of_its_own_whatever_the_order(hm: Any) -> None:
    first = hm.messages.send(**FROM_ADA, targets=[NEW, ADA], text="Hello all")
    second = hm.messages.send(**FROM_ADA, targets=[ADA, NEW], text="Hello again")

    assert first.convo_id == second.convo_id
    assert hm.conversations.get(first.convo_id).targets == [ADA, NEW]
    assert "Hello all" not in texts(hm, ADA)


def test_a_template_is_filled_in_and_a_plain_text_is_not(hm: Any) -> None:
    template = hm.templates.create(
        title="Greeting", content={"text": "Hi {{first_name}} {{last_name}}, {{Membership}} member! {{shoe size}}"}
    )
    hm.contacts.create_v1(phone=NEW, first="Grace", last="Hopper", custom={"101": "Silver"})

    hm.messages.send(**FROM_ADA, phone_number=NEW, template_id=template.id)
    hm.messages.send(**FROM_ADA, phone_number=NEW, text="Hi {{first_name}}")

    assert texts(hm, NEW) == ["Hi {{first_name}}", "Hi Grace Hopper, Silver member! {{shoe size}}"]


def test_what_a_contact_does_not_have_leaves_nothing_behind() -> None:
    assert fill_in("Dear {{ first_name }}{{last_name}}!", {"first": None}, {}) == "Dear !"


def test_a_survey_asks_its_question(hm: Any) -> None:
    hm.messages.send(**FROM_ADA, phone_number=ADA, survey_id=81)

    assert texts(hm, ADA)[0] == hm.surveys.get(81).question


def test_a_broadcast_writes_to_each_member_alone_and_passes_over_those_who_opted_out(hm: Any) -> None:
    people = {NEW: "Grace", "15555551901": "Alan", "15555551902": "Barbara"}
    for phone, first in people.items():
        hm.contacts.create_v1(phone=phone, first=first)
    hm.contacts.set_status(phone="15555551902", status="unsubscribed")
    people_list = hm.lists.create(title="People", phones=list(people), local_id="list-1")

    result = hm.messages.send(**FROM_ADA, list_id=people_list.id, text="Hi {{first_name}}!", local_id="broadcast-1")
    hm.messages.send(**FROM_ADA, list_id=people_list.id, text="Hi {{first_name}}!", local_id="broadcast-1")

    assert {phone: texts(hm, phone) for phone in people} == {
        NEW: ["Hi Grace!"],
        "15555551901": ["Hi Alan!"],
        "15555551902": [],
    }
    sent = [message for message in hm.messages.list() if message.broadcast_id]
    assert {message.broadcast_id for message in sent} == {result.id}
    assert len({message.conversation.id for message in sent}) == 2


@pytest.mark.parametrize(("status", "code"), [("unsubscribed", "unsubscribed_number"), ("blocked", "blocked_number")])
@pytest.mark.parametrize("to", [{"phone_number": ADA}, {"chat_id": 601}, {"targets": [ADA, NEW]}])
def test_contacts_who_opted_out_get_no_messages(
    hm: Any, told: Told, status: str, code: str, to: dict[str, Any]
) -> None:
    hm.contacts.set_status(phone=ADA, status=status)
    before = hm.messages.count()
    told()

    with pytest.raises(PermissionDeniedError) as refused:
        hm.messages.send(**FROM_ADA, **to, text="Hello")

    assert refused.value.code == code
    assert ADA not in str(refused.value)
    assert hm.messages.count() == before
    assert told() == []
    assert all(contact.phone != NEW for contact in hm.contacts.list())


def test_a_comment_is_not_sent_and_may_be_about_a_contact_who_opted_out(hm: Any, told: Told) -> None:
    hm.contacts.set_status(phone=ADA, status="unsubscribed")
    hm.conversations.close(inbox_id=FRONT_DESK, user_id=21, chat_id=601)
    told()

    hm.messages.send(**FROM_ADA, chat_id=601, text="Call her instead", private=True, author="Bot")

    latest = next(iter(hm.messages.history(phone_number=ADA, inbox_id=FRONT_DESK)))
    assert (latest.text, latest.type_, latest.author) == ("Call her instead", "comment", "Bot")
    assert hm.conversations.get(601).status == "closed"
    assert told() == []


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"inbox_id": 999}, 400, "inbox_not_found"),
        ({"creator_id": 999}, 400, "bad_data"),
        ({"inbox_id": SUPPORT, "creator_id": 22}, 403, "no_sender_available"),
        ({"template_id": 999}, 400, "bad_data"),
        ({"survey_id": 999}, 400, "bad_data"),
        ({"phone_number": None, "chat_id": 999}, 400, "bad_data"),
        ({"phone_number": None, "chat_id": 603}, 400, "bad_data"),
        ({"phone_number": None, "chat_id": 604}, 400, "bad_data"),
        ({"phone_number": None, "list_id": 999}, 400, "bad_data"),
        ({"phone_number": None, "list_id": 41, "private": True}, 400, "bad_data"),
    ],
)
def test_what_does_not_fit_is_refused_and_leaves_nothing(
    hm: Any, told: Told, change: dict[str, Any], status: int, code: str
) -> None:
    order = {**FROM_ADA, "phone_number": NEW, "text": "Hello", "local_id": "a-1", **change}
    before = hm.messages.count()

    with pytest.raises((BadRequestError, PermissionDeniedError)) as refused:
        hm.messages.send(**{name: value for name, value in order.items() if value is not None})

    assert (refused.value.status_code, refused.value.code) == (status, code)
    assert hm.messages.count() == before
    assert told() == []


@pytest.mark.parametrize("nothing", [{"phone_number": ADA, "text": ""}, {"targets": [], "text": "Hello"}])
def test_a_message_without_content_or_recipient_is_refused(state: State, nothing: dict[str, Any]) -> None:
    with pytest.raises(APIErrorResponse, match="is empty"):
        messaging.send(state, {**FROM_ADA, **nothing})


def test_a_group_is_not_written_to_from_a_toll_free_number(hm: Any, state: State) -> None:
    inbox = state.inboxes.get(FRONT_DESK)
    assert inbox
    state.inboxes.put({**inbox, "phone": "18885550100"})

    hm.messages.send(**FROM_ADA, targets=[ADA], text="One is no group")
    with pytest.raises(BadRequestError) as refused:
        hm.messages.send(**FROM_ADA, targets=[ADA, SEVERAL], text="Hello all")
    assert "toll-free" in refused.value.text


def test_a_contact_writes_in(hm: Any, state: State, told: Told) -> None:
    stored = messaging.receive(state, ADA, "Is there parking?")

    latest = next(iter(hm.messages.history(phone_number=ADA, inbox_id=FRONT_DESK)))
    assert (latest.id, latest.text, latest.status) == (stored["id"], "Is there parking?", "received")
    assert "user" not in latest.to_dict()
    conversation = hm.conversations.get(601)
    assert (conversation.unread, conversation.unread_users, conversation.read) == (True, [21, 22], 0)
    assert (conversation.replied, conversation.last_msg) == (True, "Is there parking?")
    assert conversation.last_inbound == int(latest.date.timestamp())
    ((kind, data),) = told()
    assert kind == "message_recieved"
    assert (data["id"], data["target"], data["conversation"]["id"]) == (stored["id"], ADA, 601)
    assert not [name for name in (*data, *data["conversation"]) if name.startswith("_")]


def test_a_new_contact_writes_to_the_first_inbox_or_to_the_one_that_is_named(hm: Any, state: State, told: Told) -> None:
    messaging.receive(state, NEW, "Hello?")
    messaging.receive(state, "15555551901", "Help!", inbox_id=SUPPORT)

    assert texts(hm, NEW) == ["Hello?"]
    assert texts(hm, "15555551901", SUPPORT) == ["Help!"]
    assert [kind for kind, _ in told()] == ["chat_opened", "message_recieved"] * 2


def test_a_reply_goes_to_the_inbox_that_wrote_last(hm: Any, state: State) -> None:
    hm.messages.send(inbox_id=SUPPORT, creator_id=21, phone_number=ADA, text="How was it?")

    messaging.receive(state, ADA, "Lovely!")

    assert texts(hm, ADA, SUPPORT) == ["Lovely!", "How was it?"]


def test_a_reply_opens_a_closed_conversation(hm: Any, state: State, told: Told) -> None:
    messaging.receive(state, "15555550103", "One key is missing")

    assert hm.conversations.get(605).status == "open"
    assert [kind for kind, _ in told()] == ["chat_opened", "message_recieved"]


@pytest.mark.parametrize("word", ["STOP", " stop ", "Unsubscribe", "quit"])
def test_stop_opts_out_and_start_opts_in(hm: Any, state: State, told: Told, word: str) -> None:
    messaging.receive(state, ADA, word)
    with pytest.raises(PermissionDeniedError):
        hm.messages.send(**FROM_ADA, phone_number=ADA, text="Hello")

    messaging.receive(state, ADA, "Start")
    hm.messages.send(**FROM_ADA, phone_number=ADA, text="Welcome back")

    kinds = [kind for kind, _ in told()]
    assert kinds == ["target_opt_out", "message_recieved", "target_opt_in", "message_recieved", "message_sent"]


def test_a_sentence_with_stop_in_it_stops_nothing(hm: Any, state: State) -> None:
    messaging.receive(state, ADA, "Please stop by at nine")

    assert hm.messages.send(**FROM_ADA, phone_number=ADA, text="I will").id


def test_no_event_tells_what_a_blocked_contact_writes(hm: Any, state: State, told: Told) -> None:
    hm.contacts.set_status(phone=ADA, status="blocked")
    hm.conversations.mark_read(inbox_id=FRONT_DESK, user_id=21, target=ADA)
    told()

    messaging.receive(state, ADA, "Hello?")

    latest = next(iter(hm.messages.history(phone_number=ADA, inbox_id=FRONT_DESK)))
    assert (latest.text, latest.hidden) == ("Hello?", True)
    conversation = hm.conversations.get(601)
    assert (conversation.blocked, conversation.unread, conversation.last_msg) == (True, False, "See you then.")
    assert told() == []


def test_a_blocked_contact_opts_out_and_in_without_an_event(hm: Any, state: State, told: Told) -> None:
    hm.contacts.set_status(phone=ADA, status="blocked")
    told()

    messaging.receive(state, ADA, "STOP")
    assert is_opted_out(find_by_phone(state, ADA) or {})
    messaging.receive(state, ADA, "START")
    assert not is_opted_out(find_by_phone(state, ADA) or {})
    assert told() == []


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"phone": "555-0100"}, "such as +1 555 555 0100"),
        ({"inbox_id": 999}, "There are: 31, 32"),
        ({"text": ""}, "writes a text"),
    ],
)
def test_an_impossible_reply_is_an_error_that_says_what_to_do(state: State, given: dict[str, Any], says: str) -> None:
    with pytest.raises(EmulatorError, match=says.replace("+", r"\+")):
        messaging.receive(state, **{"phone": ADA, "text": "Hello", **given})


def test_history_has_the_latest_fifty_and_goes_on_before_a_second(hm: Any, state: State) -> None:
    for number in range(70):
        state.clock.advance(1)
        messaging.receive(state, NEW, str(number))

    pages = list(hm.messages.history(phone_number=NEW, inbox_id=FRONT_DESK).pages())

    assert len(pages[0].items) == 50
    assert [message.text for page in pages for message in page.items] == [str(number) for number in range(69, -1, -1)]


def test_history_is_of_one_number_and_one_inbox(hm: Any) -> None:
    assert texts(hm, ADA)[0] == "See you then."
    assert texts(hm, ADA, SUPPORT) == []
    assert texts(hm, NEW) == []
    assert list(hm.messages.history(phone_number=ADA, inbox_id=FRONT_DESK, timestamp=1)) == []
    with pytest.raises(BadRequestError) as refused:
        list(hm.messages.history(phone_number=ADA, inbox_id=999))
    assert "inboxID" in refused.value.text


def test_lists_go_both_ways_and_counts_agree(hm: Any) -> None:
    newest = list(hm.messages.list(limit=4))
    oldest = list(hm.messages.list(limit=4, ascending=True))
    updated = list(hm.messages.list(order="updated_at"))

    assert [message.id for message in newest] == [message.id for message in reversed(oldest)]
    assert {message.id for message in newest} == {message.id for message in updated}
    assert hm.messages.count() == len(newest)
    middle = newest[5]
    assert hm.messages.count(date=middle.date) == len(newest) - 6


@pytest.mark.parametrize("limit", [0, -1])
def test_a_page_of_nothing_is_refused(hm: Any, limit: int) -> None:
    with pytest.raises(BadRequestError) as refused:
        list(hm.messages.list(limit=limit))
    assert "limit" in refused.value.text


def test_a_huge_page_is_all_there_is(hm: Any) -> None:
    assert len(list(hm.messages.list(limit=2**63 - 1))) == hm.messages.count()


def test_a_second_that_there_never_was_is_refused(hm: Any) -> None:
    with pytest.raises(BadRequestError) as refused:
        list(hm.messages.history(phone_number=ADA, inbox_id=FRONT_DESK, timestamp=10**17))
    assert "timestamp" in refused.value.text
