"""Every cassette, replayed without a network: request, answer and outcome are what was agreed, for both clients."""

from __future__ import annotations

import re
import socket
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from openapi_schema_validator import OAS31Validator, oas31_format_checker
from recording import cassette
from recording.scenario import NOW, PLAIN, Outcome, Scenario, client_clock, outcome_of
from vcr.errors import CannotOverwriteExistingCassetteException

from heymarket import APIConnectionError, description
from heymarket.emulator.api.security import find_keys
from heymarket.testing.cassettes import body_fields, contract, recordings
from heymarket.testing.cassettes.scrubber import EMULATOR_URL
from tests.contract.scenarios import SCENARIOS
from tests.fakes import Door

CASSETTES = Path(__file__).with_name("cassettes")
OPERATIONS = {operation.name: operation for operation in description.operations()}
SUCCESSES = [scenario for scenario in SCENARIOS if scenario.status < 400]

pytestmark = pytest.mark.usefixtures("no_network")


def for_each(scenarios: Any = SCENARIOS) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("scenario", scenarios, ids=lambda scenario: scenario.name)


def replay(scenario: Scenario, door: Door, **options: Any) -> tuple[Outcome, Any]:
    """The outcome, and the cassette as it was played."""
    with (
        client_clock(lambda: NOW + scenario.clock_off),
        cassette.replay(cassette.path_of(CASSETTES, scenario)) as tape,
    ):
        return outcome_of(
            lambda: door(
                scenario.call, **{"base_url": EMULATOR_URL, "keys": find_keys(description.load()), **PLAIN, **options}
            )
        ), tape


def recorded(scenario: Scenario) -> Sequence[recordings.RecordedResponse]:
    return kept(scenario).responses


def kept(scenario: Scenario) -> recordings.CassetteFile:
    return recordings.read(cassette.path_of(CASSETTES, scenario))


@for_each()
def test_the_same_requests_have_the_agreed_outcome(scenario: Scenario, door: Door) -> None:
    answers = recorded(scenario)

    outcome, tape = replay(scenario, door)

    assert scenario.gave(outcome), outcome
    assert outcome.request_id == answers[-1].headers["x-request-id"]
    assert outcome.attempts == len(answers)
    assert tape.all_played


@for_each(SUCCESSES)
def test_decoding_loses_nothing(scenario: Scenario, door: Door) -> None:
    outcome, _ = replay(scenario, door)

    assert not isinstance(outcome, Exception)
    assert _plain(outcome.parsed) == _plain(_of_use(scenario, recorded(scenario)[-1].json))


@for_each()
def test_every_request_is_as_described(scenario: Scenario) -> None:
    operation = OPERATIONS[scenario.operation]
    query = {one["name"] for one in map(contract.resolve, operation.spec.get("parameters", [])) if one["in"] == "query"}
    template = re.sub(r"{\w+}", "[^/]+", operation.prefix + operation.path)
    for request in kept(scenario).requests:
        url = urlsplit(request.url)
        assert request.method == operation.http_method
        assert re.fullmatch(template, url.path)
        assert dict(parse_qsl(url.query, strict_parsing=bool(url.query))).keys() <= query
        if request.body:
            schema = operation.spec["requestBody"]["content"]["application/json"]["schema"]
            _validate(request.json, schema)
            assert _members(request.json) <= _members(contract.resolve(schema).get("properties", request.json))


@for_each()
def test_every_response_is_as_described(scenario: Scenario) -> None:
    operation = OPERATIONS[scenario.operation]
    for answer in recorded(scenario):
        response = contract.find_response(operation, answer.status)
        assert response is not None, f"{operation.name} is not described to answer {answer.status}"
        for name, header in response.get("headers", {}).items():
            _validate(answer.headers[name.lower()], contract.resolve(header)["schema"])
        body = contract.find_schema(operation, answer.status)
        if body is not None:
            _validate(answer.json, body)


@for_each(SUCCESSES[:1])
def test_another_request_gets_no_response(scenario: Scenario, door: Door) -> None:
    with pytest.raises(CannotOverwriteExistingCassetteException):
        replay(scenario, door, base_url=f"{EMULATOR_URL}/prefix")


@for_each(SUCCESSES[:1])
def test_without_a_cassette_the_network_is_out_of_reach(scenario: Scenario, door: Door) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        for url in (f"http://127.0.0.1:{server.getsockname()[1]}", "https://api.heymarket.com"):
            with pytest.raises(APIConnectionError):
                door(scenario.call, base_url=url, **PLAIN)

        server.setblocking(False)
        with pytest.raises(BlockingIOError):  # nobody is waiting to be let in
            server.accept()


def _validate(value: Any, schema: Any) -> None:
    components = description.load()["components"]
    OAS31Validator({**schema, "components": components}, format_checker=oas31_format_checker).validate(value)


def _members(body: Any) -> set[str]:
    return set(body) if isinstance(body, dict) else set()


def _of_use(scenario: Scenario, body: Any) -> Any:
    """What there is to lose: nothing of an answer that says "ok", and the number of one that is a count."""
    spec = OPERATIONS[scenario.operation].spec
    for name in filter(None, spec.get("x-heymarket-pagination", {}).get("items", "").split(".")):
        body = body[name]
    match spec.get("x-heymarket-answer"):
        case "nothing":
            return None
        case "count":
            return int(body)
    return body


def _plain(value: Any) -> Any:
    """Models as JSON; moments as such, however they are written."""
    if hasattr(value, "to_dict"):
        return _plain(value.to_dict())
    if isinstance(value, dict):
        return {name: _plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if body_fields.kind_of(value) == "date-time":
        return datetime.fromisoformat(value)
    return value
