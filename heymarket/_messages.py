"""Messages between the sender, the flow and the transports: plain data, no I/O.

Their reprs leave out URLs, headers and bodies, because tracebacks and debuggers print reprs. They are attrs classes and
not named tuples, because error reporters show the items of a tuple instead of its repr.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from attrs import field, frozen
from heymarket_openapi.results import find_charset

if TYPE_CHECKING:
    from heymarket_openapi.files import Download, Upload

MAX_BODY = 32 * 1024 * 1024
"""Bytes that a decompressed body may have; a larger one is refused while it is read."""


@frozen(eq=False)
class Call:
    """One call, ready to be sent, without the client's credentials.

    Attributes:
        operation: The name for errors, such as `contact_channels.get`, or `GET /v1/contact/...`.
        method: The HTTP method.
        path: The path template, without values, for logs and errors.
        url: The whole URL.
        headers: All headers except `Authorization`.
        body: The encoded body, or one that is read while it is sent.
        safe: Whether it only reads, so that sending it twice does no harm.
        repeatable: Whether it may be sent again when the outcome is unknown: a read, or a write that the service
            recognizes when it is repeated.
        doubtful_ids: Path parameters that are documented as UUIDs and whose values are not UUIDs.
        server: Scheme and host, where these aren't those of the client's base URL.
        signed: Whether it is sent with the client's credentials.
        save_to: The file that the body of a success is written to, if that isn't JSON.
    """

    operation: str
    method: str
    path: str
    url: str = field(repr=False)
    headers: list[tuple[str, str]] = field(repr=False)
    body: bytes | Upload | None = field(repr=False)
    safe: bool
    repeatable: bool
    doubtful_ids: tuple[str, ...] = ()
    server: str = ""
    signed: bool = True
    save_to: Download | None = None


@frozen(eq=False)
class Request:
    """A request that a transport sends once.

    Attributes:
        method: The HTTP method.
        url: The whole URL.
        headers: All headers.
        body: As that of the call.
        timeout: Seconds until there is a response or a failure.
        reuse_timeout: The same for the head of a response on a connection that was used before, which may be dead
            without our knowing.
        save_to: As that of the call.
    """

    method: str
    url: str = field(repr=False)
    headers: list[tuple[str, str]] = field(repr=False)
    body: bytes | Upload | None = field(repr=False)
    timeout: float
    reuse_timeout: float = math.inf
    save_to: Download | None = None


class Headers(Mapping[str, str]):
    """Response headers by name, in any case; the values of a repeated name are joined by `, `.

    The repr shows only names, because a value may be a cookie.
    """

    __slots__ = ("_values",)

    def __init__(self, raw: Iterable[tuple[bytes, bytes]] = ()) -> None:
        self._values: dict[str, str] = {}
        for key, content in raw:
            name, value = key.decode("latin-1").lower(), content.decode("latin-1")
            self._values[name] = f"{self._values[name]}, {value}" if name in self._values else value

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Headers({', '.join(self._values)})"


@frozen(eq=False)
class Response:
    """A complete response, its body decompressed."""

    status: int
    headers: Headers
    content: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """The body as a string: UTF-8, or else in the charset of its `Content-Type`; other bytes are replaced."""
        for charset in ("utf-8", find_charset(self.headers.get("content-type", ""))):
            with suppress(LookupError, ValueError):
                return self.content.decode(charset)
        return self.content.decode("utf-8", "replace")


class FailureKind(Enum):
    """Why there is no response."""

    CONNECT = "no connection; nothing was sent"
    TLS = "the other side could not be trusted; nothing was sent"
    TIMEOUT = "time ran out"
    MALFORMED = "the request or the response is not valid HTTP"
    LOST = "the connection broke before the response was complete"
    TOO_LARGE = "the body of the response is over the size cap"
    GARBLED = "the body of the response can't be decompressed"


class TransportFailure(NamedTuple):
    """A missing response. `reason` can be shown in an error message: it holds no path, header or body."""

    kind: FailureKind
    reason: str
    sent: bool
    status: int = 0
    headers: Headers | None = None
