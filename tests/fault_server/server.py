"""The server that plays faults: asyncio streams on loopback, in a thread of its own."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Self, TypedDict

from attrs import field, frozen

from tests.fault_server.faults import GOOD, Action, Fault, Respond
from tests.fault_server.steps import Then, steps

if TYPE_CHECKING:
    from types import TracebackType

_LARGEST_HEAD = 4 * 1024 * 1024
_ENDS = {Then.CLOSE_ON_NEXT: Then.CLOSE, Then.RESET_ON_NEXT: Then.RESET}


class ServerSettings(TypedDict):
    """What a client needs to talk to the server, which accepts any credentials."""

    base_url: str
    secret_id: str
    secret_key: str


class Headers(Mapping[str, str]):
    """Request headers by name, without regard to case; the repr doesn't show the credentials."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._values = {name.lower(): value for name, value in pairs}
        self.pairs: tuple[tuple[str, str], ...] = tuple(pairs)

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        shown = {name: "**********" if "authorization" in name else value for name, value in self._values.items()}
        return f"Headers({shown})"


def _length(body: bytes) -> str:
    return f"<{len(body)} bytes>"


@frozen(eq=False)
class Request:
    """A request that reached the server.

    Attributes:
        method: The HTTP method.
        path: The path as sent, percent-encoded, without the query.
        query: The query as sent, without the question mark.
        headers: By name, without regard to case; `headers.pairs` has them as sent, repeated ones too.
        body: The body.
        connection: The number of its connection, from 1.
        request_id: The `X-Request-Id` of its response, if it gets one: `req-1`, `req-2` and so on.
        time: When it came, in seconds since the epoch.
    """

    method: str
    path: str
    query: str
    headers: Headers
    body: bytes = field(repr=_length)
    connection: int
    request_id: str
    time: float


class _Ledger:
    """What reached the server. Its thread writes, any thread reads."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.opened = 0
        self.open = 0
        self.changed = threading.Condition()

    def connected(self) -> int:
        with self.changed:
            self.opened += 1
            self.open += 1
            return self.opened

    def disconnected(self) -> None:
        with self.changed:
            self.open -= 1
            self.changed.notify_all()


class FaultServer:
    """A server that runs for the length of a `with` block, and responds well unless a fault says otherwise.

        with FaultServer(Fault(Respond(503), count=2)) as server, Heymarket(**server.settings) as hm:
            hm.contact_channels.get(contact_id, "phone")

    It listens on loopback, on a free port, and takes any path, method and credentials. Of several faults that match
    a request, the first one that isn't used up is played. A server can be started once.

    Args:
        faults: What goes wrong; `add` adds more.
        answer: The response where no fault matches, and which faults spoil. Default: a contact channel.
        refuses: Whether connections are refused, until `listen` is called.
        on_request: Called with each request, on the server's thread, before the response.
    """

    def __init__(
        self,
        *faults: Fault,
        answer: Respond = GOOD,
        refuses: bool = False,
        on_request: Callable[[Request], object] = lambda _: None,
    ) -> None:
        self._faults = _played(faults)
        self._lock = threading.Lock()
        self._answer = answer
        self._refuses = refuses
        self._on_request = on_request
        self._ledger = _Ledger()
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread: threading.Thread | None = None
        self._stopped = False

    @property
    def base_url(self) -> str:
        """Its address. Connections are refused there before and after the `with` block."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def settings(self) -> ServerSettings:
        """For `Heymarket(**server.settings)`; the credentials are made up."""
        return ServerSettings(base_url=self.base_url, secret_id="an-id-for-tests", secret_key="a-key-for-tests")

    @property
    def requests(self) -> tuple[Request, ...]:
        """The requests so far, oldest first."""
        with self._ledger.changed:
            return tuple(self._ledger.requests)

    @property
    def connections_opened(self) -> int:
        """How many connections it has accepted so far."""
        return self._ledger.opened

    @property
    def connections_open(self) -> int:
        """How many connections are open now."""
        return self._ledger.open

    def wait_for(self, condition: Callable[[], bool], within: float) -> bool:
        """Wait for a condition on what reached the server.

        Args:
            condition: Checked now, and again after each request.
            within: Seconds to wait at most.

        Returns:
            Whether the condition holds.
        """
        with self._ledger.changed:
            return self._ledger.changed.wait_for(condition, within)

    def all_closed(self, within: float = 1.0) -> bool:
        """Whether all connections are closed; clients have some time for it.

        Args:
            within: Seconds to wait at most.
        """
        with self._ledger.changed:
            return self._ledger.changed.wait_for(lambda: self._ledger.open == 0, within)

    def add(self, *faults: Fault) -> None:
        """Add faults, after the existing ones."""
        with self._lock:
            self._faults += _played(faults)

    def clear(self) -> None:
        """Remove all faults."""
        with self._lock:
            self._faults.clear()

    def listen(self) -> None:
        """Accept connections from now on, after `refuses=True`."""
        if self._thread is None:
            self._socket.listen(128)
            self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="fault-server", daemon=True)
            self._thread.start()
            self._ready.wait()

    def __enter__(self) -> Self:
        self._ready = threading.Event()
        # With the protocol named, because asyncio otherwise leaves TCP_NODELAY off, which costs 40 ms a request.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.bind(("127.0.0.1", 0))
        self._port: int = self._socket.getsockname()[1]
        if not self._refuses:
            self.listen()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._thread is not None:
            self._stopped = True
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", self._port), 1).close()  # so that accept() returns
            self._thread.join()
        self._socket.close()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._socket.settimeout(0)
        self._ready.set()
        # Not asyncio.start_server, nor a call that is cancelled: they leave open what comes in while they end.
        while True:
            connection, _ = await self._loop.sock_accept(self._socket)
            if self._stopped:
                connection.close()
                break
            task = self._loop.create_task(self._attend(connection, self._ledger.connected()))
            self._tasks.add(task)
            task.add_done_callback(partial(self._done, connection))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _done(self, connection: socket.socket, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        connection.close()  # a task that is cancelled before it runs does nothing at all

    async def _attend(self, connection: socket.socket, number: int) -> None:
        reader, writer = await asyncio.open_connection(sock=connection, limit=_LARGEST_HEAD)
        writer.transport.set_write_buffer_limits(0)  # so that `drain` waits until all is sent
        then: Then | None = None
        try:
            while then is None or then in _ENDS:
                request = await self._read(reader, number)
                if request is None:
                    break
                then = _ENDS[then] if then is not None else await self._play(request, reader, writer)
            if then is Then.WAIT:
                while await reader.read(65536):
                    pass
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError):
            pass  # the client closed the connection, or speaks no HTTP
        finally:
            if then is Then.RESET:
                linger = struct.pack("ii", 1, 0)
                with suppress(OSError):
                    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                writer.transport.abort()
            writer.close()
            try:
                with suppress(OSError):
                    await writer.wait_closed()
            finally:
                self._ledger.disconnected()

    async def _read(self, reader: asyncio.StreamReader, connection: int) -> Request | None:
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")[:-2]
        method, target, _ = first.split(" ")
        headers = Headers([(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)])
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        path, _, query = target.partition("?")
        with self._ledger.changed:
            request_id = f"req-{len(self._ledger.requests) + 1}"
            request = Request(method, path, query, headers, body, connection, request_id, time.time())
            self._ledger.requests.append(request)
            self._ledger.changed.notify_all()
        self._on_request(request)
        return request

    async def _play(self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Then | None:
        action = self._action(request.method, request.path)
        for step in steps(action, self._answer, request.request_id, bodiless=request.method == "HEAD"):
            if isinstance(step, Then):
                return step
            if isinstance(step, bytes):
                writer.write(step)
                await writer.drain()
            else:
                await asyncio.sleep(step)
            if reader.at_eof():
                return Then.CLOSE
        return None

    def _action(self, method: str, path: str) -> Action:
        with self._lock:
            # All are checked, because each counts the requests that match it.
            due = [played for played in self._faults if played.due(method, path)]
            if not due:
                return self._answer
            due[0].times += 1
            return due[0].fault.action


def _played(faults: tuple[Fault, ...]) -> list[_Played]:
    for fault in faults:
        if not isinstance(fault, Fault):
            raise TypeError(f"A Fault is expected, such as Fault(Respond(503)), not a {type(fault).__name__}.")
    return [_Played(fault) for fault in faults]


class _Played:
    """A fault, how many requests matched it, and for how many it was played."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.seen = 0
        self.times = 0

    def due(self, method: str, path: str) -> bool:
        match, count = self.fault.match, self.fault.count
        if not match.fits(method, path):
            return False
        self.seen += 1
        return (match.nth is None or self.seen == match.nth) and (count is None or self.times < count)
