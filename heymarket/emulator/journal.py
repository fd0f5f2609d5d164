"""What reached the emulator and how it was answered, so that a test can ask.

It holds the latest calls only, in memory, and never a token or a key.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Any

from attrs import define

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Call", "Journal"]

_KEPT = 10_000


@define(kw_only=True)
class Call:
    """One request and its answer.

    Attributes:
        time: When it arrived, by the emulator's clock (seconds since the epoch).
        method: The HTTP method.
        path: The path as sent, decoded, without the query.
        request_id: `X-Request-Id` of the answer.
        claims: What its token claimed, whether it was accepted or not; `None` without a readable JWT.
        operation: The operation, such as `contact_channels.get`; `None` if the description has none there.
        credential: Name of the credential that signed in; `None` if none did.
        refused: Why it was refused, as in `X-Emulator-Refused`; `None` if it wasn't.
        status: The status that was answered.
    """

    time: float
    method: str
    path: str
    request_id: str
    claims: Mapping[str, Any] | None
    operation: str | None = None
    credential: str | None = None
    refused: str | None = None
    status: int = 0


class Journal:
    """The latest calls, oldest first. The server's thread writes, any thread reads."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=_KEPT)
        self._lock = threading.Lock()

    def add(self, call: Call) -> None:
        """Note an answered call; the oldest one makes room."""
        with self._lock:
            self._calls.append(call)

    def calls(self) -> tuple[Call, ...]:
        """What there is now."""
        with self._lock:
            return tuple(self._calls)

    def clear(self) -> None:
        """Forget all calls."""
        with self._lock:
            self._calls.clear()
