"""What a description has beyond what codegen/checks.py asks for: meanings, examples that fit, markers that hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from jsonschema import FormatChecker
from openapi_schema_validator import OAS31Validator

from heymarket import description
from heymarket.testing.cassettes.contract import resolve

Schema = dict[str, Any]

DOCUMENT = description.load()
OPERATIONS = {operation.name: operation for operation in description.operations()}
SCHEMAS: dict[str, Schema] = DOCUMENT["components"]["schemas"]
DELIVERIES: list[Schema] = [operation for item in DOCUMENT["webhooks"].values() for operation in item.values()]

FAKE = {
    re.compile(r"\+?\d{10,15}"): re.compile(r"1555555010\d|1893456000|1704164645"),  # the other one is a Unix time
    re.compile(r"[^@\s]+@[^@\s]+"): re.compile(r"(?:(?:to|cc):)?(?:[a-z]+@example\.com,?)+"),
    re.compile(r"https?://.*"): re.compile(r"https://example\.com/.*"),
    re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"): re.compile(r"00000000-0000-4000-8000-.*"),
}

for_each_operation = pytest.mark.parametrize("name", OPERATIONS)
for_each_schema = pytest.mark.parametrize("name", SCHEMAS)


FORMATS = FormatChecker()


@FORMATS.checks("phone")
def _is_phone(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"[1-9]\d{6,14}", value) is not None


@FORMATS.checks("quarter-hour", raises=ValueError)
def _is_quarter_hour(value: object) -> bool:
    if not isinstance(value, str):
        return True
    moment = datetime.fromisoformat(value)
    return moment.tzinfo is not None and moment.minute % 15 == moment.second == moment.microsecond == 0


def schema_of(content: Schema) -> Schema:
    """The schema of a JSON body, with its reference."""
    schema: Schema = content["application/json"]["schema"]
    return schema


def body_of(spec: Any) -> Schema | None:
    return schema_of(spec["requestBody"]["content"]) if "requestBody" in spec else None


def members_of(name: str) -> set[str]:
    """What an operation can be given by name: query parameters and members of the body."""
    spec = OPERATIONS[name].spec
    body = resolve(body_of(spec) or {})
    return {*body.get("properties", {}), *(resolve(parameter)["name"] for parameter in spec.get("parameters", []))}


def parts(schema: Schema, at: str) -> Iterator[tuple[str, Schema]]:
    """A schema and the schemas written inside of it; those that it refers to stand on their own."""
    yield at, schema
    for name, member in schema.get("properties", {}).items():
        yield from parts(member, f"{at}.{name}")
    for key, suffix in (("items", "[]"), ("additionalProperties", "{}")):
        if isinstance(schema.get(key), dict):
            yield from parts(schema[key], at + suffix)


def described_parts(name: str) -> Iterator[tuple[str, Schema]]:
    """What needs a meaning and an example: a schema and all of its members."""
    for at, part in parts(SCHEMAS[name], name):
        if not at.endswith(("[]", "{}")):
            yield at, part


def has_example(part: Schema) -> bool:
    whole = resolve(part)
    return "example" in whole or (whole.get("type") == "array" and has_example(whole["items"]))


def all_texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, member in value.items():
            yield key
            yield from all_texts(member)
    elif isinstance(value, list):
        for item in value:
            yield from all_texts(item)
    elif isinstance(value, str | int):
        yield str(value)


def examples(node: Any) -> Iterator[tuple[Any, Schema]]:
    """All examples in a part of the document, and the schema that each is for."""
    if isinstance(node, dict):
        if "example" in node:  # a parameter has its example beside the schema
            yield node["example"], node.get("schema", node)
        for key, member in node.items():
            if key != "example":
                yield from examples(member)
    elif isinstance(node, list):
        for item in node:
            yield from examples(item)


def references(node: Any, seen: set[str]) -> set[str]:
    """All schemas that a part of the document leads to, by name."""
    if isinstance(node, dict):
        name = node.get("$ref", "").removeprefix("#/components/schemas/")
        if name in SCHEMAS and name not in seen:
            seen.add(name)
            references(SCHEMAS[name], seen)
        for member in node.values():
            references(member, seen)
    elif isinstance(node, list):
        for item in node:
            references(item, seen)
    return seen


def prose(node: Any) -> Iterator[str]:
    """All descriptions and summaries in a part of the document."""
    if isinstance(node, dict):
        for key, member in node.items():
            if key in {"description", "summary"} and isinstance(member, str):
                yield member
            elif key != "example":
                yield from prose(member)
    elif isinstance(node, list):
        for item in node:
            yield from prose(item)


@for_each_operation
def test_an_operation_says_what_it_does(name: str) -> None:
    spec = OPERATIONS[name].spec

    assert re.fullmatch(r"[A-Z].*\.", spec["summary"])
    for parameter in map(resolve, spec.get("parameters", [])):
        assert parameter["description"].endswith("."), parameter["name"]
        assert "example" in parameter, parameter["name"]
    body = body_of(spec)
    assert body is None or resolve(body)["description"]


@for_each_schema
def test_every_field_has_a_meaning_and_an_example(name: str) -> None:
    for at, part in described_parts(name):
        assert resolve(part).get("description", "").strip().endswith("."), at
        assert has_example(part), at


def test_every_example_fits_its_schema() -> None:
    for example, schema in examples(DOCUMENT):
        whole = {**schema, "components": DOCUMENT["components"]}
        errors = list(OAS31Validator(whole, format_checker=FORMATS).iter_errors(example))
        assert not errors, (example, errors[0].message)


def test_no_example_could_be_anybodys() -> None:
    for example, _ in examples(DOCUMENT):
        for text in all_texts(example):
            for kind, fake in FAKE.items():
                assert not kind.fullmatch(text) or fake.fullmatch(text), text


@for_each_operation
def test_every_contradiction_that_is_named_is_described(name: str) -> None:
    spec = OPERATIONS[name].spec
    texts = [*prose(spec), *(text for schema in references(spec, set()) for text in prose(SCHEMAS[schema]))]
    named = {number for text in texts for number in re.findall(r"\bD\d\d\b", text)}

    assert named <= {one["id"] for one in spec.get("x-heymarket-discrepancies", [])}


# What these calls are about is in the body or the query, and may be missing there, too.
NAMED_ELSEWHERE = {
    "contacts.get_status",
    "contacts.lookup",
    "contacts.set_status",
    "conversations.close",
    "conversations.mark_read",
    "conversations.mark_unread",
    "conversations.open",
    "conversations.reassign",
    "conversations.transfer",
    "users.update",
}


@for_each_operation
def test_what_can_fail_is_described_alike_everywhere(name: str) -> None:
    operation = OPERATIONS[name]
    has_input = "requestBody" in operation.spec or any(
        resolve(parameter)["in"] == "query" for parameter in operation.spec.get("parameters", [])
    )
    expected = {"200", "401", "403", "429", "500"} | ({"400"} if has_input else set())
    if "{" in operation.path or name in NAMED_ELSEWHERE:
        expected |= {"404"}

    # One that has no input is documented to answer 400 as well.
    assert operation.spec["responses"].keys() == expected | ({"400"} if name == "contact_channels.get" else set())


def test_no_object_is_both_sent_and_returned() -> None:
    # In an answer every member may be missing or null; in a body, what is required has to be.
    sent, answered = set[str](), set[str]()
    for operation in OPERATIONS.values():
        references(operation.spec.get("requestBody"), sent)
        references(operation.spec["responses"], answered)
    for delivery in DELIVERIES:
        references(delivery["requestBody"], answered)

    assert {name for name in sent & answered if "anyOf" not in SCHEMAS[name]} == set()
    assert {name for name in sent if "anyOf" not in SCHEMAS[name] and not name.endswith(("Write", "Query"))} == set()
    assert {name for name in answered if name.endswith(("Write", "Query"))} == set()


def test_every_schema_is_used() -> None:
    used = references([DOCUMENT["paths"], DOCUMENT["webhooks"]], set())
    kinds = {name for schema in SCHEMAS.values() for name in schema.get("x-heymarket-event-data", {}).values()}

    assert SCHEMAS.keys() == used | kinds


@for_each_operation
def test_markers_of_an_operation_hold(name: str) -> None:
    operation, members = OPERATIONS[name], members_of(name)
    spec = operation.spec
    answer = spec["responses"]["200"].get("content")
    markers: dict[str, Callable[[Any], bool]] = {
        "confidence": lambda value: value in {"high", "medium", "low"},
        "sources": bool,
        "discrepancies": bool,
        "safe-to-repeat": lambda value: value is True and operation.http_method == "POST",
        "idempotent-by": lambda value: value == "local_id" and value in members,
        "body-name": lambda value: resolve(body_of(spec) or {}).get("type") == "array" and value.isidentifier(),
        "answer": lambda value: value == "nothing" or (value == "count" and answer is not None),
        "also-answers": lambda value: answer is not None and value == ["ok"],
        "pagination": lambda value: _pages(value, members, answer),
    }

    for key, value in spec.items():
        if key.startswith("x-"):
            assert markers[key.removeprefix("x-heymarket-")](value), key


def _pages(value: Schema, members: set[str], answer: Schema | None) -> bool:
    rows = resolve(schema_of(answer or {}))
    if rows["type"] != "array" or not isinstance(value.get("size", 30), int):
        return False
    match value:
        case {"page": str(page), "limit": str(limit), "first": 0 | 1, **rest}:
            return {page, limit} <= members and rest.keys() <= {"size"}
        case {"cursor": str(cursor), "from": str(member), **rest}:
            known = cursor in members and member in resolve(rows["items"])["properties"]
            return known and rest.keys() <= {"size", "unit"} and rest.get("unit", "unix-seconds") == "unix-seconds"
    return False


@for_each_schema
def test_markers_of_a_schema_hold_and_its_example_keeps_to_them(name: str) -> None:
    schema = SCHEMAS[name]
    one_of: list[list[str]] = schema.get("x-heymarket-exactly-one", [])
    some_of: list[str] = schema.get("x-heymarket-at-least-one", [])
    members, example = schema.get("properties", {}), schema["example"]

    assert {member for group in one_of for member in group} | set(some_of) <= members.keys()
    assert not one_of or len([group for group in one_of if any(member in example for member in group)]) == 1
    assert not some_of or any(member in example for member in some_of)
    for event, kind in schema.get("x-heymarket-event-data", {}).items():
        assert event in resolve(members["type"])["anyOf"][0]["enum"]
        assert kind in SCHEMAS


def test_every_marker_of_a_schema_is_known() -> None:
    names = ["at-least-one", "columns", "enforced", "event-data", "exactly-one"]
    known = {f"x-heymarket-{name}" for name in names}
    for name, schema in SCHEMAS.items():
        for at, part in parts(schema, name):
            assert {key for key in part if key.startswith("x-")} <= known, at


@for_each_operation
def test_a_phone_number_that_is_sent_says_that_it_is_one(name: str) -> None:
    spec = OPERATIONS[name].spec
    sent = [(resolve(one)["name"], resolve(one)["schema"]) for one in spec.get("parameters", [])]
    for schema in references(spec.get("requestBody"), set()):
        sent += SCHEMAS[schema].get("properties", {}).items()

    for member, part in sent:
        inner = resolve(part.get("items", part))
        if re.search(r"(^|_)phone(s|Number|_number)?$", member) and inner.get("type") == "string":
            assert inner.get("format") == "phone", member
