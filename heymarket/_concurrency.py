"""Concurrent calls whose results come in the order of the items.

At most `concurrency` items are in flight at a time, including finished ones whose results are not yet due, so that
memory doesn't grow with the number of items. Items are read in the thread or task that asks for the results, so they
may come from a database cursor or a file. The caller's function handles failed calls; an exception that it raises is
raised here in its place among the results, and ends the iteration.
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

_POLL_INTERVAL = 0.5  # seconds; Windows delivers Ctrl-C only between waits


def run_concurrently(
    sender: Sender, call: Callable[[Sender, T], R], items: Iterable[T], concurrency: int
) -> Generator[R, None, None]:
    """Call a function for every item, in threads.

    The threads are daemons: a program that ends waits for none of them. Once the iterator is closed, no call is
    started, and calls that wait (for the quota or for a retry) give up; a request on the network ends by itself.

    Args:
        sender: The sender for the calls.
        call: Takes a copy of the sender, whose waits end when the iterator is closed, and an item; returns the result.
        items: The items, read as they are needed.
        concurrency: How many calls run at a time.

    Raises:
        InvalidRequestError: `items` can't be iterated over, or `concurrency` is not a positive whole number.
    """
    _check_concurrency(concurrency)
    return _in_threads(sender, call, _iterate(items), concurrency)


def run_concurrently_async(
    call: Callable[[T], Coroutine[Any, Any, R]], items: Iterable[T] | AsyncIterable[T], concurrency: int
) -> AsyncGenerator[R, None]:
    """Call a function for every item, in tasks. When the iterator is closed, all tasks are cancelled and awaited.

    Args:
        call: Takes an item and returns its result.
        items: The items, read as they are needed.
        concurrency: How many calls run at a time.

    Raises:
        InvalidRequestError: `items` can't be iterated over, or `concurrency` is not a positive whole number.
    """
    _check_concurrency(concurrency)
    iterator = aiter(items) if isinstance(items, AsyncIterable) else _iterate(items)
    return _in_tasks(call, iterator, concurrency)


class _InFlight(Generic[P]):
    """The calls in flight, oldest first, and whether there are more items to read."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._ended = False
        self._error: Exception | None = None
        self.pending: deque[P] = deque()

    def has_room(self) -> bool:
        return not self._ended and len(self.pending) < self._size

    def end(self, error: Exception | None = None) -> None:
        """Stop reading: there are no more items, or reading failed with an error."""
        self._ended = True
        self._error = error

    def raise_error(self) -> None:
        """Raise the error of reading, after the results of the items before it."""
        if self._error is not None:
            raise self._error


def _in_threads(
    sender: Sender, call: Callable[[Sender, T], R], items: Iterator[T], concurrency: int
) -> Generator[R, None, None]:
    in_flight: _InFlight[_Job[T, R]] = _InFlight(concurrency)
    pool = _WorkerPool(sender, call, concurrency)
    try:
        while True:
            while in_flight.has_room():
                try:
                    item = next(items)
                except StopIteration:
                    in_flight.end()
                except Exception as error:  # noqa: BLE001 - raised after the results before it
                    in_flight.end(error)
                else:
                    in_flight.pending.append(pool.submit(item))
            if not in_flight.pending:
                break
            yield pool.result(in_flight.pending.popleft())
    finally:  # exhausted, closed, interrupted or collected
        pool.stop()
    pool.join()
    in_flight.raise_error()


async def _in_tasks(
    call: Callable[[T], Coroutine[Any, Any, R]], items: Iterator[T] | AsyncIterator[T], concurrency: int
) -> AsyncGenerator[R, None]:
    from asyncio import create_task, gather

    in_flight: _InFlight[Task[R]] = _InFlight(concurrency)
    try:
        while True:
            while in_flight.has_room():
                try:
                    item = await anext(items) if isinstance(items, AsyncIterator) else next(items)
                except (StopIteration, StopAsyncIteration):
                    in_flight.end()
                except Exception as error:  # noqa: BLE001 - raised after the results before it
                    in_flight.end(error)
                else:
                    in_flight.pending.append(create_task(call(item)))
            if not in_flight.pending:
                break
            await in_flight.pending[0]  # kept in the deque meanwhile, so that an interruption cancels it
            yield in_flight.pending.popleft().result()
    finally:  # exhausted, closed, cancelled or collected
        for task in in_flight.pending:
            task.cancel()
        if in_flight.pending:
            await gather(*in_flight.pending, return_exceptions=True)
    in_flight.raise_error()


class _Job(Generic[T, R]):
    """A submitted item and its outcome."""

    __slots__ = ("done", "error", "item", "result")

    def __init__(self, item: T) -> None:
        self.item = item
        self.done = threading.Event()
        self.error: BaseException | None = None
        self.result: R | None = None


class _WorkerPool(Generic[T, R]):
    """Threads that make calls until they are stopped. They hold no reference to the iterator of the results."""

    def __init__(self, sender: Sender, call: Callable[[Sender, T], R], size: int) -> None:
        self._stop = threading.Event()
        self._sender = _stoppable(sender, self._stop)
        self._call = call
        self._size = size
        self._queue: SimpleQueue[_Job[T, R] | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []

    def submit(self, item: T) -> _Job[T, R]:
        """Queue an item, and start one more thread if the pool is not full."""
        job: _Job[T, R] = _Job(item)
        self._queue.put(job)
        if len(self._threads) < self._size:
            # Not concurrent.futures, because the interpreter waits for its threads when it exits.
            thread = threading.Thread(target=copy_context().run, args=(self._work,), name="heymarket", daemon=True)
            self._threads.append(thread)  # before start, so that stop() reaches it even if start is interrupted
            thread.start()
        return job

    def result(self, job: _Job[T, R]) -> R:
        """Wait for a job, and return its result or raise its error."""
        while not job.done.wait(_POLL_INTERVAL):
            if not any(thread.is_alive() for thread in self._threads):
                raise HeymarketError(
                    "The threads of this iterator are gone, because the process was forked. Make the iterator in the "
                    "process that uses it."
                )
        if job.error is not None:
            raise job.error
        return cast("R", job.result)

    def stop(self) -> None:
        """Tell the threads to end, without waiting for them."""
        self._stop.set()
        for _ in self._threads:
            self._queue.put(None)

    def join(self) -> None:
        """Wait until all threads have ended."""
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while (job := self._queue.get()) is not None and not self._stop.is_set():
            try:
                job.result = self._call(self._sender, job.item)
            except BaseException as error:  # noqa: BLE001 - raised by `result`
                job.error = error
            job.done.set()
            del job


def _stoppable(sender: Sender, stop: threading.Event) -> Sender:
    return sender.sharing(sender.context._replace(clock=sender.context.clock.until(stop)))


def _check_concurrency(concurrency: object) -> None:
    if isinstance(concurrency, bool) or not isinstance(concurrency, int) or concurrency < 1:
        raise InvalidRequestError("concurrency must be a whole number of calls at a time, 1 or more.")


def _iterate(items: Iterable[T]) -> Iterator[T]:
    if not hasattr(items, "__iter__") and not hasattr(items, "__getitem__"):
        raise InvalidRequestError(f"A {type(items).__name__} can't be iterated over. Pass a list or another iterable.")
    return iter(items)
