"""What the sender, the flow and the transports hand each other: plain data, no I/O.

The reprs of what holds headers or bodies are short, because tracebacks and debuggers print them. Those are attrs
classes and not named tuples, because error reporters look into tuples instead of asking for their repr.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from attrs import frozen

MAX_BODY = 32 * 1024 * 1024
"""Bytes of a decompressed body; more is refused while reading."""


@frozen(eq=False, repr=False)
class Call:
    """One call, ready to be sent: everything but the sign-in.

    Attributes:
        operation: Its name in errors, `contact_channels.get`, or the method of `client.request`.
        method: The HTTP method.
        path: The path template, for logs and errors; it holds no values.
        url: The whole URL.
        headers: All headers but `Authorization`.
        body: The encoded JSON body.
        safe: Whether it only reads, so that repeating it does no harm.
        repeatable: Whether it may be sent again after an unclear failure: a read, or a write that the service knows
            again.
        doubtful_ids: Path parameters that are documented as UUIDs and were given as another text.
    """

    operation: str
    method: str
    path: str
    url: str
    headers: list[tuple[str, str]]
    body: bytes | None
    safe: bool
    repeatable: bool
    doubtful_ids: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Call({self.operation})"


@frozen(eq=False, repr=False)
class Request:
    """What a transport sends once.

    Attributes:
        method: The HTTP method.
        url: The whole URL.
        headers: All headers.
        body: The encoded JSON body.
        timeout: Seconds until there is a response or a failure.
        reuse_timeout: The same on a connection that was used before, which may have died unnoticed.
    """

    method: str
    url: str
    headers: list[tuple[str, str]]
    body: bytes | None
    timeout: float
    reuse_timeout: float = math.inf

    def __repr__(self) -> str:
        return f"Request({self.method}, timeout={self.timeout:g})"


class Headers(Mapping[str, str]):
    """Response headers by name, without regard to case; values of a repeated name are joined by `, `.

    The repr shows names only, because a value may be a cookie.
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


@frozen(eq=False, repr=False)
class Response:
    """A whole answer, its body decompressed."""

    status: int
    headers: Headers
    content: bytes

    def __repr__(self) -> str:
        return f"Response({self.status})"


class FailureKind(Enum):
    """Why there is no answer."""

    CONNECT = "no connection; nothing was sent"
    TLS = "the other side could not be trusted; nothing was sent"
    TIMEOUT = "time ran out"
    LOST = "the connection broke before the answer was whole"
    TOO_LARGE = "the body is over the size cap"
    GARBLED = "the body can't be decompressed"


class TransportFailure(NamedTuple):
    """No answer. `reason` is fit for an error message: it holds no path, header or body."""

    kind: FailureKind
    reason: str
    sent: bool
    status: int = 0
    headers: Headers | None = None
