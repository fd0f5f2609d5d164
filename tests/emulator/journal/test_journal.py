"""The journal: what came, what was answered, and nothing that opens a door."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import httpx
import jwt
import pytest

from heymarket.emulator import Journal, JournalEntry
from heymarket.emulator.seeds.built_in import DEFAULT, EXAMPLES, LEGACY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from heymarket.emulator import Emulator

PATH = f"/v2/contact/{EXAMPLES['phone'].contact_id}/channel/phone"
SEND = {"phone_number": "15555550100", "inbox_id": 31, "creator_id": 21, "text": "Grüße", "local_id": "one"}


def call(**members: Any) -> JournalEntry:
    return JournalEntry(**{"time": 0, "method": "GET", "path": "/", "request_id": "", "claims": None, **members})


@pytest.fixture
def http(heymarket_emulator: Emulator) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {LEGACY.key}"}
    with httpx.Client(base_url=heymarket_emulator.base_url, headers=headers, trust_env=False) as client:
        yield client


def test_a_call_is_listed_with_its_request_and_response(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    answer = http.post("/v1/message/send?x=1", json=SEND, headers={"X-Planted": "seen"})
    (one,) = heymarket_emulator.journal

    assert one.query == {"x": "1"}
    assert one.request_body == SEND
    assert one.response_body == answer.json()
    assert one.request_headers["x-planted"] == "seen"
    assert one.response_headers["x-request-id"] == one.request_id == answer.headers["X-Request-Id"]
    assert 0 < one.duration < 5000
    assert (one.fault, one.repeated) == (None, False)


def test_a_body_that_is_no_json_is_there_as_text(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    http.post("/v1/message/send", content=b"\xff not JSON")
    http.get(PATH)

    assert heymarket_emulator.journal[0].request_body == "\ufffd not JSON"
    assert heymarket_emulator.journal[1].request_body is None


def test_the_token_is_there_decoded_and_nothing_that_opens_a_door(heymarket_emulator: Emulator) -> None:
    token = jwt.encode(
        {"iss": DEFAULT.secret_id, "iat": int(time.time())}, f"{DEFAULT.secret_id}||{DEFAULT.secret_key}"
    )
    planted = {"Cookie": "session=planted", "X-Api-Key": "planted", "Proxy-Authorization": "Basic planted"}
    with httpx.Client(base_url=heymarket_emulator.base_url, trust_env=False) as http:
        http.get(f"{PATH}?access_token=planted", headers={"Authorization": f"Bearer {token}", **planted})
        http.get(PATH, headers={"Authorization": f"Bearer {LEGACY.key}"})
        http.get(PATH, headers={"Authorization": "planted"})
    signed, legacy, odd = heymarket_emulator.journal
    everything = json.dumps([one.document() for one in heymarket_emulator.journal])

    assert signed.token_header == {"alg": "HS256", "typ": "JWT"}
    assert signed.claims is not None
    assert signed.claims["iss"] == DEFAULT.secret_id
    assert signed.request_headers["authorization"] == "Bearer [redacted]"
    assert (legacy.credential, legacy.claims) == ("legacy", None)
    assert odd.request_headers["authorization"] == "[redacted]"
    for secret in (token, token.rpartition(".")[2], LEGACY.key, DEFAULT.secret_key, "planted"):
        assert secret not in everything


def test_a_repr_shows_no_body() -> None:
    told = repr(call(request_bytes=b"planted", response_bytes=b"planted", query={"q": "planted"}))

    assert "planted" not in told
    assert "operation" in told


def test_calls_are_found_by_what_they_are(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    http.get(PATH)
    http.get("/v1/inboxes")
    http.get("/nowhere")
    httpx.get(heymarket_emulator.base_url + PATH, trust_env=False)
    journal = heymarket_emulator.journal

    def found(**wanted: Any) -> list[int]:
        return [list(journal).index(one) for one in journal.find(**wanted)]

    assert found() == [0, 1, 2, 3]
    assert found(operation="contact_channels.get") == [0, 3]
    assert found(status=200) == [0, 1]
    assert found(status="4xx") == [2, 3]
    assert found(method="post") == []
    assert found(path="/v1/inboxes") == [1]
    assert found(path="/v*") == [0, 1, 3]
    assert found(credential="legacy") == [0, 1]
    assert found(refused=True) == [2, 3]
    assert found(refused="missing") == [3]
    assert found(refused=False, path="/v2*") == [0]


def test_it_is_a_sequence_that_changes() -> None:
    journal = Journal()
    for number in range(3):
        journal.add(call(time=number))

    assert [one.time for one in journal] == [0, 1, 2]
    assert (journal[-1].time, [one.time for one in journal[1:]], len(journal)) == (2, [1, 2], 3)
    assert repr(journal) == "<Journal of 3 calls>"
    changes = journal.changes
    journal.clear()
    assert (list(journal), bool(journal), journal.changes > changes) == ([], False, True)


def test_memory_is_bounded() -> None:
    journal = Journal()
    for number in range(1200):
        journal.add(call(time=number, request_bytes=b"x" * 65536))

    assert 900 < len(journal) < 1024
    assert journal[-1].time == 1199


def test_a_huge_body_is_kept_in_part(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    http.post("/v1/message/send", json={**SEND, "text": "x" * 100_000})
    body = heymarket_emulator.journal[-1].request_body

    assert isinstance(body, str)
    assert len(body) == 65536


def test_credentials_are_found_by_their_form(
    heymarket_emulator: Emulator, http: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    token = jwt.encode({"iss": DEFAULT.secret_id, "iat": 1}, DEFAULT.secret_key * 2)
    key = "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3"
    caplog.set_level("INFO", "heymarket.emulator")
    http.get(
        f"/v1/contact/{token}",
        params={"auth": "short", "jwt": "short", "x": token, "y": key, token: "z"},
        headers={
            "X-Auth": "short", "X-Session": "short", "X-Signature": "short", "X-Forwarded-Authorization": "short",
            "X-Original": token, "X-Other": f"a={key}; b", "X-Author": "Ada", "traceparent": f"00-{'0af7' * 8}-b7ad-01",
        },
    )  # fmt: skip
    http.get(f"/v1/contact/{key}")
    calls = list(heymarket_emulator.journal)
    shown = json.dumps([one.document() for one in calls]) + caplog.text + repr(calls)

    assert token not in shown
    assert key not in shown
    assert "short" not in shown
    headers = calls[0].request_headers
    assert headers["x-author"] == "Ada"
    assert headers["x-other"] == "[redacted]; b"
    assert headers["traceparent"].startswith("00-0af7")


def test_uuids_numbers_and_texts_are_no_credentials(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    http.get(PATH, params={"q": "a long sentence, as people Write it in 2026"})

    assert heymarket_emulator.journal[0].path == PATH
    assert heymarket_emulator.journal[0].query == {"q": "a long sentence, as people Write it in 2026"}
    assert heymarket_emulator.journal[0].parameters["contactID"] == EXAMPLES["phone"].contact_id


def test_looking_for_credentials_takes_no_time(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    started = time.perf_counter()
    http.get("/v1/team", headers={"X-Long": "eyJ" * 10_000, "X-Longer": "aB1-" * 5_000})

    assert time.perf_counter() - started < 2
