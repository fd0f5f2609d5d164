"""Many calls side by side, their results in the order of what was asked.

At most `concurrency` items are under way at a time, finished ones that wait for their turn included, so that memory
doesn't grow with their number. Items are read by whoever asks for the results, in the same thread or task: a cursor or
a file may be read from. What a failed call means is for the caller's function to say; what it raises is raised here, in
its turn, and ends everything.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator
from contextvars import copy_context
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from heymarket.errors import HeymarketError, InvalidRequestError

if TYPE_CHECKING:
    from asyncio import Task
    from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Iterable, Iterator

    from heymarket._sender import Sender

T = TypeVar("T")
R = TypeVar("R")
P = TypeVar("P")

_LOOK_UP = 0.5  # seconds; Windows delivers Ctrl-C only between waits


def side_by_side(
    sender: Sender, call: Callable[[Sender, T], R], items: Iterable[T], concurrency: int
) -> Generator[R, None, None]:
    """Call for every item, in threads.

    The threads are daemons: a program that ends waits for none of them. Once the results are no longer wanted, no call
    is begun, and those that wait (for the quota, for a retry) give up; what is on the network ends by itself.

    Args:
        sender: What the calls would be sent by.
        call: Given a sender to use instead, whose waiting ends early, and an item; gives the item's result.
        items: What to call for, read as it is needed.
        concurrency: How many calls at a time.

    Raises:
        InvalidRequestError: `items` can't be iterated over, or `concurrency` is not a whole number, 1 or more.
    """
    _check(concurrency)
    return _in_threads(sender, call, _iterate(items), concurrency)


def side_by_side_async(
    call: Callable[[T], Coroutine[Any, Any, R]], items: Iterable[T] | AsyncIterable[T], concurrency: int
) -> AsyncGenerator[R, None]:
    """Call for every item, in tasks. When the results are no longer wanted, all of them are cancelled and awaited.

    Args:
        call: Given an item; gives its result.
        items: What to call for, read as it is needed.
        concurrency: How many calls at a time.

    Raises:
        InvalidRequestError: `items` can't be iterated over, or `concurrency` is not a whole number, 1 or more.
    """
    _check(concurrency)
    iterator = aiter(items) if isinstance(items, AsyncIterable) else _iterate(items)
    return _in_tasks(call, iterator, concurrency)


class _Window(Generic[P]):
    """What is under way, oldest first, and whether to read on."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._ended = False
        self._trouble: Exception | None = None
        self.pending: deque[P] = deque()

    def has_room(self) -> bool:
        return not self._ended and len(self.pending) < self._size

    def end(self, trouble: Exception | None = None) -> None:
        """There are no more items, or reading them failed, which is told after the results of those before."""
        self._ended = True
        self._trouble = trouble

    def finish(self) -> None:
        if self._trouble is not None:
            raise self._trouble


def _in_threads(
    sender: Sender, call: Callable[[Sender, T], R], items: Iterator[T], concurrency: int
) -> Generator[R, None, None]:
    window: _Window[_Ticket[T, R]] = _Window(concurrency)
    crew = _Crew(sender, call)
    try:
        while True:
            while window.has_room():
                try:
                    item = next(items)
                except StopIteration:
                    window.end()
                except Exception as error:  # noqa: BLE001 - raised when its turn comes
                    window.end(error)
                else:
                    window.pending.append(crew.take_on(item, hands=concurrency))
            if not window.pending:
                break
            yield crew.outcome(window.pending.popleft())
    finally:  # exhausted, closed, interrupted or collected
        crew.dismiss()
    crew.see_off()
    window.finish()


async def _in_tasks(
    call: Callable[[T], Coroutine[Any, Any, R]], items: Iterator[T] | AsyncIterator[T], concurrency: int
) -> AsyncGenerator[R, None]:
    from asyncio import create_task, gather

    window: _Window[Task[R]] = _Window(concurrency)
    try:
        while True:
            while window.has_room():
                try:
                    item = await anext(items) if isinstance(items, AsyncIterator) else next(items)
                except (StopIteration, StopAsyncIteration):
                    window.end()
                except Exception as error:  # noqa: BLE001 - raised when its turn comes
                    window.end(error)
                else:
                    window.pending.append(create_task(call(item)))
            if not window.pending:
                break
            await window.pending[0]  # stays there meanwhile, so that an interruption finds it
            yield window.pending.popleft().result()
    finally:  # exhausted, closed, cancelled or collected
        for task in window.pending:
            task.cancel()
        if window.pending:
            await gather(*window.pending, return_exceptions=True)
    window.finish()


class _Ticket(Generic[T, R]):
    """An item that was taken on, and what came of it."""

    __slots__ = ("done", "error", "item", "result")

    def __init__(self, item: T) -> None:
        self.item = item
        self.done = threading.Event()
        self.error: BaseException | None = None
        self.result: R | None = None


class _Crew(Generic[T, R]):
    """Threads that make calls until they are dismissed. They know nothing of who waits for the results."""

    def __init__(self, sender: Sender, call: Callable[[Sender, T], R]) -> None:
        self._stop = threading.Event()
        self._sender = _stoppable(sender, self._stop)
        self._call = call
        self._todo: SimpleQueue[_Ticket[T, R] | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []

    def take_on(self, item: T, *, hands: int) -> _Ticket[T, R]:
        """Have an item called for, by one more thread as long as there are fewer than `hands`."""
        ticket: _Ticket[T, R] = _Ticket(item)
        self._todo.put(ticket)
        if len(self._threads) < hands:
            # Not concurrent.futures, which makes the interpreter wait for its threads when it exits.
            thread = threading.Thread(target=copy_context().run, args=(self._work,), name="heymarket", daemon=True)
            self._threads.append(thread)  # first, so that an interrupted start leaves none that nobody dismisses
            thread.start()
        return ticket

    def outcome(self, ticket: _Ticket[T, R]) -> R:
        """Wait for what comes of an item."""
        while not ticket.done.wait(_LOOK_UP):
            if not any(thread.is_alive() for thread in self._threads):
                raise HeymarketError(
                    "The threads of this iterator are gone: the process was forked. Make the iterator in the process "
                    "that uses it."
                )
        if ticket.error is not None:
            raise ticket.error
        return cast("R", ticket.result)

    def dismiss(self) -> None:
        """Let the threads end; wait for none."""
        self._stop.set()
        for _ in self._threads:
            self._todo.put(None)

    def see_off(self) -> None:
        """Wait until the threads have ended, when all their work is done."""
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while (ticket := self._todo.get()) is not None and not self._stop.is_set():
            try:
                ticket.result = self._call(self._sender, ticket.item)
            except BaseException as error:  # noqa: BLE001 - raised to whoever waits
                ticket.error = error
            ticket.done.set()
            del ticket


def _stoppable(sender: Sender, stop: threading.Event) -> Sender:
    return sender.sharing(sender.context._replace(clock=sender.context.clock.until(stop)))


def _check(concurrency: object) -> None:
    if isinstance(concurrency, bool) or not isinstance(concurrency, int) or concurrency < 1:
        raise InvalidRequestError("concurrency must be a whole number of calls at a time, 1 or more.")


def _iterate(items: Iterable[T]) -> Iterator[T]:
    if not hasattr(items, "__iter__") and not hasattr(items, "__getitem__"):
        raise InvalidRequestError(f"A {type(items).__name__} can't be iterated over. Pass a list or another iterable.")
    return iter(items)
