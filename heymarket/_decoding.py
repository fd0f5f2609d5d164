"""Decoding of successful responses to typed results.

The generated parser reads single fields, and an unexpected field never fails a call. This module decides whether the
body can be the documented result at all. The errors leave without frames, because those hold the body.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar, cast

from heymarket_openapi.operation import APIResponse, Operation

from heymarket._error_mapping import describe_status
from heymarket._redaction import without_frames
from heymarket.errors import APIResponseValidationError

if TYPE_CHECKING:
    from heymarket._flow import Success

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


class _UnexpectedBodyError(Exception):
    """The body is not what was expected. The message says what it is instead, without its values."""


@without_frames
def decode(operation: Operation[T], success: Success) -> APIResponse[T]:
    """The typed result of a successful call.

    Raises:
        APIResponseValidationError: The body is not JSON, is empty although a body is documented, or has another JSON
            type. Single fields never cause this error.
    """
    response, request_id, attempts, elapsed = success
    try:
        parsed = _parse(operation, response.content)
    except _UnexpectedBodyError as problem:
        expected = operation.model or operation.expects
        raise APIResponseValidationError(
            f"{describe_status(response.status, request_id)}: {operation.name} returned {problem} instead of "
            f"{expected}. Read error.text; if the service has changed, report it with the request id.",
            operation=operation.name,
            attempts=attempts,
            request_id=request_id,
            status_code=response.status,
            expected=expected,
            got=str(problem),
            content=response.content,
        ) from None
    return APIResponse(parsed, response.status, response.headers, response.content, request_id, attempts, elapsed)


def _parse(operation: Operation[T], content: bytes) -> T:
    if operation.expects == "anything" and not content.strip():
        return cast("T", None)
    body: Any = _load(content) if operation.expects else None
    if operation.expects == "count":
        return cast("T", _count(body))
    if isinstance(body, str) and body in operation.also:
        body = cast("Any", [] if operation.expects == "array" else {})
    if operation.expects and not isinstance(body, _JSON_TYPES[operation.expects]):
        raise _UnexpectedBodyError(f"a JSON {_json_name(cast('object', body))}")
    try:
        return cast("T", operation.parse(body))
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise _UnexpectedBodyError(f"a JSON {operation.expects} that does not fit ({type(error).__name__})") from None


def _load(content: bytes) -> Any:
    try:
        return json.loads(content, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise _UnexpectedBodyError("a body that is not JSON" if content.strip() else "an empty body") from None


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
    raise _UnexpectedBodyError(f"a JSON {_json_name(cast('object', body))} that is not a count")


def _json_name(value: object) -> str:
    return _JSON_NAMES.get(type(value), "number")
