"""References of the description are resolved once, in the bundle."""

from __future__ import annotations

from codegen.bundle import Document

NODE = {"type": "object", "properties": {"child": {"$ref": "#/components/schemas/Node", "description": "The child."}}}
LIST = {"type": "array", "items": {"$ref": "#/components/schemas/List"}}
OPERATION = {
    "parameters": [{"$ref": "#/components/parameters/Page"}],
    "requestBody": {"$ref": "#/components/requestBodies/Node"},
    "responses": {
        "404": {"$ref": "#/components/responses/NotFound"},
        "201": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/List"}}}},
    },
}
DOCUMENT = Document(
    {
        "paths": {"/node": {"post": OPERATION}},
        "components": {
            "parameters": {"Page": {"name": "page", "in": "query", "schema": {"type": "integer"}}},
            "requestBodies": {
                "Node": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Node"}}}}
            },
            "responses": {"NotFound": {"description": "Nothing."}},
            "schemas": {"Node": NODE, "List": LIST, "Link": {"example": {"$ref": "elsewhere"}}},
        },
    },
    {},
)
(operation,) = DOCUMENT.operations()
schemas = DOCUMENT.resolved["components"]["schemas"]


def test_parameters_bodies_and_responses_are_in_the_place_of_their_references() -> None:
    assert operation.parameters == [{"name": "page", "in": "query", "schema": {"type": "integer"}}]
    assert operation.body is schemas["Node"]
    assert operation.item["responses"]["404"] == {"description": "Nothing."}
    assert operation.success == (201, {"content": {"application/json": {"schema": schemas["List"]}}})


def test_a_schema_that_refers_to_itself_contains_itself() -> None:
    assert schemas["List"]["items"] is schemas["List"]
    child = schemas["Node"]["properties"]["child"]
    assert child["properties"]["child"] is child


def test_what_is_beside_a_reference_takes_precedence() -> None:
    assert schemas["Node"]["properties"]["child"]["description"] == "The child."
    assert "description" not in schemas["Node"]


def test_a_schema_is_known_by_its_name() -> None:
    assert DOCUMENT.schema_name(operation.body) == "Node"
    assert DOCUMENT.schema_name({"type": "object"}) == ""


def test_examples_are_data_and_the_document_keeps_its_references() -> None:
    assert schemas["Link"]["example"] == {"$ref": "elsewhere"}
    assert DOCUMENT.data["paths"]["/node"]["post"] is OPERATION
    assert "$ref" in OPERATION["requestBody"]
