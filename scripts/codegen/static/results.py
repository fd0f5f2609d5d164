"""Results: the body of a response as its operation describes it."""

import json
import re
from typing import Any, TypeVar, cast

from .operation import Operation

T = TypeVar("T")

_JSON_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": (int, str),  # the service writes counts as numbers and as strings (D14)
    "number": (int, float, str),
    "boolean": bool,
    "anything": object,
}
_JSON_NAMES: dict[type[Any], str] = {dict: "object", list: "array", str: "string", bool: "boolean", type(None): "null"}


class UnexpectedBodyError(Exception):
    """The body is not what was expected. The message says what it is instead, without its values."""


def parse_result(operation: Operation[T], status: int, content: bytes, content_type: str) -> T:
    """Parses the body of a successful response.

    Args:
        operation: The operation.
        status: The status of the response.
        content: The body, decompressed.
        content_type: The header; empty without one.

    Raises:
        UnexpectedBodyError: It is not JSON, is empty although a body is documented, or has another JSON type.
    """
    expects, parse = operation.others.get(status, (operation.expects, operation.parse))
    if expects == "bytes":
        return cast("T", content)
    if expects == "text":
        return cast("T", _decode_text(content, content_type))
    if expects == "anything" and not content.strip():
        return cast("T", None)
    body: Any = _load(content, content_type) if expects else None
    if expects == "count":
        return cast("T", _count(body))
    if isinstance(body, str) and body in operation.also:
        body = cast("Any", [] if expects == "array" else {})
    if expects and not isinstance(body, _JSON_TYPES[expects]):
        raise UnexpectedBodyError(f"a JSON {_json_name(cast('object', body))}")
    try:
        return cast("T", parse(body) if expects else None)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise UnexpectedBodyError(f"a JSON {expects} that does not fit ({type(error).__name__})") from None


def _decode_text(content: bytes, content_type: str) -> str:
    """A body in the charset of its `Content-Type`, by default UTF-8, where a byte order mark is left out."""
    try:
        text = content.decode(find_charset(content_type))
    except (LookupError, ValueError):
        raise UnexpectedBodyError("text that is not in the charset of its Content-Type") from None
    return text.removeprefix("\ufeff")


def find_charset(content_type: str) -> str:
    """The charset of a `Content-Type`, or UTF-8."""
    charset = re.search(r"charset=[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    return charset[1] if charset else "utf-8"


def _load(content: bytes, content_type: str) -> Any:
    try:
        try:
            return json.loads(content, parse_constant=_refuse)
        except UnicodeDecodeError:  # JSON is UTF-8, whatever the charset says; but some write it in theirs
            return json.loads(content.decode(find_charset(content_type)), parse_constant=_refuse)
    except (ValueError, LookupError, RecursionError):
        raise UnexpectedBodyError("a body that is not JSON" if content.strip() else "an empty body") from None


def _refuse(constant: str) -> Any:
    raise ValueError(constant)  # NaN and Infinity, which Python reads and JSON doesn't have


def _count(body: Any) -> int:
    """A number, which some responses write as a string, and one may write inside an object (D14)."""
    if isinstance(body, dict) and len(cast("dict[str, Any]", body)) == 1:
        (body,) = cast("dict[str, Any]", body).values()
    if isinstance(body, int) and not isinstance(body, bool):
        return body
    if isinstance(body, str) and body.strip().isdecimal() and len(body) < 20:
        return int(body)
    raise UnexpectedBodyError(f"a JSON {_json_name(cast('object', body))} that is not a count")


def _json_name(value: object) -> str:
    return _JSON_NAMES.get(type(value), "number")
