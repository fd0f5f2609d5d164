"""Schemas inferred from samples."""

from __future__ import annotations

from typing import Any

import pytest
from describing.endpoint import DECIDE
from describing.infer import apply_meaning, complete, infer


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-05-06T07:08:09Z", "date-time"),
        ("2024-05-06T07:08:09.123+02:00", "date-time"),
        ("2024-05-06", "date"),
        ("3c90c3cc-0d44-4b50-8888-8dd25736052a", "uuid"),
        ("jane@acme.example", "email"),
        ("https://acme.example/a?b=c", "uri"),
        ("+14155552671", "phone"),
        ("14155552671", None),
        ("Jane Roe", None),
        ("", None),
    ],
)
def test_formats_of_strings(value: str, expected: str | None) -> None:
    assert infer([value]).get("format") == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("phone", "14155552671", "phone"),
        ("phone_number", "<string>", "phone"),
        ("createdAt", "<string>", "date-time"),
        ("updated", "<string>", "date-time"),
        ("email", "", "email"),
        ("avatar_url", "<string>", "uri"),
        ("updated", "yesterday", None),
        ("channel_id", "<string>", None),
    ],
)
def test_a_name_tells_the_format_where_the_sample_does_not(name: str, value: str, expected: str | None) -> None:
    assert infer([value], name).get("format") == expected


def test_items_of_an_array_are_merged() -> None:
    schema = infer([[{"a": 1}, {"a": 2.5, "b": None}, {"b": "x"}]])
    assert schema["items"]["properties"] == {
        "a": {"type": "number", "example": 1},
        "b": {"type": ["string", "null"], "example": "x"},
    }
    assert schema["items"]["required"] == []


@pytest.mark.parametrize("key", ["101", "14155552671", "3c90c3cc-0d44-4b50-8888-8dd25736052a", "a@b.example"])
def test_keys_that_look_like_ids_make_a_map(key: str) -> None:
    assert infer([{key: {"sent": 1}}])["additionalProperties"]["properties"]["sent"]["type"] == "integer"


@pytest.mark.parametrize("value", [None, [], {}, [1, "x"]])
def test_what_a_sample_leaves_open_is_to_be_decided(value: Any) -> None:
    assert DECIDE in str(infer([value]))


@pytest.mark.parametrize(
    ("meaning", "expected"),
    [
        ("Type (e.g. phone, email, facebook)", {"enum": ["phone", "email", "facebook"]}),
        ("One of: open, closed or waiting.", {"enum": ["open", "closed", "waiting"]}),
        ("either `a` or `b`", {"enum": ["a", "b"]}),
        ("Contact UUID", {"format": "uuid"}),
        ("A value (phone number, email address, etc.)", {}),
        ("such as the one before, but longer", {}),
    ],
)
def test_words_tell_values_and_formats(meaning: str, expected: dict[str, Any]) -> None:
    schema = {"type": "string"}
    apply_meaning(schema, "field", meaning)
    assert schema == {"type": "string", **expected}


def test_what_is_stated_wins_over_the_sample() -> None:
    stated = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}}
    completed = complete(stated, infer([{"a": 5, "b": 7, "c": True}]))
    assert completed["properties"]["a"] == {"type": "string"}
    assert completed["properties"]["b"] == {"type": "integer", "example": 7}
    assert completed["properties"]["c"]["type"] == "boolean"
