"""Webhook deliveries: what goes out, when, how often, and what is wrong with it on request.

An operation queues its events in its own transaction (`State.emit`), so that they are undone with it and survive a
kill; `scheduler` sends them when they are due. How often and when the service delivers again is not documented: what
`RETRIES` says is assumed. Without a webhook, events are stored to be seen, and never sent.
"""

from __future__ import annotations

import json
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, TypedDict
from urllib.parse import urlsplit

from attrs import field, frozen

from heymarket.emulator.clock import format_timestamp
from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.state import to_public
from heymarket.emulator.webhooks.http import DeliveryCancelled, NoResponse, WebhookClient

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from heymarket.emulator.state import Record, State

__all__ = [
    "RETRIES",
    "TOKEN",
    "DeliveryFaultArguments",
    "DeliveryFaults",
    "DeliveryQueue",
    "Webhook",
    "WebhookDelivery",
]

RETRIES = (1.0, 10.0, 60.0, 600.0)
"""Seconds, by the service's clock, from an attempt that failed to the next; after the last one the delivery failed."""

TOKEN = "EmulatorWebhookTokenOfNoValue0000004"  # noqa: S105 - public, like all that is seeded
"""The token of a webhook that is given none."""

_WRONG_TOKEN = "EmulatorWebhookTokenThatIsWrong00005"  # noqa: S105 - not even right

_logger = logging.getLogger("heymarket.emulator")


@frozen
class Webhook:
    """Where events go.

    Attributes:
        url: An `http` or `https` URL.
        token: What every delivery carries, for the receiver to know it by.
        id: The id of the webhook's configuration, which every delivery carries too.
    """

    url: str
    token: str = field(default=TOKEN, repr=False)
    id: int = 91

    def __attrs_post_init__(self) -> None:
        if not _is_a_receiver(self.url):
            raise EmulatorError(
                "A webhook takes a URL like http://127.0.0.1:8000/webhook: http or https, ASCII, without a user name."
            )
        if not self.token or self.token != self.token.strip():
            raise EmulatorError("A webhook's token is a string that isn't empty and has no spaces around it.")


@frozen(kw_only=True)
class DeliveryFaults:
    """What goes wrong with the events of one change.

    Attributes:
        twice: They are delivered a second time, right after the first.
        late: Seconds by the service's clock until they are delivered.
        wrong_token: They carry another token than the webhook's.
        out_of_order: They are delivered after the next event that isn't one of them.
    """

    twice: bool = False
    late: float = 0.0
    wrong_token: bool = False
    out_of_order: bool = False

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.late <= 10**9:
            raise EmulatorError("An event is late by 0 seconds or more.")


class DeliveryFaultArguments(TypedDict, total=False):
    """`DeliveryFaults` as keyword arguments."""

    twice: bool
    late: float
    wrong_token: bool
    out_of_order: bool


@frozen(kw_only=True)
class WebhookDelivery:
    """An event on its way to the webhook, or one that got there.

    Attributes:
        id: Its number.
        type: Such as `message_sent`.
        state: `new` until it is done with, `held` until the next event, `delivered`, `failed`, or `unsent` because
            there was no webhook.
        due: When it is sent next, or was sent last, by the service's clock.
        attempts: How often it was sent.
        status: The status of the last attempt's response; `None` without one.
        error: Why there was no response.
        wrong_token: Whether it carries another token than the webhook's.
        repeats: The delivery that this one repeats.
        event_data: The message or conversation, or whatever else it is about.
    """

    id: int
    type: str
    state: Literal["new", "held", "delivered", "failed", "unsent"]
    due: str
    attempts: int
    status: int | None = None
    error: str | None = None
    wrong_token: bool = False
    repeats: int | None = None
    event_data: dict[str, Any] = field(repr=False)


class DeliveryQueue:
    """The deliveries of one emulator.

    Args:
        state: Where they are stored.
        webhook: Where they go, now and after each `reset`; `None` for nowhere.
    """

    def __init__(self, state: State, webhook: Webhook | None = None) -> None:
        self._state = state
        self._first_webhook = webhook
        self.client: WebhookClient = WebhookClient()
        self.webhook = webhook

    @property
    def webhook(self) -> Webhook | None:
        """Where they go. What waits goes to where it says when it is sent."""
        return self._webhook

    @webhook.setter
    def webhook(self, webhook: Webhook | None) -> None:
        self._webhook = webhook
        self._state.delivers = webhook is not None

    def reset(self) -> None:
        """Back to the first webhook; the deliveries themselves go with the state."""
        self.webhook = self._first_webhook
        self.client.cancel()

    def all(self) -> tuple[WebhookDelivery, ...]:
        """Those to come and those that were made, oldest first. About 1,000 of what is done with are kept."""
        return tuple(map(_delivery, self._state.deliveries.all()))

    @contextmanager
    def inject(self, faults: DeliveryFaults) -> Generator[None]:
        """A transaction whose events are delivered with faults."""
        with self._state.transaction():
            latest = self._state.deliveries.query("ORDER BY id DESC LIMIT 1")
            yield
            events = self._state.deliveries.query("WHERE id > ? ORDER BY id", (latest[0]["id"] if latest else 0,))
            for event in events:
                self._put_faulty(event, faults)
            if faults.twice:
                for event in events:
                    self._copy(event, faults)

    def repeat(self, id_: int, faults: DeliveryFaults) -> WebhookDelivery:
        """Deliver again, whatever the outcome before.

        Args:
            id_: Of the delivery.
            faults: What goes wrong this time.

        Raises:
            EmulatorError: There is no such delivery, or no webhook.
        """
        if self._webhook is None:
            raise EmulatorError("There is no webhook to deliver to. Name one first.")
        with self._state.transaction():
            original = self._state.deliveries.get(id_)
            if original is None:
                raise EmulatorError("There is no delivery with this id; the oldest ones are dropped.")
            repeated = self._copy(original, faults)
            if faults.twice:
                self._copy(original, faults)
        return _delivery(repeated)

    def send_example(self, event_type: str, data: Mapping[str, Any], faults: DeliveryFaults) -> WebhookDelivery:
        """Deliver an event that nothing has happened for.

        Args:
            event_type: Such as `message_sent`.
            data: What goes out as `event_data`.
            faults: What goes wrong with it.

        Raises:
            EmulatorError: There is no webhook.
        """
        if self._webhook is None:
            raise EmulatorError("There is no webhook to deliver to. Name one first.")
        with self.inject(faults):
            self._state.emit(event_type, data)
            sent = self._state.deliveries.query("ORDER BY id DESC LIMIT 1")[0]["id"]
        return _delivery(self._state.deliveries.get(sent) or {})

    def next_due(self, after: str) -> str | None:
        """When the next one is due.

        Args:
            after: Only those that are due later.
        """
        if self._webhook is None:
            return None
        found = self._state.deliveries.query("WHERE state = 'new' AND due > ? ORDER BY due LIMIT 1", (after,))
        return found[0]["due"] if found else None

    def due_now(self) -> int:
        """How many are due, and weren't sent yet."""
        return self._state.deliveries.count(state="new", before=("due", format_timestamp(self._state.clock.time())))

    def send_next(self) -> bool:
        """Send the one that has been due for longest, if there is one. Only one thread does that."""
        with self._state.lock():  # so that all of it is from before a reset, or from after it
            webhook, epoch, cancelled = self._webhook, self._state.epoch, self.client.cancelled
            now = format_timestamp(self._state.clock.time())
            due = self._state.deliveries.query("WHERE state = 'new' AND due <= ? ORDER BY due, id LIMIT 1", (now,))
        if webhook is None:
            return False
        if not due:
            return False
        event = due[0]
        status = error = None
        try:
            status = self.client.post(webhook.url, _body(event, webhook), cancelled)
        except NoResponse as why:
            error = str(why)
        except DeliveryCancelled:
            return True
        with self._state.transaction():
            # Another state may have come in the meantime, and the delivery have gone with the one before.
            if self._state.epoch == epoch:
                self._note(event, status, error)
        return True

    def _note(self, event: Record, status: int | None, error: str | None) -> None:
        """Store the outcome of an attempt."""
        attempts: int = event["attempts"] + 1
        now = self._state.clock.time()
        done: Record = {**event, "attempts": attempts, "status": status, "error": error}
        if status is not None and 200 <= status < 300:
            done["state"] = "delivered"
        elif attempts > len(RETRIES):
            done["state"] = "failed"
        else:
            done["due"] = format_timestamp(now + RETRIES[attempts - 1])
        self._state.deliveries.put(done)
        _logger.info("webhook %s: %s, %s", event["type"], done["state"], error or f"responded {status}")
        for held in self._state.deliveries.all(state="held"):
            if held["id"] < event["id"]:
                due = format_timestamp(now + float(held["_late"]))
                self._state.deliveries.put({**held, "state": "new", "due": due})

    def _put_faulty(self, event: Record, faults: DeliveryFaults) -> Record:
        odd = {**event, "wrong_token": faults.wrong_token}
        if odd["state"] != "unsent":
            odd["due"] = format_timestamp(self._state.clock.time() + faults.late)
            if faults.out_of_order:
                odd.update(state="held", _late=faults.late)
            self._state.changed()
        return self._state.deliveries.put(odd)

    def _copy(self, original: Record, faults: DeliveryFaults) -> Record:
        kept = {name: original[name] for name in ("type", "event_data")}
        state = "new" if self._webhook else "unsent"
        return self._put_faulty({**kept, "state": state, "due": "", "attempts": 0, "repeats": original["id"]}, faults)


def _delivery(record: Record) -> WebhookDelivery:
    return WebhookDelivery(**to_public(record))


def _body(event: Record, webhook: Webhook) -> bytes:
    token = _WRONG_TOKEN if event.get("wrong_token") else webhook.token
    body = {"type": event["type"], "id": webhook.id, "token": token, "event_data": event["event_data"]}
    return json.dumps(body).encode()


def _is_a_receiver(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    printable = url.isascii() and url.isprintable() and " " not in url
    somewhere = bool(parts.hostname) and port != 0 and "@" not in parts.netloc
    return printable and parts.scheme in {"http", "https"} and somewhere
