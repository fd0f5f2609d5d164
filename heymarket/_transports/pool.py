"""Connections that are kept, one call on each at a time.

httpcore's pool looks through all its connections for each idle one, at the beginning and at the end of every request,
so that it collapses when dozens are under way. Here a stack holds the idle ones; the one used last is taken first, so
that those which aren't needed grow old and are closed. At most `MOST` calls are under way at once, first come first
served.

These take a pool's place inside an httpx transport, whose `handle_request` stays what is called (recorders, mocks and
instrumentation hook there), and have that pool make the connections, with its proxies and certificates.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from heymarket._transports.exceptions import PoolTimeout

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

MOST = 100
"""Connections at once."""

KEPT = 30.0
"""Seconds that an idle connection is kept."""

BackendT = TypeVar("BackendT", bound=Any)


class Lane(Generic[BackendT]):
    """One connection, and the network beneath it."""

    __slots__ = ("backend", "connection", "since")

    def __init__(self, connection: Any, backend: BackendT) -> None:
        self.connection = connection
        self.backend = backend
        self.since = 0.0


class _Stack(Generic[BackendT]):
    """The idle lanes, and how new ones are made."""

    def __init__(self, pool: Any, backend: Callable[[], BackendT]) -> None:
        self._pool = pool
        self._backend = backend
        self._lock = threading.Lock()
        self._idle: deque[Lane[BackendT]] = deque()
        self._closed = False

    def __len__(self) -> int:
        return len(self._idle)

    def pop(self) -> Lane[BackendT] | None:
        """The lane used last; it may have been hung up on since."""
        with self._lock:
            return self._idle.pop() if self._idle else None

    def new(self, origin: Any) -> Lane[BackendT]:
        """A lane that isn't connected yet."""
        backend = self._backend()
        with self._lock:
            # httpcore's pools make connections of the right kind, on the network backend that they have at the time.
            self._pool._network_backend = backend  # noqa: SLF001 - there is no public way
            return Lane(self._pool.create_connection(origin), backend)

    def push(self, lane: Lane[BackendT]) -> list[Lane[BackendT]]:
        """Keep a lane, and give those that are to be closed."""
        lane.since = now = time.monotonic()
        with self._lock:
            if self._closed:
                return [lane]
            self._idle.append(lane)
            old: list[Lane[BackendT]] = []
            while self._idle[0].since < now - KEPT:
                old.append(self._idle.popleft())
            return old

    def close(self) -> list[Lane[BackendT]]:
        """Keep nothing from now on, and give those that are to be closed."""
        with self._lock:
            self._closed = True
            idle = list(self._idle)
            self._idle.clear()
            return idle


class Lanes:
    """Stands for the pool of an `httpx.HTTPTransport`."""

    def __init__(self, pool: Any, backend: Callable[[], Any]) -> None:
        self._stack = _Stack(pool, backend)
        self._permits = threading.Semaphore(MOST)

    def __len__(self) -> int:
        return len(self._stack)

    def handle_request(self, request: Any) -> Any:
        """Send a request on a lane, which is free again when the response is closed."""
        if not self._permits.acquire(timeout=request.extensions["timeout"]["pool"]):
            raise PoolTimeout
        lane = None
        try:
            lane = self._take(request)
            response = lane.connection.handle_request(request)
            response.stream = _Body(response.stream, self, lane)
        except BaseException:
            self.end(lane, clean=False)
            raise
        return response

    def _take(self, request: Any) -> Lane[Any]:
        while lane := self._stack.pop():
            if not lane.connection.has_expired() and not lane.connection.is_closed():
                break
            lane.connection.close()
        lane = lane or self._stack.new(request.url.origin)
        _begin(lane, request)
        return lane

    def end(self, lane: Lane[Any] | None, *, clean: bool) -> None:
        """Keep a lane whose answer was read to its end; close any other."""
        try:
            if lane is not None:
                for old in self._stack.push(lane) if clean else [lane]:
                    old.connection.close()
        finally:
            self._permits.release()

    def close(self) -> None:
        """Close the idle lanes now, the others when they are done."""
        for lane in self._stack.close():
            lane.connection.close()


class _Body:
    def __init__(self, stream: Any, lanes: Lanes, lane: Lane[Any]) -> None:
        self._stream = stream
        self._lanes = lanes
        self._lane: Lane[Any] | None = lane

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)

    def close(self) -> None:
        lane, self._lane = self._lane, None
        if lane is None:
            return
        clean = False
        try:
            self._stream.close()
            clean = _is_clean(lane)
        finally:
            self._lanes.end(lane, clean=clean)


class AsyncLanes:
    """Stands for the pool of an `httpx.AsyncHTTPTransport`. Its lanes are closed without being awaited."""

    def __init__(self, pool: Any, backend: Callable[[], Any]) -> None:
        from asyncio import Semaphore  # noqa: PLC0415 - a synchronous program never needs asyncio

        self._stack = _Stack(pool, backend)
        self._permits = Semaphore(MOST)

    def __len__(self) -> int:
        return len(self._stack)

    async def handle_async_request(self, request: Any) -> Any:
        """Send a request on a lane, which is free again when the response is closed."""
        await self._permits.acquire()
        lane = None
        try:
            lane = self._take(request)
            response = await lane.connection.handle_async_request(request)
            response.stream = _AsyncBody(response.stream, self, lane)
        except BaseException:
            self.end(lane, clean=False)
            raise
        return response

    def _take(self, request: Any) -> Lane[Any]:
        while lane := self._stack.pop():
            if not lane.connection.has_expired() and not lane.connection.is_closed():
                break
            lane.backend.abort()
        lane = lane or self._stack.new(request.url.origin)
        _begin(lane, request)
        return lane

    def end(self, lane: Lane[Any] | None, *, clean: bool) -> None:
        """Keep a lane whose answer was read to its end; close any other."""
        try:
            if lane is not None:
                for old in self._stack.push(lane) if clean else [lane]:
                    old.backend.abort()
        finally:
            self._permits.release()

    def close(self) -> None:
        """Close the idle lanes now, the others when they are done."""
        for lane in self._stack.close():
            lane.backend.abort()

    async def aclose(self) -> None:
        """Close, and let the event loop do its part of it."""
        from asyncio import sleep  # noqa: PLC0415 - as above

        self.close()
        await sleep(0)


class _AsyncBody:
    def __init__(self, stream: Any, lanes: AsyncLanes, lane: Lane[Any]) -> None:
        self._stream = stream
        self._lanes = lanes
        self._lane: Lane[Any] | None = lane

    def __aiter__(self) -> AsyncIterator[bytes]:
        chunks: AsyncIterator[bytes] = aiter(self._stream)
        return chunks

    async def aclose(self) -> None:
        lane, self._lane = self._lane, None
        if lane is None:
            return
        clean = False
        try:
            await self._stream.aclose()
            clean = _is_clean(lane)
        finally:
            self._lanes.end(lane, clean=clean)


class Trip:
    """What a transport wants to know of a request that failed."""

    __slots__ = ("_lane",)

    def __init__(self) -> None:
        self._lane: Lane[Any] | None = None

    def begin(self, lane: Lane[Any]) -> None:
        """Called when a lane is taken."""
        lane.backend.wrote = False
        self._lane = lane

    @property
    def waited(self) -> bool:
        """Whether no lane was free yet."""
        return self._lane is None

    @property
    def left(self) -> bool:
        """Whether anything of the request, or of what goes before it through a proxy, was written."""
        return self._lane is not None and self._lane.backend.wrote


def _begin(lane: Lane[Any], request: Any) -> None:
    trip: Trip = request.extensions["trip"]
    trip.begin(lane)


def _is_clean(lane: Lane[Any]) -> bool:
    """Whether the next answer on a lane will be the next request's.

    httpcore keeps a connection on which more arrived than its answer was long, and takes that for the next answer.
    """
    connection = lane.connection
    if not connection.is_idle():
        return False
    while hasattr(connection, "_connection"):  # proxies' connections hold another one
        connection = connection._connection  # noqa: SLF001 - there is no public way
    protocol = getattr(connection, "_h11_state", None)
    return protocol is None or not protocol.trailing_data[0]
