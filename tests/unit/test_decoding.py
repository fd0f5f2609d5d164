"""From a success to its typed result: soft where a field is odd, clear where the body can't be the thing."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from heymarket import UNSET, APIResponseValidationError
from heymarket._messages import FailureKind, TransportFailure
from tests.fakes import CHANNEL, CONTACT, PHONE, Door, Script, answer


def get(hm: Any) -> Any:
    return hm.contact_channels.get(CONTACT, "phone")


def test_odd_fields_do_not_cost_the_response(door: Door) -> None:
    body = {
        "id": "11",
        "contact_id": None,
        "channel_type": "whatsapp",
        "channel_id": 5,
        "channel_handle": None,
        "brand_new": {"a": 1},
    }
    channel = door(get, script=Script(answer(200, body)))
    assert channel.id == "11"
    assert channel.contact_id is None
    assert channel.channel_type == "whatsapp"
    assert channel.channel_id == 5
    assert channel.channel_handle is None
    assert channel.created is UNSET
    assert channel["brand_new"] == {"a": 1}


@pytest.mark.parametrize(
    ("body", "got"),
    [
        (b"", "an empty body"),
        (b"  ", "an empty body"),
        (b"<html>", "a body that is not JSON"),
        (b"[]", "a JSON array"),
        (b'"ok"', "a JSON string"),
        (b"5", "a JSON number"),
        (b"true", "a JSON boolean"),
        (b"null", "a JSON null"),
        (b"[" * 100_000, "a body that is not JSON"),
        (b'{"id": NaN}', "a body that is not JSON"),
        (b'{"id": -Infinity}', "a body that is not JSON"),
    ],
)
def test_a_body_that_cannot_be_the_thing_is_an_error(body: bytes, got: str, door: Door) -> None:
    script = Script(answer(200, body))
    with pytest.raises(APIResponseValidationError) as caught:
        door(get, script=script)
    error = caught.value
    assert (error.status_code, error.field, error.expected, error.got) == (200, "body", "ContactChannel", got)
    assert (error.content, error.request_id, error.attempts) == (body, "req-1", 1)
    assert "contact_channels.get" in str(error)
    assert len(script.sends) == 1, "a whole answer is not asked for again"
    assert pickle.loads(pickle.dumps(error)).got == got


def test_another_success_status_is_decoded_all_the_same(door: Door) -> None:
    assert door(get, script=Script(answer(203))).channel_id == PHONE


def test_an_oversized_or_garbled_body_is_not_asked_for_again(door: Door) -> None:
    for trouble in (FailureKind.TOO_LARGE, FailureKind.GARBLED):
        script = Script(TransportFailure(trouble, "the body is odd", sent=True, status=200, headers=answer().headers))
        with pytest.raises(APIResponseValidationError, match="the body is odd") as caught:
            door(get, script=script)
        assert (caught.value.status_code, caught.value.request_id, len(script.sends)) == (200, "req-1", 1)


def test_raw_response_gives_what_came_around_the_result(door: Door) -> None:
    script = Script(answer(503), answer())
    response = door(lambda hm: hm.contact_channels.with_raw_response.get(CONTACT, "phone"), script=script)
    assert response.parsed.channel_id == PHONE
    assert (response.status_code, response.request_id, response.attempts) == (200, "req-1", 2)
    assert response.headers["x-request-id"] == "req-1"
    assert PHONE.encode() in response.content
    assert response.elapsed > 0
    assert PHONE not in repr(response)


def test_an_undescribed_endpoint_gives_parsed_json(door: Door) -> None:
    def request(hm: Any) -> Any:
        return hm.request("GET", "/v1/inboxes", params={"a": True, "b": None, "c": [1, "x y"]})

    script = Script(answer(200, [{"id": 1}]))
    assert door(request, script=script) == [{"id": 1}]
    assert script.sends[0].url == "https://api.heymarket.com/v1/inboxes?a=true&c=1&c=x+y"
    assert door(request, script=Script(answer(204, b""))) is None
    assert door(request, script=Script(answer(200, "ok"))) == "ok"
    assert door(request, script=Script(answer(200, b"null"))) is None
    with pytest.raises(APIResponseValidationError, match="not JSON"):
        door(request, script=Script(answer(200, b"<html>")))
    response = door(lambda hm: hm.with_raw_response.request("GET", "/v1/x"), script=Script(answer(200, CHANNEL)))
    assert (response.parsed, response.attempts) == (CHANNEL, 1)


@pytest.mark.parametrize(
    ("charset", "body"),
    [
        ("iso-8859-1", '{"name": "Café"}'.encode("latin-1")),
        ("windows-1252", '{"name": "Café"}'.encode("cp1252")),
        ("iso-8859-1", '{"name": "Café"}'.encode()),  # JSON is UTF-8, whatever a server says
        ("unknown", '{"name": "Café"}'.encode()),
    ],
)
def test_json_in_another_charset_is_read(charset: str, body: bytes, door: Door) -> None:
    script = Script(answer(200, body, Content_Type=f"application/json; charset={charset}"))
    assert door(lambda hm: hm.team.get(), script=script).name == "Café"


def test_json_in_no_charset_that_is_named_is_refused(door: Door) -> None:
    body = '{"name": "Café"}'.encode("latin-1")
    for content_type in ("application/json", "application/json; charset=unknown"):
        with pytest.raises(APIResponseValidationError, match="not JSON"):
            door(lambda hm: hm.team.get(), script=Script(answer(200, body, Content_Type=content_type)))
