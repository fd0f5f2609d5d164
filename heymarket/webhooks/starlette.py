"""Webhook endpoints for Starlette and FastAPI. Needs one of them; the client itself doesn't.

A delivery is verified, handed to your function, and answered with 200 when that returns. An exception of your function
is the framework's to answer, with 500. Bodies over 1 MiB get 413, unreadable ones 400, others with no or a wrong token
401.
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
from heymarket.webhooks._verification import CUT_SHORT, MAX_BODY, TOO_LARGE, Intake, Refusal, is_async, name_after

__all__ = ["webhook_endpoint", "webhook_event"]


def webhook_endpoint(
    *, token: str | Iterable[str]
) -> Callable[[Callable[[Event], object]], Callable[[Request], Awaitable[Response]]]:
    """Makes an endpoint of a function that takes an event.

        @app.post("/heymarket")  # FastAPI; or Route("/heymarket", on_event, methods=["POST"])
        @webhook_endpoint(token=token)
        async def on_event(event: Event) -> None: ...

    A function that isn't `async` runs in Starlette's threads.

    Args:
        token: The token of the webhook's configuration in the Heymarket app, or several.

    Raises:
        ConfigurationError: No usable token was given.
    """
    intake = Intake(token)
    del token
    intake.check()

    def decorate(handler: Callable[[Event], object]) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            outcome = await _receive(request, intake)
            if isinstance(outcome, Refusal):
                return PlainTextResponse(outcome.reason, outcome.status)
            await _hand_over(handler, outcome)
            return Response(status_code=200)

        name_after(handler, endpoint)
        return endpoint

    return decorate


def webhook_event(*, token: str | Iterable[str]) -> Callable[[Request], Awaitable[Event]]:
    """A FastAPI dependency that gives the event of the request.

        @app.post("/heymarket")
        async def receive(event: Annotated[Event, Depends(webhook_event(token=token))]) -> None: ...

    Args:
        token: The token of the webhook's configuration in the Heymarket app, or several.

    Raises:
        ConfigurationError: No usable token was given.
    """
    intake = Intake(token)
    del token
    intake.check()

    async def event(request: Request) -> Event:
        outcome = await _receive(request, intake)
        if isinstance(outcome, Refusal):
            raise HTTPException(outcome.status, outcome.reason)
        return outcome

    return event


async def _receive(request: Request, intake: Intake) -> Event | Refusal:
    body = bytearray()
    try:
        async with aclosing(request.stream()) as chunks:
            async for chunk in chunks:
                body += chunk
                if len(body) > MAX_BODY:
                    return TOO_LARGE
    except ClientDisconnect:
        return CUT_SHORT
    return intake.take(bytes(body))


async def _hand_over(handler: Callable[[Event], Any], event: Event) -> None:
    if is_async(handler):
        await handler(event)
        return
    result = await run_in_threadpool(handler, event)
    if inspect.isawaitable(result):
        await result
