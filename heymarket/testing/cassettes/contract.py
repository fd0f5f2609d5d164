"""What the description says of an operation: its contract as a fingerprint, its responses as fields.

A field is written `channel_id`, `tags[].tag_id`, or `` for the whole body; a kind is a JSON type, or for some strings
their format.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote

from heymarket import description

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from heymarket.description import OperationInfo

    Fields = dict[str, set[str]]

_PROSE = {"description", "summary", "title", "example", "examples", "externalDocs"}
_MAPS_OF_NAMES = {"properties", "patternProperties", "$defs", "content", "headers"}
_VALUES = {"enum", "const", "default", "required"}

_FORMATS = {
    "date-time": re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)"),
    "uuid": re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
}
_TYPES = {
    dict: "object",
    list: "array",
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
}


def fingerprint(operation: OperationInfo, document: Mapping[str, Any] | None = None) -> str:
    """Changes when the operation's contract does: method, path, parameters, body and responses, without prose.

    Args:
        operation: The operation.
        document: Its description; the bundled one by default.
    """
    document = description.load() if document is None else document
    spec = operation.spec
    contract = {
        "operation": [operation.name, operation.http_method, operation.path],
        "parameters": [document["paths"][operation.path].get("parameters", []), spec.get("parameters", [])],
        "body": spec.get("requestBody"),
        "answers": list(spec["responses"].items()),
    }
    contract |= {key: spec[key] for key in ("servers", "security") if key in spec}
    bare = json.dumps(_Inlined(document).bare(contract, ()), sort_keys=True)
    return hashlib.sha256(bare.encode()).hexdigest()[:16]


class _Inlined:
    """A description without references and prose."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document

    def bare(self, node: Any, above: tuple[str, ...]) -> Any:
        if isinstance(node, list | tuple):
            return [self.bare(item, above) for item in cast("Iterable[Any]", node)]
        if not isinstance(node, dict):
            return node
        node = cast("dict[str, Any]", node)
        reference = node.get("$ref")
        if reference in above:
            return reference
        if reference:
            above = (*above, reference)
            node = resolve(node, self._document)
        return {
            key: self._value(key, value, above)
            for key, value in node.items()
            if key not in _PROSE and not key.startswith("x-")
        }

    def _value(self, key: str, value: Any, above: tuple[str, ...]) -> Any:
        if key in _VALUES:
            return value
        if key in _MAPS_OF_NAMES:
            return {name: self.bare(item, above) for name, item in value.items()}
        return self.bare(value, above)


def resolve(node: Mapping[str, Any], document: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The node, or what its `$ref` points to, with what is beside the `$ref`."""
    while "$ref" in node:
        target: Any = description.load() if document is None else document
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[unquote(step).replace("~1", "/").replace("~0", "~")]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return dict(node)


def find_response(operation: OperationInfo, status: int) -> dict[str, Any] | None:
    """The response object for a status; `None` if the description has none."""
    responses = operation.spec["responses"]
    found = responses.get(str(status), responses.get(f"{status // 100}XX", responses.get("default")))
    return None if found is None else resolve(found)


def find_schema(operation: OperationInfo, status: int) -> dict[str, Any] | None:
    """The schema of the JSON body of a response with this status; `None` if the description has none."""
    content = (find_response(operation, status) or {}).get("content", {})
    found: dict[str, Any] | None = next((part.get("schema") for name, part in content.items() if "json" in name), None)
    return found


def find_media(part: Mapping[str, Any]) -> str:
    """The media type of a body or a response; empty if it has none."""
    return next(iter(part.get("content", {})), "")


def described_fields(operation: OperationInfo, status: int) -> Fields | None:
    """The kinds of each field of the body, as described; `None` if nothing is."""
    body = find_schema(operation, status)
    return None if body is None else describe_schema(body)


def describe_schema(schema: Mapping[str, Any]) -> Fields:
    """The kinds of each field of a body, as its schema says."""
    fields: Fields = defaultdict(set)
    _describe(schema, "", fields, ())
    return dict(fields)


def _describe(node: Mapping[str, Any], path: str, fields: Fields, above: tuple[str, ...]) -> None:
    reference = node.get("$ref")
    if reference in above:
        return
    if reference:
        above = (*above, reference)
        node = resolve(node)
    types = node.get("type", [])
    fields[path] |= {
        node.get("format", kind) if node.get("format") in _FORMATS else kind
        for kind in ([types] if isinstance(types, str) else types)
    }
    for key in ("allOf", "anyOf", "oneOf"):
        for branch in node.get(key, []):
            _describe(branch, path, fields, above)
    for name, field in node.get("properties", {}).items():
        _describe(field, f"{path}.{name}" if path else name, fields, above)
    if "items" in node:
        _describe(node["items"], f"{path}[]", fields, above)


def fields_of(body: Any) -> Fields:
    """The kinds of each field of a body."""
    fields: Fields = defaultdict(set)
    _look(body, "", fields)
    return dict(fields)


def _look(value: Any, path: str, fields: Fields) -> None:
    fields[path].add(kind_of(value))
    if isinstance(value, dict):
        for name, field in cast("dict[str, Any]", value).items():
            _look(field, f"{path}.{name}" if path else name, fields)
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            _look(item, f"{path}[]", fields)


def kind_of(value: Any) -> str:
    """A JSON type, or the format of a string that has one."""
    if isinstance(value, str):
        return next((name for name, form in _FORMATS.items() if form.fullmatch(value)), "string")
    return _TYPES.get(value.__class__, "null")


def fits(kind: str, described: set[str]) -> bool:
    """Whether a kind is one of those described."""
    wider = {"integer": "number", "date-time": "string", "uuid": "string"}
    return kind in described or wider.get(kind) in described
