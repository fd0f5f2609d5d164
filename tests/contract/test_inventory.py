"""None of the vendor's operations is missing from the description, and none is made up.

inventory.json lists what the vendor's pages and other people's code show, drawn up apart from the description. What
is left out of a body on purpose is listed there too, with the reason.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from heymarket import description
from heymarket.testing.cassettes.contract import resolve

INVENTORY = json.loads(Path(__file__).with_name("inventory.json").read_text("utf-8"))
OPERATIONS = {operation.name: operation for operation in description.operations()}

for_each_operation = pytest.mark.parametrize("entry", INVENTORY["operations"], ids=lambda entry: entry["operation"])
for_each_webhook = pytest.mark.parametrize("entry", INVENTORY["webhooks"], ids=lambda entry: entry["operation"])


def test_there_are_66_operations_and_no_others() -> None:
    names = [entry["operation"] for entry in INVENTORY["operations"]]

    assert len(names) == len(set(names)) == 66
    assert OPERATIONS.keys() == set(names)


@for_each_operation
def test_method_path_and_parameters_are_the_vendors(entry: dict[str, Any]) -> None:
    operation = OPERATIONS[entry["operation"]]
    parameters = [resolve(parameter) for parameter in operation.spec.get("parameters", [])]
    query = [parameter for parameter in parameters if parameter["in"] == "query"]

    assert (operation.http_method, operation.path) == (entry["method"], entry["path"])
    assert [parameter["name"] for parameter in parameters if parameter["in"] == "path"] == entry["path_params"]
    assert [parameter["name"] for parameter in query] == entry["query"]
    assert [parameter["name"] for parameter in query if parameter.get("required")] == entry["required_query"]
    assert operation.spec.get("deprecated", False) is entry["deprecated"]


@for_each_operation
def test_the_body_has_the_fields_that_the_vendor_shows(entry: dict[str, Any]) -> None:
    expected = entry["body"]
    body = OPERATIONS[entry["operation"]].spec.get("requestBody")
    if expected is None:
        assert body is None
        return

    assert body is not None
    schema = resolve(body["content"]["application/json"]["schema"])
    assert schema["type"] == expected["kind"]
    item = resolve(schema["items"]) if schema["type"] == "array" else schema
    assert sorted(item["properties"]) == expected["fields"]
    assert sorted(item.get("required", [])) == expected["required"]
    for name, members in expected.get("members", {}).items():
        inner = resolve(item["properties"][name])
        inner = resolve(inner["items"]) if inner["type"] == "array" else inner
        assert sorted(inner["properties"]) == members
        assert inner.get("required", []) == expected.get("required_members", {}).get(name, [])


@for_each_operation
def test_confidence_and_contradictions_are_not_better_than_known(entry: dict[str, Any]) -> None:
    spec = OPERATIONS[entry["operation"]].spec

    assert spec["x-heymarket-confidence"] == entry["confidence"]
    assert {one["id"] for one in spec.get("x-heymarket-discrepancies", [])} >= set(entry["discrepancies"])


@for_each_webhook
def test_a_delivery_has_the_fields_that_the_vendor_shows(entry: dict[str, Any]) -> None:
    (item,) = description.load()["webhooks"].values()
    spec = item[entry["method"].lower()]
    schema = resolve(spec["requestBody"]["content"]["application/json"]["schema"])
    known, _ = resolve(schema["properties"]["type"])["anyOf"]

    assert spec["operationId"] == entry["operation"]
    assert spec["x-heymarket-confidence"] == entry["confidence"]
    assert {one["id"] for one in spec["x-heymarket-discrepancies"]} >= set(entry["discrepancies"])
    assert list(schema["properties"]) == entry["fields"]
    assert schema["required"] == entry["required"]
    assert known["enum"] == entry["types"]
