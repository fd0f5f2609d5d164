"""Responses made from the description alone, for operations that have no handler yet.

What the description says beside a value wins (`example`, `examples`, `const`, `default`, `enum`); else one is made
that fits type, format and bounds. `pattern` is the exception: where one matters, the description gives an example.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    Schema = Mapping[str, Any] | bool

__all__ = ["NO_BODY", "ExampleResponse", "build_example", "build_response", "resolve"]

NO_BODY: Final = object()
"""No body at all, which is not the same as `null`."""

_FORMATS = {
    "date": "2025-01-15",
    "date-time": "2025-01-15T09:30:00Z",
    "email": "someone@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "phone": "15555550100",
    "time": "09:30:00Z",
    "uri": "https://example.com/",
    "url": "https://example.com/",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


@frozen
class ExampleResponse:
    """A status, a body, which may be `NO_BODY`, and its media type."""

    status: int
    body: Any
    media: str = "application/json"


def build_response(operation: Mapping[str, Any], document: Mapping[str, Any]) -> ExampleResponse:
    """The operation's response when all goes well.

    Args:
        operation: The operation object.
        document: The description it is in, for its `$ref`s.
    """
    successes = sorted(status for status in operation["responses"] if status.startswith("2"))
    if not successes:
        return ExampleResponse(200, NO_BODY)
    status = int(successes[0].upper().replace("X", "0"))
    response = resolve(operation["responses"][successes[0]], document)
    for name, media in response.get("content", {}).items():
        if "example" in media:
            return ExampleResponse(status, media["example"], name)
        for one in media.get("examples", {}).values():
            return ExampleResponse(status, resolve(one, document)["value"], name)
        return ExampleResponse(status, build_example(media.get("schema", {}), document), name)
    return ExampleResponse(status, NO_BODY)


def build_example(schema: Schema, document: Mapping[str, Any]) -> Any:
    """A value that fits the schema; the same one every time.

    Args:
        schema: A JSON Schema (2020-12, as in OpenAPI 3.1).
        document: The description it is in, for its `$ref`s.
    """
    value = _Examples(document).of(schema, ())
    return None if value is _ENDLESS else value


def resolve(node: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The node, or what its `$ref` points to with what is beside the `$ref`."""
    while "$ref" in node:
        target: Any = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[unquote(step).replace("~1", "/").replace("~0", "~")]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return node


_ENDLESS: Final = object()
"""Stands for a value that would contain itself endlessly."""


class _Examples:
    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document

    def of(self, schema: Schema, above: tuple[str, ...]) -> Any:
        """An example; `above` holds the references on the way here."""
        if isinstance(schema, bool):
            return None
        if "$ref" in schema:
            if schema["$ref"] in above:
                return _ENDLESS
            above = (*above, schema["$ref"])
            schema = resolve(schema, self._document)
        for key in ("example", "const", "default"):
            if key in schema:
                return schema[key]
        for key in ("examples", "enum"):
            if schema.get(key):
                return schema[key][0]
        if "allOf" in schema:
            return self._all_of(schema, above)
        for key in ("oneOf", "anyOf"):
            if key in schema:
                return self._one_of(schema, key, above)
        return self._typed(schema, above)

    def _all_of(self, schema: Mapping[str, Any], above: tuple[str, ...]) -> Any:
        rest = {key: value for key, value in schema.items() if key != "allOf"}
        parts: list[Any] = [self.of(part, above) for part in (*schema["allOf"], rest)]
        objects: list[dict[str, Any]] = [part for part in parts if isinstance(part, dict)]
        if objects:
            return {name: value for one in objects for name, value in one.items()}
        return next((part for part in parts if part is not None), None)

    def _one_of(self, schema: Mapping[str, Any], key: str, above: tuple[str, ...]) -> Any:
        rest = {name: value for name, value in schema.items() if name != key}
        values = [self.of({**rest, **branch} if branch else rest, above) for branch in schema[key]]
        usable = [value for value in values if value is not _ENDLESS]
        return next((value for value in usable if value is not None), None if usable else _ENDLESS)

    def _typed(self, schema: Mapping[str, Any], above: tuple[str, ...]) -> Any:
        match _type(schema):
            case "object":
                return self._object(schema, above)
            case "array":
                return self._array(schema, above)
            case "string":
                return _text(schema)
            case "integer" | "number":
                return _number(schema)
            case "boolean":
                return True
            case _:
                return None

    def _object(self, schema: Mapping[str, Any], above: tuple[str, ...]) -> dict[str, Any]:
        values = {name: self.of(part, above) for name, part in schema.get("properties", {}).items()}
        return {name: value for name, value in values.items() if value is not _ENDLESS}

    def _array(self, schema: Mapping[str, Any], above: tuple[str, ...]) -> list[Any]:
        item = self.of(schema.get("items", {}), above)
        if item is _ENDLESS:
            return []
        return [item] * min(max(1, schema.get("minItems", 1)), schema.get("maxItems", math.inf))


def _type(schema: Mapping[str, Any]) -> str | None:
    named: str | list[str] | None = schema.get("type")
    if isinstance(named, list):
        return next((one for one in named if one != "null"), "null")
    if named is None and "properties" in schema:
        return "object"
    if named is None and "items" in schema:
        return "array"
    return named


def _text(schema: Mapping[str, Any]) -> str:
    text = _FORMATS.get(schema.get("format", ""), "text")
    return text.ljust(schema.get("minLength", 0), "x")[: schema.get("maxLength")]


def _number(schema: Mapping[str, Any]) -> int | float:
    step = schema.get("multipleOf", 1)
    lowest = schema.get("minimum", -math.inf)
    if "exclusiveMinimum" in schema:
        lowest = max(lowest, schema["exclusiveMinimum"] + step)
    highest = schema.get("maximum", math.inf)
    if "exclusiveMaximum" in schema:
        highest = min(highest, schema["exclusiveMaximum"] - step)
    number: int | float = min(max(1, lowest), highest)
    return math.ceil(number / step) * step if "multipleOf" in schema else number
