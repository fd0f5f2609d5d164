"""Checks of a schema: its type, format and unions, by the place of the request or response that it describes."""

from collections.abc import Iterator
from typing import Any

from .bundle import Document
from .problems import Path, Problem
from .schemas import PYTHON_TYPES, UNIONS, find_types, lists_values, walk
from .unions import list_objects, tell_apart
from .vocabulary import BESIDE_A_REFERENCE, BINARY, CHECKED_FORMATS, FORMATS, TYPES
from .wording import join_words, suggest

_NOT_APART = "its variants can't be told apart: let the objects differ by a discriminator's property"
_WHOLE = {"body", "form", "web form", "file", "response", "delivery"}
_UNIONS = {"body", "response"}
_NOT_CHECKED = {"path parameter", "header parameter"}


def check_schema(document: Document, schema: dict[str, Any], path: Path, place: str) -> Iterator[Problem]:
    """What the vocabulary says of types, formats and unions by their place."""
    kinds = find_types(schema)
    unions = [key for key in UNIONS if key in schema]
    if place in _WHOLE and not _is_one_type(document, schema, place):
        others = "or objects that can be told apart" if place in _UNIONS else "no union, no null"
        kind = "string" if place == "file" else "object or array"
        yield document.problem(path, f"a {place}'s schema needs one type, such as {kind}; {others}")
    for kind in kinds:
        if kind in PYTHON_TYPES and kind not in TYPES[place]:
            text = f"a {place} can't be of type {kind}: {join_words(TYPES[place])} only"
            if kind == "null" and place == "response":
                text = "a whole response can't be null: leave null out, for which the client raises an error then"
            yield document.problem((*path, "type") if "type" in schema else path, text)
    values = schema.get("enum", [])
    if not isinstance(schema.get("type"), str) and len({type(value) for value in values} - {type(None)}) > 1:
        yield document.problem((*path, "enum"), "the values of an enum have to be of one type")
    if "enum" in schema and not values:
        yield document.problem((*path, "enum"), "an enum without values allows nothing: leave it out, or list them")
    if not isinstance(schema.get("const", ""), str | int):
        yield document.problem((*path, "const"), "a const is a string, an integer or a boolean")
    if "array" in kinds and "items" not in schema:
        yield document.problem(path, "an array needs items: say what it has")
    known = _properties(schema)
    missing = [name for name in schema.get("required", ()) if name not in known] if known else []
    if missing and "allOf" not in schema and path[-2:-1] != ("allOf",):
        text = f"{missing[0]} is required, and isn't in properties{suggest(missing[0], known)}"
        yield document.problem((*path, "required"), text)
    if (
        place in {"body", "form", "web form"}
        and "properties" in schema
        and schema.get("additionalProperties", False) is not False
    ):
        text = "a body's properties are arguments, so others can't be given: leave additionalProperties out"
        yield document.problem((*path, "additionalProperties"), text)
    yield from _check_format(document, schema, path, place)
    for key in unions:
        if isinstance(schema[key], list):
            yield from _check_union(document, schema, (*path, key), place)
    if isinstance(schema.get("allOf"), list):
        yield from _check_all_of(document, schema, path)


def _check_format(document: Document, schema: dict[str, Any], path: Path, place: str) -> Iterator[Problem]:
    form, at = schema.get("format"), (*path, "format")
    if not isinstance(form, str):
        return
    kinds = set(find_types(schema)) - {"null"}
    if form == "binary" and place not in BINARY:
        yield document.problem(at, "there are no bytes in JSON: format: byte is Base64")
    elif form not in FORMATS:
        advice = suggest(form, FORMATS) or ": leave it out, and say it in the description"
        yield document.problem(at, f"the format {form} isn't known{advice}")
    elif not kinds <= {*FORMATS[form]} or not kinds:
        yield document.problem(at, f"{form} is a format of type {join_words(FORMATS[form])}")
    elif form in CHECKED_FORMATS and place not in CHECKED_FORMATS[form] and place in _NOT_CHECKED:
        if form != "date-time":
            yield document.problem(at, f"{form} isn't checked in a {place}: describe it as a string")
    elif form == "channel-value" and place == "query parameter":
        yield document.problem(at, f"{form} belongs into a body, beside channel_type")


def _is_one_type(document: Document, schema: dict[str, Any], place: str) -> bool:
    """Whether a schema has one type, or is a union of objects and nothing else."""
    for key in UNIONS:
        if isinstance(schema.get(key), list):
            is_union = schema.keys() <= {key, "discriminator", "description", "title", "example", "examples"}
            return place in _UNIONS and is_union and len(list_objects(document, schema[key])) == len(schema[key]) > 1
    return len(find_types(schema)) == 1 or "allOf" in schema


def _check_union(document: Document, schema: dict[str, Any], path: Path, place: str) -> Iterator[Problem]:
    variants: list[Any] = schema[str(path[-1])]
    found = [document.resolve(variant) for variant in variants if isinstance(variant, dict)]
    found = [variant for variant in found if find_types(variant) != ["null"]]
    objects = list_objects(document, variants)
    arrays = [variant for variant in found if "array" in find_types(variant)]
    is_parsed = place.endswith(("response", "delivery"))
    can_be_told_apart = len(objects) < 2 or tell_apart(document, schema, objects) is not None
    if "discriminator" in schema and not can_be_told_apart and not is_parsed:
        yield document.problem(path, f"{_NOT_APART}, which each of them needs to have")
    if is_parsed and (len(arrays) > 1 or not can_be_told_apart):
        text = f"{_NOT_APART}, by a const of their own, or by required properties"
        yield document.problem(path, text if len(arrays) < 2 else "a union of lists isn't supported")
    only_objects = len(found) == len(objects)
    if len(found) > 1 and not only_objects and place in CHECKED_FORMATS["phone"]:
        for variant in found:
            forms = [part["format"] for _, part in walk(variant, ()) if part.get("format") in CHECKED_FORMATS]
            form = forms[0] if forms else ""
            if form or "maxItems" in variant:
                what = form or "maxItems"
                yield document.problem(path, f"{what} isn't checked inside of a union: describe one of the variants")


def _check_all_of(document: Document, schema: dict[str, Any], path: Path) -> Iterator[Problem]:
    members = [document.resolve(member) for member in schema["allOf"] if isinstance(member, dict)]
    if (len(members) == 1 and schema.keys() <= {"allOf", *BESIDE_A_REFERENCE}) or lists_values(schema):
        return
    known: dict[str, Any] = {}
    for index, member in enumerate([*members, schema]):
        at = (*path, "allOf", index) if index < len(members) else path
        if {*find_types(member)} - {"object", "null" if member is schema else ""} or member.keys() & {
            *UNIONS,
            "additionalProperties",
            "enum",
            "const",
        }:
            yield document.problem(at, "allOf joins objects with properties, and nothing else")
        for name, part in (
            member.get("properties", {}).items() if isinstance(member.get("properties", {}), dict) else ()
        ):
            if known.setdefault(name, part) != part:
                yield document.problem(at, f"allOf has two descriptions of {name}: leave one of them")


def _properties(schema: dict[str, Any]) -> dict[str, Any]:
    found: Any = schema.get("properties")
    return found if isinstance(found, dict) else {}
