"""From an operation and its arguments to a call that is safe to send.

The generated builder makes path, query and body; what may stand in them is decided here.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from heymarket._engines._body import ACCEPT_ENCODING
from heymarket._paths import looks_like_uuid, path_value, request_path
from heymarket._version import __version__
from heymarket._wire import Call
from heymarket.errors import InvalidRequestError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket_openapi.operation import Operation

    from heymarket._exchange import Limits, Means
    from heymarket.quota import Quota

_HEADERS = [
    ("Accept", "application/json"),
    ("Accept-Encoding", ACCEPT_ENCODING),
    ("User-Agent", f"heymarket-python/{__version__}"),
]

_NOTHING: Any = object()


class Dispatch(NamedTuple):
    """What a client's calls have in common: where they go, how they are made, and within which limits."""

    base_url: str
    limits: Limits
    means: Means
    quota: Quota | None
    extra_headers: tuple[tuple[str, str], ...] = ()

    def call(self, operation: Operation[Any], arguments: dict[str, Any]) -> Call:
        """A call of a described operation.

        Raises:
            InvalidRequestError: A path parameter can't be sent safely.
        """
        doubtful: tuple[str, ...] = ()
        for name, form in operation.path_params.items():
            arguments[name] = text = path_value(name, arguments[name])
            if form == "uuid" and not looks_like_uuid(text):
                doubtful += (name,)
        built = operation.build(**arguments)
        return self._call(
            operation.name,
            operation.method,
            operation.path,
            built["url"],
            params=built.get("params"),
            json_body=built.get("json", _NOTHING),
            safe=operation.safe,
            doubtful_ids=doubtful,
        )

    def raw_call(self, method: str, path: str, json_body: Any, params: Mapping[str, Any] | None) -> Call:
        """A call that the description lacks.

        Raises:
            InvalidRequestError: The method or the path can't be sent safely, or the body is not JSON.
        """
        method = method.upper()
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
        doubtful_ids: tuple[str, ...] = (),
    ) -> Call:
        headers = [*_HEADERS, *self.extra_headers]
        body = None
        if json_body is not _NOTHING:
            body = _encode(json_body)
            headers.append(("Content-Type", "application/json"))
        query = f"?{_query(params)}" if params else ""
        return Call(operation, method, path, f"{self.base_url}{url}{query}", headers, body, safe, doubtful_ids)


def checked_headers(headers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Extra headers that can be sent safely.

    Raises:
        InvalidRequestError: A name or value has characters that headers can't have, or the name is one that this
            package sets itself.
    """
    for name, value in headers.items():
        if not isinstance(name, str) or not isinstance(value, str):
            raise InvalidRequestError("extra_headers must map texts to texts.")
        if not name.isascii() or not name.replace("-", "").replace("_", "").isalnum():
            raise InvalidRequestError("extra_headers has a name that no header can have.")
        if name.lower() in {
            "authorization",
            "host",
            "content-length",
            "transfer-encoding",
            "accept-encoding",
            "cookie",
        }:
            raise InvalidRequestError(f"extra_headers can't set {name}: the client sets it itself.")
        if not value.isascii() or not value.isprintable():
            raise InvalidRequestError(f"extra_headers: the value of {name} must be printable ASCII.")
    return tuple(headers.items())


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
        items: list[Any] = [*value] if isinstance(value, list | tuple) else [value]
        for item in items:
            if isinstance(item, bool):
                pairs.append((name, "true" if item else "false"))
            elif item is not None:
                pairs.append((name, str(item)))
    try:
        return urlencode(pairs)
    except UnicodeEncodeError:
        pass  # raised below, where the values are in no traceback
    del pairs
    raise InvalidRequestError("params holds half a surrogate pair, which can't be sent. Pass proper texts.")
