"""The extensions (`x-heymarket-...`) of an operation: how its pages are fetched, and what to check before it is sent.

They become values of the generated `operation` module, whose reprs are written as its source.
"""

import re
from collections.abc import Iterator
from typing import Any

from .bundle import Document, Operation
from .problems import DescriptionError
from .schemas import UNIONS, find_types
from .static.operation import Paging, ValidationRules

_ODD = "\0"
_MAP = "{}"
_AGAIN = "contains itself since"
_CHECKED_FORMATS = {"phone", "channel-value", "date-time", "quarter-hour"}


def read_idempotency(document: Document, operation: Operation) -> str:
    """Reads the field by which a repeated request is recognized; empty if there is none.

    Raises:
        DescriptionError: When the body has no such field, or it isn't a string.
    """
    name = str(operation.item.get("x-heymarket-idempotent-by", ""))
    field = operation.body.get("properties", {}).get(name)
    if name and (field is None or field.get("type") != "string"):
        text = f"the body has no string {name}, which makes a repeated request harmless"
        raise DescriptionError([document.problem((*operation.at, "x-heymarket-idempotent-by"), text)])
    return name


def read_paging(document: Document, operation: Operation) -> Paging | None:
    """Reads how the pages of an operation are fetched; `None` if it has none.

    Raises:
        DescriptionError: When the extension names what isn't described, or another kind of pages.
    """
    extension = operation.item.get("x-heymarket-pagination")
    if extension is None:
        return None
    name = extension.get("cursor") or extension.get("page")
    in_query = {p["name"]: p["schema"] for p in operation.parameters if p["in"] == "query"}
    known = {**operation.body.get("properties", {}), **in_query}
    schema = operation.success[1].get("content", {}).get("application/json", {}).get("schema", {})
    numbered = "page" in extension
    mixed = extension.keys() & ({"cursor", "from", "unit"} if numbered else {"page", "first"})
    unknown = {name, extension.get("limit", name)} - known.keys()
    text = ""
    if mixed or unknown or ("cursor" in extension) is not ("from" in extension):
        text = f"expected {{cursor, from}} or {{page, limit, first}}, of parameters that are described; not {extension}"
    elif schema.get("type") != "array":
        text = "a response that comes in pages has to be an array"
    elif numbered and (name in {"offset", "skip", "start"} or known[name].get("type") != "integer"):
        text = f"{name} isn't the number of a page: other ways of paging aren't supported yet; leave the extension out"
    elif not numbered:
        source = schema["items"].get("properties", {}).get(extension["from"])
        if source is None:
            text = f"the items of the response have no {extension['from']}"
        elif "unit" not in extension and {source.get("type"), known[name].get("type")} != {"string"}:
            text = (
                "a cursor has to be a string, as its source: other ones aren't supported yet; leave the extension out"
            )
    if text:
        raise DescriptionError([document.problem((*operation.at, "x-heymarket-pagination"), text)])
    return Paging(
        place="params" if name in in_query else "json",
        name=name,
        source=extension.get("from", ""),
        unit=extension.get("unit", ""),
        first=extension.get("first", 0),
        limit=extension.get("limit", ""),
        size=extension.get("size", 0),
    )


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
        why = "its name has a dot or a bracket" if _ODD in place else "it is in a map; lists are checked"
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
