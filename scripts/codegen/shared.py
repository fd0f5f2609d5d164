"""Schemas that both requests and responses refer to: the requests get their own.

A response promises nothing, so its model has no required field; a body has to have what is required. A field that is
`readOnly` isn't part of a body, and one that is `writeOnly` isn't part of a response.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from .bundle import METHODS, Document
from .schemas import UNIONS, walk
from .unions import find_constant

_SCHEMAS = "#/components/schemas/"
_SHARED = {"required", "readOnly", "writeOnly"}


def separate_bodies(document: Document) -> None:
    """Describes schemas that requests share with responses once more, as `AddressWrite` beside `Address`, in place."""
    bodies, parameters = list(_find_bodies(document)), list(_find_parameters(document))
    given, responses = [*bodies, *parameters], list(_find_responses(document))
    sent, received = _find_references(document, given), _find_references(document, responses)
    top = {body["$ref"] for body in bodies if "$ref" in body}
    needed = {ref for ref in sent & received if ref in top or _differs(document.target(ref))}
    renamed: dict[str, str] = {}
    for ref in sorted(sent & received):
        if needed & _find_references(document, [{"$ref": ref}]):
            renamed[ref] = _copy(document, ref)
    targets = [document.target(renamed.get(ref, ref)) for ref in sent if ref in renamed or ref not in received]
    for root in (*given, *targets):
        for _, part in walk(root, ()):
            _rename(document, part, renamed)
            _remove_fields(document, part, "readOnly")
    for root in (*responses, *map(document.target, received)):
        for _, part in walk(root, ()):
            _remove_fields(document, part, "writeOnly")


def find_generated(document: Document) -> set[str]:
    """Finds the schemas that code is generated for: not those that only errors refer to, or nothing."""
    roots = [*_find_bodies(document), *_find_parameters(document), *_find_responses(document)]
    found = _find_references(document, roots)
    for _, part in walk([roots, *map(document.target, found)], ()):
        named = (f"{_SCHEMAS}{name}" for name in part.get("x-heymarket-event-data", {}).values())
        found |= _find_references(document, [{"$ref": ref} for ref in named])
    return found


def _find_bodies(document: Document) -> Iterator[dict[str, Any]]:
    for item in document.data["paths"].values():
        for method in METHODS:
            if "requestBody" in item.get(method, {}):
                yield from _find_schemas(document, item[method]["requestBody"])


def _find_parameters(document: Document) -> Iterator[dict[str, Any]]:
    for item in document.data["paths"].values():
        for method in METHODS:
            for parameter in map(document.resolve, item.get(method, {}).get("parameters", ())):
                yield from [parameter["schema"]] if "schema" in parameter else _find_schemas(document, parameter)


def _find_responses(document: Document) -> Iterator[dict[str, Any]]:
    for item in document.data["paths"].values():
        for method in METHODS:
            for status, response in item.get(method, {}).get("responses", {}).items():
                if status[0] == "2":
                    yield from _find_schemas(document, response)
    for item in document.data.get("webhooks", {}).values():
        yield from _find_schemas(document, document.resolve(item)["post"]["requestBody"])


def _find_schemas(document: Document, part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for media in document.resolve(part).get("content", {}).values():
        yield media["schema"]


def _find_references(document: Document, parts: Iterable[Any]) -> set[str]:
    """Finds the schemas that others refer to, directly or by others."""
    found: set[str] = set()
    waiting = list(parts)
    while waiting:
        for _, part in walk(waiting.pop(), ()):
            ref = part.get("$ref")
            if isinstance(ref, str) and ref not in found:
                found.add(ref)
                waiting.append(document.target(ref))
    return found


def _differs(schema: dict[str, Any]) -> bool:
    """Whether a schema is another one as a body: what is required of it, or which objects it may be."""
    return any(
        part.keys() & _SHARED or any(sum("$ref" in one for one in part.get(key, ())) > 1 for key in UNIONS)
        for _, part in walk(schema, ())
    )


def _copy(document: Document, ref: str) -> str:
    schemas: dict[str, Any] = document.data["components"]["schemas"]
    name = ref.removeprefix(_SCHEMAS)
    base, number = f"{name}Write", 2
    new = base
    while new in schemas:
        new, number = f"{base}{number}", number + 1
    schemas[new] = deepcopy(schemas[name])
    at = ("components", "schemas")
    document.places.update({
        (*at, new, *path[3:]): place for path, place in document.places.items() if path[:3] == (*at, name)
    })  # fmt: skip
    return f"{_SCHEMAS}{new}"


def _rename(document: Document, part: dict[str, Any], renamed: dict[str, str]) -> None:
    """Lets a schema refer to copies. The values that a discriminator knows its variants by stay as they are."""
    named = part.get("discriminator")
    if isinstance(named, dict):
        mapping: dict[str, str] = dict(named.get("mapping", {}))
        for old in [one["$ref"] for key in UNIONS for one in part.get(key, ()) if one.get("$ref") in renamed]:
            short = old.removeprefix(_SCHEMAS)
            fields = document.target(old).get("properties", {})
            is_constant = find_constant(document.resolve(fields.get(named["propertyName"], {}))) is not None
            values = [value for value, target in mapping.items() if target in {old, short}]
            mapping.update(dict.fromkeys(values or [short] * (not is_constant), renamed[old]))
        part["discriminator"] = {**named, **({"mapping": mapping} if mapping else {})}
    if part.get("$ref") in renamed:
        part["$ref"] = renamed[part["$ref"]]


def _remove_fields(document: Document, part: dict[str, Any], mark: str) -> None:
    if not isinstance(part.get("properties"), dict):
        return
    gone = {name for name, field in part["properties"].items() if document.resolve(field).get(mark) is True}
    if gone:
        part["properties"] = {name: field for name, field in part["properties"].items() if name not in gone}
        if "required" in part:
            part["required"] = [name for name in part["required"] if name not in gone]
