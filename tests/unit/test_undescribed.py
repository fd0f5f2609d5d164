"""Fields that aren't described, such as misspelt ones, are noticed before anything is sent; new ones can be sent."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from heymarket import APIResponseValidationError, InvalidRequestError, models
from tests.fakes import PHONE, Door, Script, answer, content_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Call = Callable[[Any], Any]

LATER = datetime(2030, 1, 1, tzinfo=UTC)
CIRCLE: list[Any] = []
CIRCLE.append(CIRCLE)
UUID = "00000000-0000-4000-8000-00000000c001"


def batch(*contacts: Any, **options: Any) -> Call:
    return lambda hm: hm.contacts.batch_create(contacts=contacts, **options)


def schedule(content: Any) -> Call:
    return lambda hm: hm.schedules.create(inbox_id=31, phone_number=PHONE, execute_at=LATER, content=content)


def from_dict(model: Any, **fields: Any) -> Any:
    return model.from_dict(fields)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            batch({"phone": PHONE}, {"phone": PHONE, "first_name": "Ada"}),
            "contacts[1].first_name is not described. Did you mean first? To send it all the same, pass "
            "allow_undescribed=True.",
        ),
        (batch({"phone": PHONE, "First": "Ada"}), "contacts[0].First is not described. Did you mean first?"),
        (batch(from_dict(models.ContactV1Write, phone=PHONE, frist="Ada")), "contacts[0].frist is not described."),
        (
            batch({"phone": PHONE, "tags": [{"tag": 5}]}),
            "contacts[0].tags[0].tag is not described. Did you mean tag_id?",
        ),
        (
            lambda hm: hm.conversations.with_raw_response.list(id=21, filters={"clsoed": True}),
            "filters.clsoed is not described. Did you",
        ),
        (
            lambda hm: hm.contacts.search(contact_channels=[{"type": "phone", "value": PHONE}]),
            "contact_channels[0].type is not described. Did you mean channel_type?",
        ),
        (
            lambda hm: hm.contacts.search(contact_channels=[{"qqq": 1}]),
            "contact_channels[0].qqq is not described. Its fields are channel_type, channel_ids.",
        ),
        (schedule({"txet": "hi"}), "content.txet is not described. Did you mean text?"),
        (schedule({"text": "hi", "gallery": [{"urll": "https://x"}]}), "content.gallery[0].urll is not described."),
        (
            lambda hm: hm.contacts.update(UUID, tags=[{"tag_id": 1, "tag-id": 1}]),
            "tags[0].tag-id is not described. Did you mean tag_id?",
        ),
        (
            lambda hm: hm.contacts.patch(UUID, tags=[{"tagid": 1}]),
            "tags[0].tagid is not described. Did you mean tag_id?",
        ),
        (
            lambda hm: hm.lists.create_v1(title="VIP", members={PHONE: {"first": "Ada"}}),
            "members.(...).first is not described.",
        ),
        (
            lambda hm: hm.contacts.with_raw_response.batch_create(contacts=[{"fone": 1}]),
            "contacts[0].fone is not described. Did you mean phone?",
        ),
        (
            lambda hm: hm.conversations.with_raw_response.list(id=21, filters={"closed": True, "inboxs": [31]}),
            "filters.inboxs is not described. Did you mean inboxes?",
        ),
    ],
)
def test_a_field_that_is_not_described_is_refused_with_the_nearest_name(call: Call, message: str, door: Door) -> None:
    script = Script(answer(200, {"id": 1}))
    with pytest.raises(InvalidRequestError) as raised:
        door(call, script=script)
    assert str(raised.value).startswith(message)
    assert not [send for send in script.sends if send.method != "GET"]


@pytest.mark.parametrize("name", [PHONE, "Ada Lovelace", "a" * 41, "1", "", "ключ", "sk_live_1234567890"])
def test_a_name_that_may_be_personal_is_not_shown(name: str, door: Door) -> None:
    with pytest.raises(InvalidRequestError, match=r"^contacts\[0\]\.\(\.\.\.\) is not described") as raised:
        door(batch({"phone": PHONE, name: "x"}), script=Script())
    assert not name or len(name) < 2 or name not in str(raised.value)


def test_no_frame_of_the_error_holds_the_body(door: Door) -> None:
    with pytest.raises(InvalidRequestError) as raised:
        door(batch({"phone": PHONE, "first_name": "Ada"}), script=Script())
    frames = raised.traceback
    assert not any(PHONE in repr(frame.frame.raw.f_locals.get("body")) for frame in frames)


def body_of(script: Script) -> Any:
    (send,) = script.sends
    return json.loads(content_of(send) or b"null")


@pytest.mark.parametrize(
    "call",
    [
        batch({"phone": PHONE, "vip": True}, allow_undescribed=True),
        lambda hm: hm.with_options(allow_undescribed=True).contacts.batch_create(
            contacts=[{"phone": PHONE, "vip": True}]
        ),
        lambda hm: hm.contacts.with_raw_response.batch_create(
            contacts=[{"phone": PHONE, "vip": True}], allow_undescribed=True
        ),
        batch(from_dict(models.ContactV1Write, phone=PHONE, vip=True), allow_undescribed=True),
    ],
    ids=["call", "light client", "raw", "model"],
)
def test_a_new_field_can_be_sent(call: Call, door: Door) -> None:
    script = Script(answer(200, []))
    door(call, script=script)
    assert body_of(script) == [{"phone": PHONE, "vip": True}]


def test_a_client_may_allow_it_for_all_its_calls_and_a_light_one_forbid_it_again(door: Door) -> None:
    script = Script(answer(200, []), answer(200, []))
    call = batch({"phone": PHONE, "vip": True})
    door(call, script=script, allow_undescribed=True)
    with pytest.raises(InvalidRequestError, match="vip"):
        door(lambda hm: call(hm.with_options(allow_undescribed=False)), script=script, allow_undescribed=True)
    door(lambda hm: call(hm.with_options(timeout=5)), script=script, allow_undescribed=True)


@pytest.mark.parametrize(
    "call",
    [
        batch({"phone": PHONE, "custom": {"101": "Gold", "favourite colour": "red"}}),
        lambda hm: hm.schedules.create(
            inbox_id=31, execute_at=LATER, content={"text": "hi"}, targets=[{"phone": PHONE, "any": 1}]
        ),
        lambda hm: hm.lists.create_v1(title="VIP", members={PHONE: {"f": "Ada", "l": "Example"}}),
        lambda hm: hm.contacts.patch(UUID, custom={"101": "Gold"}),
    ],
    ids=["custom values", "any field", "members of a list", "patch"],
)
def test_names_that_the_caller_chooses_are_left_alone(call: Call, door: Door) -> None:
    with suppress(APIResponseValidationError):  # of a list, which is no matter here
        door(call, script=Script(answer(200, {"id": 1}), answer(200, {"id": 1})))


def test_a_list_that_holds_itself_is_refused(door: Door) -> None:
    with pytest.raises(InvalidRequestError, match="can't be written as JSON"):
        door(lambda hm: hm.templates.create(title="Hello", content={"gallery": CIRCLE}), script=Script())


def test_an_undescribed_call_is_left_alone(door: Door) -> None:
    script = Script(answer(200, {}))
    door(lambda hm: hm.request("POST", "/v1/contact", json={"first_name": "Ada"}), script=script)
    assert body_of(script) == {"first_name": "Ada"}


def test_only_methods_that_take_fields_in_mappings_have_the_option() -> None:
    from inspect import signature

    from heymarket import Heymarket

    hm = Heymarket("an-id-1", "a-key-2")
    assert "allow_undescribed" in signature(hm.contacts.create).parameters
    assert "allow_undescribed" in signature(hm.contacts.batch_create).parameters
    assert "allow_undescribed" not in signature(hm.tags.create).parameters
    assert "allow_undescribed" not in signature(hm.contacts.get).parameters
