"""Responses of every kind, alone, in lists, lists of lists and maps: the right types, and no odd value costs one."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from codegen import build

from tests.scripts.checkout import ROOT
from tests.scripts.test_unions import run_with
from tests.scripts.test_vocabulary import HEAD

if TYPE_CHECKING:
    from pathlib import Path

TIME, ID = "2024-01-02T03:04:05Z", "00000000-0000-4000-8000-000000000001"
STRING, INTEGER = {"type": "string"}, {"type": "integer"}
DATE_TIME, UUID = {**STRING, "format": "date-time"}, {**STRING, "format": "uuid"}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def obj(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def any_of(*variants: Any) -> dict[str, Any]:
    return {"anyOf": [*variants]}


SCHEMAS = {
    "Kind": {**STRING, "enum": ["a", "b"]},
    "Part": obj(a=STRING),
    "Whole": {"required": ["a", "b"], "allOf": [ref("Part"), obj(b=STRING)]},
    "Maybe": {**obj(inside=obj(u=STRING)), "type": ["object", "null"]},
    "Node": obj(name=STRING, nodes={"type": "array", "items": ref("Node")}),
    "Tree": obj(trees={"type": "object", "additionalProperties": ref("Tree")}),
    "Sms": obj(kind={"const": "sms"}, number=STRING),
    "Mail": obj(kind={"const": "mail"}, to=STRING),
    "Leaf": obj(kind={"const": "leaf"}),
    "Group": obj(kind={"const": "group"}, items={"type": "array", "items": any_of(ref("Leaf"), ref("Group"))}),
}
KINDS: dict[str, tuple[Any, Any, str]] = {
    "integer": (INTEGER, 1, "int"),
    "date_time": (DATE_TIME, TIME, "datetime"),
    "date": ({**STRING, "format": "date"}, "2024-01-02", "date"),
    "uuid": (UUID, ID, "UUID"),
    "enum": (ref("Kind"), "a", "Kind"),
    "number_of_some": ({**INTEGER, "enum": [1, 2]}, 1, "int"),
    "share_of_some": ({"type": "number", "enum": [1.5]}, 1.5, "float"),
    "enum_or_null": ({"type": ["string", "null"], "enum": ["p", None]}, None, "NoneType"),
    "const": ({"type": "string", "const": "k"}, "k", "str"),
    "const_number": ({"type": "integer", "const": 3}, 3, "int"),
    "part": (ref("Part"), {"a": "b"}, "Part"),
    "whole": (ref("Whole"), {"a": "b"}, "Whole"),
    "maybe": (ref("Maybe"), {"inside": {"u": "v"}}, "Maybe"),
    "node": (ref("Node"), {"nodes": [{"name": "n"}]}, "Node"),
    "tree": (ref("Tree"), {"trees": {"a": {"trees": {}}}}, "Tree"),
    "group": (ref("Group"), {"kind": "group", "items": [{"kind": "leaf"}]}, "Group"),
    "union": (any_of(ref("Sms"), ref("Mail")), {"kind": "mail"}, "Mail"),
    "union_or_null": (any_of(ref("Sms"), ref("Mail"), {"type": "null"}), {"kind": "sms"}, "Sms"),
    "string_or_integer": ({"type": ["string", "integer"]}, 1, "int"),
    "string_or_list": (any_of(STRING, {"type": "array", "items": STRING}), ["s"], "list"),
    "model_or_string": (any_of(ref("Part"), STRING), {"a": "b"}, "Part"),
    "model_or_list": (any_of(ref("Part"), {"type": "array", "items": ref("Part")}), [{"a": "b"}], "list"),
    "date_time_or_integer": (any_of(DATE_TIME, INTEGER), TIME, "datetime"),
    "uuid_or_integer": (any_of(UUID, INTEGER), ID, "UUID"),
    "enum_or_integer": (any_of(ref("Kind"), INTEGER), "b", "Kind"),
    "list_or_null": ({"type": ["array", "null"], "items": INTEGER}, [1], "list"),
    "anything": ({}, 1, "int"),
}
"""By name: the schema, a value of it, and the type that this becomes."""
SHAPES = ("alone", "listed", "nested", "mapped")
PROGRAM = """
import importlib, json, sys, warnings
warnings.simplefilter("ignore")
wrap = {
    "alone": lambda value: value,
    "listed": lambda value: [value],
    "nested": lambda value: [[value]],
    "mapped": lambda value: {"k": value},
}
unwrap = {
    "alone": lambda value: value,
    "listed": lambda value: value[0],
    "nested": lambda value: value[0][0],
    "mapped": lambda value: value["k"],
}
for name, shape, kind, value, expected in json.loads(sys.stdin.read()):
    is_field = name.startswith("field_")
    parse = importlib.import_module(f"heymarket_openapi.api.things.things_{name}")._parse_response
    parsed = parse({"p": wrap[shape](value)}).p if is_field else parse(wrap[shape](value))
    found = type(unwrap[shape](parsed)).__name__
    if is_field or expected not in {"date", "datetime", "UUID"}:  # in a list of these, each stays a string
        assert found == expected, (name, found, expected)
    for odd in (None, "zzz", 5, {"z": 1}, [1], True):
        parse({"p": wrap[shape](odd)} if is_field else wrap[shape](odd))
        parse({"p": odd} if is_field else wrap[shape](odd))
"""


def wrap(shape: str, schema: Any) -> Any:
    match shape:
        case "listed":
            return {"type": "array", "items": schema}
        case "nested":
            return wrap("listed", wrap("listed", schema))
        case "mapped":
            return {"type": "object", "additionalProperties": schema}
    return schema


def operation(name: str, schema: Any) -> dict[str, Any]:
    return {
        "operationId": f"things.{name}",
        "tags": ["things"],
        "x-heymarket-confidence": "low",
        "x-heymarket-sources": ["invented"],
        "responses": {"200": {"description": "d", "content": {"application/json": {"schema": schema}}}},
    }


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("kinds")
    shutil.copytree(ROOT / "openapi/templates", root / "openapi/templates")
    shutil.copy(ROOT / "openapi/generator.yaml", root / "openapi")
    paths: dict[str, Any] = {}
    for kind, (schema, _, _) in KINDS.items():
        for shape in SHAPES:
            described = {f"field_{shape}_{kind}": obj(p=wrap(shape, schema))}
            if shape != "alone":
                described[f"top_{shape}_{kind}"] = wrap(shape, schema)
            paths |= {f"/v9/{name}": {"get": operation(name, one)} for name, one in described.items()}
    (root / "openapi/heymarket.yaml").write_text(HEAD, encoding="utf-8")
    family = json.dumps({"paths": paths, "components": {"schemas": SCHEMAS}})
    (root / "openapi/things.yaml").write_text(family, encoding="utf-8")
    build.build_package(root / "openapi", root / "generated/heymarket_openapi", root / "docs/reference")
    return root


@pytest.mark.parametrize("place", ["field", "top"])
def test_each_kind_in_each_shape(kinds: Path, place: str) -> None:
    cases = [
        (f"{place}_{shape}_{kind}", shape, kind, value, expected)
        for kind, (_, value, expected) in KINDS.items()
        for shape in SHAPES
        if (place, shape) != ("top", "alone")
    ]

    run_with(kinds, PROGRAM, json.dumps(cases))
