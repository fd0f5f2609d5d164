"""Faults as data: what goes wrong, for which requests, and how often.

The actions are a closed set of frozen classes. An action that spoils a response spoils the server's good one (see
`FaultServer`), so that it differs from a success in one thing only. `steps` turns actions into bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, get_args

from attrs import field, frozen

CHANNEL: Mapping[str, Any] = MappingProxyType({
    "id": 11,
    "team_id": 7,
    "contact_id": 101,
    "channel_type": "phone",
    "channel_id": "15555550100",
    "info_channel": "",
    "channel_handle": "",
    "created": "2024-01-01T00:00:00Z",
    "updated": "2024-01-02T00:00:00Z",
})  # fmt: skip
"""The contact channel in the default response of a `FaultServer`."""

Moment = Literal["before", "during", "after", "next"]
"""When a connection ends: before the response, in the middle of its body, after it, or on the next request."""

Framing = Literal["length", "chunked", "close"]
"""How the end of a body is marked: by `Content-Length`, by chunks, or by closing the connection."""

Part = Literal["headers", "body"]
Lie = Literal["longer", "shorter", "negative", "words", "two"]
Breakage = Literal["size", "end", "cut"]
GzipTrouble = Literal["garbage", "cut", "bomb"]
Pairs = tuple[tuple[str, str], ...]


def _pairs(headers: Mapping[str, str] | Pairs) -> Pairs:
    return tuple(headers.items()) if isinstance(headers, Mapping) else headers


def _known(words: Any) -> Any:
    known = get_args(words)

    def check(_: object, attribute: Any, value: object) -> None:
        if value not in known:
            raise ValueError(f"{attribute.name} must be one of {', '.join(known)}.")

    return check


def _action(_: object, attribute: Any, value: Any) -> None:
    if not isinstance(value, get_args(Action)):
        raise TypeError(f"Fault takes an {attribute.name}, such as Respond(503), not a {type(value).__name__}.")


@frozen
class Respond:
    """Any well-formed response.

    Attributes:
        status: Any number of three digits.
        body: Bytes are sent as they are, anything else as JSON.
        headers: A mapping, or pairs of names and values. `Content-Length` and `X-Request-Id` replace the server's own.
        framing: `length`, `chunked` or `close`.
    """

    status: int = 200
    body: Any = b""
    headers: Pairs = field(default=(), converter=_pairs)
    framing: Framing = field(default="length", validator=_known(Framing))

    @classmethod
    def redirect(cls, to: str, status: int = 302) -> Respond:
        """A redirect.

        Args:
            to: The `Location`.
            status: 301, 302, 303, 307 or 308.
        """
        return cls(status, headers={"Location": to})

    @classmethod
    def throttled(cls, retry_after: str | None = None, status: int = 429, *, date: str | None = None) -> Respond:
        """A 429 or 503.

        Args:
            retry_after: `Retry-After`, sent as it is: seconds, an HTTP date, or nonsense.
            status: 429 or 503.
            date: `Date`, sent as it is.
        """
        named = {"Retry-After": retry_after, "Date": date}
        return cls(status, headers={name: value for name, value in named.items() if value is not None})

    @classmethod
    def unauthorized(cls, date: str | None = None) -> Respond:
        """A 401.

        Args:
            date: `Date`, sent as it is; a wrong one makes the client believe that its clock is off.
        """
        return cls(401, headers={} if date is None else {"Date": date})


GOOD = Respond(200, dict(CHANNEL))
"""The response where no fault matches, by default."""


@frozen
class Raw:
    """These bytes instead of a response, then the end of the connection.

    Attributes:
        data: Sent as they are.
        keep: Whether the connection stays open instead.
    """

    data: bytes
    keep: bool = False


@frozen
class Reset:
    """A reset connection (RST), as after a crash, or by a firewall or load balancer.

    Attributes:
        when: `before` the response, `during` its body, `after` it, or on the `next` request of the same connection.
    """

    when: Moment = field(default="before", validator=_known(Moment))


@frozen
class Close:
    """A connection closed (FIN) without an announcement, as by a restart or an idle timeout.

    Attributes:
        when: `before` the response, `during` its body, `after` it, or on the `next` request of the same connection.
    """

    when: Moment = field(default="before", validator=_known(Moment))


@frozen
class Hang:
    """No response until the client closes the connection."""


@frozen
class Drip:
    """A good response, one byte at a time.

    Attributes:
        part: What drips: `headers` (and then the body) or `body`.
        every: Seconds between two bytes.
    """

    part: Part = field(default="headers", validator=_known(Part))
    every: float = 0.02


@frozen
class Informational:
    """1xx responses before the good one.

    Attributes:
        status: 100, 102 or 103.
        times: How many.
    """

    status: int = 100
    times: int = 1


@frozen
class WrongLength:
    """A good response with a wrong `Content-Length`; the connection ends after it.

    Attributes:
        lie: `longer` or `shorter` than the body, `negative`, `words` instead of a number, or `two` that differ.
    """

    lie: Lie = field(default="longer", validator=_known(Lie))


@frozen
class BrokenChunks:
    """A good response with malformed chunks; the connection ends after it.

    Attributes:
        how: A `size` that is no number, no `end` (the last chunk is missing), or `cut` within a chunk.
    """

    how: Breakage = field(default="size", validator=_known(Breakage))


@frozen
class ManyHeaders:
    """A good response with this many additional headers."""

    count: int = 1000


@frozen
class LongHeader:
    """A good response with a header of this many bytes."""

    size: int = 1_000_000


@frozen
class BadGzip:
    """A response with `Content-Encoding: gzip`.

    Attributes:
        how: `garbage`, which is no gzip; a good body `cut` short, though as long as its `Content-Length` says; or a
            `bomb`, which is small and inflates to `size`.
        size: Bytes of the inflated bomb; about a thousandth of it is sent.
    """

    how: GzipTrouble = field(default="garbage", validator=_known(GzipTrouble))
    size: int = 200 * 1024 * 1024


@frozen
class HugeBody:
    """A JSON body of this many bytes, neither compressed nor ever whole in memory.

    Attributes:
        size: Bytes.
        framing: As for `Respond`.
    """

    size: int = 33 * 1024 * 1024
    framing: Framing = field(default="length", validator=_known(Framing))


Action = (
    Respond
    | Raw
    | Reset
    | Close
    | Hang
    | Drip
    | Informational
    | WrongLength
    | BrokenChunks
    | ManyHeaders
    | LongHeader
    | BadGzip
    | HugeBody
)


@frozen
class Match:
    """Which requests a fault is for. A condition that is `None` always holds.

    Attributes:
        method: The HTTP method.
        path: The path as sent, percent-encoded, without the query; with a `*` at its end, what it begins with.
        nth: Only this one of the requests that match method and path, counted from 1.
    """

    method: str | None = None
    path: str | None = None
    nth: int | None = None

    def fits(self, method: str, path: str) -> bool:
        """Whether method and path match."""
        if self.method is not None and self.method.upper() != method:
            return False
        if self.path is None:
            return True
        return path.startswith(self.path[:-1]) if self.path.endswith("*") else path == self.path


@frozen
class Fault:
    """What goes wrong, for which requests, and how often.

    Attributes:
        action: What happens instead of the good response.
        match: Which requests it is for; all of them by default.
        count: For how many requests; `None`: for all.
    """

    action: Action = field(validator=_action)
    match: Match = Match()
    count: int | None = field(default=None, kw_only=True)
