"""What a call costs: ours, with sign-in, retries, quota and decoding, beside bare httpx and the SDKs of others.

All talk to the same server on this machine, in turn, in one run: one call at a time, sync and async, and async with 64
callers at once.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack, ExitStack
from itertools import chain

from _clients import ANSWERED, BARE, RIVALS, AsyncCall, Call, Client, Target, heymarket, installed
from _environment import described
from _ratios import Crowd, compare, crowd_table, table
from _server import CONTACT, serving

from heymarket import Quota

CALLS = 200
CALLERS = 64
CALLS_OF_A_CROWD = 10 * CALLERS

ROOMY = Quota(1_000_000, per=60)  # kept, and never in the way
CLIENTS = (
    BARE,
    heymarket("heymarket, quota off", quota=None),
    heymarket("heymarket", quota=ROOMY),
    *RIVALS,
)


def timed(call: Call) -> Callable[[], float]:
    """Seconds of one call, over a batch of them."""

    def run() -> float:
        started = time.perf_counter()
        for _ in range(CALLS):
            assert call() == ANSWERED
        return (time.perf_counter() - started) / CALLS

    return run


def timed_async(loop: asyncio.Runner, call: AsyncCall) -> Callable[[], float]:
    """Seconds of one awaited call, over a batch of them."""

    async def batch() -> float:
        started = time.perf_counter()
        for _ in range(CALLS):
            assert await call() == ANSWERED
        return (time.perf_counter() - started) / CALLS

    return lambda: loop.run(batch())


def crowded(loop: asyncio.Runner, call: AsyncCall, callers: int) -> Callable[[], Crowd]:
    """So many callers at once, who make as many calls together as any other crowd."""

    async def share(left: list[None]) -> list[float]:
        took = []
        while left:
            left.pop()
            began = time.perf_counter()
            assert await call() == ANSWERED
            took.append(time.perf_counter() - began)
        return took

    async def crowd(calls: int) -> list[float]:
        left = [None] * calls
        return sorted(chain.from_iterable(await asyncio.gather(*(share(left) for _ in range(callers)))))

    async def run() -> Crowd:
        await crowd(callers)  # connections that expired since its last turn are made again
        started = time.perf_counter()
        took = await crowd(CALLS_OF_A_CROWD)
        rate = CALLS_OF_A_CROWD / (time.perf_counter() - started)
        return Crowd(rate, took[math.ceil(0.99 * len(took)) - 1])

    return lambda: loop.run(run())


def measure_sync(target: Target, clients: Sequence[Client], rounds: int) -> str:
    """One call at a time."""
    with ExitStack() as stack:
        runs = {client.name: timed(stack.enter_context(client.opened(target))) for client in clients}
        return table("One call at a time, synchronous", compare(runs, rounds), unit=1e6, unit_name="us")


def measure_async(target: Target, clients: Sequence[Client], rounds: int, crowd_rounds: int) -> str:
    """One call at a time, and many."""
    with asyncio.Runner() as loop:
        stack = AsyncExitStack()
        calls = {client.name: loop.run(stack.enter_async_context(client.opened_async(target))) for client in clients}
        try:
            single = compare({name: timed_async(loop, call) for name, call in calls.items()}, rounds)
            runs = {name: crowded(loop, call, CALLERS) for name, call in calls.items()}
            runs[f"{BARE.name}, one at a time"] = crowded(loop, calls[BARE.name], 1)
            many = compare(runs, crowd_rounds)
        finally:
            loop.run(stack.aclose())
    return "\n".join(
        [
            table("One call at a time, asyncio", single, unit=1e6, unit_name="us"),
            crowd_table(f"{CALLERS} callers at once, asyncio", many),
        ]
    )


def main() -> None:
    """Print the costs of a call."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", nargs="?", type=int, default=15, help="rounds of one call at a time (default: 15)")
    parser.add_argument("--crowd-rounds", type=int, default=7, help="rounds of 64 callers (default: 7)")
    chosen = parser.parse_args()
    print(described())
    clients = installed(CLIENTS)
    with serving() as base_url:
        target = Target(base_url, CONTACT)
        print(measure_sync(target, clients, chosen.rounds), flush=True)
        print(measure_async(target, clients, chosen.rounds, chosen.crowd_rounds))


if __name__ == "__main__":
    main()
