"""Fields of JSON bodies, as a schema describes them and as they are.

A field is written `channel_id`, `tags[].tag_id`, or `` for the whole body; a kind is a JSON type, or for some strings
their format.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from heymarket.testing.cassettes.contract import find_schema, resolve

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from heymarket.description import OperationInfo

    Fields = dict[str, set[str]]

LEFT_OUT = "left out"
"""The kind of a field that some of the objects that could have it don't have."""

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


KINDS = frozenset({*_FORMATS, *_TYPES.values(), "null"})
"""What a value can be."""


def described_fields(operation: OperationInfo, status: int) -> Fields | None:
    """The kinds of each field of the body, as described; `None` if nothing is."""
    body = find_schema(operation, status)
    return None if body is None else describe_schema(body)


def describe_schema(schema: Mapping[str, Any]) -> Fields:
    """The kinds of each field of a body, as its schema says."""
    fields: Fields = defaultdict(set)
    for place, node in _walk_schema(schema, "", ()):
        types = node.get("type", [])
        fields[place] |= {
            node.get("format", kind) if node.get("format") in _FORMATS else kind
            for kind in ([types] if isinstance(types, str) else types)
        }
    return dict(fields)


def describe_words(schema: Mapping[str, Any]) -> Fields:
    """The values of each field of a body that has an enum, as its schema says."""
    words: Fields = defaultdict(set)
    for place, node in _walk_schema(schema, "", ()):
        words[place] |= {one for one in node.get("enum", ()) if isinstance(one, str)}
    return {place: found for place, found in words.items() if found}


def _walk_schema(
    node: Mapping[str, Any], place: str, above: tuple[str, ...]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    reference = node.get("$ref")
    if reference in above:
        return
    if reference:
        above = (*above, reference)
        node = resolve(node)
    yield place, node
    for key in ("allOf", "anyOf", "oneOf"):
        for branch in node.get(key, []):
            yield from _walk_schema(branch, place, above)
    for name, field in node.get("properties", {}).items():
        yield from _walk_schema(field, _join(place, name), above)
    if isinstance(values := node.get("additionalProperties"), dict):
        yield from _walk_schema(cast("dict[str, Any]", values), _join(place, "*"), above)
    if "items" in node:
        yield from _walk_schema(node["items"], f"{place}[]", above)


def fields_of(body: Any, described: Fields | None = None) -> Fields:
    """The kinds of each field of a body; `LEFT_OUT` is one of those that not all items of a list have.

    Args:
        body: The body.
        described: Its described fields. Those of a map, and numbers as names, are then the account's: written `*`.
    """
    fields: Fields = defaultdict(set)
    objects, members, parents = Counter[str](), Counter[str](), dict[str, str]()
    for place, parent, value in _walk(body, "", "", described):
        kind = kind_of(value)
        fields[place].add(kind)
        objects[place] += kind == "object"
        if not place.endswith("*") and place != f"{parent}[]":
            members[place] += 1
            parents[place] = parent
    for place, parent in parents.items():
        if members[place] < objects[parent]:
            fields[place].add(LEFT_OUT)
    return dict(fields)


def words_of(body: Any, places: Collection[str]) -> Fields:
    """The strings of a body in some of its fields.

    Args:
        body: The body.
        places: The fields.
    """
    words: Fields = defaultdict(set)
    for place, _, value in _walk(body, "", "", None):
        if place in places and isinstance(value, str):
            words[place].add(value)
    return dict(words)


class _Value(NamedTuple):
    place: str
    parent: str
    value: Any


def _walk(value: Any, place: str, parent: str, described: Fields | None) -> Iterator[_Value]:
    yield _Value(place, parent, value)
    if isinstance(value, dict):
        for name, field in cast("dict[str, Any]", value).items():
            whole, mapped = _join(place, name), _join(place, "*")
            is_key = described is not None and whole not in described and (mapped in described or name.isdigit())
            yield from _walk(field, mapped if is_key else whole, place, described)
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            yield from _walk(item, f"{place}[]", place, described)


def _join(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def parent_of(place: str) -> str | None:
    """The field that a field is in; `None` for the whole body."""
    if not place:
        return None
    return place.removesuffix("[]") if place.endswith("[]") else place.rpartition(".")[0]


def kind_of(value: Any) -> str:
    """A JSON type, or the format of a string that has one."""
    if isinstance(value, str):
        return next((name for name, form in _FORMATS.items() if form.fullmatch(value)), "string")
    return _TYPES.get(value.__class__, "null")


def fits(kind: str, described: set[str]) -> bool:
    """Whether a kind is one of those described."""
    wider = {"integer": "number", "date-time": "string", "uuid": "string"}
    return kind in described or wider.get(kind) in described
