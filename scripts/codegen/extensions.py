"""The extensions (`x-heymarket-...`) of an operation: how its pages are fetched, and what to check before it is sent.

They become values of the generated `operation` module, whose reprs are written as its source.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from .bundle import Document, Operation
from .media_types import JSON
from .problems import DescriptionError
from .schemas import UNIONS, find_types
from .static.operation import Paging, ValidationRules

_ODD = "\0"
_MAP = "{}"
_AGAIN = "contains itself since"
_CHECKED_FORMATS = {"phone", "channel-value", "date-time", "quarter-hour"}


def read_style(parameter: dict[str, Any]) -> str:
    """Reads how lists and objects in a parameter are sent, as `encode_query` names it; empty for one by one."""
    if "content" in parameter:
        return "json"
    kinds = {kind for variant in find_variants(parameter["schema"]) for kind in find_types(variant)}
    style = str(parameter.get("style", "form"))
    if parameter["in"] != "query" or not kinds & {"array", "object"}:
        return ""
    if style == "deepObject":
        return style
    if parameter.get("explode", style == "form"):
        return "properties" if "object" in kinds else ""
    return style


def find_variants(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Finds the variants of a union, or returns the one schema."""
    return [one for key in UNIONS for one in schema.get(key, [])] or [schema]


def read_idempotency(document: Document, operation: Operation) -> str:
    """Reads the field or header by which a repeated request is recognized; empty if there is none.

    Raises:
        DescriptionError: When there is no such field or header, or it isn't a string.
    """
    name = str(operation.item.get("x-heymarket-idempotent-by", ""))
    headers = {part["name"]: part["schema"] for part in operation.parameters if part["in"] == "header"}
    field = {**headers, **operation.body.get("properties", {})}.get(name)
    if name and (field is None or field.get("type") != "string"):
        text = f"neither the body nor a header has a string {name}, which makes a repeated request harmless"
        raise DescriptionError([document.problem((*operation.at, "x-heymarket-idempotent-by"), text)])
    return name


_PAGES = {
    "page": {"page", "limit", "first", "size", "items"},
    "offset": {"offset", "limit", "first", "size", "items"},
    "link": {"link", "limit", "size", "items"},
    "after": {"cursor", "from", "unit", "limit", "size", "items"},
    "next": {"cursor", "next", "limit", "size", "items"},
}
_FORMS = "{cursor, from}, {cursor, next}, {page}, {offset} or {link}"


def read_paging(document: Document, operation: Operation) -> Paging | None:
    """Reads how the pages of an operation are fetched; `None` if it has none.

    Raises:
        DescriptionError: When the extension names what isn't described, or another kind of pages.
    """
    extension = operation.item.get("x-heymarket-pagination")
    if extension is None:
        return None
    kind = next((key for key in ("page", "offset", "link", "next") if key in extension), "after")
    name = "" if kind == "link" else extension.get({"after": "cursor", "next": "cursor"}.get(kind, kind))
    in_query = {p["name"]: p["schema"] for p in operation.parameters if p["in"] == "query"}
    known = {"": {"type": "string"}, **operation.body.get("properties", {}), **in_query}
    text, items = "", tuple(filter(None, extension.get("items", "").split(".")))
    if extension.keys() - _PAGES[kind] or {name, extension.get("limit", name)} - known.keys():
        text = f"expected {_FORMS}, with parameters that are described; not {extension}"
    elif kind == "after" and "from" not in extension:
        text = f"say where the next cursor is: {_FORMS}"
    else:
        text = _check_pages(operation, extension, kind, known[name], items)
    if text:
        raise DescriptionError([document.problem((*operation.at, "x-heymarket-pagination"), text)])
    is_number = kind in {"after", "next"} and "integer" in find_types(known[name])
    return Paging(
        place="params" if name in in_query or kind == "link" else "json",
        name=name,
        kind=kind,
        source=extension.get("from", extension.get("link", "")),
        unit=extension.get("unit", "integer" if is_number else ""),
        first=extension.get("first", 0),
        limit=extension.get("limit", ""),
        size=extension.get("size", 0),
        items=items,
        next=tuple(extension.get("next", "").split(".")) if kind == "next" else (),
    )


def find_field(schema: dict[str, Any], path: Iterable[str]) -> dict[str, Any] | None:
    """Finds the field of a resolved schema that the names lead to."""
    found: Any = schema
    for name in path:
        found = next(
            (part["properties"][name] for part in find_variants(found) if name in part.get("properties", {})), None
        )
        if found is None:
            return None
    return dict(found)


def _check_pages(
    operation: Operation, extension: dict[str, Any], kind: str, cursor: dict[str, Any], items: tuple[str, ...]
) -> str:
    """What is wrong with the fields that the extension names; empty if nothing is."""
    schema = operation.success[1].get("content", {}).get(JSON, {}).get("schema", {})
    rows = find_field(schema, items)
    if rows is None:
        return f"the response has no {extension['items']}"
    if "array" not in find_types(rows):
        return "what comes in pages has to be an array; items: names the field that has it, such as items: data"
    kinds = {*find_types(cursor)} - {"null"}
    if kind in {"page", "offset"} and kinds != {"integer"}:
        return f"{extension[kind]} has to be an integer"
    if kind == "page" and extension["page"] in {"offset", "skip", "start"}:
        return f"{extension['page']} isn't the number of a page: write offset: {extension['page']}"
    if kind not in {"after", "next"}:
        return ""
    place = f"items of the response have no {extension['from']}" if kind == "after" else ""
    source = (
        find_field(rows["items"], [extension["from"]]) if place else find_field(schema, extension["next"].split("."))
    )
    if source is None:
        return f"the {place or 'response has no ' + extension['next']}"
    of_source = {*find_types(source)} - {"null"}
    if "unit" not in extension and not (kinds == of_source and kinds <= {"string", "integer"} and len(kinds) == 1):
        return "a cursor has to be a string or an integer, as its source"
    return ""


def read_validation_rules(document: Document, operation: Operation) -> ValidationRules | None:
    """Reads what to check of an operation's arguments; `None` if there is nothing."""
    body = operation.body
    formats: dict[str, str] = {}
    at_most: dict[str, int] = {}
    parts = list(_walk(body, ""))
    for parameter in operation.parameters:
        if parameter["in"] == "query":
            parts += _walk(parameter["schema"], f"?{parameter['name']}")
    for place, schema in parts:
        if place in formats and schema.get("format") != formats[place]:
            text = f"{place} has the format {formats[place]} in one variant, and not in another: it can't be checked"
            raise DescriptionError([document.problem((*operation.at, "requestBody"), text)])
        if schema.get("format") in _CHECKED_FORMATS:
            formats[place] = schema["format"]
        if "maxItems" in schema:
            at_most[place] = schema["maxItems"]
    again = {part[_AGAIN] for _, part in parts if _AGAIN in part}
    for place in (*formats, *at_most):
        why = "its name has a dot or a bracket" if _ODD in place else "it is in a map: leave it out, or describe a list"
        if any(place.startswith(start) for start in again):
            why = "it is in a schema that contains itself"
        elif _ODD not in place and _MAP not in place:
            continue
        text = f"{place.replace(_ODD, '.') or 'the body'} can't be checked: {why}"
        raise DescriptionError([document.problem((*operation.at, "requestBody"), text)])
    found = ValidationRules(
        exactly_one=tuple(map(tuple, body.get("x-heymarket-exactly-one", []))),
        at_least_one=tuple(body.get("x-heymarket-at-least-one", [])),
        formats=formats,
        at_most=at_most,
    )
    named = {name for group in found.exactly_one for name in group} | {*found.at_least_one}
    if unknown := named - body.get("properties", {}).keys():
        text = f"the body has no {', '.join(sorted(unknown))}, which its extensions name"
        raise DescriptionError([document.problem((*operation.at, "requestBody"), text)])
    return found if named or formats or at_most else None


def _walk(
    schema: dict[str, Any], place: str, around: tuple[tuple[dict[str, Any], str], ...] = ()
) -> Iterator[tuple[str, dict[str, Any]]]:
    """All parts of a body by their paths. One that contains itself is entered once; the second time says where."""
    if start := [before for other, before in around if other is schema]:
        yield place, {_AGAIN: start[0]}
        return
    around = (*around, (schema, place))
    yield place, schema
    variants = [one for key in UNIONS for one in schema.get(key, []) if one.get("type") != "null"]
    if len(variants) == 1 or all("object" in find_types(one) for one in variants):
        for variant in variants:  # in other unions nothing is checked, which the checks of the description refuse
            yield from _walk(variant, place, around)
    if isinstance(schema.get("items"), dict):
        yield from _walk(schema["items"], f"{place}[]", around)
    if isinstance(schema.get("additionalProperties"), dict):
        yield from _walk(schema["additionalProperties"], f"{place}{_MAP}", around)
    for name, part in schema.get("properties", {}).items():
        step = re.sub(r"[.\[\]]", _ODD, name)
        yield from _walk(part, f"{place}.{step}" if place else step, around)
