"""Handwritten additions to the generated `contact_channels` resource."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable, Generator, Iterable
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from attrs import field, frozen
from heymarket_openapi import models, resources

from heymarket._concurrency import run_concurrently, run_concurrently_async
from heymarket._redaction import cleaned
from heymarket.errors import HeymarketError, InvalidRequestError, NotFoundError

if TYPE_CHECKING:
    from heymarket._sender import Sender


@frozen
class ChannelResult:
    """The result of `get_many` for one pair. Its repr shows nothing personal.

    Attributes:
        contact_id: As in the pair; `None` if the item was not a pair.
        channel_type: As in the pair; `None` if the item was not a pair.
        value: The channel; `None` if there is an error.
        error: Why there is no channel: the error that `get` would raise, or an `InvalidRequestError` for an invalid
            pair; `None` if there is a channel.
    """

    contact_id: UUID | str | None = field(repr=False)
    channel_type: models.ChannelType | str | None = field(repr=False)
    value: models.ContactChannel | None = field(repr=lambda value: type(value).__name__, hash=False)
    error: HeymarketError | None


class ContactChannels(resources.ContactChannels):
    """The channels of contacts: `client.contact_channels`."""

    def find(self, contact_id: UUID | str, channel_type: models.ChannelType | str) -> models.ContactChannel | None:
        """Get a channel that may not exist.

        Args:
            contact_id: The contact's UUID.
            channel_type: `phone`, `email`, `facebook`, or any other type.

        Returns:
            The channel, or `None` where `get` raises `NotFoundError`: the contact does not exist or has no channel
            of that type. Heymarket does not say which.

        Raises:
            APIError: As `get` does, except for a 404.
        """
        try:
            return self.get(contact_id, channel_type)
        except NotFoundError:
            return None

    def get_many(
        self, pairs: Iterable[tuple[UUID | str, models.ChannelType | str]], concurrency: int = 8
    ) -> Generator[ChannelResult, None, None]:
        """Get many channels concurrently. The results come one by one, in the order of the pairs.

        A failed call or an invalid pair gives a result with an `error` and doesn't affect the others. Pairs are read
        while iterating, in the same thread, at most `concurrency` ahead of the results, so memory does not grow with
        their number. The first result comes after `concurrency` pairs, or all of them, have been read.

        Each call keeps to the client's `timeout`, `max_retries` and quota. Once the quota is used up, calls wait in its
        queue: 10,000 pairs take about 20 minutes at 500 requests in 60 seconds.

        The calls run in daemon threads that end with the iterator: when it is exhausted, left with `break`, closed,
        interrupted or garbage-collected. Ctrl-C ends it at once, even while all calls wait. After that no call is
        started or retried; a request on the network ends by itself. Use each iterator in one thread; a client may have
        any number of them.

        Args:
            pairs: Any iterable of pairs: a contact's UUID (a `UUID` or `str`) and a channel type (`phone`, `email`,
                `facebook`, or any other string).
            concurrency: How many calls run at a time, 1 or more.

        Returns:
            An iterator of results, one for each pair.

        Raises:
            InvalidRequestError: Immediately: `pairs` can't be iterated over, or `concurrency` is out of range.
            HeymarketError: While iterating: the client is closed, which no single pair can cause. Exceptions of `pairs`
                are raised too. Either comes after the results before it and ends the iterator.
        """
        return run_concurrently(cast("Sender", self._sender), _result, pairs, concurrency)


class AsyncContactChannels(resources.AsyncContactChannels):
    """The channels of contacts: `client.contact_channels`."""

    async def find(
        self, contact_id: UUID | str, channel_type: models.ChannelType | str
    ) -> models.ContactChannel | None:
        """Get a channel that may not exist.

        Args:
            contact_id: The contact's UUID.
            channel_type: `phone`, `email`, `facebook`, or any other type.

        Returns:
            The channel, or `None` where `get` raises `NotFoundError`: the contact does not exist or has no channel
            of that type. Heymarket does not say which.

        Raises:
            APIError: As `get` does, except for a 404.
        """
        try:
            return await self.get(contact_id, channel_type)
        except NotFoundError:
            return None

    def get_many(
        self,
        pairs: Iterable[tuple[UUID | str, models.ChannelType | str]]
        | AsyncIterable[tuple[UUID | str, models.ChannelType | str]],
        concurrency: int = 8,
    ) -> AsyncGenerator[ChannelResult, None]:
        """Get many channels concurrently. The results come one by one, in the order of the pairs.

        A failed call or an invalid pair gives a result with an `error` and doesn't affect the others. Pairs are read
        while iterating, in the same task, at most `concurrency` ahead of the results, so memory does not grow with
        their number. The first result comes after `concurrency` pairs, or all of them, have been read.

        Each call keeps to the client's `timeout`, `max_retries` and quota. Once the quota is used up, calls wait in its
        queue: 10,000 pairs take about 20 minutes at 500 requests in 60 seconds.

        The calls run in tasks that are cancelled and awaited when the iterator is closed (`aclose`), cancelled or
        garbage-collected. After a `break` the event loop does that soon afterwards; in an `async with
        contextlib.aclosing(...)` block it is done when the block ends.

        Args:
            pairs: Any iterable or asynchronous iterable of pairs: a contact's UUID (a `UUID` or `str`) and a channel
                type (`phone`, `email`, `facebook`, or any other string).
            concurrency: How many calls run at a time, 1 or more.

        Returns:
            An asynchronous iterator of results, one for each pair. Don't await the iterator itself.

        Raises:
            InvalidRequestError: Immediately: `pairs` can't be iterated over, or `concurrency` is out of range.
            HeymarketError: While iterating: the client is closed or belongs to another event loop, which no single pair
                can cause. Exceptions of `pairs` are raised too. Either comes after the results before it and ends the
                iterator.
        """

        async def result(item: object) -> ChannelResult:
            pair = _read_pair(item)
            try:
                return ChannelResult(*pair, await self.get(*pair), None)
            except HeymarketError as error:
                return _failed(pair, error)

        return run_concurrently_async(result, pairs, concurrency)


def _result(sender: Sender, item: object) -> ChannelResult:
    pair = _read_pair(item)
    try:
        return ChannelResult(*pair, ContactChannels(sender).get(*pair), None)
    except HeymarketError as error:
        return _failed(pair, error)


def _read_pair(item: object) -> tuple[Any, Any]:
    """The two values of a pair. What is no pair gives two `None`, with which no call is made."""
    try:
        contact_id, channel_type = cast("Iterable[Any]", () if isinstance(item, str | bytes) else item)
    except (TypeError, ValueError):
        return None, None
    return contact_id, channel_type


def _failed(pair: tuple[Any, Any], error: HeymarketError) -> ChannelResult:
    """The result of a call that failed, its error without frames, which a list of results would keep alive.

    Raises:
        HeymarketError: The client can't be used at all, so no result can hold the error.
    """
    if type(error) is HeymarketError:
        raise error
    if pair == (None, None):
        error = InvalidRequestError("This is not a pair. Every item must be (contact_id, channel_type).")
    return ChannelResult(*pair, None, cleaned(error))
