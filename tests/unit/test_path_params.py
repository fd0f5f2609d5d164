"""What a path may hold."""

from __future__ import annotations

from enum import Enum
from typing import Any
from uuid import UUID

import pytest

from heymarket import ChannelType, InvalidRequestError
from tests.fakes import CONTACT, Door, Script, answer


def getter(contact_id: Any, channel_type: Any) -> Any:
    return lambda hm: hm.contact_channels.get(contact_id, channel_type)


class Number(Enum):
    SEVEN = 7


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        ("phone", "phone"),
        (ChannelType.EMAIL, "email"),
        ("line works", "line%20works"),
        ("línea", "l%C3%ADnea"),
        ("a?b#c&d=e%2", "a%3Fb%23c%26d%3De%252"),
        ("...", "..."),
        (7, "7"),
        (Number.SEVEN, "7"),
    ],
)
def test_values_are_percent_encoded(value: Any, sent: str, door: Door) -> None:
    script = Script(answer())
    door(lambda hm: hm.contact_channels.get(UUID(CONTACT), value), script=script)
    assert script.sends[0].url == f"https://api.heymarket.com/v2/contact/{CONTACT}/channel/{sent}"


@pytest.mark.parametrize(
    "value",
    ["", "  ", ".", "..", "%2e", "%2E%2e", ".%2E", "a/b", "a\\b", "a\nb", "phone\n", "\x00", "\x7f", "\x85", "\ud800"],
)
def test_values_that_could_leave_their_segment_are_refused_before_any_request(value: str, door: Door) -> None:
    script = Script(answer())
    for contact_id, channel_type in ((value, "phone"), (CONTACT, value)):
        with pytest.raises(InvalidRequestError) as caught:
            door(getter(contact_id, channel_type), script=script)
        assert ("contact_id" if contact_id is value else "channel_type") in str(caught.value)
        assert isinstance(caught.value, ValueError)
    assert script.sends == []


def test_a_number_that_no_id_has_is_refused(door: Door) -> None:
    script = Script(answer())
    for call in (getter(10**5000, "phone"), lambda hm: hm.request("GET", "/v1/tags", params={"page": 10**5000})):
        with pytest.raises(InvalidRequestError):
            door(call, script=script)
    assert script.sends == []


@pytest.mark.parametrize("value", [None, True, 1.5, b"phone", ["phone"], object()])
def test_values_of_other_types_are_refused(value: Any, door: Door) -> None:
    script = Script(answer())
    with pytest.raises(InvalidRequestError, match=f"not {type(value).__name__}"):
        door(lambda hm: hm.contact_channels.get(value, "phone"), script=script)
    assert script.sends == []


def test_the_message_does_not_repeat_the_value(door: Door) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        door(lambda hm: hm.contact_channels.get("15555550100/x", "phone"), script=Script(answer()))
    assert "15555550100" not in str(caught.value)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "v1/inboxes",
        "//evil.example/x",
        "/v1/../v2",
        "/v1/%2e%2E/x",
        "/v1//x",
        "/v1/x?a=1",
        "/v1/x#f",
        "/v1/ x",
        "/v1/..%2fadmin",
        "/v1/%00",
        "/a\\b",
    ],
)
def test_request_refuses_paths_that_are_not_one_plain_path(path: str, door: Door) -> None:
    script = Script(answer())
    with pytest.raises(InvalidRequestError, match="path"):
        door(lambda hm: hm.request("GET", path), script=script)
    assert script.sends == []


@pytest.mark.parametrize("body", [object(), float("nan"), {"a": {1, 2}}, "\ud800"])
def test_request_refuses_bodies_that_are_not_json(body: Any, door: Door) -> None:
    script = Script(answer())
    with pytest.raises(InvalidRequestError, match="JSON"):
        door(lambda hm: hm.request("POST", "/v1/tag", json=body), script=script)
    assert script.sends == []


@pytest.mark.parametrize("value", [b"b", {"a": 1}, {1, 2}, object(), float("nan"), [b"b"], (x for x in "ab")])
def test_request_refuses_parameters_that_are_no_plain_values(value: Any, door: Door) -> None:
    script = Script(answer())
    with pytest.raises(InvalidRequestError, match="params: a must be"):
        door(lambda hm: hm.request("GET", "/v1/tag", params={"a": value}), script=script)
    assert script.sends == []


def test_request_sends_plain_parameters_as_texts(door: Door) -> None:
    params = {"n": 1, "f": 0.5, "b": False, "e": ChannelType.EMAIL, "u": UUID(CONTACT), "s": ["x", "y"], "none": None}
    script = Script(answer())
    door(lambda hm: hm.request("GET", "/v1/tag", params=params), script=script)
    assert script.sends[0].url.partition("?")[2] == f"n=1&f=0.5&b=false&e=email&u={CONTACT}&s=x&s=y"


def test_request_refuses_other_methods_and_broken_parameters(door: Door) -> None:
    script = Script(answer())
    with pytest.raises(InvalidRequestError, match="method"):
        door(lambda hm: hm.request("TRACE", "/v1/tag"), script=script)
    with pytest.raises(InvalidRequestError, match="params"):
        door(lambda hm: hm.request("GET", "/v1/tag", params={"a": "\ud800"}), script=script)
    assert script.sends == []
