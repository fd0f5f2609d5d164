"""Take Heymarket's webhooks with Starlette. Usage: uvicorn webhooks_starlette:app, with HEYMARKET_WEBHOOK_TOKEN set."""

import os

from starlette.applications import Starlette
from starlette.routing import Route

from heymarket.webhooks import Event, MessageEvent
from heymarket.webhooks.starlette import webhook_endpoint


@webhook_endpoint(token=os.environ["HEYMARKET_WEBHOOK_TOKEN"])
async def receive(event: Event) -> None:
    """Print what came in."""
    if isinstance(event, MessageEvent) and event.is_received:
        print("message", event.message.id, "came in")


app = Starlette(routes=[Route("/heymarket", receive, methods=["POST"])])
