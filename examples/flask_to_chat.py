"""Posts each text that comes in into the team's chat, by an incoming webhook as Slack, Mattermost and others have them.

    pip install "heymarket" flask
    export HEYMARKET_WEBHOOK_TOKEN=... CHAT_WEBHOOK=https://chat.example/hooks/...
    flask --app flask_to_chat run

Set https://your-host/heymarket as a webhook in the Heymarket app, or try it: heymarket emulator --webhook
http://127.0.0.1:5000/heymarket --webhook-token ..., and write as a contact on the emulator's page.
"""

import os
import sqlite3
from contextlib import closing

import httpx
from flask import Flask

from heymarket.webhooks import Event, MessageEvent
from heymarket.webhooks.flask import webhook_view

app = Flask(__name__)


def post(text: str) -> None:
    """Post a line into the chat."""
    httpx.post(os.environ["CHAT_WEBHOOK"], json={"text": text}, timeout=5).raise_for_status()


@app.post("/heymarket")
@webhook_view(token=os.environ["HEYMARKET_WEBHOOK_TOKEN"])
def receive(event: Event) -> None:
    """Take an event, which may come twice. If the chat can't be reached, the response is 500."""
    if not isinstance(event, MessageEvent) or not event.is_received:
        return
    # Committed at the end of the block; rolled back if the post fails, so that the event is taken when it comes again.
    with closing(sqlite3.connect(os.environ.get("DATABASE", "seen.db"))) as db, db:
        db.execute("CREATE TABLE IF NOT EXISTS seen (dedup_key TEXT PRIMARY KEY)")
        if db.execute("INSERT OR IGNORE INTO seen VALUES (?)", [event.dedup_key]).rowcount:
            # What a stranger wrote is quoted, so that it can't mention or link in the chat.
            text = str(event.message.text or "").replace("&", "&amp;").replace("<", "&lt;")
            post(f"A text to {event.message.phone} came in:\n> {text}")
