"""Timeouts that are moments, not spans.

httpx starts its read timeout anew with every byte, so that a server which drips one a second holds a call for ever, and
offers no way to say "until then". Put between a connection pool and the network, this reads every timeout as a moment
on the monotonic clock, and turns it into what is left.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ssl


CONNECT_TIMEOUT = 5.0
"""Seconds for making a connection, within the time of the call."""


_SLICE = 65536


class ConnectTimeout(TimeoutError):  # noqa: N818 - the name that httpx has for it
    """Time ran out before a connection was tried."""


class DeadlineBackend:
    """A network backend of httpcore whose timeouts are moments on the monotonic clock, not spans."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> _DeadlineStream:
        try:
            left = _left(timeout)
        except TimeoutError:
            raise ConnectTimeout from None
        if left is not None:
            left = min(left, CONNECT_TIMEOUT)
        return _DeadlineStream(self._backend.connect_tcp(host, port, timeout=left, **options))

    def sleep(self, seconds: float) -> None:
        self._backend.sleep(seconds)


class _DeadlineStream:
    """A connection whose timeouts are moments on the monotonic clock."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.get_extra_info = stream.get_extra_info
        self.close = stream.close

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data: bytes = self._stream.read(max_bytes, timeout=_left(timeout))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # In slices, because httpcore starts the timeout anew for whatever the socket takes at once.
        for start in range(0, len(buffer), _SLICE):
            self._stream.write(buffer[start : start + _SLICE], timeout=_left(timeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> _DeadlineStream:
        return _DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, timeout=_left(timeout)))


def _left(moment: float | None) -> float | None:
    if moment is None:
        return None
    left = moment - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
