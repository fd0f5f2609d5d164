"""What the description says about bodies and results: examples of JSON options, the fields of a result, its columns."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from heymarket import description

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket.description import OperationInfo

    Schema = Mapping[str, Any]

__all__ = ["describe_json", "find_columns", "list_fields"]

_MOST_EXAMPLES = 3
_DEEPEST = 3
_BY_TYPE: dict[str, Any] = {"integer": 1, "number": 1.5, "boolean": True, "string": "text", "object": {}}


def describe_json(operation: OperationInfo, argument: str) -> str:
    """Describe the JSON that an argument takes: an example, and the names of its fields.

    Args:
        operation: The operation.
        argument: The argument's name in Python.
    """
    body = _resolve(operation.spec.get("requestBody", {}))
    schema = _resolve(_content(body))
    if schema.get("type") != "array":
        parts = {_to_python(name): part for name, part in _properties(schema).items()}
        schema = _resolve(parts.get(argument, schema))
    fields = _properties(_resolve(schema.get("items", schema)))
    required = _resolve(schema.get("items", schema)).get("required", ())
    names = ", ".join(f"{name} (required)" if name in required else name for name in fields)
    example = f"For example: {json.dumps(_make_example(schema), ensure_ascii=False)}."
    table = " @FILE.csv has a column for each field." if "items" in schema else ""
    return f"{example} Fields: {names}.{table}" if fields else example


def find_columns(operation: OperationInfo) -> tuple[str, ...]:
    """The columns of a list of the operation's results, as the description names them; none if it doesn't."""
    return tuple(_find_result(operation).get("x-heymarket-columns", ()))


def list_fields(operation: OperationInfo) -> tuple[str, ...]:
    """The described fields of the operation's result, or of an item of it."""
    return tuple(_properties(_find_result(operation)))


def _find_result(operation: OperationInfo) -> Schema:
    responses: dict[str, Schema] = operation.spec["responses"]
    success = next(part for status, part in responses.items() if status.startswith("2"))
    schema = _resolve(_content(_resolve(success)))
    return _resolve(schema.get("items", schema))


def _content(part: Schema) -> Schema:
    schema: Schema = part.get("content", {}).get("application/json", {}).get("schema", {})
    return schema


def _resolve(part: Schema) -> Schema:
    while "$ref" in part:
        found: Any = description.load()
        for step in part["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        part = found
    return part


def _properties(schema: Schema) -> dict[str, Schema]:
    properties = dict(schema.get("properties", {}))
    for part in schema.get("allOf", ()):
        properties |= _properties(_resolve(part))
    return properties


def _make_example(schema: Schema, depth: int = 0) -> Any:
    schema = _resolve(schema)
    for key in ("example", "const", "default"):
        if key in schema:
            return schema[key]
    for key in ("examples", "enum"):
        if schema.get(key):
            return schema[key][0]
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        return _make_example(choices[0], depth)
    if schema.get("type") == "array":
        return [_make_example(schema.get("items", {}), depth)]
    if (properties := _properties(schema)) and depth < _DEEPEST:
        required = [name for name in properties if name in schema.get("required", ())]
        others = [name for name in properties if name not in required and "example" in _resolve(properties[name])]
        shown = [*required, *others[: max(0, _MOST_EXAMPLES - len(required))]]
        return {name: _make_example(properties[name], depth + 1) for name in shown}
    kind = schema.get("type", "object")
    return next((value for name, value in _BY_TYPE.items() if name in kind), None)  # a name, or a list of them


def _to_python(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).replace("-", "_").lower()
