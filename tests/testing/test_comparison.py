"""What the report says of a service that differs: all of it, and nothing of one that is the same."""

from __future__ import annotations

import json
from typing import Any

import pytest

from heymarket import description
from heymarket.testing.cassettes.comparison import compare
from heymarket.testing.cassettes.recordings import RecordedResponse

CHANNEL = {"id": 1001, "channel_type": "phone", "channel_id": "15555550100", "created": "2024-01-01T00:00:00Z"}
CONTACT = {"id": 501, "first": "Ada", "custom": {"101": "gold"}, "tags": [{"tag_id": 7}]}
OPERATIONS = {operation.name: operation for operation in description.operations()}
JSON = {"content-type": "application/json", "x-request-id": "00000000-0000-4000-8000-00000000f001"}


def response(body: Any, status: int = 200, **headers: str) -> RecordedResponse:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return RecordedResponse(status, {**JSON, **given}, body if isinstance(body, bytes) else json.dumps(body).encode())


def differences(operation: str, emulator: RecordedResponse, service: RecordedResponse) -> list[str]:
    return [str(one) for one in compare(OPERATIONS[operation], [emulator], [service])]


@pytest.mark.parametrize(
    ("operation", "emulator", "service"),
    [
        ("contacts.get", CONTACT, CONTACT),
        ("contacts.get", CONTACT, {**CONTACT, "custom": {"7": "a", "8": "b"}}),
        ("contacts.get", CONTACT, {**CONTACT, "custom": {}}),
        ("contacts.get", {**CONTACT, "tags": []}, CONTACT),
        ("contacts.get", CONTACT, {**CONTACT, "tags": []}),
        ("conversations.list", [{"targets": {"15555550100": {"f": "A"}}}], [{"targets": {"15555550101": {"f": "B"}}}]),
        ("templates.list", [], [{"id": 1}, {"id": 2}]),
        ("templates.list", [{"id": 1, "name": ""}, {"id": 2}], [{"id": 1, "name": ""}]),
        ("templates.list", [{"id": 1, "name": ""}, {"id": 2}], [{"id": 1}]),
        ("contact_channels.get", CHANNEL, {**CHANNEL, "channel_type": "email"}),
        ("contact_channels.get", {**CHANNEL, "channel_type": "fax"}, {**CHANNEL, "channel_type": "fax"}),
    ],
)
def test_what_is_the_same_or_the_accounts_own_makes_no_line(operation: str, emulator: Any, service: Any) -> None:
    assert differences(operation, response(emulator), response(service)) == []


@pytest.mark.parametrize(
    ("operation", "service", "line"),
    [
        (
            "contact_channels.get",
            {**CHANNEL, "channel_type": "e_mail"},
            "channel_type (value): one of email, facebook, phone; emulator: phone; service: e_mail",
        ),
        (
            "contact_channels.get",
            {**CHANNEL, "channel_type": "text-1"},
            "channel_type (value): one of email, facebook, phone; emulator: phone; service: another string",
        ),
        (
            "templates.list",
            [{"id": 1}, {"id": 2, "name": "b"}],
            "[].name: described as string; emulator: string; service: left out or string",
        ),
        (
            "templates.list",
            [{"id": 1}, {"id": 2}],
            "[].name: described as string; emulator: string; service: left out",
        ),
        (
            "templates.list",
            {"data": [{"id": 1, "name": "a"}], "total": 1},
            "body: described as array; emulator: array; service: object of data, total",
        ),
        (
            "templates.list",
            [{"id": 1, "name": "a", "more": {"of": 1}}],
            "[].more: not described; emulator: left out; service: object",
        ),
    ],
)
def test_one_change_makes_a_line(operation: str, service: Any, line: str) -> None:
    emulator = CHANNEL if operation == "contact_channels.get" else [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}]

    found = differences(operation, response(emulator), response(service))

    assert found[0] == line
    assert len(found) == 1 + ("more" in str(service))  # and the field in it


def test_bodies_are_compared_where_the_status_differs() -> None:
    found = differences("team.get", response({"id": 1}), response({"id": "1"}, 201))

    assert found == [
        "status: not described; emulator: 200; service: 201",
        "id: described as integer; emulator: integer; service: string",
    ]


def test_an_error_is_not_compared_with_a_success() -> None:
    found = differences("team.get", response({"id": 1}), response({"oops": "1"}, 400))

    assert found == ["status: not described; emulator: 200; service: 400"]


@pytest.mark.parametrize(
    ("body", "media", "lines"),
    [
        (
            b"<p>",
            "text/html",
            [
                "header content-type: not described; emulator: application/json; service: text/html",
                "body: described as object; emulator: JSON; service: no JSON",
            ],
        ),
        (b"", "application/json", ["body: described as object; emulator: JSON; service: empty"]),
        (b'{"id": 1}', "application/json; charset=utf-8", []),
    ],
)
def test_what_is_no_json_is_one_line(body: bytes, media: str, lines: list[str]) -> None:
    assert differences("team.get", response({"id": 1}), response(body, content_type=media)) == lines


def test_headers_about_a_limit_are_compared() -> None:
    found = differences("team.get", response({"id": 1}), response({"id": 1}, x_ratelimit_limit="500"))

    assert found == ["header x-ratelimit-limit: not described; emulator: left out; service: string"]
