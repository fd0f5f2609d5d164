"""What is read from the description: when a contract has changed, and which fields an answer has."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from heymarket import description
from heymarket.description import OperationInfo, operations
from heymarket.testing.cassettes.body_fields import described_fields, fields_of, fits
from heymarket.testing.cassettes.contract import fingerprint, list_changes, summarize
from heymarket.testing.cassettes.linter import string_problems

Edit = Callable[[dict[str, Any], dict[str, Any]], Any]

GET = "contact_channels.get"
UNREMARKABLE = {"confidence", "discrepancies", "sources"}

PROSE: dict[str, Edit] = {
    "summary": lambda document, get: get.update(summary="Another one"),
    "source": lambda document, get: get.update({"x-heymarket-sources": []}),
    "description of a field": lambda document, get: properties(document)["id"].update(description="Another one"),
    "example of a field": lambda document, get: properties(document)["id"].update(example=7),
    "description of an error": lambda document, get: document["components"]["responses"]["NotFound"].update(
        description="Another one"
    ),
    "columns of a table": lambda document, get: document["components"]["schemas"]["ContactChannel"].pop(
        "x-heymarket-columns"
    ),
    "another schema": lambda document, get: document["components"]["schemas"].update(Other={"type": "object"}),
}
CONTRACT: dict[str, Edit] = {
    "type of a field": lambda document, get: properties(document)["id"].update(type="string"),
    "a field by the name of a keyword": lambda document, get: properties(document).update(title={"type": "string"}),
    "values of a schema further down": lambda document, get: document["components"]["schemas"]["ChannelType"][
        "anyOf"
    ].pop(0),
    "a parameter": lambda document, get: get["parameters"].pop(),
    "an error": lambda document, get: get["responses"].pop("500"),
    "an operation's marker": lambda document, get: get.update({"x-heymarket-safe-to-repeat": False}),
    "a value of a marker": lambda document, get: get.update({"x-heymarket-pagination": {"page": "page", "size": 20}}),
    "a field's marker": lambda document, get: properties(document)["id"].update(
        {"x-heymarket-enforced": {"minimum": 1}}
    ),
    "a server": lambda document, get: get.update(servers=[{"url": "https://other.example/v3"}]),
    "what is required": lambda document, get: document["components"]["schemas"]["ContactChannel"].update(
        required=["id"]
    ),
    "a header": lambda document, get: document["components"]["responses"]["NotFound"].pop("headers"),
}


def properties(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"]["ContactChannel"]["properties"]
    return found


def get_operation(document: dict[str, Any]) -> OperationInfo:
    return next(one for one in operations(document) if one.name == GET)


def after(edit: Edit) -> str:
    document = copy.deepcopy(description.load())
    edit(document, document["paths"][get_operation(document).path]["get"])
    return fingerprint(get_operation(document), document)


BEFORE = after(lambda document, get: None)


@pytest.mark.parametrize("edit", PROSE.values(), ids=PROSE)
def test_prose_and_what_others_use_is_not_the_contract(edit: Edit) -> None:
    assert after(edit) == BEFORE


@pytest.mark.parametrize("edit", CONTRACT.values(), ids=CONTRACT)
def test_a_change_of_the_contract_shows(edit: Edit) -> None:
    assert after(edit) != BEFORE


def test_every_marker_that_calls_go_by_is_part_of_the_contract() -> None:
    document = description.load()
    for operation in operations():
        for name, value in operation.spec.items():
            if name.startswith("x-heymarket-") and name.rpartition("-")[2] not in UNREMARKABLE:
                changed = evolve(operation, spec={**operation.spec, name: [value, "other"]})
                assert fingerprint(changed, document) != fingerprint(operation, document), (operation.name, name)


def test_a_summary_has_a_part_for_each_place() -> None:
    parts = summarize(get_operation(description.load()))

    assert parts["request"] == "GET path=/v2/contact/{contactID}/channel/{channelType}"
    assert parts["request.path.channelType"] == "required anyOf(enum=phone|email|facebook string; string)"
    assert parts["response.200.body"] == "application/json object"
    assert parts["response.200.body.created"] == "date-time string"
    assert parts["response.404.headers.X-Request-Id"] == "uuid string"


def test_no_summary_holds_what_no_cassette_may() -> None:
    for operation in operations():
        for text in (text for pair in summarize(operation).items() for text in pair):
            assert list(string_problems(text)) == [], (operation.name, text)


def test_a_change_is_named_with_what_was_and_what_is() -> None:
    operation = get_operation(description.load())
    parts = summarize(operation)
    parts |= {"response.200.body.id": "string", "response.200.body.gone": "integer", "operation.safe-to-repeat": "x"}
    del parts["response.200.body.created"]

    assert list(list_changes(parts, operation)) == [
        ("operation.safe-to-repeat", "it is gone; it was: x"),
        ("response.200.body.created", "it is new since the recording: date-time string"),
        ("response.200.body.gone", "it is gone; it was: integer"),
        ("response.200.body.id", "it was: string; it is: integer"),
    ]


def test_a_schema_may_contain_itself() -> None:
    def edit(document: dict[str, Any], get: dict[str, Any]) -> None:
        properties(document)["parent"] = {"$ref": "#/components/schemas/ContactChannel"}

    assert after(edit) != BEFORE


def test_the_fields_of_a_body_have_kinds() -> None:
    body = {
        "id": 1,
        "on": True,
        "when": "2025-01-15T09:30:00Z",
        "who": "00000000-0000-4000-8000-000000000001",
        "tags": [{"tag_id": 1}, {"tag_id": None}],
        "rate": 0.5,
    }

    assert fields_of(body) == {
        "": {"object"},
        "id": {"integer"},
        "on": {"boolean"},
        "when": {"date-time"},
        "who": {"uuid"},
        "tags": {"array"},
        "tags[]": {"object"},
        "tags[].tag_id": {"integer", "null"},
        "rate": {"number"},
    }


def test_keys_of_a_map_are_no_fields() -> None:
    described = {"": {"object"}, "id": {"integer"}, "custom": {"object"}, "custom.*": {"string"}}
    body = {"id": 1, "custom": {"101": "Gold", "size": None}, "targets": {"15555550100": {"f": 1}}}

    assert fields_of(body, described) == {
        "": {"object"},
        "id": {"integer"},
        "custom": {"object"},
        "custom.*": {"string", "null"},
        "targets": {"object"},
        "targets.*": {"object"},
        "targets.*.f": {"integer"},
    }


def test_the_described_fields_have_kinds() -> None:
    operation = get_operation(description.load())

    fields = described_fields(operation, 200) or {}

    assert (fields[""], fields["id"], fields["created"], fields["channel_type"]) == (
        {"object"},
        {"integer"},
        {"date-time"},
        {"string"},
    )
    assert described_fields(operation, 404) is None


@pytest.mark.parametrize(
    ("kind", "described", "does"),
    [
        ("integer", {"integer"}, True),
        ("integer", {"number"}, True),
        ("uuid", {"string"}, True),
        ("uuid", {"integer"}, False),
        ("string", {"uuid"}, False),
        ("null", {"string"}, False),
    ],
)
def test_a_kind_fits_or_it_does_not(kind: str, described: set[str], does: bool) -> None:
    assert fits(kind, described) is does
