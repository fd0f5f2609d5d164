"""What is refused or corrected before anything is sent: targets, phone numbers, times, lists that are too long."""

from __future__ import annotations

import json
import math
import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import attrs
import pytest
from heymarket_openapi.operation import ValidationRules
from hypothesis import given, settings
from hypothesis import strategies as st

import heymarket
from heymarket import InvalidRequestError, models
from heymarket._validation import normalize_phone, validate
from tests.fakes import PHONE, Door, FakeClock, Script, answer, content_of

CIRCLE: list[Any] = []
CIRCLE.append(CIRCLE)
SENT = {"id": 701, "date": "2024-01-01T00:00:00Z"}


def sender(**arguments: Any) -> Any:
    return lambda hm: hm.messages.send(inbox_id=31, creator_id=21, **arguments)


def body_of(script: Script) -> Any:
    (send,) = script.sends
    return json.loads(content_of(send) or b"null")


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("15555550100", "15555550100"),
        ("+15555550100", "15555550100"),
        ("+1 (555) 555-0100", "15555550100"),
        ("1-555-555-0100", "15555550100"),
        ("+44 20.7946/0018", "442079460018"),
        ("+47 22 22 55 55", "4722225555"),
    ],
)
def test_phone_numbers_are_sent_as_the_service_wants_them(given: str, sent: str, door: Door) -> None:
    script = Script(answer(200, SENT))
    door(sender(phone_number=given, text="hi"), script=script)
    assert body_of(script)["phone_number"] == sent


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("(415) 555-0100", "fewer than 11 digits.*plus"),
        ("4155550100", "fewer than 11 digits"),
        ("0044 20 7946 0018", "not with 0"),
        ("+0 415 555 0100", "not with 0"),
        ("+1234567890123456", "7 to 15 digits"),
        ("+12345", "7 to 15 digits"),
        ("+49 (0)170 1234567", r"contains \(0\)"),
        ("+44 ( 0 ) 20 7946 0018", r"contains \(0\)"),
        ("ada@example.com", "is not a phone number"),
        ("+1 415 555 0100 x12", "is not a phone number"),
        ("+1555555010\u0660", "is not a phone number"),
        ("+", "is not a phone number"),
    ],
)
def test_numbers_that_could_reach_another_person_are_refused_and_not_repeated(
    number: str, reason: str, door: Door
) -> None:
    script = Script(answer(200, SENT))
    for arguments in ({"phone_number": number}, {"targets": ["+15555550100", number]}):
        with pytest.raises(InvalidRequestError, match=f"^{next(iter(arguments))}.*{reason}") as caught:
            door(sender(text="hi", **arguments), script=script)
        assert number not in str(caught.value)
    assert script.sends == []


def test_the_same_rules_are_there_for_keys_of_your_own() -> None:
    assert heymarket.normalize_phone("+1 (555) 555-0100") == heymarket.normalize_phone("1.555.555/0100") == PHONE
    with pytest.raises(InvalidRequestError, match=r"^phone has no plus and fewer than 11 digits"):
        heymarket.normalize_phone("555-0100")
    for nothing in (None, 15555550100):
        with pytest.raises(InvalidRequestError, match=r"^phone is not a string"):
            heymarket.normalize_phone(nothing)  # type: ignore[arg-type] # what is refused


def test_a_number_must_be_a_string(door: Door) -> None:
    script = Script(answer(200, SENT))
    with pytest.raises(InvalidRequestError, match="phone_number is not a string"):
        door(sender(text="hi", phone_number=15555550100), script=script)
    assert script.sends == []


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.text())
def test_any_string_is_a_phone_number_of_digits_or_refused(text: str) -> None:
    try:
        digits = normalize_phone(text)
    except InvalidRequestError:
        return
    assert isinstance(digits, str)
    assert digits.isascii()
    assert digits.isdecimal()
    assert 7 <= len(digits) <= 15


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"text": "hi"}, r"exactly one of phone_number, chat_id, list_id and targets\. Given: none"),
        ({"text": "hi", "phone_number": "15555550100", "chat_id": 1}, r"Given: phone_number and chat_id"),
        ({"text": "hi", "list_id": 1, "targets": ["15555550100"]}, r"Given: list_id and targets"),
        ({"text": "hi", "targets": []}, r"Given: none"),
        ({"phone_number": "15555550100"}, r"at least one of text, template_id, media_url and survey_id"),
        ({"phone_number": "15555550100", "text": ""}, r"at least one of text"),
    ],
)
def test_a_message_has_one_target_and_something_to_say(arguments: Any, complaint: str, door: Door) -> None:
    script = Script(answer(200, SENT))
    with pytest.raises(InvalidRequestError, match=complaint):
        door(sender(**arguments), script=script)
    assert script.sends == []


@pytest.mark.parametrize("content", [{"text": "hi"}, {"template_id": 1}, {"media_url": "https://example.com/a.png"}])
@pytest.mark.parametrize("target", [{"phone_number": "15555550100"}, {"chat_id": 1}, {"list_id": 1}])
def test_any_one_target_with_any_content_is_sent(target: Any, content: Any, door: Door) -> None:
    script = Script(answer(200, SENT))
    door(sender(**target, **content), script=script)
    assert body_of(script).items() >= {**target, **content}.items()


def scheduler(moment: Any) -> Any:
    return lambda hm: hm.schedules.create(
        inbox_id=31, phone_number="15555550100", content={"text": "later"}, execute_at=moment
    )


def test_a_schedule_is_on_a_quarter_hour_ahead_in_a_known_time_zone(door: Door, clock: FakeClock) -> None:
    now = datetime.fromtimestamp(clock.now, UTC)
    on_the_quarter = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=2, minutes=45)
    script = Script(answer(200, {"id": 901}))
    door(scheduler(on_the_quarter.astimezone(timezone(timedelta(hours=-7)))), script=script)
    assert datetime.fromisoformat(body_of(script)["execute_at"]) == on_the_quarter

    for moment, complaint in (
        (on_the_quarter.replace(tzinfo=None), "no time zone"),
        (on_the_quarter + timedelta(minutes=1), "quarter hour"),
        (on_the_quarter + timedelta(seconds=1), "quarter hour"),
        (on_the_quarter - timedelta(hours=4), "15 minutes ahead"),
        ("tomorrow", "execute_at holds a value of type str; it must be datetime"),
    ):
        script = Script(answer(200, {"id": 901}))
        with pytest.raises(InvalidRequestError, match=complaint):
            door(scheduler(moment), script=script)
        assert script.sends == []


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        (lambda hm: hm.messages.send(inbox_id=1, creator_id=1, list_id=3, text="a\ud800"), "text .* a lone surrogate"),
        (lambda hm: hm.request("POST", "/v1/x", json={"a": [{"b": math.nan}]}), r"a\[0\]\.b .* not a finite number"),
        (lambda hm: hm.request("POST", "/v1/x", json={"15555550100": {1}}), r"\(\.\.\.\) .* the type set"),
        (lambda hm: hm.request("POST", "/v1/x", json={"\ud800": 1}), "json .* a key that isn't a proper string"),
        (lambda hm: hm.request("POST", "/v1/x", json=object()), "json .* the type object"),
        (lambda hm: hm.request("POST", "/v1/x", json=CIRCLE), "can't be written as JSON"),
        (lambda hm: hm.request("GET", "/v1/x", params={"name": "\ud800"}), "params: name holds a lone surrogate"),
        (lambda hm: hm.request("GET", "/v1/x", params={"\ud800": "a"}), "params: a name holds a lone surrogate"),
        (lambda hm: hm.contacts.batch_create(contacts=[5]), r"type int; it must be list\[ContactV1Write\]"),
        (lambda hm: hm.contacts.batch_create(contacts=5), r"type int; it must be list\[ContactV1Write\]"),
        (lambda hm: hm.contacts.create_v1(phone="15555550100", tags=5), "tags .* int; it must be list"),
        (lambda hm: hm.contacts.create_v1(phone="15555550100", custom=5), "custom .* int; it must be CustomValues"),
    ],
)
def test_what_can_t_be_sent_is_named_and_not_shown(call: Any, problem: str, door: Door) -> None:
    script = Script(answer())
    with pytest.raises(InvalidRequestError, match=problem) as caught:
        door(call, script=script)
    assert script.sends == []
    assert PHONE not in str(caught.value)
    str(caught.value).encode()


def test_times_without_a_zone_are_refused_everywhere(door: Door) -> None:
    script = Script(answer(200, []))
    somewhere = datetime(2024, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(InvalidRequestError, match=r"^date has no time zone"):
        door(lambda hm: hm.tags.with_raw_response.list(date=somewhere), script=script)
    assert script.sends == []


def test_a_contact_has_five_tags_at_most(door: Door) -> None:
    def create(tags: int) -> Any:
        return lambda hm: hm.contacts.create_v1(phone="15555550100", tags=[{"tag_id": n} for n in range(tags)])

    script = Script(answer(200, {"id": 501}))
    door(create(5), script=script)
    assert len(body_of(script)["tags"]) == 5
    with pytest.raises(InvalidRequestError, match="tags has 6 items, and at most 5"):
        door(create(6), script=script)
    assert len(script.sends) == 1


def test_checks_reach_into_bodies_that_are_lists(door: Door) -> None:
    script = Script(answer(200, []))
    contacts = [{"phone": "+1 555 555 0100"}, {"phone": "4155550100"}]
    door(lambda hm: hm.contacts.batch_create(contacts=contacts[:1]), script=script)
    assert body_of(script) == [{"phone": "15555550100"}]
    with pytest.raises(InvalidRequestError, match=r"phone has no plus and fewer than 11 digits"):
        door(lambda hm: hm.contacts.batch_create(contacts=contacts), script=script)


def test_what_is_given_is_not_changed(door: Door) -> None:
    contact = {"phone": "+1 555 555 0100", "tags": [{"tag_id": 1}]}
    door(lambda hm: hm.contacts.batch_create(contacts=[contact]), script=Script(answer(200, [])))
    assert contact == {"phone": "+1 555 555 0100", "tags": [{"tag_id": 1}]}


@pytest.mark.parametrize("kind", [list, tuple])
def test_lists_and_tuples_are_checked_alike_and_left_alone(kind: Any, door: Door) -> None:
    targets = kind(["+47 12 34 56 78", "+1 555 555 0100"])
    before = kind(targets)
    for _ in range(2):
        script = Script(answer(200, SENT))
        door(sender(text="hi", targets=targets), script=script)
        assert body_of(script)["targets"] == ["4712345678", "15555550100"]
    assert targets == before
    with pytest.raises(InvalidRequestError, match="targets"):
        door(sender(text="hi", targets=kind(["junk"])), script=Script(answer(200, SENT)))


def test_a_channel_s_value_is_checked_where_its_type_is_phone(door: Door) -> None:
    contact = "00000000-0000-4000-8000-000000000001"

    def add(value: str, kind: str = "phone") -> Any:
        return lambda hm: hm.contact_channels.create(contact, channel_type=kind, channel_id=value)

    script = Script(answer(200, []))
    door(add("+1 555 555 0100"), script=script)
    assert body_of(script)["channel_id"] == "15555550100"
    door(add("ada@example.com", "email"), script=Script(answer(200, [])))
    with pytest.raises(InvalidRequestError, match="channel_id has no plus and fewer than 11 digits"):
        door(add("(415) 555-0100"), script=Script(answer(200, [])))

    def create(hm: Any) -> Any:
        return hm.contacts.create(
            contact_channels=[
                {"channel_type": "email", "channel_id": "ada@example.com"},
                {"channel_type": "phone", "channel_id": "+1 555 555 0100"},
            ]
        )

    script = Script(answer(200, {"id": 501}))
    door(create, script=script)
    assert [channel["channel_id"] for channel in body_of(script)["contact_channels"]] == [
        "ada@example.com",
        "15555550100",
    ]

    def search(*values: str) -> Any:
        return lambda hm: hm.contacts.search(contact_channels=[{"channel_type": "phone", "channel_ids": [*values]}])

    script = Script(answer(200, []))
    door(search("+1 555 555 0100", "+47 12 34 56 78"), script=script)
    assert body_of(script)["contact_channels"][0]["channel_ids"] == ["15555550100", "4712345678"]
    with pytest.raises(InvalidRequestError, match="channel_ids"):
        door(search("555-0100"), script=Script(answer(200, [])))


def test_a_string_is_no_list_of_numbers(door: Door) -> None:
    with pytest.raises(InvalidRequestError, match="targets must be a list"):
        door(sender(text="hi", targets="15555550100"), script=Script(answer(200, SENT)))


def test_checks_apply_to_queries_too(door: Door) -> None:
    def history(number: str) -> Any:
        return lambda hm: hm.messages.with_raw_response.history(phone_number=number, inbox_id=31)

    script = Script(answer(200, []))
    door(history("+1 555 555 0100"), script=script)
    assert "phoneNumber=15555550100" in script.sends[0].url
    with pytest.raises(InvalidRequestError, match=r"^phone_number is not"):
        door(history("555-0100 ext"), script=script)


def test_lists_in_the_query_and_whole_bodies_are_checked_too() -> None:
    def check(rules: ValidationRules, body: Any, params: dict[str, Any]) -> Any:
        return validate(rules, body, params, now=0.0)

    params = {"numbers": ["+1 555 555 0100"], "odd[]": ["+47 12 34 56 78"]}
    check(ValidationRules(formats={"?numbers[]": "phone", "?odd[][]": "phone"}), None, params)
    assert params == {"numbers": ["15555550100"], "odd[]": ["4712345678"]}
    with pytest.raises(InvalidRequestError, match=r"^The body has 3 items, and at most 2"):
        check(ValidationRules(at_most={"": 2}), [1, 2, 3], {})
    assert check(ValidationRules(at_most={"": 2}), [1, 2], {}) == [1, 2]


def test_a_mapping_may_stand_for_a_model_and_wrong_types_say_so(door: Door) -> None:
    script = Script(answer(200, {"id": 1}))
    door(lambda hm: hm.templates.create(title="Hello", content={"text": "Hi {{first_name}}"}), script=script)
    assert body_of(script).items() >= {"title": "Hello", "content": {"text": "Hi {{first_name}}"}}.items()
    with pytest.raises(InvalidRequestError, match="content holds a value of type str; it must be GalleryContentWrite"):
        door(lambda hm: hm.templates.create(title="Hello", content="Hi"), script=script)
    assert len(script.sends) == 1


@pytest.mark.parametrize(
    ("call", "mapping"),
    [
        (
            lambda hm: hm.schedules.create(inbox_id=1, execute_at=datetime(2030, 1, 1, tzinfo=UTC), content="Hi"),
            'ScheduledContentWrite; as a mapping, ScheduledContentWrite is {"text": ..., "to": ..., "template": ...,',
        ),
        (lambda hm: hm.contacts.batch_create(contacts=[5]), '; as a mapping, ContactV1Write is {"'),
        (
            lambda hm: hm.contacts.create_v1(phone="15555550100", custom=5),
            "it must be CustomValuesWrite. Its docstring",
        ),
    ],
)
def test_a_wrong_type_in_place_of_a_model_says_what_a_mapping_would_hold(call: Any, mapping: str, door: Door) -> None:
    with pytest.raises(InvalidRequestError, match=re.escape(mapping)):
        door(call, script=Script())


def test_a_wrong_type_is_named_the_same_after_a_library_has_resolved_the_models_types(door: Door) -> None:
    attrs.resolve_types(models.TemplateWrite)
    with pytest.raises(InvalidRequestError, match="content holds a value of type str; it must be GalleryContentWrite"):
        door(lambda hm: hm.templates.create(title="Hello", content="Hi"), script=Script())
