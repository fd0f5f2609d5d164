"""What the sender, the exchange and the engines hand each other: plain data, no I/O.

Their reprs show neither headers nor bodies, because tracebacks and debuggers print them.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from heymarket._headers import Headers

MAX_BODY = 32 * 1024 * 1024
"""Bytes of a decompressed body; more is refused while reading."""


@frozen
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
        doubtful_ids: Path parameters that are documented as UUIDs and were given as another text.
    """

    operation: str
    method: str
    path: str
    url: str = field(repr=False)
    headers: list[tuple[str, str]] = field(repr=False)
    body: bytes | None = field(repr=False)
    safe: bool
    doubtful_ids: tuple[str, ...] = ()


@frozen
class Send:
    """Send this once, and give back what came of it within `timeout` seconds."""

    method: str
    url: str = field(repr=False)
    headers: list[tuple[str, str]] = field(repr=False)
    body: bytes | None = field(repr=False)
    timeout: float


@frozen
class Sleep:
    """Wait so many seconds."""

    seconds: float


@frozen
class Answer:
    """A whole answer, its body decompressed."""

    status: int
    headers: Headers
    content: bytes = field(repr=False)


class Trouble(Enum):
    """Why there is no answer."""

    CONNECT = auto()  # no connection; nothing was sent
    TLS = auto()  # the other side could not be trusted; nothing was sent
    TIMEOUT = auto()  # time ran out
    LOST = auto()  # the connection broke before the answer was whole
    TOO_LARGE = auto()  # the body is over the size cap
    GARBLED = auto()  # the body can't be decompressed


@frozen
class Failure:
    """No answer. `reason` is fit for an error message: it holds no path, header or body."""

    trouble: Trouble
    reason: str
    sent: bool
    status: int = 0
    headers: Headers | None = None
