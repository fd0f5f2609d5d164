"""Webhook views for Django, 5.0 or later. Needs it; the client itself doesn't.

A delivery is verified, handed to your function, and answered with 200 when that returns. An exception of your function
is Django's to answer, with 500. Bodies over 1 MiB get 413, unreadable ones 400, others with no or a wrong token 401,
other methods than POST 405. The view needs no CSRF token: the delivery's own token takes its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, overload

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from heymarket.webhooks._verification import CUT_SHORT, MAX_BODY, TOO_LARGE, Intake, Refusal, is_async, name_after

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
    """Makes a view of a function that takes an event.

        @webhook_view(token=settings.HEYMARKET_WEBHOOK_TOKEN)
        def on_event(event: Event) -> None: ...

        urlpatterns = [path("heymarket", on_event)]

    An `async` function makes an asynchronous view.

    Args:
        token: The token of the webhook's configuration in the Heymarket app, or several.

    Raises:
        ConfigurationError: No usable token was given.
    """
    intake = Intake(token)
    del token
    intake.check()

    def decorate(handler: Callable[[Event], Any], /) -> Any:
        def view(request: HttpRequest) -> HttpResponse:
            outcome = _receive(request, intake)
            if isinstance(outcome, Refusal):
                return _refused(outcome)
            handler(outcome)
            return HttpResponse(status=200)

        async def async_view(request: HttpRequest) -> HttpResponse:
            outcome = _receive(request, intake)
            if isinstance(outcome, Refusal):
                return _refused(outcome)
            await handler(outcome)
            return HttpResponse(status=200)

        chosen: Callable[[HttpRequest], Any] = async_view if is_async(handler) else view
        name_after(handler, chosen)
        return csrf_exempt(require_POST(chosen))

    return decorate


def _receive(request: HttpRequest, intake: Intake) -> Event | Refusal:
    body = b""
    try:
        while chunk := request.read(MAX_BODY + 1 - len(body)):
            body += chunk
            if len(body) > MAX_BODY:
                return TOO_LARGE
    except UnreadablePostError:
        return CUT_SHORT
    return intake.take(body)


def _refused(refusal: Refusal) -> HttpResponse:
    return HttpResponse(refusal.reason, status=refusal.status, content_type="text/plain")
