"""The journal: the requests that came, and the responses to them.

It holds the latest calls only, in memory, and never a token, a key or a cookie.
"""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, overload

from attrs import define, field

from heymarket.emulator.api import json

__all__ = ["Journal", "JournalEntry"]

_KEPT = 10_000
_BYTES_KEPT = 64 * 1024 * 1024
_BODY_KEPT = 64 * 1024
_ABOUT_THE_REST = 2048
_DROPPED = frozenset({"cookie", "set-cookie", "proxy-authorization"})
_SECRET = re.compile(r"key|token|secret|passw|credential|auth(?!or(?!iz))|session|signature|jwt", re.IGNORECASE)
_CREDENTIAL = re.compile(
    r"(?<![\w-])eyJ[\w-]+\.[\w-]+\.?[\w-]*"  # a JWT
    # A long key: at least 32 letters and digits, lower and upper case. A UUID and a checksum are none.
    r"|(?<![\w+=-])(?=[\w+=-]*[0-9])(?=[\w+=-]*[a-z])(?=[\w+=-]*[A-Z])[\w+=-]{32,}",
    re.ASCII,
)
_SHORTEST_CREDENTIAL = 20
_SCHEMES = frozenset({"bearer", "basic", "digest"})


@define(kw_only=True)
class JournalEntry:
    """One request and its response.

    Attributes:
        time: When it arrived (seconds since the epoch).
        method: The HTTP method.
        path: The path as sent, decoded, without the query.
        request_id: `X-Request-Id` of the response.
        claims: What its token guess_name, whether it was accepted or not; `None` without a readable JWT.
        token_header: The header of that JWT.
        operation: The operation, such as `contact_channels.get`; `None` if the description has none there.
        credential: Name of the credential that signed in; `None` if none did.
        refused: Why it was refused, as in `X-Emulator-Refused`; `None` if it wasn't.
        status: The status of the response; 0 if there was none.
        passed: What was let pass, as in `X-Emulator-Passed`: fields that count as not given, may be missing,
            or aren't described.
        repeated: Whether it got the response of the first call with the same `local_id`, and nothing was done.
        fault: The action of the fault that was played; `None` without one.
        duration: How long it took, in milliseconds.
        parameters: The values in the path.
        query: The query's, the last one of those with the same name.
        request_headers: In lower case; credentials are not in it.
        response_headers: In lower case; cookies are not in it.
        header_bytes: How large the request's headers were.
    """

    time: float
    method: str
    path: str
    request_id: str
    claims: Mapping[str, Any] | None
    token_header: Mapping[str, Any] | None = field(default=None, repr=False)
    operation: str | None = None
    credential: str | None = None
    refused: str | None = None
    status: int = 0
    passed: Sequence[str] = field(default=(), repr=False)
    repeated: bool = False
    fault: str | None = None
    duration: float = 0.0
    parameters: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    query: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    request_headers: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    response_headers: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    request_bytes: bytes = field(default=b"", repr=False)
    response_bytes: bytes = field(default=b"", repr=False)
    header_bytes: int = field(default=0, repr=False)

    @property
    def request_body(self) -> Any:
        """The request's body: parsed, if it is JSON of at most 64 KiB, else the beginning of its text; or `None`."""
        return _read(self.request_bytes)

    @property
    def response_body(self) -> Any:
        """The response's body, likewise. It is there even if a fault lost it on the way."""
        return _read(self.response_bytes)

    def document(self) -> dict[str, Any]:
        """As JSON."""
        members = ("time", "method", "path", "query", "operation", "status", "refused", "credential", "request_id")
        more = (
            "token_header",
            "claims",
            "fault",
            "passed",
            "repeated",
            "duration",
            "request_headers",
            "response_headers",
        )
        bodies = {"request_body": self.request_body, "response_body": self.response_body}
        return {name: getattr(self, name) for name in (*members, *more)} | bodies


class Journal(Sequence[JournalEntry]):
    """The latest calls, oldest first. The server's thread writes, any thread reads.

    Attributes:
        changes: How often it changed: who looks again sees from it whether there is anything new.
    """

    def __init__(self) -> None:
        self._calls: deque[JournalEntry] = deque()
        self._bytes = 0
        self._lock = threading.Lock()
        self.changes: int = 0

    def __repr__(self) -> str:
        return f"<Journal of {len(self)} calls>"

    def __len__(self) -> int:
        return len(self._calls)

    @overload
    def __getitem__(self, index: int) -> JournalEntry: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[JournalEntry, ...]: ...
    def __getitem__(self, index: int | slice) -> JournalEntry | tuple[JournalEntry, ...]:
        return self.calls()[index]

    def __iter__(self) -> Any:
        return iter(self.calls())

    def add(self, call: JournalEntry) -> None:
        """Add a call and its response; the oldest ones make room."""
        with self._lock:
            self.changes += 1
            self._calls.append(call)
            self._bytes += _size(call)
            while len(self._calls) > _KEPT or self._bytes > _BYTES_KEPT:
                self._bytes -= _size(self._calls.popleft())

    def calls(self) -> tuple[JournalEntry, ...]:
        """What there is now."""
        with self._lock:
            return tuple(self._calls)

    def find(
        self,
        *,
        operation: str | None = None,
        status: int | str | None = None,
        method: str | None = None,
        path: str | None = None,
        credential: str | None = None,
        refused: bool | str | None = None,
    ) -> tuple[JournalEntry, ...]:
        """The calls that are all of this, oldest first.

        Args:
            operation: Such as `messages.send`.
            status: Such as 404, or `4xx` for all of a class.
            method: The HTTP method.
            path: The path, or how it begins if this ends with `*`.
            credential: Name of the credential.
            refused: Whether it was refused; or how the reason begins, such as `expired`.
        """
        return tuple(
            call
            for call in self.calls()
            if (operation is None or call.operation == operation)
            and (status is None or _is_status(call.status, str(status)))
            and (method is None or call.method == method.upper())
            and (path is None or _is_path(call.path, path))
            and (credential is None or call.credential == credential)
            and (refused is None or _is_refused(call.refused, refused))
        )

    def clear(self) -> None:
        """Forget all calls."""
        with self._lock:
            self.changes += 1
            self._calls.clear()
            self._bytes = 0


def truncate(body: bytes) -> bytes:
    """As much of a body as the journal keeps."""
    return body if len(body) <= _BODY_KEPT else body[:_BODY_KEPT]


def redact_headers(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """The headers of a request or a response, as the journal keeps them."""
    shown: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name = raw_name.decode("latin-1").lower()
        if name == "authorization":
            scheme = raw_value.decode("latin-1").partition(" ")[0]
            shown[name] = f"{scheme} [redacted]" if scheme.lower() in _SCHEMES else "[redacted]"
        elif name not in _DROPPED:
            shown[name] = "[redacted]" if _is_secret(name) else redact(raw_value.decode("latin-1"))
    return shown


def redact_query(query: Mapping[str, str]) -> dict[str, str]:
    """The query, as the journal keeps it."""
    return {redact(name): "[redacted]" if _is_secret(name) else redact(value) for name, value in query.items()}


@lru_cache(256)  # of headers and parameters, which are the same in most calls
def _is_secret(name: str) -> bool:
    return _SECRET.search(name) is not None


def redact(text: str) -> str:
    """A string without what has the form of a credential."""
    return text if len(text) < _SHORTEST_CREDENTIAL else _CREDENTIAL.sub("[redacted]", text)


def _size(call: JournalEntry) -> int:
    return len(call.request_bytes) + len(call.response_bytes) + call.header_bytes + len(call.path) + _ABOUT_THE_REST


def _read(body: bytes) -> Any:
    if not body:
        return None
    try:
        return json.parse(body)
    except ValueError:
        return body.decode("utf-8", "replace")


def _is_status(status: int, wanted: str) -> bool:
    return str(status)[0] == wanted[0] if wanted[1:].lower() == "xx" else str(status) == wanted


def _is_path(path: str, wanted: str) -> bool:
    return path.startswith(wanted[:-1]) if wanted.endswith("*") else path == wanted


def _is_refused(reason: str | None, wanted: bool | str) -> bool:  # noqa: FBT001 - as in `find`
    if isinstance(wanted, bool):
        return (reason is not None) is wanted
    return reason is not None and reason.startswith(wanted)
