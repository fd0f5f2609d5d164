"""What errors say about requests and responses: which field can't be written, and what the service's own words are."""

from __future__ import annotations

import json
import re
from typing import Any, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from heymarket._messages import Call

_MESSAGE_FIELDS = ("message", "error", "detail", "errors", "title")  # as integrations read them; nothing is documented
_FIELD_NAMES = {"phone", "email", "text"}  # values that a request may have, and that say nothing about anybody
_PLAIN_HEADERS = {"Accept", "Accept-Encoding", "Content-Length", "Content-Type", "Transfer-Encoding", "User-Agent"}
_LISTS: tuple[type, ...] = (list, tuple)
_UNWRITABLE: dict[type, str] = {
    str: "it holds a lone surrogate, which is half of a character",
    float: "it is not a finite number",
    dict: "it has a key that isn't a proper string, or holds itself",
}


def write_json(body: Any) -> bytes | None:
    """A body as JSON, or `None` if that can't be."""
    try:
        return json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    except (TypeError, ValueError, RecursionError):
        return None


def find_unwritable(value: Any, name: str) -> str:
    """The field that can't be written as JSON, and why; keys that may be personal are not shown."""
    for _ in range(20):  # levels; a container may hold itself
        parts: Any = value.items() if hasattr(value, "items") else enumerate(value) if type(value) in _LISTS else ()
        found = next(((key, part) for key, part in parts if write_json(part) is None), None)
        if found is None:
            break
        key, value = found
        shown = str(key) if re.fullmatch("[0-9]{1,4}|[a-z_]{1,40}", str(key)) else "(...)"
        name += f"[{shown}]" if isinstance(key, int) else f".{shown}"
    kind = type(cast("object", value))
    why = _UNWRITABLE.get(kind, f"it has the type {kind.__name__}")
    return f"{name.removeprefix('json.')} can't be written as JSON: {why}"


def find_message(body: Any) -> str:
    """What the service says in the body of an error, which may be a string, or anything around one."""
    for _ in range(3):
        if hasattr(body, "get"):
            body = next((body[name] for name in _MESSAGE_FIELDS if body.get(name)), None)
        elif hasattr(body, "append"):
            body = body[0] if body else None
    return body if isinstance(body, str) else ""


def find_code(body: Any, content_type: str) -> str | None:
    """The code in the body of an error; that of a problem (RFC 9457) may be the end of its `type`."""
    fields = cast("dict[str, Any]", body if isinstance(body, dict) else {})
    kind = fields.get("type") if "problem+json" in content_type else None
    name = re.split("[/:#]", kind.rstrip("/"))[-1] if isinstance(kind, str) and kind != "about:blank" else None
    return next((code for code in (fields.get("error_code"), fields.get("code"), name) if isinstance(code, str)), None)


def find_values(call: Call) -> set[str]:
    """The strings in the path, the query and the body of a request, which a response may repeat."""
    url = urlsplit(call.url)
    known = {*f"{call.path}/{call.operation}".split("/")}
    strings = re.findall(r'"((?:[^"\\]|\\.)*)"(:?)', call.body.decode() if isinstance(call.body, bytes) else "")
    in_body = {json.loads(f'"{string}"') for string, colon in strings if not colon}
    in_url = {*map(unquote, url.path.split("/"))} - known | {value for _, value in parse_qsl(url.query)}
    in_form: frozenset[str] = getattr(call.body, "values", frozenset())
    in_headers = {value.removeprefix("Bearer ") for name, value in call.headers if name not in _PLAIN_HEADERS}
    return (in_body | in_form | in_url | in_headers) - _FIELD_NAMES - {""}
