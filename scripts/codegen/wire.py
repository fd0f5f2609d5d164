"""What a change of the description means on the wire: where requests go, and how they are written."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .bundle import Document, Operation
from .destinations import read_security, split_server
from .extensions import read_style
from .surface import Change


def compare(old: Path, new: Path) -> list[Change]:
    """Lists what has changed from one generated package to the other, for operations that are in both."""
    before, after = _read(old), _read(new)
    return [
        change for name in sorted(before.keys() & after.keys()) for change in _compare(name, before[name], after[name])
    ]


def _read(package: Path) -> dict[str, dict[str, str]]:
    """What each operation sends, by names for people; empty where there is no package."""
    file = package / "openapi.json"
    if not file.exists():
        return {}
    document = Document(json.loads(file.read_text(encoding="utf-8")), {})
    return {operation.item["operationId"]: dict(_describe(document, operation)) for operation in document.operations()}


def _describe(document: Document, operation: Operation) -> Iterator[tuple[str, str]]:
    origin, prefix = split_server(document, operation)
    security = read_security(document, operation)
    yield "request", f"{operation.method.upper()} {prefix}{operation.path}"
    yield "server", origin or "that of the base URL"
    yield "security", "the client's credentials" if security is None else security.scheme or "none"
    for part in operation.parameters:
        what = f"{part['in']} parameter {part['name']}"
        yield f"style of {what}", read_style(part) or "one by one"
        yield from _describe_default(what, part["schema"])
    for name, schema in operation.body.get("properties", {}).items():
        yield from _describe_default(f"field {name}", schema)
    status, success = operation.success
    yield "status", str(status)
    yield "media type of the response", ", ".join(success.get("content", {})) or "none"
    yield "media type of the body", ", ".join(operation.item.get("requestBody", {}).get("content", {})) or "none"
    yield "pages", json.dumps(operation.item.get("x-heymarket-pagination", "none"), sort_keys=True)


def _describe_default(what: str, schema: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield f"default of {what}", json.dumps(schema["default"]) if "default" in schema else "none"


def _compare(name: str, old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
    for what in [key for key in old if key in new and old[key] != new[key]]:
        yield Change(f"wire     {name}: {what} from {old[what]} to {new[what]}")
