"""Take Heymarket's webhooks with Flask. Usage: flask --app webhooks_flask run, with HEYMARKET_WEBHOOK_TOKEN set."""

import os

from flask import Flask

from heymarket.webhooks import Event, MessageEvent
from heymarket.webhooks.flask import webhook_view

app = Flask(__name__)


@app.post("/heymarket")
@webhook_view(token=os.environ["HEYMARKET_WEBHOOK_TOKEN"])
def receive(event: Event) -> None:
    """Print what came in."""
    if isinstance(event, MessageEvent) and event.is_received:
        print("message", event.message.id, "came in")
