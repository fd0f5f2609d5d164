"""Forms: `multipart/form-data` and `application/x-www-form-urlencoded`, read as their schema says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from heymarket.emulator.api import json
from heymarket.emulator.api.schema_examples import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["FORMS", "parse"]

FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
_AS_JSON = {"integer", "number", "boolean", "object"}


def parse(raw: bytes, content_type: str, schema: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a form: files as strings that say their size, the others as they are described.

    Args:
        raw: The body.
        content_type: The header.
        schema: The schema of the form.
        document: The description it is in.

    Raises:
        ValueError: It is no such form.
    """
    pairs = list(_read_parts(raw, content_type) if "multipart" in content_type.lower() else _read_pairs(raw))
    found: dict[str, Any] = {}
    for name, text in pairs:
        part = resolve(schema.get("properties", {}).get(name, {}), document)
        if part.get("type") == "array":
            item = resolve(part["items"], document)
            found.setdefault(name, []).append(_convert(text, item, document))
        else:
            found[name] = _convert(text, part, document)
    return found


def _read_pairs(raw: bytes) -> Iterator[tuple[str, str]]:
    yield from parse_qsl(raw.decode(), keep_blank_values=True)


def _read_parts(raw: bytes, content_type: str) -> Iterator[tuple[str, str]]:
    boundary = re.search(r'boundary="?([^";]+)', content_type)
    if boundary is None:
        raise ValueError("no boundary")
    mark = f"--{boundary[1]}".encode()
    _, *parts, end = (b"\r\n" + raw).split(b"\r\n" + mark)
    if not end.startswith(b"--"):
        raise ValueError("not complete")
    for part in parts:
        head, _, content = part.partition(b"\r\n\r\n")
        name = re.search(r'; name="([^"]*)"', head.decode())
        if name is None:
            raise ValueError("a part without a name")
        yield name[1], f"<{len(content)} bytes>" if b"filename=" in head else content.decode()


def _convert(text: str, schema: Mapping[str, Any], document: Mapping[str, Any]) -> Any:
    kinds = set(_list_types(schema, document))
    if kinds & _AS_JSON and ("string" not in kinds or text.startswith(("{", "["))):
        return json.parse(text.encode())
    return text


def _list_types(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[str]:
    """The types of a part, or of the variants of its union."""
    kinds = schema.get("type", [])
    yield from [kinds] if isinstance(kinds, str) else kinds
    for variant in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from _list_types(resolve(variant, document), document)
