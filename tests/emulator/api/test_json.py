"""What a request brings and can't be kept is refused, and what is then kept of the refused call can be read."""

from __future__ import annotations

import httpx
import pytest

from heymarket.emulator import Emulator
from heymarket.emulator.api import json

UNFIT = {
    "a number out of range": b'{"title": "a", "content": {"a": 1e400}}',
    "a whole number out of range": b'{"title": "a", "content": {"a": 1' + b"0" * 400 + b"}}",
    "no number": b'{"title": "a", "content": {"a": NaN}}',
    "half a character": b'{"title": "a", "content": {"a": "\\ud800"}}',
    "half a character as a name": b'{"title": "a", "content": {"\\ud800": 1}}',
    "too deep": b'{"title": "a", "content": {"a": ' + b"[" * 1200 + b"]" * 1200 + b"}}",
    "deeper than the schema's validator reads": b'{"title": "a", "content": {"a": ' + b"[" * 260 + b"]" * 260 + b"}}",
    "far too deep": b"[" * 100_000,
    "no UTF-8": b'{"title": "\xff"}',
    "no JSON": b'{"title": ',
}


@pytest.mark.parametrize("body", UNFIT.values(), ids=UNFIT)
def test_what_cant_be_kept_is_refused_and_noted(body: bytes, heymarket_emulator: Emulator) -> None:
    headers = {"Authorization": f"Bearer {heymarket_emulator.api_key}"}
    with httpx.Client(base_url=heymarket_emulator.base_url, headers=headers, trust_env=False) as client:
        refused = client.post("/v1/template", content=body)
        steered = client.post("/_emulator/faults", content=body)
        journal = client.get("/_emulator/journal")

    assert (refused.status_code, refused.json()["error_code"]) == (400, "bad_data")
    assert steered.status_code == 400
    assert [call["status"] for call in journal.json()["calls"]] == [400]


@pytest.mark.parametrize(("text", "number"), [("31", 31), ("31.0", 31), ("3.1e1", 31), ("0.5", 0.5), ("1e300", 1e300)])
def test_a_whole_number_is_one_however_it_is_written(text: str, number: float) -> None:
    value = json.parse(text.encode())

    assert value == number
    assert isinstance(value, int) is (number == 31)


def test_a_whole_number_is_never_rounded() -> None:
    large = [2**63 - 1, 2**63, -(2**63) - 1, 10**30]
    assert json.parse(str(large).encode()) == large


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**30, 2.0**64])
def test_an_integer_of_more_than_64_bits_is_refused(number: float, heymarket_emulator: Emulator) -> None:
    headers = {"Authorization": f"Bearer {heymarket_emulator.api_key}"}
    with httpx.Client(base_url=heymarket_emulator.base_url, headers=headers, trust_env=False) as client:
        body = {"inbox_id": number, "creator_id": 21, "phone_number": "15555550100", "text": "Hello!"}
        refused = client.post("/v1/message/send", json=body)
        bound = "9223372036854775807 or less" if number > 0 else "-9223372036854775808 or more"
        assert (refused.status_code, refused.json()["message"]) == (400, f"bad_data: inbox_id has to be {bound}")
        in_query = client.get("/v1/messages", params={"phoneNumber": "15555550100", "inboxID": str(int(number))})
        assert (in_query.status_code, "has to be -9223372036854775808 to" in in_query.json()["message"]) == (400, True)
        assert client.get(f"/v1/contact/{int(number)}").status_code == 404


def test_two_hundred_and_fifty_levels_are_enough() -> None:
    assert json.parse(b"[" * 250 + b"]" * 250)
    with pytest.raises(ValueError, match="too deep"):
        json.parse(b"[" * 251 + b"]" * 251)


def test_many_lists_side_by_side_are_not_deep() -> None:
    assert len(json.parse(b"[" + b",".join([b"[]"] * 5_000) + b"]")) == 5_000
