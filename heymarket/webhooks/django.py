"""Webhook views for Django, 5.0 or later, which isn't installed with heymarket.

A view verifies a delivery, calls your function with the event, and responds with 200 when it returns. If your function
raises, Django responds with 500. A missing or wrong token gets 401, an unreadable body 400, a body over 1 MiB 413, and
any method but POST 405. The view is exempt from CSRF checks: the token of the delivery takes their place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, overload

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from heymarket.webhooks._verification import CUT_SHORT, MAX_BODY, Verdict, Verifier, copy_name, is_async

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterable

    from heymarket.webhooks._events import Event

__all__ = ["webhook_view"]


class _Decorator(Protocol):
    @overload
    def __call__(
        self, handler: Callable[[Event], Awaitable[None]], /
    ) -> Callable[[HttpRequest], Coroutine[Any, Any, HttpResponse]]: ...
    @overload
    def __call__(self, handler: Callable[[Event], None], /) -> Callable[[HttpRequest], HttpResponse]: ...


def webhook_view(*, token: str | Iterable[str]) -> _Decorator:
    """Turn a function that takes an event into a view; an `async` function into an asynchronous one.

        @webhook_view(token=settings.HEYMARKET_WEBHOOK_TOKEN)
        def on_event(event: Event) -> None: ...

        urlpatterns = [path("heymarket", on_event)]

    Args:
        token: The token of the webhook's configuration in the Heymarket app, or several.

    Raises:
        ConfigurationError: There is no usable token.
    """
    verifier = Verifier(token)
    del token
    verifier.check()

    def decorate(handler: Callable[[Event], Any], /) -> Any:
        def view(request: HttpRequest) -> HttpResponse:
            verdict = _verify_request(request, verifier)
            if verdict.event is not None:
                handler(verdict.event)
            return _respond(verdict)

        async def async_view(request: HttpRequest) -> HttpResponse:
            verdict = _verify_request(request, verifier)
            if verdict.event is not None:
                await handler(verdict.event)
            return _respond(verdict)

        chosen: Callable[[HttpRequest], Any] = async_view if is_async(handler) else view
        copy_name(handler, chosen)
        return csrf_exempt(require_POST(chosen))

    return decorate


def _verify_request(request: HttpRequest, verifier: Verifier) -> Verdict:
    body = b""
    try:
        while chunk := request.read(MAX_BODY + 1 - len(body)):
            body += chunk
    except UnreadablePostError:
        return CUT_SHORT
    return verifier.verify(body)


def _respond(verdict: Verdict) -> HttpResponse:
    return HttpResponse(verdict.reason, status=verdict.status, content_type="text/plain")
