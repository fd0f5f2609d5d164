"""What a delivery becomes."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import attrs
import pytest

import heymarket
from heymarket import UNSET, description, models
from heymarket.webhooks import (
    CallEvent,
    ConversationEvent,
    Event,
    MessageEvent,
    OptEvent,
    UnknownEvent,
    parse,
)
from tests.webhooks.deliveries import CONVERSATION, MESSAGE, PHONE, SAID, TOKEN, UNSUBSCRIBED, delivery

CLASSES: dict[str, type[Event]] = {
    "Message": MessageEvent,
    "Conversation": ConversationEvent,
    "UnSubscribed": OptEvent,
    "nothing known": CallEvent,
}
DATA = {"Message": MESSAGE, "Conversation": CONVERSATION, "UnSubscribed": UNSUBSCRIBED, "nothing known": {"id": 5}}


def described() -> dict[str, str]:
    """The types of the description, each with the schema of its data."""
    schemas = description.load()["components"]["schemas"]
    known: dict[str, str] = schemas["WebhookEvent"]["x-heymarket-event-data"]
    types: list[str] = schemas["WebhookEventType"]["anyOf"][0]["enum"]
    return {type_: known.get(type_, "nothing known") for type_ in types}


def event(type_: str = "message_recieved", data: Any = MESSAGE, **members: Any) -> Event:
    return parse(delivery(type_, data, **members), token=TOKEN)


@pytest.mark.parametrize(("type_", "schema"), sorted(described().items()))
def test_every_described_type_has_its_event(type_: str, schema: str) -> None:
    got = event(type_, DATA[schema])
    assert type(got) is CLASSES[schema]
    assert got.type == type_
    assert got.configuration_id == 91
    assert got.data == DATA[schema]
    assert got.additional_properties == {}
    assert not got.is_old_shape


def test_the_description_has_as_many_types_as_were_seen() -> None:
    assert len(described()) == 12


def test_a_message_is_the_model_with_its_times_read_and_the_rest_unset() -> None:
    got = event()
    assert isinstance(got, MessageEvent)
    assert isinstance(got.message, models.Message)
    assert (got.message.id, got.message.text) == (701, SAID)
    assert got.message.date == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert got.message.author is UNSET


def test_a_conversation_is_the_model() -> None:
    got = event("chat_closed", CONVERSATION)
    assert isinstance(got, ConversationEvent)
    assert isinstance(got.conversation, models.Conversation)
    assert got.conversation.assigned == 21


def test_events_can_be_matched() -> None:
    match event():
        case MessageEvent(is_received=True, message=models.Message(text=text)):
            assert text == SAID
        case _:
            pytest.fail("no match")


@pytest.mark.parametrize(
    ("type_", "received"), [("message_recieved", True), ("message_received", True), ("message_sent", False)]
)
def test_the_sender_is_known_in_any_spelling(type_: str, *, received: bool) -> None:
    got = event(type_)
    assert isinstance(got, MessageEvent)
    assert got.is_received is received


def test_an_unknown_type_is_kept() -> None:
    got = event("form_submitted", {"id": 3, "answers": [1]}, sent_at="now")
    assert type(got) is UnknownEvent
    assert (got.type, got.data) == ("form_submitted", {"id": 3, "answers": [1]})
    assert got.additional_properties == {"sent_at": "now"}


@pytest.mark.parametrize("type_", [..., None, 7, ["message_sent"]])
def test_no_type_costs_nothing_but_the_kind(type_: Any) -> None:
    got = parse(delivery(type=type_), token=TOKEN)
    assert type(got) is UnknownEvent
    assert got.type == ""
    assert got.data == MESSAGE
    assert got.additional_properties == ({} if type_ is ... else {"type": type_})


@pytest.mark.parametrize("data", [..., None, "text", 5, [MESSAGE], True])
@pytest.mark.parametrize("type_", ["message_sent", "chat_opened", "target_opt_out", "incoming_call", "other"])
def test_data_that_is_no_object_is_kept_beside(type_: str, data: Any) -> None:
    got = event(type_, data)
    kinds: dict[str, type[Event]] = {"target_opt_out": OptEvent, "incoming_call": CallEvent}
    assert type(got) is kinds.get(type_, UnknownEvent), "no message and no conversation is made up"
    assert got.data == {}
    assert got.additional_properties == ({} if data is ... else {"event_data": data})


@pytest.mark.filterwarnings("ignore::heymarket.HeymarketDriftWarning")
def test_undescribed_fields_and_types_that_do_not_fit_are_kept() -> None:
    data = {"id": "701", "text": 5, "date": "yesterday-ish", "brand_new": 1, "conversation": "none"}
    got = event(data=data)
    assert isinstance(got, MessageEvent)
    assert got.message.to_dict() == data
    assert got.message["brand_new"] == 1


@pytest.mark.parametrize(
    ("id_", "kept"), [(91, 91), ("91", "91"), (..., None), (None, None), (True, None), ([], None), ("", None)]
)
def test_the_configuration_is_a_number_or_a_string_or_not_known(id_: Any, kept: Any) -> None:
    got = event(id=id_)
    assert got.configuration_id == kept
    assert ("id" in got.additional_properties) == (kept is None and id_ is not ...)


class TestOldShape:
    """Of an earlier guide (D34): `event` for `type`, and two names of its own."""

    @pytest.mark.parametrize(
        ("type_", "data", "kind"),
        [
            ("message_received", MESSAGE, MessageEvent),
            ("message_sent", MESSAGE, MessageEvent),
            ("chat_updated", CONVERSATION, ConversationEvent),
        ],
    )
    def test_event_replaces_type(self, type_: str, data: Any, kind: type[Event]) -> None:
        got = event(data=data, type=..., event=type_)
        assert type(got) is kind
        assert got.type == type_
        assert got.is_old_shape
        assert got.additional_properties == {}

    @pytest.mark.parametrize("type_", ["message_received", "chat_updated"])
    def test_the_old_names_are_flagged_wherever_they_stand(self, type_: str) -> None:
        assert event(type_).is_old_shape

    def test_what_it_may_hold_instead_of_event_data_is_kept(self) -> None:
        got = event(data=..., type=..., event="message_received", message=MESSAGE)
        assert type(got) is UnknownEvent
        assert got.is_old_shape
        assert got.additional_properties == {"message": MESSAGE}

    def test_type_takes_precedence_over_event(self) -> None:
        got = event("message_sent", event="chat_updated")
        assert (got.type, got.is_old_shape) == ("message_sent", False)
        assert got.additional_properties == {"event": "chat_updated"}


class TestDedupKey:
    """The same for a repeat, another for everything else."""

    def test_a_message_has_its_type_and_id(self) -> None:
        assert event().dedup_key == "message_recieved:701"

    def test_the_configuration_is_no_part_of_it(self) -> None:
        assert event(id=91).dedup_key == event(id=92).dedup_key
        assert event().dedup_key != event(data={**MESSAGE, "id": 702}).dedup_key

    def test_a_message_that_has_changed_meanwhile_is_a_repeat(self) -> None:
        assert event(data={**MESSAGE, "status": "read"}).dedup_key == event().dedup_key

    def test_both_spellings_and_both_kinds_of_id_are_one(self) -> None:
        old = event(data={**MESSAGE, "id": "701"}, type=..., event="message_received")
        assert old.dedup_key == event().dedup_key

    def test_what_happened_is_part_of_it(self) -> None:
        keys = {event(type_).dedup_key for type_ in described()}
        assert len(keys) == 12

    @pytest.mark.parametrize(
        ("type_", "data"), [("chat_opened", CONVERSATION), ("target_opt_out", {"id": 9, "date": 1})]
    )
    def test_a_second_time_is_no_repeat(self, type_: str, data: dict[str, Any]) -> None:
        first, again = event(type_, data), event(type_, dict(reversed(data.items())))
        later = event(type_, {**data, "updated": "2024-01-03T00:00:00Z"})
        assert first.dedup_key == again.dedup_key, "the order of members is no difference"
        assert first.dedup_key.startswith(f"{type_}:{data['id']}:")
        assert first.dedup_key != later.dedup_key, "a receiver that remembers keys must not miss the second closing"

    @pytest.mark.parametrize("id_", [..., None, "", True, 1.5, {}])
    def test_without_an_inner_id_the_data_are_hashed(self, id_: Any) -> None:
        data = {name: value for name, value in {**MESSAGE, "id": id_}.items() if value is not ...}
        one, same, other = event(data=data), event(data=data), event(data={**data, "text": "else"})
        assert one.dedup_key == same.dedup_key != other.dedup_key

    def test_the_hash_is_the_same_in_each_version(self) -> None:
        assert event("chat_closed", {"id": 9}).dedup_key == "chat_closed:9:148f3a5adb6d6526f318e9b44644afe5"

    def test_other_fields_are_hashed_when_there_are_no_data(self) -> None:
        one, other = (event("x", data=..., payload=payload) for payload in (1, 2))
        assert one.dedup_key != other.dedup_key

    @pytest.mark.parametrize("odd", ["a:b", "x" * 5000, "a\nb", "\ud800", "ü", " "])
    def test_odd_strings_make_plain_keys_of_their_own(self, odd: str) -> None:
        keys = {event(odd).dedup_key, event(data={"id": odd}).dedup_key, event("chat_closed", {"id": odd}).dedup_key}
        assert len(keys) == 3
        for key in keys:
            assert key.isascii()
            assert len(key) < 200
            assert not set(key) & set(" \n")

    def test_a_colon_cannot_make_two_events_one(self) -> None:
        assert event("message_sent", {"id": "1:2"}).dedup_key != event("message_sent:1", {"id": "2"}).dedup_key

    def test_it_holds_no_phone_number_that_is_no_id(self) -> None:
        for type_, schema in described().items():
            assert PHONE not in event(type_, DATA[schema]).dedup_key


def test_events_are_frozen() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        event().type = "other"  # type: ignore[misc] # what is tested


@pytest.mark.parametrize("type_", [*described(), "unknown"])
def test_events_survive_pickle_copy_and_comparison(type_: str) -> None:
    one = event(type_, {**MESSAGE, "more": {"deep": [1]}}, extra=1)
    for other in (pickle.loads(pickle.dumps(one)), copy.deepcopy(one), event(type_, dict(one.data), extra=1)):
        assert other == one
    assert one != event(type_, {**MESSAGE, "more": 2})


@pytest.mark.parametrize("type_", [*described(), "unknown"])
def test_a_repr_says_what_it_is_and_not_what_was_said(type_: str) -> None:
    shown = repr(event(type_, {**MESSAGE, "target": PHONE}, note=SAID))
    assert f"type='{type_}'" in shown
    assert "dedup_key=" in shown
    for secret in (SAID, PHONE, TOKEN):
        assert secret not in shown


@pytest.mark.parametrize("kind", [bytes, bytearray, bytes.decode])
def test_the_body_may_be_bytes_or_text(kind: Any) -> None:
    assert parse(kind(delivery()), token=TOKEN) == event()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_any_encoding_that_json_may_have_is_read(encoding: str) -> None:
    assert parse(delivery().decode().encode(encoding), token=TOKEN) == event()


def test_the_example_of_the_description_is_a_delivery() -> None:
    example = description.load()["components"]["schemas"]["WebhookEvent"]["example"]
    got = parse(json.dumps(example), token=example["token"])
    assert isinstance(got, MessageEvent)
    assert got.message.text == "Hello!"


def test_they_are_reached_from_the_package() -> None:
    assert heymarket.webhooks.parse is parse
    assert "webhooks" in dir(heymarket)
    assert set(heymarket.webhooks.__all__) <= set(dir(heymarket.webhooks))


def test_nothing_heavy_is_loaded_for_them() -> None:
    probe = "import sys, heymarket\nheymarket.webhooks.parse\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    heavy = {"httpx", "jwt", "starlette", "flask", "django", "asyncio", "heymarket_openapi.models.message"}
    assert loaded.isdisjoint(heavy | {"heymarket.client", "heymarket_openapi.resources"})
