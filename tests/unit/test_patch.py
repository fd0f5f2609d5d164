"""`contacts.patch`: what isn't named stays."""

from __future__ import annotations

import json
from typing import Any

import pytest

from heymarket import APIConnectionError, InvalidRequestError, NotFoundError
from heymarket._messages import FailureKind, TransportFailure
from tests.fakes import CONTACT, Door, FakeClock, Script, answer, content_of

STORED = {
    "id": 501,
    "phone": "15555550100",
    "first": "Ada",
    "last": "Example",
    "display_name": "Ada E.",
    "email": "ada@example.com",
    "custom": {"101": "Gold"},
    "assigned_user_id": 21,
    "tags": [{"tag_id": 71, "color": "#fff"}],
    "is_opted_out": False,
    "avatar": "",
    "rev": 3,
}
WRITTEN = {
    "phone": "15555550100",
    "first": "Ada",
    "last": "Example",
    "display_name": "Ada E.",
    "email": "ada@example.com",
    "assignee_id": 21,
    "tags": [{"tag_id": 71}],
    "is_opted_out": False,
}
BROKEN = TransportFailure(FailureKind.LOST, "the connection broke before the answer was whole", sent=True)


@pytest.mark.parametrize(("contact", "path"), [(501, "/v1/contact/501"), (CONTACT, f"/v2/contact/{CONTACT}")])
def test_what_is_not_named_is_written_as_it_was_read(contact: Any, path: str, door: Door) -> None:
    script = Script(answer(200, STORED), answer(200, {"id": 501, "rev": 4}))
    result = door(lambda hm: hm.contacts.patch(contact, last="Lovelace", custom={"102": "x"}), script=script)
    assert result.rev == 4
    read, write = script.sends
    assert [(send.method, send.url.removeprefix("https://api.heymarket.com")) for send in (read, write)] == [
        ("GET", path),
        ("PUT", path),
    ]
    assert json.loads(content_of(write)) == {**WRITTEN, "last": "Lovelace", "custom": {"102": "x"}}


def test_a_contact_without_a_phone_number_can_be_patched_by_its_uuid(door: Door) -> None:
    script = Script(answer(200, {"id": 501, "email": "ada@example.com"}), answer(200, {"id": 501}))
    door(lambda hm: hm.contacts.patch(CONTACT, first="Ada"), script=script)
    assert json.loads(content_of(script.sends[1])) == {"email": "ada@example.com", "first": "Ada"}


def test_a_short_number_is_written_as_it_was_read(door: Door) -> None:
    script = Script(answer(200, {**STORED, "phone": "4712345678"}), answer(200, {"id": 501}))
    door(lambda hm: hm.contacts.patch(501, last="B"), script=script)
    assert json.loads(content_of(script.sends[1]))["phone"] == "4712345678"


def test_false_and_empty_changes_are_made(door: Door) -> None:
    script = Script(answer(200, {**STORED, "is_opted_out": True}), answer(200, {"id": 501}))
    door(lambda hm: hm.contacts.patch(501, is_opted_out=False, email="", tags=[]), script=script)
    assert json.loads(content_of(script.sends[1])) == {**WRITTEN, "email": "", "tags": []}


@pytest.mark.parametrize(
    ("stored", "changes", "complaint"),
    [
        (STORED, {}, "needs at least one change"),
        (STORED, {"surname": "x"}, "can't change surname"),
        ({"id": 501}, {"first": "Ada"}, "without a phone number"),
        ({**STORED, "tags": [{"name": "vip"}]}, {"first": "Ada"}, "tags were returned in a form"),
        ({**STORED, "tags": ["vip"]}, {"first": "Ada"}, "tags were returned in a form"),
        ({**STORED, "tags": {"a": 1}}, {"first": "Ada"}, "tags were returned in a form"),
        (STORED, {"phone": "4155550100"}, "fewer than 11 digits"),
    ],
)
def test_what_cannot_be_kept_is_said_before_anything_is_written(
    stored: Any, changes: Any, complaint: str, door: Door
) -> None:
    script = Script(answer(200, stored), answer(200, {"id": 501}))
    with pytest.raises(InvalidRequestError, match=complaint):
        door(lambda hm: hm.contacts.patch(501, **changes), script=script)
    assert "PUT" not in {send.method for send in script.sends}


def test_failures_are_those_of_the_read_and_of_the_write(door: Door, clock: FakeClock) -> None:
    with pytest.raises(NotFoundError):
        door(lambda hm: hm.contacts.patch(501, first="Ada"), script=Script(answer(404)))
    with pytest.raises(APIConnectionError) as caught:
        door(lambda hm: hm.contacts.patch(501, first="Ada"), script=Script(answer(200, STORED), BROKEN))
    assert caught.value.outcome_unknown
