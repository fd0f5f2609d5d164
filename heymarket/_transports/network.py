"""Connections within a deadline: names looked up, addresses tried in turn, and reads and writes that end in time.

httpx starts its read timeout again with every byte, so a server that drips bytes holds a call forever, and it gives a
dead address all the time for connecting. These network backends take the place of httpcore's. The deadline of blocking
calls is kept here; in asyncio, `asyncio.timeout` around the call does that.
"""

from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING, Any

from heymarket._transports.exceptions import ConnectError, ConnectTimeout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

CONNECT_TIMEOUT = 5.0
"""Seconds for making a connection, within the time of the call."""

_NEXT_ADDRESS_AFTER = 0.3
"""Seconds that an address has while there are others to try."""

_SLICE = 65536


class Resolver:
    """The addresses of hosts; the one that answered last comes first.

    `getaddrinfo` can't be interrupted, and one that gets no answer takes half a minute. So it runs in a daemon thread
    that nobody waits for longer than the call may take, not even a program that ends (asyncio waits for its own).
    """

    def __init__(self) -> None:
        self.preferred = ""

    def look_up(self, host: str, port: int) -> Future[list[str]]:
        """The addresses of a host, in the order in which they are tried."""
        from concurrent.futures import Future

        found: Future[list[str]] = Future()
        if _is_address(host):
            found.set_result([host])
        else:
            threading.Thread(
                target=self._look_up, args=(host, port, found), name="heymarket-resolver", daemon=True
            ).start()
        return found

    def _look_up(self, host: str, port: int, found: Future[list[str]]) -> None:
        if not found.set_running_or_notify_cancel():
            return
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            addresses = dict.fromkeys(_with_scope(row[4]) for row in rows)
            found.set_result(sorted(addresses, key=lambda address: address != self.preferred))
        except BaseException as error:  # noqa: BLE001 - raised where the result is waited for
            found.set_exception(error)


def _is_address(host: str) -> bool:
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, host)
        except (OSError, ValueError):
            continue
        return True
    return False


def _with_scope(place: tuple[Any, ...]) -> str:
    return f"{place[0]}%{place[3]}" if len(place) == 4 and place[3] and "%" not in place[0] else str(place[0])


def _in_turn(addresses: list[str], until: float) -> Iterator[tuple[str, float]]:
    """Each address and how long it has: a moment while there are others, the last one all the time that is left."""
    for others, address in zip(range(len(addresses) - 1, -1, -1), addresses, strict=True):
        left = until - time.monotonic()
        if left <= 0:
            raise ConnectTimeout
        yield address, min(left, _NEXT_ADDRESS_AFTER) if others else left


class Network:
    """A network backend of httpcore for one connection.

    Attributes:
        deadline: The end of the call that uses the connection, on the monotonic clock.
    """

    def __init__(self, backend: Any, resolver: Resolver) -> None:
        self.deadline = 0.0
        self._backend = backend
        self._resolver = resolver
        self._connect_by = 0.0

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> DeadlineStream:
        """Connect to the first address that answers."""
        del timeout  # `deadline` and `CONNECT_TIMEOUT` decide
        self._connect_by = min(self.deadline, time.monotonic() + CONNECT_TIMEOUT)
        try:
            addresses = self._resolver.look_up(host, port).result(self.left_to_connect())
        except (OSError, UnicodeError) as error:
            raise ConnectTimeout if isinstance(error, TimeoutError) else ConnectError from error
        failed: Exception = ConnectError()
        for address, seconds in _in_turn(addresses, self._connect_by):
            try:
                stream = self._backend.connect_tcp(address, port, timeout=seconds, **options)
            except Exception as error:  # noqa: BLE001 - raised below, when no address is left
                failed = error
            else:
                self._resolver.preferred = address
                return DeadlineStream(stream, self)
        raise failed

    def left(self) -> float:
        """Seconds left for the call."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def left_to_connect(self) -> float:
        """Seconds left for connecting."""
        left = self._connect_by - time.monotonic()
        if left <= 0:
            raise ConnectTimeout
        return left


class DeadlineStream:
    """A blocking connection whose reads and writes end at the deadline of the call."""

    def __init__(self, stream: Any, network: Network) -> None:
        self._stream = stream
        self._network = network
        self.get_extra_info = stream.get_extra_info
        self.close = stream.close

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what has arrived."""
        del timeout
        data: bytes = self._stream.read(max_bytes, self._network.left())
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write in slices, because a stream's timeout starts again for each."""
        del timeout
        for start in range(0, len(buffer), _SLICE):
            self._stream.write(buffer[start : start + _SLICE], self._network.left())

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> Any:
        """Speak TLS from now on."""
        del timeout
        stream = self._stream.start_tls(ssl_context, server_hostname, self._network.left_to_connect())
        return DeadlineStream(stream, self._network)


class AsyncNetwork:
    """A network backend of httpcore for one connection, for asyncio.

    Attributes:
        deadline: The end of the call that uses the connection, on the monotonic clock.
        loop: The event loop of the connection.
    """

    loop: Any

    def __init__(self, backend: Any, resolver: Resolver) -> None:
        self.deadline = 0.0
        self._backend = backend
        self._resolver = resolver

    async def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> Any:
        """Connect to the first address that answers."""
        from asyncio import get_running_loop, timeout as timeout_after, wrap_future

        self.loop = get_running_loop()
        until = time.monotonic() + (timeout or CONNECT_TIMEOUT)
        try:
            async with timeout_after(until - time.monotonic()):
                addresses = await wrap_future(self._resolver.look_up(host, port))
        except (OSError, UnicodeError) as error:
            raise ConnectTimeout if isinstance(error, TimeoutError) else ConnectError from error
        failed: Exception = ConnectError()
        for address, seconds in _in_turn(addresses, until):
            try:
                stream = await self._backend.connect_tcp(address, port, timeout=seconds, **options)
            except Exception as error:  # noqa: BLE001 - raised below, when no address is left
                failed = error
            else:
                self._resolver.preferred = address
                return stream
        raise failed
