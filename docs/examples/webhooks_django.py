"""Take Heymarket's webhooks with Django: the `urls.py` of a project whose settings hold HEYMARKET_WEBHOOK_TOKEN."""

from django.conf import settings
from django.urls import path

from heymarket.webhooks import Event, MessageEvent
from heymarket.webhooks.django import webhook_view


@webhook_view(token=settings.HEYMARKET_WEBHOOK_TOKEN)
def receive(event: Event) -> None:
    """Print what came in."""
    if isinstance(event, MessageEvent) and event.is_received:
        print("message", event.message.id, "came in")


urlpatterns = [path("heymarket", receive)]
