"""Take Heymarket's webhooks with FastAPI. Usage: uvicorn webhooks_fastapi:app, with HEYMARKET_WEBHOOK_TOKEN set."""

import os
from typing import Annotated

from fastapi import BackgroundTasks, Depends, FastAPI

from heymarket.webhooks import Event, MessageEvent, OptEvent
from heymarket.webhooks.starlette import webhook_event

app = FastAPI()
verified = Depends(webhook_event(token=os.environ["HEYMARKET_WEBHOOK_TOKEN"]))


@app.post("/heymarket")
async def receive(event: Annotated[Event, verified], later: BackgroundTasks) -> None:
    """Handle the event after the response is sent."""
    later.add_task(handle, event)  # what must not get lost belongs in a queue on disk


def handle(event: Event) -> None:
    """Print what happened."""
    match event:
        case MessageEvent(is_received=True, message=message):
            print("message", message.id, "came in")
        case OptEvent(type="target_opt_out"):
            print("a contact opted out")
        case _:
            print("not handled:", event.type)
