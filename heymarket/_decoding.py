"""From a success to its typed result.

Reading single fields is the generated parser's work, and never costs the answer; whether the body can be that thing at
all is decided here. The functions that hold the body do not raise, so that no traceback shows it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar, cast

from heymarket_openapi.operation import APIResponse, Operation

from heymarket._error_mapping import parse_json, printable_id
from heymarket.errors import APIResponseValidationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from heymarket._flow import Success

T = TypeVar("T")

_JSON_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": (int, str),  # counts come as numbers and as texts (D14)
    "number": (int, float, str),
    "boolean": bool,
}
_JSON_EMPTY: dict[str, Any] = {"array": [], "object": {}}
_JSON_NAMES: dict[type[Any], str] = {dict: "object", list: "array", str: "string", bool: "boolean", type(None): "null"}


def decode(operation: Operation[T], reply: Success) -> APIResponse[T]:
    """The typed result of a success.

    Raises:
        APIResponseValidationError: The body is not JSON, is empty where something is documented, or is another kind
            of thing altogether. Single fields never cost the answer.
    """
    parsed, got = _parse(operation, reply.response.content)
    if got:
        raise _unfit(operation.name, reply, operation.model or operation.expects, got)
    return _response(parsed, reply)


def _parse(operation: Operation[T], content: bytes) -> tuple[T, str]:
    # Gives the problem back instead of raising: this frame holds the body.
    nothing: Any = None
    parse: Callable[..., Any] = operation.parse
    if not operation.expects:
        return parse(None), ""
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return nothing, "text that is not JSON" if content.strip() else "an empty body"
    if operation.expects == "count":
        return _count(body)
    if isinstance(body, str) and body in operation.also:
        body = _JSON_EMPTY[operation.expects]
    if not isinstance(body, _JSON_TYPES[operation.expects]):
        return nothing, f"a JSON {_json_name(body)}"
    try:
        return parse(body), ""
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        return nothing, f"a JSON {operation.expects} that does not fit ({type(error).__name__})"


def _count(body: Any) -> tuple[Any, str]:
    """A number, which some answers hold as a text, and one may hold in an object (D14)."""
    if isinstance(body, dict):
        values = [*cast("dict[str, Any]", body).values()]
        body = values[0] if len(values) == 1 else cast("Any", body)
    if isinstance(body, int) and not isinstance(body, bool):
        return body, ""
    if isinstance(body, str) and body.strip().isdecimal() and len(body) < 20:
        return int(body), ""
    return None, f"a JSON {_json_name(body)} that is no count"


def _json_name(value: object) -> str:
    return _JSON_NAMES.get(type(value), "number")


def decode_anything(operation: str, reply: Success) -> APIResponse[Any]:
    """The parsed JSON of a success, `None` if the answer is empty.

    Raises:
        APIResponseValidationError: The body is not JSON.
    """
    content = reply.response.content
    parsed = parse_json(content)
    if parsed is None and content.strip() not in {b"", b"null"}:
        del content
        raise _unfit(operation, reply, "JSON", "text that is not JSON")
    return _response(parsed, reply)


def _response(parsed: T, reply: Success) -> APIResponse[T]:
    response = reply.response
    return APIResponse(
        parsed=parsed,
        status_code=response.status,
        headers=response.headers,
        content=response.content,
        request_id=reply.request_id,
        attempts=reply.attempts,
        elapsed=reply.elapsed,
    )


def _unfit(operation: str, reply: Success, expected: str, got: str) -> APIResponseValidationError:
    return APIResponseValidationError(
        f"{reply.response.status} (request id {printable_id(reply.request_id)}): {operation} answered with {got} where "
        f"{expected} was expected. Read error.text; if the service has changed, report it with the request id.",
        operation=operation,
        attempts=reply.attempts,
        request_id=reply.request_id,
        status_code=reply.response.status,
        field="body",
        expected=expected,
        got=got,
        content=reply.response.content,
    )
