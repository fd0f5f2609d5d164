"""Examples that are nobody's: the data of the input is replaced, in samples and in the words about them.

The scrubber of the cassettes replaces; where the description already has an example for a field of that name and type,
or the format says enough, that one is taken.
"""

import json
import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import jsonschema_rs
from codegen.code_samples import make_value

from heymarket.testing.cassettes.scrubber import Scrubber

from .endpoint import Endpoint, Schema, decide
from .infer import is_placeholder
from .known import Known
from .naming import to_snake

_BY_FORMAT = {
    "date-time": "2024-01-02T03:04:05Z",
    "date": "2024-01-02",
    "uuid": "00000000-0000-4000-8000-000000000001",
    "email": "ada@example.com",
    "uri": "https://example.com/1",
    "phone": "15555550100",
    "binary": "",
}
_WORD = re.compile(r"[a-z]+(?:[_-][a-z]+)*")
_SETS = {"action", "category", "direction", "kind", "mode", "role", "source", "state", "status", "type"}
"""Names of fields whose strings are the API's own words, not somebody's."""
_LIMITS = {"minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
_CONTAINERS: dict[str, type] = {"object": dict, "array": list}
_BY_TYPE = {"string": "example", "integer": 1, "number": 1.5, "boolean": False}


def make_harmless(endpoint: Endpoint, known: Known) -> None:
    """Replaces all data in an endpoint, and gives an example to what has none."""
    scrubber = Scrubber({})
    leaves = list(_list_leaves(endpoint))
    examples = _scrub(scrubber, [schema.get("example") for schema, _ in leaves], 200)
    for (schema, name), example in zip(leaves, examples, strict=True):
        chosen = _choose(schema, name, example, known)
        if not _fits(schema, chosen):
            chosen = make_value(schema)
        if chosen is not None and _fits(schema, chosen):
            schema["example"] = chosen
    described = [endpoint.components, *(p.schema for p in endpoint.parameters), endpoint.body, endpoint.response]
    mentions = [schema for part in described for schema in _list_described(part)]
    words = _scrub(scrubber, [schema["description"] for schema in mentions], 400)
    for schema, description in zip(mentions, words, strict=True):
        schema["description"] = description
    for parameter in endpoint.parameters:
        (parameter.description,) = _scrub(scrubber, [parameter.description], 400)
    endpoint.title, endpoint.description, endpoint.response_description = _scrub(
        scrubber, [endpoint.title, endpoint.description, endpoint.response_description], 400
    )


def _scrub(scrubber: Scrubber, values: list[Any], status: int) -> list[Any]:
    """Values as the scrubber has them: all data replaced, or, with the status of an error, personal data only."""
    response: dict[str, Any] = {
        "status": {"code": status},
        "headers": {},
        "body": {"string": json.dumps(values).encode()},
    }
    scrubber.scrub(SimpleNamespace(headers={}, uri="", body=None), response)
    scrubbed: list[Any] = json.loads(response["body"]["string"])
    return scrubbed


def _list_leaves(endpoint: Endpoint) -> Iterator[tuple[Schema, str]]:
    """All schemas that have examples of their own, with the names of their fields."""
    for parameter in endpoint.parameters:
        yield from _walk(parameter.schema, parameter.name)
    for name, component in endpoint.components.items():
        yield from _walk(component, name)
    for schema in (endpoint.body, endpoint.response):
        yield from _walk(schema or {}, "")


def _walk(schema: Schema, name: str) -> Iterator[tuple[Schema, str]]:
    parts = [*schema.get("anyOf", []), *schema.get("oneOf", []), *schema.get("allOf", [])]
    parts += [schema[key] for key in ("items", "additionalProperties") if isinstance(schema.get(key), dict)]
    for part in parts:
        yield from _walk(part, name)
    for field, part in schema.get("properties", {}).items():
        yield from _walk(part, field)
    if "example" in schema or (get_type(schema) in _BY_TYPE and "$ref" not in schema):
        yield schema, name


def _choose(schema: Schema, name: str, scrubbed: Any, known: Known) -> Any:
    kind, sample = get_type(schema), schema.pop("example", None)
    if kind not in _BY_TYPE:
        return scrubbed if isinstance(scrubbed, _CONTAINERS.get(kind, object)) else None
    if values := [value for value in schema.get("enum", []) if value is not None]:
        return values[0]
    if "const" in schema:
        return schema["const"]
    if kind == "string" and (form := schema.get("format")) in _BY_FORMAT:
        return _BY_FORMAT[form]
    if to_snake(name) in _SETS and isinstance(sample, str) and _WORD.fullmatch(sample):
        decide(schema, "type", "which values are there?")
        return sample
    if kind != "boolean" and (example := known.example(name, kind)) is not None:
        return example
    if sample is None or is_placeholder(sample) or isinstance(sample, str) is not (kind == "string"):
        return 1001 if kind == "integer" and to_snake(name).split("_")[-1:] == ["id"] else _BY_TYPE[kind]
    return scrubbed


def _fits(schema: Schema, example: Any) -> bool:
    return jsonschema_rs.is_valid({key: schema[key] for key in _LIMITS & schema.keys()}, example)


def get_type(schema: Schema) -> str:
    """The type of a schema, null left aside; empty if it has none or several."""
    kind = schema.get("type", "")
    if isinstance(kind, list):
        kinds = [one for one in kind if one != "null"]
        return kinds[0] if len(kinds) == 1 else ""
    return str(kind)


def _list_described(part: Any) -> Iterator[Schema]:
    if isinstance(part, dict):
        if isinstance(part.get("description"), str):
            yield part
        for value in part.values():
            yield from _list_described(value)
    elif isinstance(part, list):
        for value in part:
            yield from _list_described(value)
