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
from concurrent.futures import Future
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from heymarket.errors import HeymarketError, InvalidRequestError

if TYPE_CHECKING:
    from asyncio import Task
    from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Iterable, Iterator

    from heymarket._sender import Sender

T = TypeVar("T")
R = TypeVar("R")

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


def _in_threads(
    sender: Sender, call: Callable[[Sender, T], R], items: Iterator[T], concurrency: int
) -> Generator[R, None, None]:
    stop = threading.Event()
    sender = sender.sharing(sender.context._replace(clock=sender.context.clock.until(stop)))
    pending: deque[_CallInThread[R]] = deque()
    error_of_items: Exception | None = None
    more = True
    try:
        while more or pending:
            if more and len(pending) < concurrency:
                try:
                    pending.append(_CallInThread(partial(call, sender, next(items))))
                except StopIteration:
                    more = False
                except Exception as error:  # noqa: BLE001 - raised after the results before it
                    more, error_of_items = False, error
            else:
                yield pending.popleft().result()
    finally:  # exhausted, closed, interrupted or collected
        stop.set()
    if error_of_items is not None:
        raise error_of_items


async def _in_tasks(
    call: Callable[[T], Coroutine[Any, Any, R]], items: Iterator[T] | AsyncIterator[T], concurrency: int
) -> AsyncGenerator[R, None]:
    from asyncio import create_task, gather

    pending: deque[Task[R]] = deque()
    error_of_items: Exception | None = None
    more = True
    try:
        while more or pending:
            if more and len(pending) < concurrency:
                try:
                    item = await anext(items) if isinstance(items, AsyncIterator) else next(items)
                    pending.append(create_task(call(item)))
                except (StopIteration, StopAsyncIteration):
                    more = False
                except Exception as error:  # noqa: BLE001 - raised after the results before it
                    more, error_of_items = False, error
            else:
                await pending[0]  # kept in the deque meanwhile, so that an interruption cancels it
                yield pending.popleft().result()
    finally:  # exhausted, closed, cancelled or collected
        for task in pending:
            task.cancel()
        await gather(*pending, return_exceptions=True)
    if error_of_items is not None:
        raise error_of_items


class _CallInThread(Generic[R]):
    """A call and its thread, which holds no reference to the iterator of the results."""

    def __init__(self, call: Callable[[], R]) -> None:
        self._call = call
        self._outcome: Future[R] = Future()
        # Not an executor of concurrent.futures, because the interpreter waits for its threads when it exits.
        self._thread = threading.Thread(target=copy_context().run, args=(self._run,), name="heymarket", daemon=True)
        self._thread.start()

    def result(self) -> R:
        """Wait for the call, and return its result or raise its error."""
        while self._thread.is_alive():
            self._thread.join(_POLL_INTERVAL)
        if not self._outcome.done():
            raise HeymarketError("The process was forked. Make the iterator in the process that uses it.")
        return self._outcome.result()

    def _run(self) -> None:
        try:
            self._outcome.set_result(self._call())
        except BaseException as error:  # noqa: BLE001 - raised by `result`
            self._outcome.set_exception(error)


def _check_concurrency(concurrency: object) -> None:
    if isinstance(concurrency, bool) or not isinstance(concurrency, int) or concurrency < 1:
        raise InvalidRequestError("concurrency must be a whole number of calls at a time, 1 or more.")


def _iterate(items: Iterable[T]) -> Iterator[T]:
    if not hasattr(items, "__iter__") and not hasattr(items, "__getitem__"):
        raise InvalidRequestError(f"A {type(items).__name__} can't be iterated over. Pass a list or another iterable.")
    return iter(items)
