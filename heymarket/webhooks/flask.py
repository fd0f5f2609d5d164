"""Webhook views for Flask, 3.1 or later. Needs it; the client itself doesn't.

A delivery is verified, handed to your function, and answered with 200 when that returns. An exception of your function
is Flask's to answer, with 500. Bodies over 1 MiB, or over the app's own limit, get 413, unreadable ones 400, others
with no or a wrong token 401.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, current_app, request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from heymarket.webhooks._verification import CUT_SHORT, MAX_BODY, TOO_LARGE, Intake, Refusal, is_async, name_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from heymarket.webhooks._events import Event

__all__ = ["webhook_view"]


def webhook_view(*, token: str | Iterable[str]) -> Callable[[Callable[[Event], object]], Callable[[], Response]]:
    """Makes a view of a function that takes an event.

        @app.post("/heymarket")
        @webhook_view(token=token)
        def on_event(event: Event) -> None: ...

    The function may be `async` where Flask's views may, with `flask[async]`.

    Args:
        token: The token of the webhook's configuration in the Heymarket app, or several.

    Raises:
        ConfigurationError: No usable token was given.
    """
    intake = Intake(token)
    del token
    intake.check()

    def decorate(handler: Callable[[Event], Any]) -> Callable[[], Response]:
        def view() -> Response:
            outcome = _receive(intake)
            if isinstance(outcome, Refusal):
                return Response(outcome.reason, outcome.status, mimetype="text/plain")
            call: Callable[[Event], object] = current_app.async_to_sync(handler) if is_async(handler) else handler
            call(outcome)
            return Response(status=200)

        name_after(handler, view)
        return view

    return decorate


def _receive(intake: Intake) -> Event | Refusal:
    limit = MAX_BODY if request.max_content_length is None else min(request.max_content_length, MAX_BODY)
    # One more than the limit: a body without a length is cut there, not refused.
    request.max_content_length = limit + 1
    try:
        body = request.get_data()
    except RequestEntityTooLarge:
        return TOO_LARGE
    except ClientDisconnected:
        return CUT_SHORT
    return TOO_LARGE if len(body) > limit else intake.take(body)
