"""From an operation and its arguments to a call that is safe to send.

The generated builder makes path, query and body; what they may hold is decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from heymarket_openapi.operation import Operation, find_wrong_type
from heymarket_openapi.query import encode_query, take_headers
from heymarket_openapi.types import Unset
from heymarket_openapi.undescribed import find_undescribed

from heymarket._diagnosis import find_unwritable, write_json
from heymarket._messages import Call
from heymarket._path_params import looks_like_uuid, mask_path, path_value, request_path
from heymarket._redaction import without_frames
from heymarket._transports.body import ACCEPT_ENCODING
from heymarket._validation import validate, validate_headers
from heymarket._version import __version__
from heymarket.config import DEFAULT_BASE_URL, find_key
from heymarket.errors import InvalidRequestError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from heymarket_openapi.files import Download, Upload

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
    save_to: Download | None = None
    if operation.saved:
        arguments = {**arguments}
        save_to = _open_download(operation, arguments.pop("save_to"))
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
    if not context.allow_undescribed and (undescribed := find_undescribed(operation, body)):
        raise InvalidRequestError(undescribed)
    if operation.rules is not None:
        body = validate(operation.rules, body, params, context.clock.time())
    key = operation.idempotent_by
    if key:
        place = params if key in operation.headers else body
        place[key] = _idempotency_key(key, place.get(key))
    if page and operation.paging and not operation.paging.name:  # a link has all of the query
        params = {name: params[name] for name in operation.headers if name in params}
    if page and operation.paging:  # after the validation: what the service gave isn't the caller's to fix
        (body if operation.paging.place == "json" else params).update(page)
    content = None if body is None else _encode(operation, body)
    query, headers = _encode_params(context, operation, params)
    if isinstance(content, bytes):
        headers += ("Content-Type", operation.media or "application/json"), ("Content-Length", str(len(content)))
    elif content is not None:
        headers += content.headers
    elif operation.method in {"POST", "PUT", "PATCH"}:
        headers.append(("Content-Length", "0"))
    # Another base URL is an emulator's or a proxy's, which gets everything.
    server = operation.server if context.base_url == DEFAULT_BASE_URL else ""
    url = f"{server or context.base_url}{built['url']}{query}"
    return Call(operation.name, operation.method, operation.path, url, headers, content, operation.safe,
                operation.safe or bool(key), doubtful, server, operation.security is None, save_to)  # fmt: skip


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
    return operation, {"url": request_path(path), "params": params, "json": json_body}


def _unchanged(body: Any) -> Any:
    return body


def _idempotency_key(name: str, given: Any) -> str:
    """The id by which the service recognizes a repeated request: one for all attempts."""
    if given is None or isinstance(given, Unset):
        return str(uuid4())
    if isinstance(given, UUID) or (isinstance(given, str) and given.strip()):
        return str(given)
    raise InvalidRequestError(f"{name} must be a string that isn't empty, or a UUID. Leave it out to have one made.")


def replace_headers(headers: Iterable[tuple[str, str]], own: Mapping[str, str]) -> list[tuple[str, str]]:
    """Headers with some of them replaced, and others added."""
    replaced = {name.lower() for name in own}
    return [*(header for header in headers if header[0].lower() not in replaced), *own.items()]


def _encode(operation: Operation[Any], body: Any) -> bytes | Upload:
    if operation.media and not operation.media.endswith("+json"):
        from heymarket_openapi.files import encode_body

        try:
            return encode_body(operation.media, operation.files, body)
        except (AttributeError, TypeError, ValueError) as error:
            raise InvalidRequestError(f"{operation.name}: {error}.") from None
    content = write_json(body)
    if content is None:
        problem = find_unwritable(body, operation.body[0] or "json")
        raise InvalidRequestError(f"{problem}. Pass dicts, lists, strings, finite numbers, booleans and None.")
    return content


def _open_download(operation: Operation[Any], target: Any) -> Download | None:
    from heymarket_openapi.files import Download

    try:
        return None if target is None else Download(target, operation.saved)
    except TypeError as error:
        raise InvalidRequestError(f"{operation.name}: {error}.") from None


def _encode_params(
    context: CallContext, operation: Operation[Any], params: dict[str, Any]
) -> tuple[str, list[tuple[str, str]]]:
    """The query and the headers, with the key of the operation if it has one of its own."""
    own: dict[str, str] = {}
    signed: dict[str, str] = {}
    security = operation.security
    if security is not None and security.scheme:
        signed[security.name] = f"{security.prefix}{find_key(security.scheme, context.keys).reveal()}"
        if security.place == "query":
            params |= signed
            signed = {}
    try:
        if operation.headers:
            own = take_headers(params, operation.headers)
        query = f"?{encode_query(params, operation.styles)}" if params else ""
    except ValueError as error:
        raise InvalidRequestError(f"params: {error}") from None
    validate_headers(own, "An argument")
    common = context.headers.reveal()
    if operation.accept and HEADERS[0] in common:
        own["Accept"] = operation.accept
    own |= signed
    return query, replace_headers(common, own) if own else [*common]
