"""What a call costs: ours, with sign-in, retries, quota and decoding, beside a bare `httpx.Client.get` and `.json()`.

Both talk to the same server on this machine, in turn, in one run. Usage: python benchmarks/calls.py [ROUNDS]
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from typing import Any

import httpx
from _ratios import compare, table
from _server import CONTACT, PATH, serving

from heymarket import AsyncHeymarket, Heymarket

CALLS = 200
CREDENTIALS = {"secret_id": "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", "secret_key": "kN4mQ7rT1vX8zB3dF6hJ9lP2sU5wY0aC"}


def timed(call: Callable[[], Any]) -> Callable[[], float]:
    """Seconds of one call, over a batch of them."""

    def run() -> float:
        started = time.perf_counter()
        for _ in range(CALLS):
            call()
        return (time.perf_counter() - started) / CALLS

    return run


def timed_async(loop: asyncio.Runner, call: Callable[[], Any]) -> Callable[[], float]:
    """Seconds of one awaited call, over a batch of them."""

    async def batch() -> float:
        started = time.perf_counter()
        for _ in range(CALLS):
            await call()
        return (time.perf_counter() - started) / CALLS

    return lambda: loop.run(batch())


def main() -> None:
    """Print the costs of a call."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    headers = {"Authorization": "Bearer " + "x" * 180}
    with serving() as base_url:
        options: dict[str, Any] = {**CREDENTIALS, "base_url": base_url, "quota": None}
        with httpx.Client() as bare, Heymarket(**options) as hm, Heymarket(**{**options, "quota": Q}) as with_quota:
            sync = compare(
                {
                    "httpx.Client.get(...).json()": timed(lambda: bare.get(base_url + PATH, headers=headers).json()),
                    "heymarket, quota off": timed(lambda: hm.contact_channels.get(CONTACT, "phone")),
                    "heymarket": timed(lambda: with_quota.contact_channels.get(CONTACT, "phone")),
                },
                rounds,
            )
        with asyncio.Runner() as loop:
            bare_async, hm_async = httpx.AsyncClient(), AsyncHeymarket(**options)

            async def get() -> Any:
                return (await bare_async.get(base_url + PATH, headers=headers)).json()

            asynchronous = compare(
                {
                    "httpx.AsyncClient.get(...).json()": timed_async(loop, get),
                    "heymarket (async)": timed_async(loop, lambda: hm_async.contact_channels.get(CONTACT, "phone")),
                },
                rounds,
            )
            loop.run(bare_async.aclose())
            loop.run(hm_async.close())
    print(table("One call at a time, synchronous", sync, unit=1e6, unit_name="us"))
    print(table("One call at a time, asyncio", asynchronous, unit=1e6, unit_name="us"))


if __name__ == "__main__":
    from heymarket import Quota

    Q = Quota(1_000_000, per=60)
    main()
