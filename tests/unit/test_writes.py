"""Writes that can't double, and answers that say little: `local_id`, counts, "ok"."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest

from heymarket import APIConnectionError, APIResponseValidationError, InternalServerError, InvalidRequestError
from heymarket._messages import FailureKind, TransportFailure
from tests.fakes import Door, FakeClock, Script, answer, content_of

BROKEN = TransportFailure(FailureKind.LOST, "the connection broke before the answer was whole", sent=True)
SENT = answer(200, {"id": 701})


def send(**more: Any) -> Any:
    return lambda hm: hm.messages.send(inbox_id=31, creator_id=21, phone_number="15555550100", text="hi", **more)


def local_ids(script: Script) -> list[str]:
    return [json.loads(content_of(request))["local_id"] for request in script.sends]


@pytest.mark.parametrize("first", [BROKEN, answer(503), answer(500), answer(408)])
def test_a_message_is_sent_again_under_the_same_local_id(first: Any, door: Door, clock: FakeClock) -> None:
    script = Script(first, first, SENT)
    door(send(), script=script)
    assert len(local_ids(script)) == 3
    (local_id,) = {*local_ids(script)}
    assert UUID(local_id).version == 4


def test_every_message_has_a_local_id_of_its_own_unless_one_is_given(door: Door) -> None:
    ids: set[str] = set()
    for _ in range(3):
        script = Script(SENT)
        door(send(), script=script)
        ids |= {*local_ids(script)}
    assert len(ids) == 3

    script = Script(SENT)
    door(send(local_id="order-17"), script=script)
    assert local_ids(script) == ["order-17"]


def test_a_local_id_is_a_string_or_a_uuid_and_not_empty(door: Door) -> None:
    script = Script(SENT)
    own = UUID("00000000-0000-4000-8000-00000000a001")
    door(send(local_id=own), script=script)
    assert local_ids(script) == [str(own)]
    wrongs: list[Any] = ["", " ", 0, 17, []]
    for wrong in wrongs:
        with pytest.raises(InvalidRequestError, match="local_id must be a string"):
            door(send(local_id=wrong), script=Script(SENT))


def test_a_message_whose_outcome_stays_unknown_says_so(door: Door, clock: FakeClock) -> None:
    script = Script(BROKEN)
    with pytest.raises(APIConnectionError, match="may have taken effect") as caught:
        door(send(), script=script)
    assert caught.value.outcome_unknown
    assert caught.value.attempts == 3


def test_a_list_needs_no_local_id_from_the_caller(door: Door) -> None:
    script = Script(answer(200, {"id": 41}))
    door(lambda hm: hm.lists.create(title="Friends", phones=["+1 555 555 0100"]), script=script)
    assert UUID(local_ids(script)[0]).version == 4
    assert json.loads(content_of(script.sends[0]))["phones"] == ["15555550100"]


def test_writes_that_the_service_would_not_know_again_are_sent_once(door: Door, clock: FakeClock) -> None:
    for first, error in ((BROKEN, APIConnectionError), (answer(503), InternalServerError)):
        script = Script(first, answer(200, {"id": 91}))
        with pytest.raises(error):
            door(lambda hm: hm.tags.create(tag="vip"), script=script)
        assert len(script.sends) == 1


@pytest.mark.parametrize("wire", [b"42", b'"42"', b'{"count": 42}', b' "42" \n'])
def test_a_count_is_a_number_however_it_comes(wire: bytes, door: Door) -> None:
    assert door(lambda hm: hm.messages.count(), script=Script(answer(200, wire))) == 42


@pytest.mark.parametrize("wire", [b'"many"', b"true", b"[42]", b"null", b"", b"4.5", b'{"a": 1, "b": 2}', b'"-1"'])
def test_what_is_no_count_is_an_error_that_keeps_the_body(wire: bytes, door: Door) -> None:
    with pytest.raises(APIResponseValidationError) as caught:
        door(lambda hm: hm.contacts.count(), script=Script(answer(200, wire)))
    assert caught.value.content == wire


@pytest.mark.parametrize("wire", [b'"ok"', b'"success"', b"", b"{}", b"null", b"<html>", b'{"id": 1}'])
def test_a_write_without_a_useful_response_returns_none(wire: bytes, door: Door) -> None:
    for call in (
        lambda hm: hm.conversations.close(inbox_id=31, user_id=21, chat_id=601),
        lambda hm: hm.contacts.delete("00000000-0000-4000-8000-000000000001"),
        lambda hm: hm.tags.delete(61),
    ):
        assert door(call, script=Script(answer(200, wire))) is None


def test_ok_in_place_of_a_list_is_an_empty_list(door: Door) -> None:
    def batch(hm: Any) -> Any:
        return hm.contacts.batch_create(contacts=[{"phone": "15555550100"}])

    assert door(batch, script=Script(answer(200, b'"ok"'))) == []
    with pytest.raises(APIResponseValidationError):
        door(batch, script=Script(answer(200, b'"not ok"')))


def test_a_delete_holds_a_body_only_if_there_is_something_in_it(door: Door) -> None:
    script = Script(answer(200, {"deleted": True, "id": 41}))
    door(lambda hm: hm.lists.delete(41), script=script)
    door(lambda hm: hm.lists.delete(41, contact_ids=[501]), script=script)
    assert [request.body for request in script.sends] == [None, b'{"contact_ids":[501]}']
