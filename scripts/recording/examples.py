"""Scenarios that are derived: an operation's success, called with the examples of the description."""

from __future__ import annotations

import inspect
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from heymarket_openapi.resources import Resources

from heymarket import description, models
from heymarket.emulator.api import schema_examples
from heymarket.emulator.seeds.built_in import EXAMPLES
from heymarket.testing.cassettes.contract import find_media, find_response, find_schema, resolve
from recording.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from heymarket.description import OperationInfo

    Schema = Mapping[str, Any]

_EXACTLY_ONE = "x-heymarket-exactly-one"
_TIMESTAMPS = {"date-time", "quarter-hour"}
_TYPES: dict[str, type[object]] = {"array": list, "boolean": bool, "integer": int, "number": float, "string": str}


def successes(operation: OperationInfo) -> Iterator[Scenario]:
    """The call with the example of its body, one with every argument, and one for each way to name what it is about.

    There are none where the response is an object without a name, whose class isn't in the description.
    """
    gives = result_of(operation)
    if gives is None:
        return
    example = arguments(operation)
    calls = {"example": example, "every-argument": arguments(operation, every=True)}
    calls |= {f"by-{way[0].replace('_', '-')}": arguments(operation, by=way) for way in _ways(operation)}
    for label, given in calls.items():
        if label == "example" or given != example:
            made_up = any(_made_up(operation, *one) for one in given.items())
            yield Scenario(operation.name, _status(operation), label, given, gives, made_up=made_up)


def arguments(operation: OperationInfo, *, every: bool = False, by: Sequence[str] = ()) -> dict[str, Any]:
    """What its method can be called with, by the names that arguments have in Python.

    By default, the required ones of the path and the query, and those of the body's example.

    Args:
        operation: The operation.
        every: All arguments; of those that exclude each other, the ones that the body's example has.
        by: Fields of the body that replace those that they exclude.
    """
    spec = operation.spec
    parameters = [resolve(one) for one in spec.get("parameters", [])]
    given = {
        one.get("x-heymarket-name", one["name"]): _value(one["schema"], one.get("example", _example(one["schema"])))
        for one in ({**next(iter(one.get("content", {}).values()), {}), **one} for one in parameters)
        if every or one.get("required")
    }
    content = _content(operation)
    body = _whole(content, ()) if every else _example(content)
    if isinstance(body, list):
        given[spec.get("x-heymarket-body-name", "items")] = body
    elif isinstance(body, str):
        given[spec.get("x-heymarket-body-name", "content")] = body.encode()
    elif body is not None and "properties" not in resolve(content):
        given[spec.get("x-heymarket-body-name", "fields")] = body
    elif body is not None:
        fields = resolve(content)["properties"]
        if by:
            excluded = {name for group in resolve(content)[_EXACTLY_ONE] for name in group}
            body = {name: value for name, value in body.items() if name not in excluded}
            body |= {name: _example(fields[name]) for name in by}
        if (key := spec.get("x-heymarket-idempotent-by")) in fields:  # otherwise another one is made for each call
            body = {key: _example(fields[key]), **body}
        given |= {fields[n].get("x-heymarket-name", n): _value(fields[n], value) for n, value in body.items()}
    if "next" in (pages := spec.get("x-heymarket-pagination", {})):
        given.pop(pages["cursor"], None)  # only a response says one
    names = {_bare(name): name for name in parameters_of(operation)}
    return {names[_bare(name)]: value for name, value in given.items()}


def result_of(operation: OperationInfo) -> type[object] | None:
    """The type of the method's result; `None` if the description gives it no name."""
    described = find_response(operation, _status(operation)) or {}
    response = find_schema(operation, _status(operation))
    marker = operation.spec.get("x-heymarket-answer")
    if response is None and (media := find_media(described)):
        return str if media.startswith("text/") or media.endswith("xml") else bytes
    if response is None or marker == "nothing":
        return type(None)
    if marker == "count":
        return int
    if operation.spec.get("x-heymarket-pagination", {}).get("items"):
        return list
    kind = resolve(response).get("type")
    if kind == "object" and "$ref" in response:
        found: type[object] = getattr(models, response["$ref"].rpartition("/")[2])
        return found
    return _TYPES.get(kind or "")


def _status(operation: OperationInfo) -> int:
    return min(int(status) for status in operation.spec["responses"] if status.startswith("2"))


def _content(operation: OperationInfo) -> Schema:
    """The schema of the body; one of nothing where there is no body."""
    body: Schema = resolve(operation.spec.get("requestBody", {}))
    content: Schema = next(iter(body["content"].values()))["schema"] if body else {}
    return content


def _ways(operation: OperationInfo) -> list[list[str]]:
    """The groups of fields of which exactly one must be given."""
    groups: list[list[str]] = resolve(_content(operation)).get(_EXACTLY_ONE, [])
    return groups


class _Methods(Resources):
    """Resources to read signatures from, which can't send."""

    _sender: Any = None


_METHODS = _Methods()


def parameters_of(operation: OperationInfo) -> Mapping[str, inspect.Parameter]:
    """The arguments of its method that are sent, whichever way."""
    raw = getattr(_METHODS, operation.resource).with_raw_response
    parameters = inspect.signature(getattr(raw, operation.method_name)).parameters
    return {name: parameter for name, parameter in parameters.items() if name != "allow_undescribed"}


def _bare(name: str) -> str:
    """What stays of a name whichever way words are set apart: `phoneNumber`, `phone_number`; `filter`, `filter_`."""
    return re.sub(r"[\W_]", "", name).lower()


def _example(node: Schema) -> Any:
    return schema_examples.build_example(node, description.load())


def _value(node: Schema, example: Any) -> Any:
    """An example as Python has it."""
    found = resolve(node)
    if isinstance(example, list) and "items" in found:
        return [_value(found["items"], item) for item in example]
    form = found.get("format")
    if form == "binary":
        return example.encode()
    if form in _TIMESTAMPS:
        return datetime.fromisoformat(example)
    return date.fromisoformat(example) if form == "date" else example


def _whole(node: Schema, above: tuple[str, ...]) -> Any:
    """An example with every field that the others allow."""
    if "$ref" in node:
        if node["$ref"] in above:
            return _example(node)
        above = (*above, node["$ref"])
    found = resolve(node)
    if "properties" in found:
        left_out = _left_out(found)
        return {name: _whole(part, above) for name, part in found["properties"].items() if name not in left_out}
    if "properties" in resolve(found.get("items", {})):
        return [_whole(found["items"], above)]
    return _example(node)


def _left_out(node: Schema) -> set[str]:
    """The fields that those of the example exclude."""
    groups: list[list[str]] = node.get(_EXACTLY_ONE, [])
    chosen = next((group for group in groups if set(group) & _example(node).keys()), [])
    return {name for group in groups for name in group} - set(chosen)


def _made_up(operation: OperationInfo, name: str, value: Any) -> bool:
    """Whether an argument may name a record: not timestamps, booleans, positions in a list and known contacts."""
    pages = operation.spec.get("x-heymarket-pagination", {})
    if isinstance(value, bool | date) or name in {"limit", *map(pages.get, ("page", "cursor", "offset", "limit"))}:
        return False
    return value not in [example.contact_id for example in EXAMPLES.values()]
