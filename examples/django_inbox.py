"""An inbox for both directions, in one file of Django.

    pip install heymarket django
    export HEYMARKET_SECRET_ID=... HEYMARKET_SECRET_KEY=... HEYMARKET_WEBHOOK_TOKEN=... DJANGO_SECRET_KEY=...
    python django_inbox.py runserver

Set https://your-host/heymarket as a webhook in the Heymarket app, or try it with the lines that `heymarket emulator
--webhook http://127.0.0.1:8000/heymarket --webhook-token ...` prints. Put it behind a sign-in before others reach it.
"""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache

import django
from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_http_methods

from heymarket import Heymarket, HeymarketError
from heymarket.webhooks import Event, MessageEvent
from heymarket.webhooks.django import webhook_view

INBOX = int(os.environ.get("INBOX", "31"))
SENDER = int(os.environ.get("SENDER", "21"))

PAGE = """
    <form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="{}">
        <input name="phone" placeholder="Phone"> <input name="text" placeholder="Text"> <button>Send</button></form>
    {}
"""

if not settings.configured:
    settings.configure(
        SECRET_KEY=os.environ["DJANGO_SECRET_KEY"],
        ALLOWED_HOSTS=os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost").split(","),
        MIDDLEWARE=["django.middleware.security.SecurityMiddleware", "django.middleware.csrf.CsrfViewMiddleware"],
        ROOT_URLCONF=__name__,
    )
    django.setup()


@cache
def client() -> Heymarket:
    """The client of this process, made by the first request."""
    return Heymarket(timeout=10)


@contextmanager
def database() -> Iterator[sqlite3.Connection]:
    """The texts, both ways; the key of an event makes a repeat harmless."""
    with closing(sqlite3.connect(os.environ.get("DATABASE", "inbox.db"))) as db, db:
        db.execute("CREATE TABLE IF NOT EXISTS texts (key TEXT PRIMARY KEY, phone TEXT, text TEXT, is_ours INTEGER)")
        yield db


@webhook_view(token=os.environ["HEYMARKET_WEBHOOK_TOKEN"])
def receive(event: Event) -> None:
    """Take an event. What the team sends elsewhere, as in the app, comes as an event too."""
    if isinstance(event, MessageEvent):
        row = [event.dedup_key, event.message.target, event.message.text, not event.is_received]
        with database() as db:
            db.execute("INSERT OR IGNORE INTO texts VALUES (?, ?, ?, ?)", row)


@require_http_methods(["GET", "POST"])
def inbox(request: HttpRequest) -> HttpResponse:
    """The last texts, and a form to write one."""
    if request.method == "POST":
        phone, text = request.POST.get("phone", ""), request.POST.get("text", "")
        try:
            client().messages.send(inbox_id=INBOX, creator_id=SENDER, phone_number=phone, text=text)
        except HeymarketError as error:
            return HttpResponse(format_html("<p>Not sent: {}</p>", error), status=400)
        return redirect("inbox")
    with database() as db:
        rows = db.execute("SELECT phone, is_ours, text FROM texts ORDER BY rowid DESC LIMIT 50").fetchall()
    lines = format_html_join(
        "\n", "<p>{} {} {}</p>", ((phone, "<" if ours else ">", text) for phone, ours, text in rows)
    )
    return HttpResponse(format_html(PAGE, get_token(request), lines))


urlpatterns = [path("", inbox, name="inbox"), path("heymarket", receive)]
application = get_wsgi_application()

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
