"""`contact_channels.get_many`: order, what is read ahead, what is an item and what is raised."""

from __future__ import annotations

import asyncio
import pickle
import threading
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import suppress
from contextvars import ContextVar
from itertools import count
from typing import Any
from uuid import UUID

import attrs
import pytest

from heymarket import (
    ChannelResult,
    ChannelType,
    Heymarket,
    HeymarketError,
    InternalServerError,
    InvalidRequestError,
    NotFoundError,
    Quota,
)
from heymarket._messages import Request, Response
from heymarket.models import ContactChannel
from tests.fakes import CHANNEL, CONTACT, PHONE, SECRET_ID, SECRET_KEY, Door, FakeClock, Script, answer

PAIR = (CONTACT, "phone")


class Iteration:
    """An iterator of `get_many` of either client, one step at a time."""

    def __init__(self, many: Any) -> None:
        self.many = many

    async def next(self) -> ChannelResult:
        try:
            result: ChannelResult = await anext(self.many) if hasattr(self.many, "__anext__") else next(self.many)
        except StopIteration:
            raise StopAsyncIteration from None
        return result

    async def rest(self) -> list[ChannelResult]:
        results: list[ChannelResult] = []
        with suppress(StopAsyncIteration):
            while True:
                results.append(await self.next())
        return results

    async def close(self) -> None:
        await self.many.aclose() if hasattr(self.many, "aclose") else self.many.close()


def run(door: Door, body: Callable[[Any], Awaitable[Any]], **options: Any) -> Any:
    """Run a coroutine function with a client of either kind; the synchronous one blocks in it, which is as good."""

    async def main(hm: Any) -> Any:
        return await body(hm)

    return door(main if door.is_async else lambda hm: asyncio.run(main(hm)), **options)


def get_many(door: Door, pairs: Any, concurrency: int = 8, **options: Any) -> list[ChannelResult]:
    async def body(hm: Any) -> list[ChannelResult]:
        return await Iteration(hm.contact_channels.get_many(pairs, concurrency)).rest()

    results: list[ChannelResult] = run(door, body, **options)
    return results


def found(result: ChannelResult) -> ContactChannel:
    assert result.error is None
    assert result.value is not None
    return result.value


def echo(request: Request) -> Response:
    """A channel of the type that was asked for."""
    return answer(200, {**CHANNEL, "channel_type": request.url.rpartition("/")[2]})


class Backwards:
    """A transport that lets `size` requests come together and answers the last of them first."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.waiting = 0
        self.most = 0
        self.finished: list[str] = []
        self.changed = threading.Condition()

    def send(self, request: Request) -> Response:
        with self.changed:
            self.waiting += 1
            self.most = max(self.most, self.waiting)
            place = self.waiting
            self.changed.notify_all()
            assert self.changed.wait_for(lambda: self.waiting == self.size or self.finished, 5), "not side by side"
            assert self.changed.wait_for(lambda: self.size - len(self.finished) == place, 5)
            self.finished.append(request.url.rpartition("/")[2])
            self.changed.notify_all()
        return echo(request)

    def close(self) -> None:
        pass


class AsyncBackwards(Backwards):
    async def send(self, request: Request) -> Response:  # type: ignore[override] # the same transport for the other client
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        place = self.waiting
        while not (self.waiting == self.size or self.finished) or self.size - len(self.finished) != place:
            await asyncio.sleep(0)
        self.finished.append(request.url.rpartition("/")[2])
        return echo(request)

    async def close(self) -> None:  # type: ignore[override] # as above
        pass


def test_results_come_in_the_order_of_the_pairs_not_of_the_responses(door: Door) -> None:
    transport = AsyncBackwards(4) if door.is_async else Backwards(4)
    types = ["type-0", "type-1", "type-2", "type-3"]
    results = get_many(door, [(CONTACT, kind) for kind in types], 4, _transport=transport)
    assert [result.channel_type for result in results] == types
    assert [found(result).channel_type for result in results] == types
    assert [result.error for result in results] == [None] * 4
    assert sorted(transport.finished) == types
    assert transport.most == 4, "all were sent before any was answered"


def test_a_result_holds_the_pair_as_it_was_given_and_the_channel(door: Door) -> None:
    pairs = [(UUID(CONTACT), ChannelType.PHONE), (CONTACT, "phone")]
    first, second = get_many(door, pairs, script=Script(answer()))
    assert (first.contact_id, first.channel_type) == pairs[0]
    assert (second.contact_id, second.channel_type) == pairs[1]
    assert found(first).channel_id == PHONE


@pytest.mark.parametrize("concurrency", [1, 5, 50])
def test_pairs_are_read_as_they_are_needed(concurrency: int, door: Door) -> None:
    read = 0

    def endless() -> Iterator[tuple[str, str]]:
        nonlocal read
        for read in count(1):  # noqa: B007 - read outside
            yield PAIR

    async def body(hm: Any) -> None:
        many = Iteration(hm.contact_channels.get_many(endless(), concurrency=concurrency))
        assert read == 0, "nothing is read before the first result is asked for"
        for given in range(100):
            assert (await many.next()).error is None
            assert read <= given + concurrency, "so no more can be under way either"
        await many.close()
        assert read < 100 + concurrency

    run(door, body, script=Script(answer()), quota=None)


def test_memory_is_constant_in_the_number_of_pairs(door: Door) -> None:
    class Transport:
        def send(self, request: Request) -> Response:
            return answer(404 if request.url.endswith("fax") else 200)

        def close(self) -> None:
            pass

    class AsyncTransport(Transport):
        async def send(self, request: Request) -> Response:  # type: ignore[override] # the same transport, asynchronous
            return super().send(request)

        async def close(self) -> None:  # type: ignore[override] # as above
            pass

    async def body(hm: Any) -> tuple[int, int]:
        many = Iteration(hm.contact_channels.get_many(pairs(), concurrency=16))
        for _ in range(500):
            await many.next()
        _, few = tracemalloc.get_traced_memory()
        for _ in range(2_500):
            await many.next()
        with suppress(StopAsyncIteration):
            await many.next()
        return few, tracemalloc.get_traced_memory()[1]

    def pairs() -> Iterator[tuple[str, str]]:
        for number in range(3_000):
            yield f"00000000-0000-4000-8000-{number:012}", "phone" if number % 7 else "fax"

    tracemalloc.start()
    try:
        few, many = run(door, body, _transport=AsyncTransport() if door.is_async else Transport(), quota=None)
    finally:
        tracemalloc.stop()
    assert many < few + 200_000, "3,000 results would take more than 1.8 MB"


def test_no_pairs_give_no_results(door: Door) -> None:
    script = Script(answer())
    assert get_many(door, [], script=script) == []
    assert script.sends == []


def test_pairs_may_come_asynchronously() -> None:
    async def pairs() -> AsyncIterator[tuple[str, str]]:
        for kind in ("phone", "email", "facebook"):
            await asyncio.sleep(0)
            yield CONTACT, kind

    results = get_many(Door("async"), pairs(), 2, script=Script(echo))
    assert [found(result).channel_type for result in results] == ["phone", "email", "facebook"]


def test_options_and_credentials_of_a_light_client_hold(door: Door) -> None:
    async def body(hm: Any) -> list[ChannelResult]:
        light = hm.with_options(timeout=7, extra_headers={"X-Job": "nightly"}).with_credentials(api_key="teamkey-0002")
        return await Iteration(light.contact_channels.get_many([PAIR] * 3)).rest()

    script = Script(answer())
    assert [result.error for result in run(door, body, script=script)] == [None] * 3
    assert [round(send.timeout) for send in script.sends] == [7] * 3
    assert {dict(send.headers)["X-Job"] for send in script.sends} == {"nightly"}
    assert set(script.authorizations()) == {"Bearer teamkey-0002"}


def test_calls_queue_for_the_quota(door: Door, clock: FakeClock) -> None:
    script = Script(answer())
    results = get_many(door, [PAIR] * 5, 1, script=script, quota=Quota(2, per=60))
    assert [result.error for result in results] == [None] * 5
    assert clock.slept == [60.0, 60.0]


def test_context_variables_reach_the_calls(door: Door) -> None:
    job = ContextVar("job", default="none")
    seen: list[str] = []

    def respond(_: Request) -> Response:
        seen.append(job.get())
        return answer()

    async def body(hm: Any) -> None:
        job.set("nightly")
        await Iteration(hm.contact_channels.get_many([PAIR] * 3)).rest()

    run(door, body, script=Script(respond))
    assert seen == ["nightly"] * 3


def test_threads_may_iterate_at_once_over_one_client() -> None:
    results: list[list[ChannelResult]] = []
    with Heymarket(SECRET_ID, SECRET_KEY, _transport=Backwards(16)) as hm:
        pairs = [(CONTACT, f"type-{number}") for number in range(4)]
        callers = [
            threading.Thread(target=lambda: results.append(list(hm.contact_channels.get_many(pairs, 4))))
            for _ in range(4)
        ]
        for caller in callers:
            caller.start()
        for caller in callers:
            caller.join()
    assert [[result.channel_type for result in each] for each in results] == [[kind for _, kind in pairs]] * 4
    assert all(result.error is None for each in results for result in each)


@pytest.mark.parametrize(
    "pair",
    [
        None,
        5,
        "ab",
        b"ab",
        (),
        (CONTACT,),
        (CONTACT, "phone", "more"),
        (None, "phone"),
        (CONTACT, None),
        (True, "phone"),
        (5.5, "phone"),
        (CONTACT, "a/b"),
        ("..", "phone"),
        ("", "phone"),
        ("\ud800", "phone"),
    ],
    ids=repr,
)
def test_a_bad_pair_is_an_item_and_is_not_sent(pair: Any, door: Door) -> None:
    script = Script(answer())
    before, bad, after = get_many(door, [PAIR, pair, PAIR], script=script)
    assert before.error is None
    assert after.error is None
    assert isinstance(bad.error, InvalidRequestError)
    assert bad.value is None
    is_pair = isinstance(pair, tuple) and len(pair) == 2
    assert (bad.contact_id, bad.channel_type) == (pair if is_pair else (None, None))
    assert len(script.sends) == 2


def test_a_failed_call_is_an_item(door: Door, clock: FakeClock) -> None:
    def respond(request: Request) -> Response:
        return answer({"phone": 200, "fax": 404, "pager": 503}[request.url.rpartition("/")[2]])

    results = get_many(door, [(CONTACT, kind) for kind in ("fax", "phone", "pager")], script=Script(respond))
    missing, good, failed = results
    assert isinstance(missing.error, NotFoundError)
    assert (missing.value, missing.error.attempts, missing.error.request_id) == (None, 1, "req-1")
    assert found(good).channel_id == PHONE
    assert isinstance(failed.error, InternalServerError)
    assert failed.error.attempts == 3, "max_retries holds for each call"
    assert missing.error.__traceback__ is None, "frames would keep alive what the calls were made with"


def test_a_result_is_frozen_comparable_picklable_and_shows_nothing_personal(door: Door) -> None:
    results = get_many(door, [PAIR, PAIR, (CONTACT, "a/b")], script=Script(answer()))
    good, same, bad = results
    assert good == same
    assert hash(good) == hash(same)
    assert repr(good) == "ChannelResult(value=ContactChannel, error=None)"
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        good.value = None  # type: ignore[misc] # what is tried
    for shown in (repr(results), repr(bad)):
        assert CONTACT not in shown
        assert PHONE not in shown
        assert "a/b" not in shown
    assert pickle.loads(pickle.dumps(good)) == good
    revived = pickle.loads(pickle.dumps(bad))
    assert (revived.contact_id, str(revived.error)) == (bad.contact_id, str(bad.error))


@pytest.mark.parametrize("concurrency", [0, -1, True, 1.5, "8", None])
def test_a_concurrency_that_cannot_be_is_refused_when_called(concurrency: Any, door: Door) -> None:
    async def body(hm: Any) -> None:
        with pytest.raises(InvalidRequestError, match="concurrency must be a whole number"):
            hm.contact_channels.get_many([PAIR], concurrency=concurrency)

    script = Script(answer())
    run(door, body, script=script)
    assert script.sends == []


@pytest.mark.parametrize("pairs", [None, 5])
def test_pairs_that_cannot_be_iterated_over_are_refused_when_called(pairs: Any, door: Door) -> None:
    async def body(hm: Any) -> None:
        with pytest.raises(InvalidRequestError, match="can't be iterated over"):
            hm.contact_channels.get_many(pairs)

    run(door, body, script=Script(answer()))


def test_what_the_pairs_raise_comes_after_the_results_before_it(door: Door) -> None:
    def plain() -> Iterator[tuple[str, str]]:
        yield from [PAIR, PAIR, PAIR]
        raise LookupError("row 4")

    async def asynchronous() -> AsyncIterator[tuple[str, str]]:
        for pair in plain():
            yield pair

    async def body(hm: Any) -> None:
        for pairs in [plain(), asynchronous()] if door.is_async else [plain()]:
            many = Iteration(hm.contact_channels.get_many(pairs, concurrency=2))
            for _ in range(3):
                assert (await many.next()).error is None
            with pytest.raises(LookupError, match="row 4"):
                await many.next()
            assert await many.rest() == []

    script = Script(answer())
    run(door, body, script=script)
    assert len(script.sends) == (6 if door.is_async else 3)


def test_use_after_close_is_raised_after_the_results_before_it(door: Door) -> None:
    async def body(hm: Any) -> None:
        many = Iteration(hm.contact_channels.get_many([PAIR] * 3, concurrency=1))
        assert (await many.next()).error is None
        await hm.close() if door.is_async else hm.close()
        with pytest.raises(HeymarketError, match="client is closed"):
            await many.next()
        assert await many.rest() == []

    script = Script(answer())
    run(door, body, script=script)
    assert len(script.sends) == 1


def test_an_exception_that_is_not_ours_is_raised(door: Door) -> None:
    async def body(hm: Any) -> None:
        many = Iteration(hm.contact_channels.get_many([PAIR] * 9, concurrency=1))
        assert (await many.next()).error is None
        with pytest.raises(ZeroDivisionError):
            await many.next()

    run(door, body, script=Script(answer(), ZeroDivisionError()))
