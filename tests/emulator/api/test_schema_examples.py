"""An operation that nobody wrote a handler for answers what its schema asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest
from openapi_schema_validator import OAS31Validator

from heymarket import description
from heymarket.emulator import create_app
from heymarket.emulator.api.schema_examples import NO_BODY, build_example, build_response

if TYPE_CHECKING:
    from collections.abc import Callable

SHARED = {
    "components": {
        "schemas": {
            "Pet": {
                "type": "object",
                "properties": {
                    "id": {"type": "integer"},
                    "name": {"type": "string", "examples": ["Rex"]},
                    "parent": {"$ref": "#/components/schemas/Pet"},
                    "children": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}},
                },
                "required": ["id", "name"],
            },
            "Sized/1~x": {"type": "object", "properties": {"size": {"type": "number", "exclusiveMinimum": 2}}},
            "Endless": {"$ref": "#/components/schemas/Endless2"},
            "Endless2": {"anyOf": [{"$ref": "#/components/schemas/Endless"}]},
        }
    }
}

SCHEMAS: list[tuple[dict[str, Any], Any]] = [
    ({"type": "string"}, "text"),
    ({"type": "string", "example": "told"}, "told"),
    ({"type": "string", "examples": ["first", "second"]}, "first"),
    ({"enum": ["open", "closed"]}, "open"),
    ({"const": None}, None),
    ({"type": "integer", "default": 30}, 30),
    ({"type": "string", "format": "date-time"}, "2025-01-15T09:30:00Z"),
    ({"type": "string", "format": "uuid"}, "00000000-0000-4000-8000-000000000000"),
    ({"type": "string", "format": "email"}, "someone@example.com"),
    ({"type": "string", "format": "never-heard-of"}, "text"),
    ({"type": "string", "minLength": 6}, "textxx"),
    ({"type": "string", "maxLength": 2}, "te"),
    ({"type": "integer"}, 1),
    ({"type": "integer", "minimum": 5}, 5),
    ({"type": "integer", "exclusiveMinimum": 5, "multipleOf": 4}, 12),
    ({"type": "integer", "maximum": -3}, -3),
    ({"type": "integer", "exclusiveMaximum": 0}, -1),
    ({"type": "boolean"}, True),
    ({"type": "null"}, None),
    ({"type": ["null", "integer"]}, 1),
    ({}, None),
    ({"items": {"type": "integer"}}, [1]),
    ({"type": "array"}, [None]),
    ({"type": "array", "items": {"type": "integer"}, "minItems": 3}, [1, 1, 1]),
    ({"type": "array", "items": {"type": "integer"}, "maxItems": 0}, []),
    ({"type": "object"}, {}),
    ({"properties": {"a": {"type": "integer"}, "b": True}}, {"a": 1, "b": None}),
    ({"anyOf": [{"type": "null"}, {"type": "integer"}]}, 1),
    ({"oneOf": [{"type": "null"}]}, None),
    ({"type": "string", "anyOf": [{"enum": ["phone", "email"]}, {}]}, "phone"),
    ({"allOf": [{"properties": {"a": {"type": "integer"}}}, {"properties": {"b": {"const": 2}}}]}, {"a": 1, "b": 2}),
    ({"allOf": [{"type": "integer"}], "description": "wrapped"}, 1),
    ({"$ref": "#/components/schemas/Pet"}, {"id": 1, "name": "Rex", "children": []}),
    ({"$ref": "#/components/schemas/Pet", "example": {"id": 3, "name": "Tom"}}, {"id": 3, "name": "Tom"}),
    ({"$ref": "#/components/schemas/Sized~11~0x"}, {"size": 3}),
]


@pytest.mark.parametrize(("schema", "expected"), SCHEMAS)
def test_an_example_is_made_from_the_schema_and_fits_it(schema: dict[str, Any], expected: Any) -> None:
    value = build_example(schema, SHARED)

    assert value == expected
    assert type(value) is type(expected)
    OAS31Validator({**schema, **SHARED}).validate(value)


def test_a_schema_that_never_ends_gives_null() -> None:
    assert build_example({"$ref": "#/components/schemas/Endless"}, SHARED) is None


def response(schema: dict[str, Any] | None = None, **media: Any) -> dict[str, Any]:
    media = media if schema is None else {"schema": schema, **media}
    return {"description": "as asked for", **({"content": {"application/json": media}} if media else {})}


ANSWERS: list[tuple[dict[str, Any], int, Any]] = [
    ({"200": response({"type": "integer"})}, 200, 1),
    ({"404": response(), "201": response({"const": "made"})}, 201, "made"),
    ({"200": response({"type": "integer"}, example=7)}, 200, 7),
    ({"200": response({"type": "integer"}, examples={"a": {"value": 8}})}, 200, 8),
    ({"200": response({"type": "null"})}, 200, None),
    ({"2XX": response({"type": "integer"})}, 200, 1),
    ({"204": response()}, 204, NO_BODY),
    ({"default": response({"type": "integer"})}, 200, NO_BODY),
    ({"200": {"$ref": "#/components/responses/Count"}}, 200, "12"),
]


@pytest.mark.parametrize(("responses", "status", "body"), ANSWERS)
def test_the_first_success_is_returned(responses: dict[str, Any], status: int, body: Any) -> None:
    document = {"components": {"responses": {"Count": response({"const": "12"})}}}
    made = build_response({"responses": responses}, document)

    assert (made.status, made.body) == (status, body)


@pytest.mark.parametrize("operation", description.operations(), ids=lambda operation: operation.name)
def test_every_described_operation_has_a_response_that_fits(operation: description.OperationInfo) -> None:
    made = build_response(operation.spec, description.load())
    schema = (
        operation.spec["responses"][str(made.status)].get("content", {}).get("application/json", {}).get("schema", {})
    )

    if made.body is not NO_BODY:
        OAS31Validator({**schema, "components": description.load()["components"]}).validate(made.body)


INVENTED = {
    "paths": {
        "/v2/pets": {
            "get": {"operationId": "pets.list", "responses": {"200": response({"items": {"type": "integer"}})}},
            "post": {"operationId": "pets.create", "responses": {"201": response({"const": "made"})}},
        },
        "/v2/pets/{id}": {"delete": {"operationId": "pets.delete", "responses": {"204": response()}}},
        "/v2/pets/{id}/{part}": {
            "get": {"operationId": "pets.part", "responses": {"200": response({"const": "part"})}}
        },
        "/v2/pets/{id}/age": {"get": {"operationId": "pets.age", "responses": {"200": response({"const": "age"})}}},
    }
}


def test_an_invented_description_is_served_as_it_is(ask: Callable[..., httpx.Response], now: int) -> None:
    app = create_app(clock=lambda: now, description=INVENTED)

    assert ask(app, "/v2/pets").json() == [1]
    assert (ask(app, "/v2/pets", "POST").status_code, ask(app, "/v2/pets", "POST").json()) == (201, "made")
    deleted = ask(app, "/v2/pets/5", "DELETE")
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert [call.operation for call in app.journal] == ["pets.list", "pets.create", "pets.create", "pets.delete"]


def test_a_literal_path_goes_before_a_template(ask: Callable[..., httpx.Response], now: int) -> None:
    app = create_app(clock=lambda: now, description=INVENTED)

    assert ask(app, "/v2/pets/5/age").json() == "age"
    assert ask(app, "/v2/pets/5/name").json() == "part"


def test_an_invented_operation_is_guarded_like_any_other(ask: Callable[..., httpx.Response], now: int) -> None:
    app = create_app(clock=lambda: now, description=INVENTED)

    assert ask(app, "/v2/pets", authorization=None).status_code == 401


def test_a_wrong_method_gets_a_405_with_the_allowed_ones(ask: Callable[..., httpx.Response], now: int) -> None:
    refused = ask(create_app(clock=lambda: now, description=INVENTED), "/v2/pets", "PUT")

    assert refused.status_code == 405
    assert refused.headers["Allow"] == "GET, HEAD, POST"
    assert refused.headers["X-Emulator-Refused"] == "method: the description has only GET, HEAD, POST here"
