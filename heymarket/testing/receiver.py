"""A receiver of webhooks, for tests of what a program or the emulator delivers."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.server import BaseHTTPRequestHandler
from itertools import chain, repeat
from socketserver import ThreadingTCPServer
from types import TracebackType
from typing import Any, Self

from attrs import field, frozen

from heymarket import description
from heymarket._messages import Headers
from heymarket.emulator.webhooks.example_events import list_event_types, suggest_event_type
from heymarket.webhooks import Event, WebhookParseError, WebhookVerificationError, parse

__all__ = ["TOKEN", "ReceivedDelivery", "WebhookReceiver"]

TOKEN = "a-webhook-token-for-tests"  # noqa: S105 - no secret, for tests
"""The token of a receiver that is given none."""


@frozen(eq=False)
class ReceivedDelivery:
    """A delivery as it came in. Its repr shows neither the token nor the body.

    Attributes:
        body: The raw body.
        headers: By name, without regard to case.
        received: When it came, in seconds since the epoch.
        event: The event; `None` if the token was wrong or the body is no delivery.
        refusal: Why there is no event.
    """

    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    received: float
    event: Event | None
    refusal: str | None


class WebhookReceiver:
    """A server for webhooks that runs for the length of a `with` block.

        with WebhookReceiver() as receiver:
            emulator.set_webhook(receiver.url, receiver.token)
            emulator.reply("15555550100", "Hello!")
            event, = receiver.wait(of_type="message_recieved")

    It listens on loopback, on a free port, and keeps every delivery. It responds with 200 unless `respond_with` says
    otherwise, even to a delivery with a wrong token: `refused` lists those.

    Args:
        token: The token that deliveries must carry.
    """

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self._changed = threading.Condition()
        self._unread: list[tuple[bytes, Mapping[str, str], float]] = []
        self._read: list[ReceivedDelivery] = []
        self._statuses: Iterator[int] = iter(())

    def __enter__(self) -> Self:
        self._server = _DeliveryServer(("127.0.0.1", 0), partial(_RequestHandler, self._receive))
        # The interval is how long the end of the block waits at most.
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __repr__(self) -> str:
        return f"<WebhookReceiver, {self._summary()}>"

    @property
    def url(self) -> str:
        """Where it listens. After the block, connections are refused there."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/webhook"

    @property
    def deliveries(self) -> tuple[ReceivedDelivery, ...]:
        """All deliveries so far, oldest first."""
        with self._changed:
            while self._unread:
                self._read.append(self._parse(*self._unread.pop(0)))
            return tuple(self._read)

    @property
    def events(self) -> tuple[Event, ...]:
        """The events so far, oldest first: of deliveries with the right token."""
        return tuple(delivery.event for delivery in self.deliveries if delivery.event is not None)

    @property
    def refused(self) -> tuple[ReceivedDelivery, ...]:
        """The deliveries without an event: the token was missing or wrong, or the body unreadable."""
        return tuple(delivery for delivery in self.deliveries if delivery.event is None)

    def respond_with(self, status: int, times: int | None = None) -> None:
        """Respond with this status, once earlier ones are used up; then with 200 again.

        Args:
            status: Any number of three digits; the sender of a webhook takes any 2xx as delivered.
            times: For how many deliveries; for all from now on by default.
        """
        with self._changed:
            self._statuses = chain(self._statuses, repeat(status) if times is None else repeat(status, times))

    def behave(self) -> None:
        """Respond with 200 from now on."""
        with self._changed:
            self._statuses = iter(())

    def wait(self, count: int = 1, timeout: float = 5.0, *, of_type: str | None = None) -> tuple[Event, ...]:
        """Wait for events; those that came earlier count too.

        Args:
            count: How many, at least.
            timeout: Seconds to wait at most.
            of_type: Count only events of this type, such as `message_recieved`.

        Returns:
            All of them so far, oldest first.

        Raises:
            AssertionError: Fewer came in time. The message says what came instead.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._of_type(of_type)) >= count, timeout):
                known = list_event_types(description.load())
                what = f"{count} event{'' if count == 1 else 's'}{f' of type {of_type}' if of_type else ''}"
                hint = suggest_event_type(of_type, known) if of_type and of_type not in known else ""
                raise AssertionError(f"Expected {what} within {timeout:g} s, but received {self._summary()}.{hint}")
            return self._of_type(of_type)

    def _of_type(self, of_type: str | None) -> tuple[Event, ...]:
        return tuple(event for event in self.events if of_type in {None, event.type})

    def _summary(self) -> str:
        deliveries = self.deliveries
        types = Counter(delivery.event.type for delivery in deliveries if delivery.event)
        reasons = Counter(delivery.refusal for delivery in deliveries if delivery.refusal)
        parts = [f"{times} {type_}" for type_, times in types.items()]
        parts += [f"{times} refused ({reason})" for reason, times in reasons.items()]
        return ", ".join(parts) or "none"

    def _receive(self, body: bytes, headers: Mapping[str, str]) -> int:
        """Keep a delivery, and return the status to respond with."""
        with self._changed:
            self._unread.append((body, headers, time.time()))
            self._changed.notify_all()
            return next(self._statuses, 200)

    def _parse(self, body: bytes, headers: Mapping[str, str], received: float) -> ReceivedDelivery:
        event, refusal = None, None
        try:
            event = parse(body, token=self.token)
        except WebhookVerificationError:
            refusal = "its token is missing or wrong"
        except WebhookParseError:
            refusal = "its body is no delivery"
        return ReceivedDelivery(body, headers, received, event, refusal)


class _DeliveryServer(ThreadingTCPServer):
    """Not `http.server.HTTPServer`, which looks its own name up in the DNS."""

    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing on stderr when a sender goes away, or sends no HTTP."""


class _RequestHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5  # seconds for which a sender may be silent

    def __init__(self, receive: Callable[[bytes, Mapping[str, str]], int], *args: Any) -> None:
        self._receive = receive
        super().__init__(*args)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        if len(body) < length:
            raise ConnectionError("The sender went away.")
        headers = Headers((name.encode("latin-1"), value.encode("latin-1")) for name, value in self.headers.items())
        self.send_response(self._receive(body, headers))
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")  # or the thread would wait for more while the block ends
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that http.server gives it
        """Say nothing on stderr."""
