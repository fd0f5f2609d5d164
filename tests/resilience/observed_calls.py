"""Calls through the public API, sync and async alike, and everything that may be seen of them afterwards."""

from __future__ import annotations

import asyncio
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import AsyncExitStack, ExitStack
from typing import TYPE_CHECKING, Any, Literal

import httpx
from attrs import define

from heymarket import APIError, AsyncHeymarket, Heymarket
from tests.fakes import CONTACT, SECRET_ID

if TYPE_CHECKING:
    from tests.resilience.cases import TransportName

Kind = Literal["read", "write"]

SECRET_KEY = "sEnTiNeLKey0123456789sEnTiNeLKey"

TLS = ssl.create_default_context()
"""One for all of the caller's own clients: httpx would load the certificates of all authorities for each of them."""


@define
class Seen:
    """What came of the calls, and what they left behind."""

    response: Any = None
    error: APIError | None = None
    seconds: float = 0.0
    tasks: int = 0
    threads: frozenset[threading.Thread] = frozenset()


def call(
    kind: Kind,
    transport: TransportName,
    *,
    is_async: bool,
    calls: int = 1,
    between: Callable[[], object],
    **options: Any,
) -> Seen:
    """Make a client, call so many times, close it; `seconds` is how long the last call took."""
    seen = Seen()
    before = frozenset(threading.enumerate())
    options |= {"secret_id": SECRET_ID, "secret_key": SECRET_KEY}
    if is_async:
        asyncio.run(_call_async(seen, kind, transport, calls, between, options))
    else:
        _call_sync(seen, kind, transport, calls, between, options)
    new = frozenset(threading.enumerate()) - before
    for thread in new:
        thread.join(5)
    seen.threads = frozenset(thread for thread in new if thread.is_alive())
    return seen


def _send(hm: Any, kind: Kind) -> Any:
    if kind == "read":
        return hm.contact_channels.with_raw_response.get(CONTACT, "phone")
    return hm.with_raw_response.request("POST", f"/v1/contact/{CONTACT}", json={"tag": "vip"})


def _call_sync(
    seen: Seen, kind: Kind, transport: TransportName, calls: int, between: Callable[[], object], options: dict[str, Any]
) -> None:
    with ExitStack() as stack:
        if transport == "own client":
            options["http_client"] = stack.enter_context(httpx.Client(verify=TLS, follow_redirects=True))
        hm = stack.enter_context(Heymarket(**options))
        for _ in range(calls - 1):
            _send(hm, kind)
            between()
        started = time.monotonic()
        try:
            seen.response = _send(hm, kind)
        except APIError as error:
            seen.error = error
        seen.seconds = time.monotonic() - started


async def _call_async(
    seen: Seen, kind: Kind, transport: TransportName, calls: int, between: Callable[[], object], options: dict[str, Any]
) -> None:
    async with AsyncExitStack() as stack:
        if transport == "own client":
            options["http_client"] = await stack.enter_async_context(
                httpx.AsyncClient(verify=TLS, follow_redirects=True)
            )
        hm = await stack.enter_async_context(AsyncHeymarket(**options))
        for _ in range(calls - 1):
            await _send(hm, kind)
            await asyncio.to_thread(between)
        started = time.monotonic()
        try:
            seen.response = await _send(hm, kind)
        except APIError as error:
            seen.error = error
        seen.seconds = time.monotonic() - started
    for _ in range(30):  # httpx leaves the generators of a body that isn't read on to the event loop, which closes them
        await asyncio.sleep(0)
    seen.tasks = len(asyncio.all_tasks()) - 1
