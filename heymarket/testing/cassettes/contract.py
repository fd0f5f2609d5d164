"""What the description says of an operation: its contract as a fingerprint, and where its responses are."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote, urlsplit

from heymarket import description
from heymarket.testing.cassettes.linter import string_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from heymarket.description import OperationInfo

_PROSE = {"description", "summary", "title", "example", "examples", "externalDocs", "tags", "operationId"}
_MARKER = "x-heymarket-"
_COMMENTS = {f"{_MARKER}{name}" for name in ("columns", "confidence", "discrepancies", "sources")}
"""Markers that no call goes by: evidence, and how the command line shows a result."""
_LONGEST = 200
"""Characters of a value that a summary has; of a longer one, it has a hash."""


def fingerprint(operation: OperationInfo, document: Mapping[str, Any] | None = None) -> str:
    """Changes when the operation's contract does, whose parts `summarize` lists.

    Args:
        operation: The operation.
        document: Its description; the bundled one by default.
    """
    contract = [operation.name, summarize(operation, document)]
    return hashlib.sha256(json.dumps(contract, sort_keys=True).encode()).hexdigest()[:16]


def summarize(operation: OperationInfo, document: Mapping[str, Any] | None = None) -> dict[str, str]:
    """The parts of an operation's contract by their place: path, parameters, body, responses, markers; no prose.

    A place is such as `response.200.body.tags[].tag_id`; its part says type, enum, `required` and all else that the
    description says there, in a line.

    Args:
        operation: The operation.
        document: Its description; the bundled one by default.
    """
    document = description.load() if document is None else document
    summary = _Summary(document)
    spec = operation.spec
    summary.add("request", {"method": operation.http_method, "path": operation.path})
    for key in spec.keys() - {"parameters", "requestBody", "responses"}:
        summary.add(f"operation.{key.removeprefix(_MARKER)}", {key: spec[key]})
    for parameter in (*document["paths"][operation.path].get("parameters", []), *spec.get("parameters", [])):
        node = resolve(parameter, document)
        summary.add(f"request.{node.pop('in')}.{node.pop('name')}", node)
    if "requestBody" in spec:
        summary.add("request.body", spec["requestBody"])
    for status, response in spec["responses"].items():
        summary.add(f"response.{status}", {"described": True, **resolve(response, document)})
    return {place: " or ".join(parts) for place, parts in sorted(summary.parts.items())}


class _Summary:
    """A description without references and prose, cut into parts."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.parts: dict[str, list[str]] = defaultdict(list)
        self._document = document

    def add(self, place: str, node: Mapping[str, Any], above: tuple[str, ...] = (), *, required: bool = False) -> None:
        words = [*(["required"] if required else []), *self._read(place, node, above)]
        if words:
            self.parts[place].append(" ".join(words))

    def _read(self, place: str, node: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[str]:
        """What a node says of its own place; the places inside are added."""
        if reference := node.get("$ref"):
            if reference in above:
                yield f"another {reference.rpartition('/')[2]}"
                return
            above = (*above, reference)
            node = resolve(node, self._document)
        names: Any = node.get("required", [])
        required = set(cast("list[str]", names)) if isinstance(names, list) else set[str]()
        for key, value in sorted(node.items()):
            if key in _PROSE | _COMMENTS or (key.startswith("x-") and not key.startswith(_MARKER)):
                continue
            if key == "required" and isinstance(value, list):
                yield from (f"required={name}" for name in sorted(required - node.get("properties", {}).keys()))
            elif key == "content":
                for media, content in value.items():
                    self.add(f"{place.removesuffix('.body')}.body", {"media": media, **content}, above)
            elif key in _NAMES:
                for name, one in value.items():
                    self.add(f"{place}{_NAMES[key]}{name}", one, above, required=name in required)
            elif key in _BRANCHES:
                yield f"{key}({'; '.join(' '.join(self._read(place, one, above)) for one in value)})"
            elif key == "schema":
                yield from self._read(place, value, above)
            elif key in _CHILDREN and isinstance(value, dict):
                self.add(f"{place}{_CHILDREN[key]}", cast("dict[str, Any]", value), above)
            else:
                yield _write(key, value)


_NAMES = {"properties": ".", "patternProperties": ".", "headers": ".headers.", "encoding": ".encoding."}
_CHILDREN = {
    "items": "[]",
    "additionalProperties": ".*",
    "propertyNames": ".name-of-*",
    "contains": "[].contains",
    "not": ".not",
    "if": ".if",
    "then": ".then",
    "else": ".else",
}
_BRANCHES = {"allOf", "anyOf", "oneOf", "prefixItems"}


def _write(key: str, value: Any) -> str:
    """A keyword and its value: short, and nothing that a cassette may not hold."""
    name = key.removeprefix(_MARKER)
    if value is True:
        return name
    items = cast("list[object]", value) if isinstance(value, list) else []
    if isinstance(value, str):
        text = value
    elif items and all(isinstance(one, str) for one in items):
        text = "|".join(map(str, items))
    else:
        text = json.dumps(value, sort_keys=True)
    if len(text) > _LONGEST or any(string_problems(f"{name}={text}")):
        text = f"#{hashlib.sha256(text.encode()).hexdigest()[:8]}"
    return text if name in {"type", "format", "media", "method"} else f"{name}={text}"


def list_changes(recorded: Mapping[str, str], operation: OperationInfo) -> Iterator[tuple[str, str]]:
    """The places at which an operation's contract isn't what it was, and how it has changed there.

    Args:
        recorded: What `summarize` returned in the past.
        operation: The operation.
    """
    current = summarize(operation)
    for place in sorted(recorded.keys() | current.keys()):
        before, now = recorded.get(place), current.get(place)
        if before is None:
            yield place, f"it is new since the recording: {now}"
        elif now is None:
            yield place, f"it is gone; it was: {before}"
        elif before != now:
            yield place, f"it was: {before}; it is: {now}"


def find_operation(method: str, url: str) -> OperationInfo | None:
    """The operation that a request calls; `None` if the description has none like it."""
    path = urlsplit(url).path
    found = (one for form, one in _list_forms() if one.http_method == method and form.fullmatch(path))
    return next(found, None)


@cache
def _list_forms() -> list[tuple[re.Pattern[str], OperationInfo]]:
    """The operations with the form of their path, those with fewer parameters first."""
    return [
        (re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(one.prefix + one.path))), one)
        for one in sorted(description.operations(), key=lambda one: one.path.count("{"))
    ]


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
