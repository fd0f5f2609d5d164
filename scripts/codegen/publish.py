"""The description as it is shipped and served: each rule also in the words of JSON Schema, which any tool knows.

The description says some rules by formats and extensions of its own. What they mean for a request is added to them:

- the format `phone` or `quarter-hour`: a `pattern`;
- `x-heymarket-exactly-one`: a `oneOf` of what is required; `x-heymarket-at-least-one`: an `anyOf`;
- `x-heymarket-pagination`: the lowest page and limit;
- an integer: 64 bits, where no other bounds are described;
- `x-heymarket-enforced`: what it holds, as if it were written beside it. The client doesn't check that;
- the format `channel-value`: what each `channel_type` beside it calls for;
- `x-heymarket-event-data`: a `oneOf` with the data of each type of event.

Responses stay as they are: they promise nothing.
"""

from copy import deepcopy
from typing import Any

from .bundle import Document
from .extensions import read_paging
from .schemas import find_types, walk
from .static.operation import Paging

PHONE = "^[1-9][0-9]{6,14}$"
_DATE = "((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-9])|(0[13-9]|1[0-2])-30|(0[13578]|1[02])-31)"
_OFFSET = "(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
QUARTER_HOUR = f"^[1-9][0-9]{{3}}-{_DATE}T([01][0-9]|2[0-3]):(00|15|30|45):00(\\.0+)?{_OFFSET}$"
_EMAIL = "^[^@\\s]+@[^@\\s]+$"
_PATTERNS = {"phone": PHONE, "quarter-hour": QUARTER_HOUR}
_SCHEMAS = "#/components/schemas/"


def publish(document: Document) -> dict[str, Any]:
    """Returns the description with all rules; the given one stays as it is."""
    view = Document(deepcopy(document.data), document.places)
    seen: set[int] = set()
    for operation in document.operations():
        item = view.data["paths"][operation.path][operation.method]
        parameters = [one for one in map(view.resolve, item.get("parameters", [])) if "schema" in one]
        content = view.resolve(item.get("requestBody", {})).get("content", {})
        bodies = [media["schema"] for media in content.values()]
        fields = {one["name"]: one["schema"] for one in parameters if one["in"] == "query"}
        for body in bodies:
            fields |= view.resolve(body).get("properties", {})
        _bound_pages(read_paging(document, operation), fields)
        for schema in (*(one["schema"] for one in parameters), *bodies):
            _tighten(view, schema, seen)
    for schema in view.data.get("components", {}).get("schemas", {}).values():
        if "x-heymarket-event-data" in schema:
            schema["oneOf"] = _type_events(schema["x-heymarket-event-data"])
    return view.data


def _bound_pages(paging: Paging | None, fields: dict[str, dict[str, Any]]) -> None:
    if paging is not None and paging.limit:
        fields[paging.limit]["minimum"] = 1
    if paging is not None and paging.kind in {"page", "offset"}:
        fields[paging.name]["minimum"] = paging.first


def _tighten(view: Document, schema: dict[str, Any], seen: set[int]) -> None:
    """Adds its rules to a schema of a request, in place, and to all that it refers to."""
    for _, part in list(walk(schema, ())):
        if id(part) in seen:
            continue
        seen.add(id(part))
        if "$ref" in part:
            _tighten(view, view.target(part["$ref"]), seen)
        if pattern := _PATTERNS.get(part.get("format", "")):
            part.setdefault("pattern", pattern)
        groups = part.get("x-heymarket-exactly-one", [])
        if groups:
            part["oneOf"] = [_require_any(group) for group in groups]
        if names := part.get("x-heymarket-at-least-one"):
            part["anyOf"] = [_require_value(name, part["properties"][name]) for name in names]
        if part.get("properties", {}).get("channel_id", {}).get("format") == "channel-value":
            part["anyOf"] = _type_channels(part)
        if enforced := part.pop("x-heymarket-enforced", {}):
            part.update(enforced)
            _tighten(view, part, seen)
        if "integer" in find_types(part) and "enum" not in part:
            part.setdefault("minimum", -(2**63))
            part.setdefault("maximum", 2**63 - 1)


def _require_any(names: list[str]) -> dict[str, Any]:
    one = [{"required": [name]} for name in names]
    return one[0] if len(one) == 1 else {"anyOf": one}


def _require_value(name: str, field: dict[str, Any]) -> dict[str, Any]:
    """What says nothing is not enough: of a string, at least a character."""
    required: dict[str, Any] = {"required": [name]}
    return {**required, "properties": {name: {"minLength": 1}}} if field.get("type") == "string" else required


def _type_channels(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """What a channel's value has to be; where the type may be missing, the value has to tell it."""
    values: list[tuple[Any, dict[str, Any]]] = [
        ({"const": "phone"}, {"pattern": PHONE}),
        ({"const": "email"}, {"pattern": _EMAIL}),
        ({"not": {"enum": ["phone", "email", "", None]}}, {"minLength": 1}),
    ]
    typed = [
        {"required": ["channel_type"], "properties": {"channel_type": kind, "channel_id": value}}
        for kind, value in values
    ]
    if "channel_type" in schema.get("required", []):
        return typed
    return [
        *typed,
        {"properties": {"channel_type": {"enum": ["", None]}, "channel_id": {"pattern": f"{PHONE}|{_EMAIL}"}}},
    ]


def _type_events(data: dict[str, str]) -> list[dict[str, Any]]:
    """The types of events that have the same data, and the others."""
    kinds = {kind: [name for name, other in data.items() if other == kind] for kind in data.values()}
    typed = [
        {
            "title": f"{kind}Event",
            "required": ["type", "event_data"],
            "properties": {"type": {"enum": names}, "event_data": {"$ref": f"{_SCHEMAS}{kind}"}},
        }
        for kind, names in kinds.items()
    ]
    return [*typed, {"title": "OtherEvent", "properties": {"type": {"not": {"enum": [*data]}}}}]
