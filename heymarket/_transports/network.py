"""Connections within a deadline: names looked up, addresses tried in turn, reads and writes that end in time.

httpx starts its read timeout again with every byte, so a server that drips bytes holds a call forever, and it gives a
dead address all the time for connecting. `Network` is put around httpcore's own network backend.
"""

from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

CONNECT_TIMEOUT = 5.0
"""Seconds for making a connection, within the time of the call."""

_NEXT_ADDRESS_AFTER = 0.3
"""Seconds that an address has while there are others to try."""

_SLICE = 65536


class Resolver:
    """The addresses of a host; the one that answered last comes first.

    `getaddrinfo` can't be interrupted, and without an answer it takes half a minute. So it runs in a daemon thread that
    nobody waits for longer than the call may take, not even a program that ends (asyncio waits for its own).
    """

    preferred = ""

    def look_up(self, host: str, port: int) -> Future[list[str]]:
        """The addresses of a host, in the order in which they are tried."""
        from concurrent.futures import Future

        found: Future[list[str]] = Future()
        threading.Thread(target=self._look_up, args=(host, port, found), name="heymarket-dns", daemon=True).start()
        return found

    def _look_up(self, host: str, port: int, found: Future[list[str]]) -> None:
        if not found.set_running_or_notify_cancel():
            return
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            numeric = socket.NI_NUMERICHOST | socket.NI_NUMERICSERV  # with the scope of a link-local address
            addresses = dict.fromkeys(socket.getnameinfo(row[4], numeric)[0] for row in rows)
            found.set_result(sorted(addresses, key=lambda address: address != self.preferred))
        except BaseException as error:  # noqa: BLE001 - raised where the result is waited for
            found.set_exception(error)


def in_turn(addresses: list[str], until: float) -> Iterator[tuple[str, float]]:
    """Each address and its seconds: a moment while there are others, the last one all the time that is left."""
    for others, address in zip(range(len(addresses) - 1, -1, -1), addresses, strict=True):
        yield address, min(seconds_until(until), _NEXT_ADDRESS_AFTER) if others else seconds_until(until)


def seconds_until(moment: float) -> float:
    """Seconds left until a moment on the monotonic clock; a `TimeoutError` if there are none."""
    left = moment - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class Network:
    """A network backend of httpcore for one connection.

    Attributes:
        deadline: The end of the call that uses the connection, on the monotonic clock.
        connect_by: The same for connecting.
        wrote: Whether anything was written since this was last set to `False`.
    """

    deadline = connect_by = 0.0
    wrote = False

    def __init__(self, backend: Any, resolver: Resolver) -> None:
        self._backend = backend
        self._resolver = resolver

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> _Stream:
        """Connect to the first address that answers."""
        del timeout  # the deadline and CONNECT_TIMEOUT decide
        self.connect_by = min(self.deadline, time.monotonic() + CONNECT_TIMEOUT)
        addresses = self._resolver.look_up(host, port).result(seconds_until(self.connect_by))
        failed: Exception = ConnectionError()
        for address, seconds in in_turn(addresses, self.connect_by):
            try:
                stream = self._backend.connect_tcp(address, port, timeout=seconds, **options)
            except Exception as error:  # noqa: BLE001 - raised below, when no address is left
                failed = error
            else:
                self._resolver.preferred = address
                return _Stream(stream, self)
        raise failed


class _Stream:
    """A blocking connection whose reads and writes end at the deadline of the call."""

    def __init__(self, stream: Any, network: Network) -> None:
        self._stream = stream
        self._network = network
        self.get_extra_info = stream.get_extra_info
        self.close = stream.close

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        timeout = seconds_until(self._network.deadline)
        data: bytes = self._stream.read(max_bytes, timeout)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._network.wrote = True
        for start in range(0, len(buffer), _SLICE):  # in slices, because each starts the timeout again
            timeout = seconds_until(self._network.deadline)
            self._stream.write(buffer[start : start + _SLICE], timeout)

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> _Stream:
        timeout = seconds_until(self._network.connect_by)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, timeout), self._network)
