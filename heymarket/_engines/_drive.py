"""Running one coroutine to its end in a thread that has no event loop, or is in the middle of one.

What is awaited below an engine's coroutine is woken from another thread (pyreqwest's), so all that an event loop has to
do for it is to make futures and to wait. Waiting for a lock can be interrupted by Ctrl-C, which blocking in pyreqwest
can't, and afterwards the coroutine is cancelled as a task would be.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


def drive(coroutine: Coroutine[Any, Any, T], seconds: float) -> T:
    """Run a coroutine to its end.

    Raises:
        TimeoutError: It took longer than so many seconds.
    """
    outer = asyncio._get_running_loop()  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] # for those who write event loops
    loop: Any = _Loop()
    asyncio._set_running_loop(loop)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] # as above
    try:
        result: T = loop.run(coroutine, time.monotonic() + seconds)
    except BaseException:
        with suppress(BaseException):
            coroutine.throw(asyncio.CancelledError)
        coroutine.close()
        raise
    else:
        return result
    finally:
        asyncio._set_running_loop(outer)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] # as above


class _Loop:
    """As much of an event loop as one coroutine needs."""

    def __init__(self) -> None:
        self._ready: deque[tuple[Callable[..., object], tuple[Any, ...]]] = deque()
        self._bell = threading.Lock()
        self._bell.acquire()

    def run(self, coroutine: Coroutine[Any, Any, T], until: float) -> T:
        while True:
            try:
                future: asyncio.Future[Any] | None = coroutine.send(None)
            except StopIteration as stop:
                result: T = stop.value
                return result
            while future is not None and not future.done():
                self._wait(until)

    def _wait(self, until: float) -> None:
        if not self._bell.acquire(timeout=max(until - time.monotonic(), 0.0)):
            raise TimeoutError
        while self._ready:
            callback, arguments = self._ready.popleft()
            callback(*arguments)

    def call_soon_threadsafe(self, callback: Callable[[*Ts], object], *args: *Ts, context: Any = None) -> Any:
        del context  # callbacks here set futures, and nothing else
        self._ready.append((callback, args))
        with suppress(RuntimeError):  # it has rung already
            self._bell.release()

    def call_soon(self, callback: Callable[[*Ts], object], *args: *Ts, context: Any = None) -> Any:
        return self.call_soon_threadsafe(callback, *args, context=context)

    def create_future(self) -> asyncio.Future[Any]:
        return asyncio.Future(loop=cast("asyncio.AbstractEventLoop", self))

    def get_debug(self) -> bool:
        return False
