"""Timeouts that are moments, not spans.

httpx starts its read timeout anew with every byte, so that a server which drips one a second holds a call for ever, and
offers no way to say "until then". Put between a connection and the network, this reads every timeout as a moment on the
monotonic clock, and turns it into what is left. Connecting has an end of its own, which holds for everything that it
takes: looking the name up, all addresses, TLS.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from heymarket._transports.exceptions import ConnectError, ConnectTimeout, ReadError
from heymarket._transports.resolver import literal, look_up

if TYPE_CHECKING:
    import socket
    import ssl

    from heymarket._transports.resolver import Address

CONNECT_TIMEOUT = 5.0
"""Seconds for making a connection, within the time of the call."""


_SLICE = 65536


class DeadlineBackend:
    """A network backend of httpcore for one connection, whose timeouts are moments on the monotonic clock.

    Attributes:
        wrote: Whether anything has been written since this was last set to `False`.
    """

    def __init__(self, backend: Any) -> None:
        self._backend = backend
        self.wrote = False

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> _DeadlineStream:
        until = time.monotonic() + CONNECT_TIMEOUT
        if timeout is not None:
            until = min(until, timeout)
        addresses = [(host, port)] if literal(host) else _look_up(host, port, until)
        while True:
            address, port = addresses.pop(0)
            left = _left_to_connect(until) / (1 + len(addresses))
            try:
                stream = self._backend.connect_tcp(address, port, timeout=left, **options)
            except Exception:
                if not addresses:
                    raise
            else:
                return _DeadlineStream(stream, self, until)

    def sleep(self, seconds: float) -> None:
        self._backend.sleep(seconds)


class _DeadlineStream:
    """A connection whose timeouts are moments on the monotonic clock."""

    def __init__(self, stream: Any, backend: DeadlineBackend, connected_by: float) -> None:
        self._stream = stream
        self._backend = backend
        self._connected_by = connected_by
        self._socket: socket.socket = stream.get_extra_info("socket")
        # httpcore does TLS inside TLS (https through an https proxy) by itself, and the socket is the outer one.
        self._is_plain = not hasattr(stream, "ssl_obj")
        self.get_extra_info = stream.get_extra_info
        self.close = stream.close

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = _left(timeout)
        if not self._is_plain:
            inner: bytes = self._stream.read(max_bytes, timeout=left)
            return inner
        try:
            self._socket.settimeout(left)
            return self._socket.recv(max_bytes)
        except TimeoutError:
            raise
        except OSError as error:
            raise ReadError from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # In slices, because the timeout starts anew for whatever the socket takes at once.
        while buffer:
            left = _left(timeout)
            self._backend.wrote = True
            if not self._is_plain:
                self._stream.write(buffer[:_SLICE], timeout=left)
                buffer = buffer[_SLICE:]
                continue
            try:
                self._socket.settimeout(left)
                buffer = buffer[self._socket.send(buffer[:_SLICE]) :]
            except TimeoutError:
                raise
            except OSError:
                return  # an answer may have come before the other side closed; reading tells

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> _DeadlineStream:
        until = self._connected_by if timeout is None else min(self._connected_by, timeout)
        stream = self._stream.start_tls(ssl_context, server_hostname, timeout=_left_to_connect(until))
        return _DeadlineStream(stream, self._backend, self._connected_by)


def _look_up(host: str, port: int, until: float) -> list[Address]:
    found = look_up(host, port)
    try:
        return found.result(_left_to_connect(until))
    except TimeoutError:
        raise ConnectTimeout from None
    except (OSError, UnicodeError) as error:
        raise ConnectError from error


def _left(moment: float | None) -> float | None:
    if moment is None:
        return None
    left = moment - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _left_to_connect(moment: float) -> float:
    left = moment - time.monotonic()
    if left <= 0:
        raise ConnectTimeout
    return left
