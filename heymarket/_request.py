"""From an operation and its arguments to a call that is safe to send.

The generated builder makes path, query and body; what they may hold is decided here.
"""

from __future__ import annotations

import math
from enum import Enum
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode
from uuid import UUID, uuid4

from heymarket_openapi.operation import Operation, find_wrong_type
from heymarket_openapi.types import Unset

from heymarket._diagnosis import find_unwritable, write_json
from heymarket._messages import Call
from heymarket._path_params import LARGEST_NUMBER, looks_like_uuid, mask_path, path_value, request_path
from heymarket._redaction import without_frames
from heymarket._transports.body import ACCEPT_ENCODING
from heymarket._validation import validate
from heymarket._version import __version__
from heymarket.errors import InvalidRequestError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket._flow import CallContext

HEADERS = (
    ("Accept", "application/json"),
    ("Accept-Encoding", ACCEPT_ENCODING),
    ("User-Agent", f"heymarket-python/{__version__}"),
)


@without_frames
def build_call(
    context: CallContext, operation: Operation[Any], arguments: Mapping[str, Any], page: Mapping[str, Any] | None = None
) -> Call:
    """A call of a described operation.

    Args:
        context: What all calls of the client share.
        operation: The operation.
        arguments: Those of its generated builder.
        page: Fields of the request that say which page of a list is wanted.

    Raises:
        InvalidRequestError: An argument can't be sent safely, or can't be right.
    """
    paths = {name: path_value(name, arguments[name]) for name in operation.path_params}
    expected = operation.path_params.items()
    doubtful = tuple(name for name, form in expected if form == "uuid" and not looks_like_uuid(paths[name]))
    try:
        built = operation.build(**{**arguments, **paths})
    except (AttributeError, TypeError, ValueError) as error:
        wrong = find_wrong_type(operation, arguments, getattr(error, "obj", error))
        raise InvalidRequestError(f"{operation.name}: {wrong}. Its docstring says what each argument takes.") from None
    body: Any = built.get("json")
    params: dict[str, Any] = built.setdefault("params", {})
    if operation.method == "DELETE" and not body:
        body = None  # many a server and proxy drops the body of a DELETE; an empty one needn't be sent
    if operation.rules is not None:
        body = validate(operation.rules, body, params, context.clock.time())
    if page and operation.paging:  # after the validation: what the service gave isn't the caller's to fix
        (body if operation.paging.place == "json" else params).update(page)
    key = operation.idempotent_by
    if key:
        body[key] = _idempotency_key(key, body.get(key))
    url = f"{context.base_url}{built['url']}{f'?{_query(params)}' if params else ''}"
    content = None if body is None else _encode(body)
    headers = [*context.headers] if body is None else [*context.headers, ("Content-Type", "application/json")]
    return Call(operation.name, operation.method, operation.path, url, headers, content, operation.safe,
                operation.safe or bool(key), doubtful)  # fmt: skip


@without_frames
def describe(
    method: str, path: str, json_body: Any, params: Mapping[str, Any] | None
) -> tuple[Operation[Any], dict[str, Any]]:
    """An operation that the description lacks, and its arguments.

    Raises:
        InvalidRequestError: The method or the path can't be sent safely, or `params` is not a mapping.
    """
    method = method.upper() if isinstance(method, str) else ""
    if method not in {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"}:
        raise InvalidRequestError("method must be GET, POST, PUT, PATCH, DELETE or HEAD.")
    arguments = {"url": request_path(path), "params": params, "json": json_body}
    if params is not None and not hasattr(params, "items"):
        raise InvalidRequestError("params must be a mapping of names to values.")
    operation: Operation[Any] = Operation(
        name=f"{method} {mask_path(path)}",
        method=method,
        path="(path not described)",
        build=dict,
        parse=_unchanged,
        path_params={},
        status=200,
        expects="anything",
        model="JSON",
        safe=method in {"GET", "HEAD"},
    )
    return operation, arguments


def _unchanged(body: Any) -> Any:
    return body


def _idempotency_key(name: str, given: Any) -> str:
    """The id by which the service recognizes a repeated request: one for all attempts."""
    if given is None or isinstance(given, Unset):
        return str(uuid4())
    if isinstance(given, UUID) or (isinstance(given, str) and given.strip()):
        return str(given)
    raise InvalidRequestError(f"{name} must be a string that isn't empty, or a UUID. Leave it out to have one made.")


def _encode(body: Any) -> bytes:
    content = write_json(body)
    if content is None:
        problem = find_unwritable(body)
        raise InvalidRequestError(f"{problem}. Pass dicts, lists, strings, finite numbers, booleans and None.")
    return content


def _query(params: Mapping[str, Any]) -> str:
    pairs: list[tuple[str, str]] = []
    for name, value in params.items():
        items = cast("list[Any]", value if isinstance(value, list | tuple) else [value])
        pairs += [(name, _query_value(name, item)) for item in items if item is not None]
    try:
        return urlencode(pairs)
    except UnicodeEncodeError:
        where = next((name for name, value in pairs if write_json(value) is None), "a name")
        raise InvalidRequestError(f"params: {where} holds a lone surrogate. Pass proper strings.") from None


def _query_value(name: str, value: Any) -> str:
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, bool):
        return "true" if value else "false"
    fits = math.isfinite(value) if isinstance(value, float) else isinstance(value, str | UUID)
    if fits or (isinstance(value, int) and value.bit_length() <= LARGEST_NUMBER):
        return str(value)
    raise InvalidRequestError(f"params: {name} must be a string, a number, a boolean, a UUID, None, or a list of such.")
