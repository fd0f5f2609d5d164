"""The extensions (`x-heymarket-...`) of an operation: how its pages are fetched, and what to check before it is sent.

They become values of the generated `operation` module, whose reprs are written as its source.
"""

from collections.abc import Iterator
from typing import Any

from .bundle import Document, Operation
from .problems import DescriptionError
from .static.operation import Paging, ValidationRules

_CHECKED_FORMATS = {"phone", "channel-value", "date-time", "quarter-hour"}


def read_paging(document: Document, operation: Operation) -> Paging | None:
    """Reads how the pages of an operation are fetched; `None` if it has none.

    Raises:
        DescriptionError: When the extension names a parameter that isn't described.
    """
    extension = operation.item.get("x-heymarket-pagination")
    if extension is None:
        return None
    name = extension.get("cursor") or extension.get("page")
    in_query = {parameter["name"] for parameter in operation.parameters if parameter["in"] == "query"}
    in_body = operation.body.get("properties", {}).keys()
    unknown = {name, extension.get("limit", name)} - in_query - in_body
    if unknown or ("cursor" in extension) is not ("from" in extension):
        text = f"expected {{cursor, from}} or {{page, limit, first}}, of parameters that are described; not {extension}"
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
        if schema.get("format") in _CHECKED_FORMATS:
            formats[place] = schema["format"]
        if "maxItems" in schema:
            at_most[place] = schema["maxItems"]
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
    schema: dict[str, Any], place: str, around: tuple[dict[str, Any], ...] = ()
) -> Iterator[tuple[str, dict[str, Any]]]:
    """All parts of a body by their paths. One that contains itself is entered once."""
    if any(schema is other for other in around):
        return
    around = (*around, schema)
    yield place, schema
    if isinstance(schema.get("items"), dict):
        yield from _walk(schema["items"], f"{place}[]", around)
    for name, part in schema.get("properties", {}).items():
        yield from _walk(part, f"{place}.{name}" if place else name, around)
