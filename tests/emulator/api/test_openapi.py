"""The document at /openapi.json: the rules in the words of JSON Schema, and what is let pass."""

from __future__ import annotations

from typing import Any

import httpx
import jsonschema_rs
import pytest

from heymarket import description
from heymarket.emulator import Emulator, create_app

PUBLISHED = description.load("openapi.json")
TARGETS = {"inbox_id": 31, "creator_id": 21, "text": "Hello"}


def fits(document: dict[str, Any], schema: str, value: object) -> bool:
    whole = {"$ref": f"#/components/schemas/{schema}", "components": document["components"]}
    return jsonschema_rs.Draft202012Validator(whole).is_valid(value)


@pytest.fixture(scope="module")
def lenient() -> dict[str, Any]:
    app = create_app()
    app.close()
    return dict(app.openapi)


@pytest.mark.parametrize("strict", [True, False])
def test_it_is_served_with_the_emulator_as_the_server(*, strict: bool) -> None:
    with Emulator(strict=strict) as emulator:
        served = httpx.get(f"{emulator.base_url}/openapi.json", trust_env=False).json()
        assert served["servers"] == [{"url": emulator.base_url, "description": "This emulator"}]

    assert ({**served, "servers": PUBLISHED["servers"]} == PUBLISHED) is strict


def test_a_document_of_the_callers_is_served_as_it_is() -> None:
    own: dict[str, Any] = {"openapi": "3.1.0", "info": {"title": "Own", "version": "1"}, "paths": {}}
    app = create_app(description=own)
    app.close()

    assert app.openapi == own


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        ("MessageWrite", {**TARGETS, "phone_number": "15555550100"}, True),
        ("MessageWrite", {**TARGETS, "phone_number": "+1 555"}, False),
        ("MessageWrite", TARGETS, False),
        ("MessageWrite", {**TARGETS, "phone_number": "15555550100", "chat_id": 601}, False),
        ("MessageWrite", {"inbox_id": 31, "creator_id": 21, "phone_number": "15555550100"}, False),
        ("MessageWrite", {**TARGETS, "list_id": 41}, False),
        ("MessageWrite", {**TARGETS, "list_id": 41, "local_id": "a"}, True),
        ("ContactChannelWrite", {"channel_type": "phone", "channel_id": "ada"}, False),
        ("ContactChannelWrite", {"channel_type": "facebook", "channel_id": "ada"}, True),
        ("SurveyListQuery", {"page": 0}, False),
        ("ContactListQuery", {"page": 0, "limit": 1}, True),
        ("ContactListQuery", {"limit": 0}, False),
    ],
)
def test_it_says_the_rules(schema: str, value: object, *, expected: bool) -> None:
    assert fits(PUBLISHED, schema, value) is expected


@pytest.mark.parametrize("time", ["2030-01-02T09:30:00Z", "2030-01-31T09:45:00+02:00", "2030-01-02T09:31:00Z", "now"])
def test_it_says_when_a_schedule_may_be(time: str) -> None:
    body = {"inbox_id": 31, "execute_at": time, "content": {"text": "Hello"}, "phone_number": "15555550100"}

    assert fits(PUBLISHED, "ScheduleWrite", body) is (":30:" in time or ":45:" in time)


def test_webhook_data_is_typed_by_event() -> None:
    event: dict[str, Any] = {"id": 91, "token": "t"}

    assert fits(PUBLISHED, "WebhookEvent", {**event, "type": "message_sent", "event_data": {"id": 701}})
    assert not fits(PUBLISHED, "WebhookEvent", {**event, "type": "message_sent", "event_data": {"id": "701"}})
    assert fits(PUBLISHED, "WebhookEvent", {**event, "type": "incoming_call", "event_data": {"id": "701"}})


@pytest.mark.parametrize(
    "empty", [{"media_url": None}, {"media_url": ""}, {"chat_id": 0}, {"targets": []}, {"creator_id": 0}]
)
def test_what_is_let_pass_is_allowed_in_the_document_of_an_emulator_that_does(
    lenient: dict[str, Any], empty: dict[str, Any]
) -> None:
    body = {**TARGETS, "phone_number": "15555550100", **empty}
    of_sending = lenient["paths"]["/v1/message/send"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    validator = jsonschema_rs.Draft202012Validator({**of_sending, "components": lenient["components"]})

    assert validator.is_valid(body)
    assert not validator.is_valid({**TARGETS, **empty})
    with Emulator() as emulator:
        answer = httpx.post(
            f"{emulator.base_url}/v1/message/send",
            headers={"Authorization": f"Bearer {emulator.api_key}"},
            json=body,
            trust_env=False,
        )
    assert answer.status_code == 200
