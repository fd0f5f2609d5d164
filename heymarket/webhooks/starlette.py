"""Webhook endpoints for Starlette and FastAPI, neither of which is installed with heymarket.

An endpoint verifies a delivery, calls your function with the event, and responds with 200 when it returns. If your
function raises, the framework responds with 500. A missing or wrong token gets 401, an unreadable body 400, a body over
1 MiB 413.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable
from contextlib import aclosing
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from heymarket.webhooks._events import Event
from heymarket.webhooks._verification import CUT_SHORT, MAX_BODY, Verdict, Verifier, copy_name, is_async

__all__ = ["webhook_endpoint", "webhook_event"]


def webhook_endpoint(
    *, token: str | Iterable[str]
) -> Callable[[Callable[[Event], object]], Callable[[Request], Awaitable[Response]]]:
    """Turn a function that takes an event into an endpoint.

        @app.post("/heymarket")  # FastAPI; or Route("/heymarket", on_event, methods=["POST"])
        @webhook_endpoint(token=token)
        async def on_event(event: Event) -> None: ...

    A function that isn't `async` runs in Starlette's thread pool.

    Args:
        token: The token of the webhook's configuration in the Heymarket app, or several.

    Raises:
        ConfigurationError: There is no usable token.
    """
    verifier = Verifier(token)
    del token
    verifier.check()

    def decorate(handler: Callable[[Event], object]) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            verdict = await _verify_request(request, verifier)
            if verdict.event is not None:
                await _call(handler, verdict.event)
            return PlainTextResponse(verdict.reason, verdict.status)

        copy_name(handler, endpoint)
        return endpoint

    return decorate


def webhook_event(*, token: str | Iterable[str]) -> Callable[[Request], Awaitable[Event]]:
    """A FastAPI dependency that provides the event of the request.

        @app.post("/heymarket")
        async def receive(event: Annotated[Event, Depends(webhook_event(token=token))]) -> None: ...

    Args:
        token: The token of the webhook's configuration in the Heymarket app, or several.

    Raises:
        ConfigurationError: There is no usable token.
    """
    verifier = Verifier(token)
    del token
    verifier.check()

    async def event(request: Request) -> Event:
        verdict = await _verify_request(request, verifier)
        if verdict.event is None:
            raise HTTPException(verdict.status, verdict.reason)
        return verdict.event

    return event


async def _verify_request(request: Request, verifier: Verifier) -> Verdict:
    body = bytearray()
    try:
        async with aclosing(request.stream()) as chunks:
            async for chunk in chunks:
                body += chunk
                if len(body) > MAX_BODY:
                    break
    except ClientDisconnect:
        return CUT_SHORT
    return verifier.verify(bytes(body))


async def _call(handler: Callable[[Event], Any], event: Event) -> None:
    if is_async(handler):
        await handler(event)
        return
    result = await run_in_threadpool(handler, event)
    if inspect.isawaitable(result):
        await result
