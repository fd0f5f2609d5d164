"""The cassettes' linter finds each kind of text that no cassette may hold, wherever it hides."""

from __future__ import annotations

import base64
import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from heymarket import auth
from heymarket.emulator.seeds.built_in import DEFAULT, EXAMPLES
from heymarket.testing.cassettes import linter as lint
from tests.fakes import SECRET_ID, SECRET_KEY

JWT = auth.sign(SECRET_ID, SECRET_KEY, 1_700_000_000)
CLEAN: dict[str, Any] = {
    "interactions": [
        {
            "request": {
                "method": "GET",
                "uri": "http://emulator.localhost/v2/contact/00000000-0000-4000-8000-000000000001/channel/phone",
                "headers": {"accept": ["application/json"]},
                "body": "",
            },
            "response": {
                "status": {"code": 200, "message": "OK"},
                "headers": {"x-emulator": ["version"], "x-request-id": ["00000000-0000-4000-8000-00000000f001"]},
                "body": {"string": '{"channel_id":"15555550100"}'},
            },
        }
    ],
    "metadata": {"origin": "emulator", "recorded": "2025-06-15", "description": "1234567890123456"},
    "version": 1,
}

# The string in a body, and what the linter calls it.
BAD_TEXTS = {
    "a JWT": (JWT, "a token"),
    "a JWT without signature": (JWT.rpartition(".")[0], "a token"),
    "a bearer token": ("sent was Bearer NotAJWTButAToken", "a token"),
    "a secret key": (SECRET_KEY, "what may be a key"),
    "the emulator's own key": (DEFAULT.secret_key, "what may be a key"),
    "a key in base64": (base64.b64encode(SECRET_KEY.encode()).decode(), "what may be a key"),
    "a key in hexadecimal": ("9f86d081884c7d659a2feaa0c55ad015", "what may be a key"),
    "a phone number": ("14155552671", "what may be a phone or account number"),
    "a phone number with a plus": ("+14155552671", "what may be a phone or account number"),
    "a phone number of another country": ("4930123456789", "what may be a phone or account number"),
    "a short phone number with a plus": ("+4930123", "what may be a phone or account number"),
    "a phone number as people write it": ("call +1 (415) 555-2671", "what may be a phone or account number"),
    "a phone number without country": ("415.555.2671", "what may be a phone or account number"),
    "a Facebook account": ("100004567890123", "what may be a phone or account number"),
    "an email address": ("ada@analytical.engine", "an email address"),
    "an email address at a look-alike": ("ada@notexample.com", "an email address"),
    "a UUID": (SECRET_ID, "a UUID"),
}
# Ways to write a text so that it isn't seen at first sight.
DISGUISES: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "JSON": lambda text: json.dumps({"a": [{"b": text}]}),
    "JSON name": lambda text: json.dumps({text: 1}),
    "escaped JSON": lambda text: '{"a":"' + "".join(f"\\u{ord(character):04x}" for character in text) + '"}',
    "JSON in JSON": lambda text: json.dumps({"a": json.dumps([text])}),
    "a name that is there twice": lambda text: '{"a":' + json.dumps(text) + ',"a":1}',
    "percent-encoded": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
}


def with_body(body: object, **response: Any) -> str:
    cassette = copy.deepcopy(CLEAN)
    cassette["interactions"][0]["response"]["body"]["string"] = body
    cassette["interactions"][0]["response"].update(response)
    return yaml.safe_dump(cassette)


def test_a_clean_cassette_is_fine() -> None:
    assert lint.problems(yaml.safe_dump(CLEAN)) == []


def test_a_name_and_a_value_in_a_query_make_no_key() -> None:
    cassette = copy.deepcopy(CLEAN)
    cassette["interactions"][0]["request"]["uri"] += "?phoneNumber=15555550100&timestamp=1704164645"

    assert lint.problems(yaml.safe_dump(cassette)) == []


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("kind", BAD_TEXTS)
def test_what_may_not_be_kept_is_found(kind: str, disguise: str) -> None:
    text, called = BAD_TEXTS[kind]

    found = lint.problems(with_body(DISGUISES[disguise](text)))

    assert any(called in line for line in found), found
    assert all(line.startswith("interactions.0.response.body.string") for line in found)
    assert not any(text in line for line in found)


@pytest.mark.parametrize("kind", BAD_TEXTS)
def test_it_is_found_in_addresses_headers_and_metadata_too(kind: str) -> None:
    text, called = BAD_TEXTS[kind]
    for place in ("uri", "header", "metadata"):
        cassette = copy.deepcopy(CLEAN)
        if place == "uri":
            cassette["interactions"][0]["request"]["uri"] += f"?q={text}"
        elif place == "header":
            cassette["interactions"][0]["response"]["headers"]["x-more"] = [text]
        else:
            cassette["metadata"]["by"] = text

        assert any(called in line for line in lint.problems(yaml.safe_dump(cassette))), place


@pytest.mark.parametrize("side", ["request", "response"])
@pytest.mark.parametrize("name", ["Authorization", "authorization", "Proxy-Authorization", "Cookie", "Set-Cookie"])
def test_headers_that_are_secret_are_found_whatever_their_value(name: str, side: str) -> None:
    cassette = copy.deepcopy(CLEAN)
    cassette["interactions"][0][side]["headers"][name] = ["x"]

    assert lint.problems(yaml.safe_dump(cassette)) == [f"interactions.0.{side}.headers: {name} is not kept"]


@pytest.mark.parametrize("number", [14155552671, -14155552671])
def test_a_phone_number_is_one_as_a_number_too(number: int) -> None:
    assert lint.problems(with_body(json.dumps({"channel_id": number})))


def test_what_cannot_be_read_is_refused() -> None:
    assert "can't be checked" in lint.problems(with_body(b"\x1f\x8b\x08\x00\xff"))[0]


@pytest.mark.parametrize(
    "text",
    [
        *(channel.channel_id for example in EXAMPLES.values() for channel in example.channels),
        "+15555550100",
        "ada@mail.example.org",
        "2025-01-15T09:30:00.123456789Z",
        "1736933400",
        "Sun, 15 Jun 2025 15:06:40 GMT",
        "expired by 172500 s: a token is valid for 300 s from iat",
        "Zoë Åström 李小龍 🙂",
        "the_longest_name_that_anybody_ever_gave_to_a_field",
    ],
)
def test_what_is_made_up_or_nobodys_is_fine(text: str) -> None:
    assert lint.problems(with_body(json.dumps({"field": text}))) == []


@pytest.mark.parametrize(
    ("metadata", "said"),
    [
        ({}, "it must be emulator or live"),
        ({"origin": "production"}, "it must be emulator or live"),
        ({"origin": "live"}, "it contradicts response 0, which comes from an emulator"),
        ({"origin": "emulator", "recorded": "lately"}, "metadata.recorded"),
        ({"origin": "emulator", "description": "?"}, "metadata.description"),
    ],
)
def test_its_origin_must_be_given(metadata: dict[str, str], said: str) -> None:
    problems = lint.problems(yaml.safe_dump({**CLEAN, "metadata": metadata}))

    assert any(said in line for line in problems), problems


def test_a_response_of_the_service_is_none_of_the_emulator() -> None:
    problems = lint.problems(with_body("{}", headers={}))

    assert problems == ["metadata.origin: it contradicts response 0, which doesn't come from an emulator"]


@pytest.mark.parametrize("text", ["", "[]", "a: [", "version: 1", "!!python/object/apply:os.getcwd []"])
def test_what_is_no_cassette_is_refused(text: str) -> None:
    assert lint.problems(text)


def test_a_cassette_without_a_recording_is_refused() -> None:
    assert lint.problems(yaml.safe_dump({**CLEAN, "interactions": []})) == ["interactions: nothing was recorded"]
