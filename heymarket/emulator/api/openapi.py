"""The OpenAPI document that an emulator serves: what it enforces, and what it lets pass.

The document in the package says all rules. An emulator that isn't strict takes empty values for none (`absence`), so
that its document allows them.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from heymarket.emulator.api.absence import BodyFields
from heymarket.emulator.api.schema_examples import resolve

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from heymarket.description import OperationInfo

__all__ = ["allow_absence"]

_EMPTY: tuple[Any, ...] = (None, "")
_ZERO: tuple[Any, ...] = (*_EMPTY, 0, [])


def allow_absence(
    document: Mapping[str, Any], operations: Iterable[OperationInfo], optional: Mapping[str, Collection[str]]
) -> dict[str, Any]:
    """The document with what an emulator lets pass that isn't strict.

    Args:
        document: The document, which stays as it is.
        operations: Its operations.
        optional: By the name of an operation, fields that may be missing, although it requires them.
    """
    copy = deepcopy(dict(document))
    relaxed: set[str] = set()
    for operation in operations:
        spec = copy["paths"][operation.path][operation.http_method.lower()]
        may_miss = optional.get(operation.name, ())
        for parameter in (resolve(one, copy) for one in spec.get("parameters", ())):
            if parameter["in"] == "query" and "schema" in parameter:
                _relax_parameter(parameter, may_miss)
        media = resolve(spec.get("requestBody", {}), copy).get("content", {}).get("application/json")
        if media is None:
            continue
        if may_miss:
            media["schema"] = _without_required(resolve(media["schema"], copy), may_miss)
        _relax(media["schema"], copy, relaxed)
        found = resolve(media["schema"], copy)
        if found.get("type") == "object" and not (found.get("required") or found.keys() & {"anyOf", "oneOf"}):
            media["schema"] = {"anyOf": [media["schema"], {"enum": [None, []]}]}
    return copy


def _relax_parameter(parameter: Any, may_miss: Collection[str]) -> None:
    if parameter["name"] in may_miss:
        parameter["required"] = False
    if not parameter.get("required"):
        parameter["schema"] = {"anyOf": [parameter["schema"], {"enum": ["", 0] if _is_integer(parameter) else [""]}]}
    elif parameter["schema"].get("type") == "string":
        parameter["schema"]["minLength"] = 1


def _is_integer(parameter: Any) -> bool:
    return bool(parameter["schema"].get("type") == "integer")


def _without_required(schema: Mapping[str, Any], may_miss: Collection[str]) -> dict[str, Any]:
    copy = deepcopy(dict(schema))
    copy["required"] = [name for name in schema.get("required", ()) if name not in may_miss]
    return copy


def _relax(schema: Any, document: dict[str, Any], relaxed: set[str]) -> None:
    """Allow what counts as not given in a schema and all that it refers to, in place."""
    if reference := schema.get("$ref"):
        if reference in relaxed:
            return
        relaxed.add(reference)
        schema = document["components"]["schemas"][reference.rpartition("/")[2]]
    fields = BodyFields.of(schema, document)
    if fields is None:
        return
    for inner in ("items", "additionalProperties"):
        if isinstance(schema.get(inner), dict):
            _relax(schema[inner], document, relaxed)
    if fields.is_map:
        schema["additionalProperties"] = {"anyOf": [schema["additionalProperties"], {"type": "null"}]}
    properties = schema.get("properties", {})
    given = dict(properties)
    for name, one in given.items():
        _relax(one, document, relaxed)
        if name not in fields.required:
            absent = list(_ZERO if name in fields.zeros else (*_EMPTY, []) if name in fields.objects else _EMPTY)
            properties[name] = {"anyOf": [one, {"enum": absent}]}
    present: dict[str, Any] = {name: {"not": {"enum": list(_ZERO)}} for name in fields.zeros}
    if groups := schema.get("x-heymarket-exactly-one"):
        schema["oneOf"] = [
            {"anyOf": [{"required": [name], "properties": {name: present[name]}} for name in group]} for group in groups
        ]
    for name in schema.get("x-heymarket-at-least-one", ()):
        for branch in schema["anyOf"]:
            if name in branch["required"]:
                branch["properties"] = {name: {**given[name], **branch.get("properties", {}).get(name, {})}}
