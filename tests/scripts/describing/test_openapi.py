"""An operation of somebody's OpenAPI file, in our form."""

from __future__ import annotations

import json
from typing import Any

import pytest
from describing import openapi
from describing.endpoint import DECIDE, InputError
from describing.harmless import make_harmless
from describing.known import Known

from tests.scripts.describing.conftest import HERE

TEXT = (HERE / "vendor.yaml").read_text("utf-8")


@pytest.fixture(scope="module")
def vendor() -> dict[str, Any]:
    document = openapi.parse(TEXT)
    assert document is not None
    return document


def minimal(version: str = "3.1.0", **operation: Any) -> dict[str, Any]:
    document = openapi.parse(json.dumps({"openapi": version, "paths": {"/x": {"get": operation}}}))
    assert document is not None
    return document


@pytest.mark.parametrize("wanted", ["GET /parcels", "get /parcels", "listParcels"])
def test_an_operation_is_chosen_by_method_and_path_or_by_its_id(vendor: dict[str, Any], wanted: str) -> None:
    assert openapi.read(vendor, wanted).title == "List parcels"


@pytest.mark.parametrize(
    ("wanted", "near"), [("GET /parcel", "GET /parcels"), ("listParcel", "listParcels"), ("", "POST")]
)
def test_an_operation_that_is_not_there_lists_those_that_are_near(
    vendor: dict[str, Any], wanted: str, near: str
) -> None:
    with pytest.raises(InputError, match="Which operation") as caught:
        openapi.read(vendor, wanted)
    assert near in str(caught.value)


def test_a_file_with_one_operation_needs_no_choice() -> None:
    assert openapi.read(minimal(summary="It"), "").title == "It"


def test_what_3_0_writes_otherwise_becomes_3_1(vendor: dict[str, Any]) -> None:
    endpoint = openapi.read(vendor, "createParcel")
    body = endpoint.components["parcelWrite"]["properties"]
    assert body["to"] == {"type": ["string", "null"], "example": "12 Elm Street"}
    assert body["weight"] == {"type": "number", "exclusiveMinimum": 0}
    assert "id" not in body  # read-only
    assert endpoint.components["parcelWrite"]["required"] == ["to", "weight"]
    assert "id" in endpoint.components["parcel"]["properties"]
    assert endpoint.errors == {"409": "There is one like it"}


def test_references_are_followed_and_schemas_come_along(vendor: dict[str, Any]) -> None:
    endpoint = openapi.read(vendor, "listEvents")
    assert [(p.name, p.place, p.required) for p in endpoint.parameters] == [("parcelId", "path", True)]
    assert endpoint.components.keys() == {"event", "stamp"}
    assert endpoint.components["event"]["allOf"][0] == {"$ref": "#/components/schemas/stamp"}
    assert endpoint.components["stamp"]["properties"]["at"]["format"] == "date-time"
    (trace, *_) = openapi.read(vendor, "listParcels").parameters
    assert (trace.name, trace.place, trace.required) == ("X-Trace", "header", False)


@pytest.mark.parametrize(
    ("schema", "example"),
    [
        ({"type": "string", "maxLength": 2, "example": "GB"}, "te"),
        ({"type": "string", "pattern": "^[0-9]{4}$", "minLength": 4}, "1111"),
        ({"type": "string", "pattern": "^x{3}-[0-9]+$"}, None),
        ({"type": "integer", "minimum": 20}, 20),
    ],
)
def test_an_example_is_within_the_limits(known: Known, schema: dict[str, Any], example: Any) -> None:
    endpoint = openapi.read(minimal(parameters=[{"name": "some", "in": "query", "schema": schema}]), "")
    make_harmless(endpoint, known)
    assert endpoint.parameters[0].schema.get("example") == example


@pytest.mark.parametrize(
    ("servers", "path"),
    [
        ([{"url": "https://api.example.com/v3/"}], "/v3/x"),
        ([{"url": "https://api.example.com"}], "/x"),
        ([{"url": "/v4"}, {"url": "/v5"}], "/v4/x"),
        ([{"url": "https://{host}/{base}", "variables": {"host": {"default": "a"}, "base": {"default": "b"}}}], "/b/x"),
    ],
)
def test_a_path_begins_with_that_of_the_server(servers: list[Any], path: str) -> None:
    assert openapi.read({**minimal(summary="It"), "servers": servers}, "").path == path


def test_a_discriminator_keeps_its_values_under_the_new_names(vendor: dict[str, Any]) -> None:
    components = openapi.read(vendor, "addNotice").components
    at = "#/components/schemas"
    assert components["noticeWrite"]["discriminator"] == {
        "propertyName": "channel",
        "mapping": {
            "sms": f"{at}/sms_noticeWrite",
            "mail": f"{at}/mail_noticeWrite",
            "email": f"{at}/mail_noticeWrite",
        },
    }
    assert components["sms_notice"]["properties"]["channel"] == {"type": "string", "const": "sms"}
    assert components["mail_notice"]["properties"]["channel"] == {"type": "string", "enum": ["mail", "email"]}
    assert components["sorted"]["description"] == "`sort` says what kind it is."


def test_examples_of_3_1_and_of_a_media_type_reach_the_fields() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string", "examples": ["x"]}, "b": {"type": "integer"}}}
    media = {"schema": schema, "examples": {"one": {"value": {"a": "y", "b": 5}}}}
    document = minimal(responses={"200": {"description": "", "content": {"application/json": media}}})
    response = openapi.read(document, "").response
    assert response is not None
    assert response["properties"] == {"a": {"type": "string", "example": "x"}, "b": {"type": "integer", "example": 5}}


def test_a_default_is_told_in_words(vendor: dict[str, Any]) -> None:
    _, carrier = openapi.read(vendor, "listParcels").parameters
    assert "default" not in carrier.schema
    assert carrier.schema["description"] == "By default post."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("swagger: '2.0'\npaths: {}\n", "convert it first"),
        ("openapi: 3.0.0\npaths: {\n", "isn't YAML: line"),
        ('{"openapi": "3.0.0", }', "isn't JSON: line 1"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(text: str, expected: str) -> None:
    with pytest.raises(InputError, match=expected):
        openapi.parse(text)


def test_other_texts_are_no_openapi_file() -> None:
    assert openapi.parse("curl https://h.example/openapi") is None


def test_a_reference_to_another_file_says_to_bundle() -> None:
    document = minimal(parameters=[{"$ref": "common.yaml#/x"}])
    with pytest.raises(InputError, match="bundle it first"):
        openapi.read(document, "")


def test_a_file_that_is_no_openapi_inside_says_how_to_check_it() -> None:
    with pytest.raises(InputError, match="check the file with openapi-spec-validator"):
        openapi.read(minimal(responses={"200": {"content": {"application/json": None}}}), "")


def test_a_schema_that_the_file_forgot_is_to_be_decided() -> None:
    media = {"application/json": {"schema": {"$ref": "#/components/schemas/gone"}}}
    endpoint = openapi.read(minimal(responses={"200": {"description": "", "content": media}}), "")
    assert "isn't in it" in str(endpoint.components["gone"][DECIDE])
