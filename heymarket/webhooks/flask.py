"""Webhook views for Flask, 3.1 or later, which isn't installed with heymarket.

A view verifies a delivery, calls your function with the event, and responds with 200 when it returns. If your function
raises, Flask responds with 500. A missing or wrong token gets 401, an unreadable body 400, a body over 1 MiB, or over
the app's own limit, 413.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, current_app, request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from heymarket.webhooks._verification import CUT_SHORT, MAX_BODY, TOO_LARGE, Verifier, copy_name, is_async

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from heymarket.webhooks._events import Event
    from heymarket.webhooks._verification import Verdict

__all__ = ["webhook_view"]


def webhook_view(*, token: str | Iterable[str]) -> Callable[[Callable[[Event], object]], Callable[[], Response]]:
    """Turn a function that takes an event into a view.

        @app.post("/heymarket")
        @webhook_view(token=token)
        def on_event(event: Event) -> None: ...

    With `flask[async]`, the function may be `async`.

    Args:
        token: The token of the webhook's configuration in the Heymarket app, or several.

    Raises:
        ConfigurationError: There is no usable token.
    """
    verifier = Verifier(token)
    del token
    verifier.check()

    def decorate(handler: Callable[[Event], Any]) -> Callable[[], Response]:
        def view() -> Response:
            verdict = _verify_request(verifier)
            if verdict.event is not None:
                call: Callable[[Event], object] = current_app.async_to_sync(handler) if is_async(handler) else handler
                call(verdict.event)
            return Response(verdict.reason, verdict.status, mimetype="text/plain")

        copy_name(handler, view)
        return view

    return decorate


def _verify_request(verifier: Verifier) -> Verdict:
    limit = MAX_BODY if request.max_content_length is None else min(request.max_content_length, MAX_BODY)
    request.max_content_length = limit + 1  # where Flask cuts a body that doesn't give its length
    try:
        return verifier.verify(request.get_data(), limit)
    except RequestEntityTooLarge:
        return TOO_LARGE
    except ClientDisconnected:
        return CUT_SHORT
