"""`heymarket webhooks listen`: a receiver of webhooks that prints them, and can forward them."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import TYPE_CHECKING, Annotated, Any, cast

from cyclopts import Parameter

from heymarket.cli.escaping import escape
from heymarket.cli.options import Json
from heymarket.cli.output import is_for_people
from heymarket.errors import ConfigurationError
from heymarket.webhooks import WebhookParseError, WebhookVerificationError, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from heymarket.webhooks import Event

    Respond = Callable[[bytes, str], int]

__all__ = ["listen"]

_TOKEN = "HEYMARKET_WEBHOOK_TOKEN"  # noqa: S105 - the name of the setting
_MAX_BODY = 1024 * 1024


def listen(
    *,
    host: Annotated[str, Parameter(help="Address to listen on. Default: 127.0.0.1, this machine only.")] = "127.0.0.1",
    port: Annotated[int, Parameter(help="Port to listen on; 0 for a free one. Default: 8020.")] = 8020,
    forward_to: Annotated[
        str | None, Parameter(metavar="URL", help="Where to send each delivery on; its status is the response.")
    ] = None,
    json: Json = False,
) -> None:
    """Receive webhooks and print them, until Ctrl-C.

    The token of the webhook's configuration comes from the environment: HEYMARKET_WEBHOOK_TOKEN. A delivery with
    another token is refused with 401. Without a token, every delivery is taken, and nothing tells a forged one.

    Without a terminal, it writes the deliveries as JSON lines, without their token.
    """
    token = os.environ.get(_TOKEN)
    if token == "":
        raise ConfigurationError(f"{_TOKEN} is empty. Set it to the token of the webhook's configuration, or unset it.")
    people = is_for_people(as_json=json)
    printing = threading.Lock()

    def respond(body: bytes, content_type: str) -> int:
        delivery, status = _verify(body, token)
        if delivery is not None and forward_to:
            status = _forward(forward_to, body, content_type)
        with printing:
            _print_delivery(delivery, status, people=people, forwarded=bool(forward_to))
        return status

    try:
        server = _Server((host, port), partial(_RequestHandler, respond))
    except OSError as error:
        raise ConfigurationError(
            f"Can't listen on {host}, port {port}: {error.strerror}. Choose another --port."
        ) from None
    with server, suppress(KeyboardInterrupt):
        url = f"http://{host}:{server.server_address[1]}/"
        checked = "" if token else f" Tokens are not checked: {_TOKEN} is not set."
        print(f"Listening at {url}. Ctrl-C stops it.{checked}", file=sys.stderr, flush=True)
        server.serve_forever()


def _verify(body: bytes, token: str | None) -> tuple[dict[str, Any] | None, int]:
    """The delivery without its token, unless it is refused, and the status to respond with."""
    try:
        if token is not None:
            event: Event = parse(body, token=token)
            del event
        delivery = json.loads(body)
    except WebhookVerificationError:
        return None, 401
    except (WebhookParseError, ValueError, RecursionError):
        return None, 400
    if not isinstance(delivery, dict):
        return None, 400
    fields = cast("dict[str, Any]", delivery)
    return {name: value for name, value in fields.items() if name != "token"}, 200


def _forward(url: str, body: bytes, content_type: str) -> int:
    import httpx

    try:
        return httpx.post(url, content=body, headers={"Content-Type": content_type}, timeout=30).status_code
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        print(f"The delivery can't be forwarded ({type(error).__name__}).", file=sys.stderr)
        return 502


def _print_delivery(delivery: dict[str, Any] | None, status: int, *, people: bool, forwarded: bool) -> None:
    if delivery is None:
        reason = "its token is missing or wrong" if status == 401 else "its body is no delivery"
        print(f"Refused a delivery with {status}: {reason}.", file=sys.stderr)
        return
    if not people:
        print(escape(json.dumps(delivery)), flush=True)
        return
    from heymarket.cli import tables

    kind = str(delivery.get("type") or delivery.get("event") or "a delivery")
    print(escape(f"{time.strftime('%H:%M:%S')}  {kind}  {'forwarded, ' * forwarded}{status}"))
    data = delivery.get("event_data")
    if isinstance(data, dict):
        fields = cast("dict[str, Any]", data)
        tables.print_record({n: v for n, v in fields.items() if v and not isinstance(v, dict | list)})
    print(flush=True)


class _Server(ThreadingTCPServer):
    """Not `http.server.HTTPServer`, which looks its own name up in the DNS."""

    allow_reuse_address = os.name == "posix"  # elsewhere, it would let two programs share a port
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing on stderr when a sender goes away, or sends no HTTP."""


class _RequestHandler(BaseHTTPRequestHandler):
    timeout = 30  # seconds for which a sender may be silent

    def __init__(self, respond: Respond, *args: Any) -> None:
        self._respond = respond
        super().__init__(*args)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        if length > _MAX_BODY:
            self.send_error(413)
            return
        body = self.rfile.read(length)
        self.send_response(self._respond(body, self.headers.get("Content-Type", "application/json")))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that http.server gives it
        """Say nothing on stderr."""
