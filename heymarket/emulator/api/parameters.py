"""The query of a request: parameters in the styles of OpenAPI, with values of the types that are described."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus

from heymarket.emulator.api import json
from heymarket.emulator.api.schema_examples import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Pairs = list[tuple[str, str]]

__all__ = ["read_parameter", "split_query", "takes_any_name"]

_DELIMITERS = {"form": ",", "spaceDelimited": r"%20|\+", "pipeDelimited": r"%7[Cc]|\|"}


def split_query(query: bytes) -> Pairs:
    """The names and the values, which are still encoded, of a query.

    Args:
        query: The query as it was sent.
    """
    parts = (part.partition("=") for part in query.decode("latin-1").split("&") if part)
    return [(unquote_plus(name), value) for name, _, value in parts]


def read_parameter(parameter: Mapping[str, Any], pairs: Pairs, document: Mapping[str, Any]) -> Any:
    """The value of a parameter; `None` if it isn't there.

    Args:
        parameter: The parameter object.
        pairs: As `split_query` returns them.
        document: The description, for its `$ref`s.

    Raises:
        ValueError: It is sent as JSON, and isn't JSON.
    """
    name, given = parameter["name"], [value for key, value in pairs if key == parameter["name"]]
    if "content" in parameter:
        return json.parse(unquote_plus(given[-1]).encode()) if given else None
    variants = list(_find_variants(parameter["schema"], document))
    kinds = {kind for variant in variants for kind in _find_types(variant)}
    style = parameter.get("style", "form")
    exploded = parameter.get("explode", style == "form")
    fields: dict[str, Any] = {}
    items: Mapping[str, Any] = {}
    for variant in variants:
        fields |= variant.get("properties", {})
        items = resolve(variant.get("items", items), document)
    maps: list[Any] = [variant["additionalProperties"] for variant in variants if "additionalProperties" in variant]
    rest: Any = maps[0] if maps else True
    if "object" in kinds and (style == "deepObject" or exploded):
        sent = {_find_field(name, key) if style == "deepObject" else key: value for key, value in pairs}
        names = sent if style == "deepObject" else fields
        found = {key: _convert(sent[key], fields.get(key, rest), document) for key in names if key and key in sent}
        if found or not given:
            return found or None
    if not given:
        return None
    if exploded and "array" in kinds:
        return [_convert(value, items, document) for value in given]
    parts = re.split(_DELIMITERS[style], given[-1]) if style in _DELIMITERS else given
    if "object" in kinds and not len(parts) % 2:
        names_of = map(unquote_plus, parts[::2])
        return {
            key: _convert(value, fields.get(key, rest), document)
            for key, value in zip(names_of, parts[1::2], strict=True)
        }
    if "array" in kinds and (len(parts) > 1 or "string" not in kinds):
        return [_convert(part, items, document) for part in parts]
    return unquote_plus(given[-1])


def takes_any_name(parameter: Mapping[str, Any], document: Mapping[str, Any]) -> bool:
    """Whether the fields of an object are parameters of the query by their own names.

    Args:
        parameter: The parameter object.
        document: The description, for its `$ref`s.
    """
    is_exploded = parameter.get("style", "form") == "form" and parameter.get("explode", True)
    variants = _find_variants(parameter.get("schema", {}), document)
    return is_exploded and any("object" in _find_types(variant) for variant in variants)


def _find_field(name: str, key: str) -> str:
    """The field that a name such as `filter[color]` is of; empty if it isn't of this parameter."""
    return key[len(name) + 1 : -1] if key.startswith(f"{name}[") and key.endswith("]") else ""


def _find_variants(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    schema = resolve(schema, document)
    for key in ("anyOf", "oneOf"):
        for variant in schema.get(key, ()):
            yield from _find_variants(variant, document)
    yield schema


def _find_types(schema: Mapping[str, Any]) -> list[str]:
    named: str | list[str] = schema.get("type", [])
    return [named] if isinstance(named, str) else named


def _convert(value: str, schema: Any, document: Mapping[str, Any]) -> Any:
    """A scalar of one of the types that its schema says; the string itself if it can't be one."""
    text = unquote_plus(value)
    variants = () if isinstance(schema, bool) else _find_variants(schema, document)
    kinds = {kind for variant in variants for kind in _find_types(variant)}
    if "integer" in kinds and re.fullmatch(r"-?[0-9]{1,18}", text, re.ASCII):
        return int(text)
    if "number" in kinds and re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,18})?", text, re.ASCII):
        return float(text)
    return text == "true" if "boolean" in kinds and text in {"true", "false"} else text
