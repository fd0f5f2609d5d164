"""A connection within a deadline: names looked up, addresses tried in turn, reads and writes that end in time.

With httpx alone, a server that drips bytes holds a call forever, and a dead address takes all the time for connecting.
"""

from __future__ import annotations

import math
import socket
import sys
import threading
import time
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

import h11

CONNECT_TIMEOUT = 5.0  # seconds for making a connection, within the time of the call
NEXT_ADDRESS_AFTER = 0.3  # seconds that an address has while there are others to try
_SLICE = 65536  # bytes


def look_up(host: str, port: int) -> Future[list[str]]:
    """The addresses of a host.

    `getaddrinfo` can't be interrupted, and without an answer it takes half a minute. So it runs in a daemon thread that
    nobody waits for longer than the call may take, not even a program that ends (asyncio waits for its own).
    """
    found: Future[list[str]] = Future()

    def work() -> None:
        if not found.set_running_or_notify_cancel():
            return
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            numeric = socket.NI_NUMERICHOST | socket.NI_NUMERICSERV  # with the scope of a link-local address
            found.set_result([*dict.fromkeys(socket.getnameinfo(row[4], numeric)[0] for row in rows)])
        except BaseException as error:  # noqa: BLE001 - raised where the result is waited for
            found.set_exception(error)

    threading.Thread(target=work, name="heymarket-dns", daemon=True).start()
    return found


class Connection:
    """An httpx transport, httpcore's connection in it, and the backend and stream of that, which keep our deadlines."""

    deadline = connect_by = math.inf  # the ends of the call that uses it, and of connecting, on the monotonic clock
    wrote = False  # whether that call has written anything
    _stream: Any

    def __init__(self, transport: Any, url: Any) -> None:
        pool = transport._pool  # noqa: SLF001 - there is no public way
        self._backend, pool._network_backend = pool._network_backend, self  # noqa: SLF001 - as above
        httpcore = sys.modules[type(pool).__module__.partition(".")[0]]  # or httpcore2
        origin = httpcore.Origin(url.raw_scheme, url.raw_host, url.port or (443 if url.scheme == "https" else 80))
        self.core = self._protocol = transport._pool = pool.create_connection(origin)  # noqa: SLF001 - as a pool does
        self.transport = transport

    def can_be_used_again(self) -> bool:
        """Whether it is open, and the next response will be the next request's.

        httpcore keeps a connection on which more arrived than its response was long, and takes that for the next one.
        """
        if not self.core.is_idle():
            return False
        while not isinstance(self._protocol, h11.Connection):  # the state of the protocol is some levels down
            below: list[Any] = list(self._protocol.__dict__.values())
            self._protocol = next(at for at in below if isinstance(at, h11.Connection) or hasattr(at, "is_idle"))
        return not self._protocol.trailing_data[0]

    def hang_up(self) -> None:
        """Close the connection, without awaiting anything."""
        self.core.close()

    def connect_tcp(self, host: str, port: int, **options: Any) -> Any:
        """Connect to the first address that answers."""
        self.connect_by = min(self.deadline, time.monotonic() + CONNECT_TIMEOUT)
        *others, last = look_up(host, port).result(seconds_until(self.connect_by))
        for address in others:
            options["timeout"] = min(seconds_until(self.connect_by), NEXT_ADDRESS_AFTER)
            with suppress(Exception):
                self._stream = self._backend.connect_tcp(address, port, **options)
                return self
        options["timeout"] = seconds_until(self.connect_by)
        self._stream = self._backend.connect_tcp(last, port, **options)
        return self

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, *_: Any, **__: Any) -> Any:
        """Secure the connection."""
        self._stream = self._stream.start_tls(ssl_context, server_hostname, seconds_until(self.connect_by))
        return self

    def read(self, max_bytes: int, *_: Any, **__: Any) -> Any:
        """What has arrived."""
        return self._stream.read(max_bytes, seconds_until(self.deadline))

    def write(self, buffer: bytes, *_: Any, **__: Any) -> Any:
        """Send bytes."""
        self.wrote = True
        for start in range(0, len(buffer), _SLICE):  # in slices, because each starts the timeout again
            self._stream.write(buffer[start : start + _SLICE], seconds_until(self.deadline))

    def close(self) -> None:
        """Close the stream."""
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        """As httpcore's streams do."""
        return self._stream.get_extra_info(info)


def seconds_until(moment: float) -> float:
    """Seconds left until a moment on the monotonic clock; a `TimeoutError` if there are none."""
    left = moment - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
