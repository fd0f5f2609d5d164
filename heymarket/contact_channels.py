"""Handwritten additions to the generated `contact_channels` resource."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from attrs import field, frozen
from heymarket_openapi import resources

from heymarket._concurrency import side_by_side, side_by_side_async
from heymarket.errors import HeymarketError, InvalidRequestError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterable, Generator, Iterable
    from uuid import UUID

    from heymarket_openapi.models import ChannelType, ContactChannel

    from heymarket._sender import Sender


def _kind(value: object) -> str:
    return type(value).__name__


@frozen
class ChannelResult:
    """What `get_many` found for one pair. Its repr shows nothing personal.

    Attributes:
        contact_id: As it was given; `None` if what was given is not a pair.
        channel_type: As it was given; `None` if what was given is not a pair.
        value: The channel; `None` if there is an error.
        error: Why there is no channel: what `get` would have raised, or an `InvalidRequestError` for a bad pair; `None`
            if there is one.
    """

    contact_id: UUID | str | None = field(repr=False)
    channel_type: ChannelType | str | None = field(repr=False)
    value: ContactChannel | None = field(repr=_kind, hash=False)
    error: HeymarketError | None


class ContactChannels(resources.ContactChannels):
    """The channels of contacts: `client.contact_channels`."""

    def find(self, contact_id: UUID | str, channel_type: ChannelType | str) -> ContactChannel | None:
        """Look a channel up that may not be there.

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
        self, pairs: Iterable[tuple[UUID | str, ChannelType | str]], concurrency: int = 8
    ) -> Generator[ChannelResult, None, None]:
        """Look many channels up, several at a time; the results come one by one, in the order of the pairs.

        A failed call or a bad pair is a result with an `error`, and costs the others nothing. Pairs are read while
        iterating, in the same thread, and at most `concurrency` ahead of the results: there may be any number of them,
        and memory stays the same. The first result comes once so many are read or there are no more.

        Each call keeps the `timeout`, `max_retries` and quota of the client. Once the quota is used up the calls queue
        for it: 10,000 pairs take about 20 minutes at 500 requests in 60 seconds.

        The calls run in daemon threads that end with the iterator: when it is exhausted, left (`break`), closed,
        interrupted or forgotten. Ctrl-C ends it at once, also while all calls wait. No call is begun then, and none is
        repeated; a request that is on the network is left to itself. An iterator is for one thread; a client may have
        any number of them.

        Args:
            pairs: Any iterable of pairs: a contact's UUID (a `UUID` or `str`) and a channel type (`phone`, `email`,
                `facebook`, or any other text).
            concurrency: How many calls are under way at a time, 1 or more.

        Returns:
            An iterator of results, one for each pair.

        Raises:
            InvalidRequestError: At once: `pairs` can't be iterated over, or `concurrency` is out of range.
            HeymarketError: While iterating: the client is closed, which is a mistake of the program and of no pair.
                What `pairs` raises is raised too. Either comes after the results before it and ends the iterator.
        """
        return side_by_side(cast("Sender", self._sender), _result, pairs, concurrency)


class AsyncContactChannels(resources.AsyncContactChannels):
    """The channels of contacts: `client.contact_channels`."""

    async def find(self, contact_id: UUID | str, channel_type: ChannelType | str) -> ContactChannel | None:
        """Look a channel up that may not be there.

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
        pairs: Iterable[tuple[UUID | str, ChannelType | str]] | AsyncIterable[tuple[UUID | str, ChannelType | str]],
        concurrency: int = 8,
    ) -> AsyncGenerator[ChannelResult, None]:
        """Look many channels up, several at a time; the results come one by one, in the order of the pairs.

        A failed call or a bad pair is a result with an `error`, and costs the others nothing. Pairs are read while
        iterating, in the same task, and at most `concurrency` ahead of the results: there may be any number of them,
        and memory stays the same. The first result comes once so many are read or there are no more.

        Each call keeps the `timeout`, `max_retries` and quota of the client. Once the quota is used up the calls queue
        for it: 10,000 pairs take about 20 minutes at 500 requests in 60 seconds.

        The calls run in tasks that are cancelled and awaited when the iterator is closed (`aclose`), cancelled or
        forgotten. After a `break` the event loop does that in its next turns; in an `async with
        contextlib.aclosing(...)` block it is done when the block ends.

        Args:
            pairs: Any iterable, also an asynchronous one, of pairs: a contact's UUID (a `UUID` or `str`) and a channel
                type (`phone`, `email`, `facebook`, or any other text).
            concurrency: How many calls are under way at a time, 1 or more.

        Returns:
            An asynchronous iterator of results, one for each pair. It is not awaited itself.

        Raises:
            InvalidRequestError: At once: `pairs` can't be iterated over, or `concurrency` is out of range.
            HeymarketError: While iterating: the client is closed or belongs to another event loop, which is a mistake
                of the program and of no pair. What `pairs` raises is raised too. Either comes after the results before
                it and ends the iterator.
        """

        async def result(pair: object) -> ChannelResult:
            contact_id = channel_type = None
            try:
                contact_id, channel_type = _pair(pair)
                value = await self.get(contact_id, channel_type)
            except HeymarketError as error:
                return ChannelResult(contact_id, channel_type, None, _of_the_call(error))
            return ChannelResult(contact_id, channel_type, value, None)

        return side_by_side_async(result, pairs, concurrency)


def _result(sender: Sender, pair: object) -> ChannelResult:
    contact_id = channel_type = None
    try:
        contact_id, channel_type = _pair(pair)
        value = ContactChannels(sender).get(contact_id, channel_type)
    except HeymarketError as error:
        return ChannelResult(contact_id, channel_type, None, _of_the_call(error))
    return ChannelResult(contact_id, channel_type, value, None)


def _pair(pair: object) -> tuple[Any, Any]:
    if not isinstance(pair, str | bytes):  # a text of two letters could be unpacked
        try:
            contact_id, channel_type = cast("Iterable[Any]", pair)
        except (TypeError, ValueError):
            pass
        else:
            return contact_id, channel_type
    raise InvalidRequestError("This is not a pair. Every item of pairs has to be (contact_id, channel_type).")


def _of_the_call(error: HeymarketError) -> HeymarketError:
    """The error for a result, without its frames, which a list of results would keep.

    Raises:
        HeymarketError: It is none of a call: the client can't be used at all.
    """
    if type(error) is HeymarketError:
        raise error
    return error.with_traceback(None)
