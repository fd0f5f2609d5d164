"""From an operation and its arguments to a call that is safe to send.

The generated builder makes path, query and body; what may stand in them is decided here.
"""

from __future__ import annotations

import json
import math
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from urllib.parse import urlencode
from uuid import UUID, uuid4

from heymarket_openapi.types import Unset

from heymarket._messages import Call
from heymarket._path_params import LARGEST_NUMBER, looks_like_uuid, path_value, request_path
from heymarket._transports.body import ACCEPT_ENCODING
from heymarket._validation import guard
from heymarket._version import __version__
from heymarket.errors import InvalidRequestError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket_openapi.operation import Operation

    from heymarket._flow import Limits, Means
    from heymarket.quota import Quota

HEADERS = (
    ("Accept", "application/json"),
    ("Accept-Encoding", ACCEPT_ENCODING),
    ("User-Agent", f"heymarket-python/{__version__}"),
)

_RESERVED_HEADERS = frozenset({
    "accept-encoding", "authorization", "connection", "content-length", "content-type", "cookie", "expect", "host",
    "keep-alive", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade",
})  # fmt: skip
_NOTHING: Any = object()


class Dispatch(NamedTuple):
    """What a client's calls have in common: where they go, how they are made, and within which limits."""

    base_url: str
    limits: Limits
    means: Means
    quota: Quota | None
    headers: tuple[tuple[str, str], ...]

    def call(self, operation: Operation[Any], arguments: dict[str, Any], page: Mapping[str, Any] | None = None) -> Call:
        """A call of a described operation.

        Args:
            operation: The operation.
            arguments: Those of its `build`.
            page: Members of the request that say which page of a list is wanted.

        Raises:
            InvalidRequestError: An argument can't be sent safely, or can't be right.
        """
        doubtful: tuple[str, ...] = ()
        for name, form in operation.path_params.items():
            arguments[name] = text = path_value(name, arguments[name])
            if form == "uuid" and not looks_like_uuid(text):
                doubtful += (name,)
        built = _built(operation, arguments)
        body = built.get("json", _NOTHING)
        if operation.method == "DELETE" and not body:
            body = _NOTHING  # many a server and proxy drops what a DELETE holds; nothing needn't be sent
        if operation.rules is not None and body is not _NOTHING:
            body = guard(operation.rules, body, built.get("params", {}), self.means.clock.time())
        elif operation.rules is not None:
            guard(operation.rules, None, built.get("params", {}), self.means.clock.time())
        if page and operation.paging:  # after the guards: what the service gave isn't the caller's to mend
            (body if operation.paging.place == "json" else built.setdefault("params", {})).update(page)
        key = operation.idempotent_by
        if key:
            body[key] = _own_id(key, body.get(key))
        return self._call(
            operation.name,
            operation.method,
            operation.path,
            built["url"],
            params=built.get("params"),
            json_body=body,
            safe=operation.safe,
            repeatable=operation.safe or bool(key),
            doubtful_ids=doubtful,
        )

    def raw_call(self, method: str, path: str, json_body: Any, params: Mapping[str, Any] | None) -> Call:
        """A call that the description lacks.

        Raises:
            InvalidRequestError: The method or the path can't be sent safely, or the body is not JSON.
        """
        method = method.upper() if isinstance(method, str) else ""
        if method not in {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"}:
            raise InvalidRequestError("method must be GET, POST, PUT, PATCH, DELETE or HEAD.")
        url = request_path(path)
        safe = method in {"GET", "HEAD"}
        return self._call(
            f"{method} request",
            method,
            "(path not described)",
            url,
            params=params,
            json_body=_NOTHING if json_body is None else json_body,
            safe=safe,
            repeatable=safe,
        )

    def _call(
        self,
        operation: str,
        method: str,
        path: str,
        url: str,
        *,
        params: Mapping[str, Any] | None,
        json_body: Any,
        safe: bool,
        repeatable: bool,
        doubtful_ids: tuple[str, ...] = (),
    ) -> Call:
        headers = [*self.headers]
        body = None
        if json_body is not _NOTHING:
            body = _encode(json_body)
            headers.append(("Content-Type", "application/json"))
        if params is not None and not hasattr(params, "items"):
            raise InvalidRequestError("params must be a mapping of names to values.")
        query = f"?{_query(params)}" if params else ""
        url = f"{self.base_url}{url}{query}"
        return Call(operation, method, path, url, headers, body, safe, repeatable, doubtful_ids)


def _built(operation: Operation[Any], arguments: dict[str, Any]) -> dict[str, Any]:
    problem = ""
    try:
        return operation.build(**arguments)
    except (AttributeError, TypeError, ValueError) as error:
        problem = type(error).__name__
    del arguments
    raise InvalidRequestError(
        f"{operation.name}: an argument has a type that can't be sent ({problem}). Its docstring says what each takes."
    )


def _own_id(name: str, given: Any) -> str:
    """The id by which the service knows a repeated request again: once for all attempts."""
    if given is None or isinstance(given, Unset):
        return str(uuid4())
    if isinstance(given, UUID):
        return str(given)
    if not isinstance(given, str) or not given.strip():
        raise InvalidRequestError(f"{name} must be a text that isn't empty, or a UUID. Leave it out to have one made.")
    return given


def headers_with(extra: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The headers of every call, with extra ones, which take the place of ours.

    Raises:
        InvalidRequestError: A name or value has characters that headers can't have, or the name is one that this
            package sets itself.
    """
    if not hasattr(extra, "items"):
        raise InvalidRequestError("extra_headers must be a mapping of names to values.")
    for name, value in extra.items():
        if not isinstance(name, str) or not isinstance(value, str):
            raise InvalidRequestError("extra_headers must map texts to texts.")
        if not name.isascii() or not name.replace("-", "").replace("_", "").isalnum():
            raise InvalidRequestError("extra_headers has a name that no header can have.")
        if name.lower() in _RESERVED_HEADERS:
            raise InvalidRequestError(f"extra_headers can't set {name}: the client or the connection does.")
        if not value.isascii() or not value.isprintable() or value != value.strip():
            raise InvalidRequestError(
                f"extra_headers: the value of {name} must be printable ASCII, outer blanks stripped."
            )
    own = {name.lower() for name in extra}
    return (*(header for header in HEADERS if header[0].lower() not in own), *extra.items())


def _encode(body: Any) -> bytes:
    problem = ""
    try:
        return json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    except (TypeError, ValueError, RecursionError) as error:
        problem = type(error).__name__
    raise InvalidRequestError(
        f"json can't be written as JSON ({problem}). Pass dicts, lists, texts, finite numbers, booleans and None."
    )


def _query(params: Mapping[str, Any]) -> str:
    pairs: list[tuple[str, str]] = []
    for name, value in params.items():
        items = cast("list[Any]", value if isinstance(value, list | tuple) else [value])
        texts = [_query_text(item) for item in items if item is not None]
        if None in texts:
            raise InvalidRequestError(
                f"params: {name} must be a text, a number, a boolean, a UUID, None, or a list of such."
            )
        pairs += [(name, text) for text in texts if text is not None]
    try:
        return urlencode(pairs)
    except UnicodeEncodeError:
        pass  # raised below, where the values are in no traceback
    del pairs
    raise InvalidRequestError("params holds half a surrogate pair, which can't be sent. Pass proper texts.")


def _query_text(value: Any) -> str | None:
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if (isinstance(value, float) and not math.isfinite(value)) or (
        isinstance(value, int) and value.bit_length() > LARGEST_NUMBER
    ):
        return None
    return str(value) if isinstance(value, str | int | float | UUID) else None
