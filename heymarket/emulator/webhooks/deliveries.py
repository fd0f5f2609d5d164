"""Webhook deliveries: what goes out, when, how often, and what is wrong with it on request.

An operation queues its events in its own transaction (`State.emit`), one for each webhook, so that they are undone with
it and survive a kill; `scheduler` sends them when they are due. How often and when the service delivers again is not
documented: what `RETRIES` says is assumed. Without a webhook, events are stored to be seen, and never sent.
"""

from __future__ import annotations

import json
import logging
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from attrs import asdict

from heymarket.emulator.clock import format_timestamp
from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.journal.journal import redact, redact_headers, redact_query
from heymarket.emulator.state import to_public
from heymarket.emulator.webhooks.http import DeliveryCancelled, NoResponse, WebhookClient
from heymarket.emulator.webhooks.records import (
    DeliveryAttempt,
    DeliveryFaults,
    Webhook,
    WebhookDelivery,
    find_free_id,
    list_webhooks,
)

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping

    from heymarket.emulator.state import Record, State
    from heymarket.emulator.webhooks.http import WebhookResponse

__all__ = ["RETRIES", "DeliveryQueue"]

RETRIES = (1.0, 10.0, 60.0, 600.0)
"""Seconds, by the service's clock, from an attempt that failed to the next; after the last one the delivery failed."""

_WRONG_TOKEN = "EmulatorWebhookTokenThatIsWrong00005"  # noqa: S105 - not even right

_logger = logging.getLogger("heymarket.emulator")


class DeliveryQueue:
    """The deliveries of one emulator.

    Args:
        state: Where they are stored.
        webhooks: Where they go, now and after each `reset`.
    """

    def __init__(self, state: State, webhooks: Webhook | str | Iterable[Webhook | str] | None = None) -> None:
        self._state = state
        self._first_webhooks = list_webhooks(webhooks)
        self._webhooks: dict[int, Webhook] = {}
        self._clients: dict[int, WebhookClient] = {}
        self.webhooks = self._first_webhooks

    @property
    def webhooks(self) -> tuple[Webhook, ...]:
        """Where they go. What waits goes to where its webhook's URL says when it is sent."""
        return tuple(self._webhooks.values())

    @webhooks.setter
    def webhooks(self, webhooks: Iterable[Webhook]) -> None:
        with self._state.lock():
            before, self._webhooks = self._webhooks, {one.id: one for one in list_webhooks(webhooks)}
            for id_, webhook in before.items():
                if self._webhooks.get(id_) != webhook:  # a receiver that hangs doesn't hold up the next one
                    self._clients[id_].cancel()
            for id_ in self._webhooks:
                self._clients.setdefault(id_, WebhookClient())
            self._state.receivers = tuple(self._webhooks)

    def add(self, url: str, token: str) -> Webhook:
        """Another webhook, which gets all events from now on.

        Args:
            url: Where to.
            token: What its deliveries carry.

        Raises:
            EmulatorError: The URL is none, or the token is empty.
        """
        with self._state.lock():
            webhook = Webhook(url, token, find_free_id(self.webhooks))
            self.webhooks = (*self.webhooks, webhook)
        return webhook

    def remove(self, webhook_id: int) -> None:
        """Deliver to a webhook no more.

        Args:
            webhook_id: Its id.

        Raises:
            EmulatorError: There is none with this id.
        """
        with self._state.lock():
            if webhook_id not in self._webhooks:
                raise EmulatorError("There is no webhook with this id.")
            self.webhooks = tuple(one for one in self.webhooks if one.id != webhook_id)
            for state in ("new", "held"):  # the next one may get its id, but not what waited for it
                for waiting in self._state.deliveries.all(state=state, webhook=webhook_id):
                    self._state.deliveries.put({**waiting, "state": "unsent"})

    def reset(self) -> None:
        """Back to the first webhooks; the deliveries themselves go with the state."""
        for client in self._clients.values():
            client.cancel()
        self.webhooks = self._first_webhooks

    def close(self) -> None:
        """Give up the calls that are being made, and make no more."""
        with self._state.lock():
            for client in self._clients.values():
                client.close()

    def get_client(self, webhook_id: int) -> WebhookClient:
        """What calls a webhook.

        Args:
            webhook_id: Its id.
        """
        return self._clients[webhook_id]

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
        """Deliver again, whatever the outcome before: to the same webhook, or to the first one if that is gone.

        Args:
            id_: Of the delivery.
            faults: What goes wrong this time.

        Raises:
            EmulatorError: There is no such delivery, or no webhook.
        """
        self._need_a_webhook()
        with self._state.transaction():
            original = self._state.deliveries.get(id_) if 0 < id_ < 2**63 else None
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

        Returns:
            The delivery to the first webhook.

        Raises:
            EmulatorError: There is no webhook.
        """
        self._need_a_webhook()
        with self.inject(faults):
            self._state.emit(event_type, data)
            last = self._state.deliveries.query("ORDER BY id DESC LIMIT ?", (len(self._webhooks),))
        return _delivery(self._state.deliveries.get(last[-1]["id"]) or {})

    def next_due(self, after: str, webhook_id: int | None = None) -> str | None:
        """When the next one is due.

        Args:
            after: Only those that are due later.
            webhook_id: Only those to this webhook.
        """
        asked = self._webhooks if webhook_id is None else self._webhooks.keys() & {webhook_id}
        found = self._state.deliveries.query(
            "WHERE state = 'new' AND due > ? AND webhook IN (SELECT value FROM json_each(?)) ORDER BY due LIMIT 1",
            (after, json.dumps([*asked])),
        )
        return found[0]["due"] if found else None

    def due_now(self) -> int:
        """How many are due, and weren't sent yet."""
        now = format_timestamp(self._state.clock.time())
        return self._state.deliveries.count(state="new", webhook=[*self._webhooks], before=("due", now))

    def send_next(self, webhook_id: int) -> bool:
        """Send the one to a webhook that has been due for longest, if there is one. One thread for each does that.

        Args:
            webhook_id: The webhook.
        """
        with self._state.lock():  # so that all of it is from before a reset, or from after it
            webhook, client, epoch = self._webhooks.get(webhook_id), self._clients[webhook_id], self._state.epoch
            cancelled = client.cancelled
            now = format_timestamp(self._state.clock.time())
            due = self._state.deliveries.query(
                "WHERE webhook = ? AND state = 'new' AND due <= ? ORDER BY due, id LIMIT 1", (webhook_id, now)
            )
        if webhook is None or not due:
            return False
        event = due[0]
        response = error = None
        started = time.perf_counter()
        try:
            response = client.post(webhook.url, _body(event, webhook), cancelled)
        except NoResponse as why:
            error = str(why)
        except DeliveryCancelled:
            return True
        duration = round((time.perf_counter() - started) * 1000, 3)
        with self._state.transaction():
            # Another state may have come in the meantime, and the delivery have gone with the one before.
            if self._state.epoch == epoch:
                self._note(event, _attempt(now, webhook, response, error, duration))
        return True

    def _note(self, event: Record, attempt: DeliveryAttempt) -> None:
        """Store the outcome of an attempt."""
        attempts: int = event["attempts"] + 1
        now, status = self._state.clock.time(), attempt.status
        done: Record = {**event, "attempts": attempts, "status": status, "error": attempt.error}
        done["history"] = [*event.get("history", ()), asdict(attempt)]
        if status is not None and 200 <= status < 300:
            done["state"] = "delivered"
        elif attempts > len(RETRIES):
            done["state"] = "failed"
        else:
            done["due"] = format_timestamp(now + RETRIES[attempts - 1])
        self._state.deliveries.put(done)
        _logger.info("webhook %s: %s, %s", event["type"], done["state"], attempt.error or f"responded {status}")
        for held in self._state.deliveries.all(state="held", webhook=event["webhook"]):
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
        copy: Record = {name: original[name] for name in ("type", "event_data")}
        copy |= {"state": "unsent", "due": "", "attempts": 0, "repeats": original["id"], "webhook": None}
        if self._webhooks:
            known = original["webhook"] in self._webhooks
            copy |= {"state": "new", "webhook": original["webhook"] if known else next(iter(self._webhooks))}
        return self._put_faulty(copy, faults)

    def _need_a_webhook(self) -> None:
        if not self._webhooks:
            raise EmulatorError("There is no webhook to deliver to. Name one first.")


def _body(event: Record, webhook: Webhook) -> bytes:
    token = _WRONG_TOKEN if event.get("wrong_token") else webhook.token
    body = {"type": event["type"], "id": webhook.id, "token": token, "event_data": event["event_data"]}
    return json.dumps(body).encode()


def _delivery(record: Record) -> WebhookDelivery:
    shown = to_public(record)
    shown["history"] = tuple(DeliveryAttempt(**one) for one in record.get("history", ()))
    return WebhookDelivery(**shown)


def _attempt(
    now: str, webhook: Webhook, response: WebhookResponse | None, error: str | None, duration: float
) -> DeliveryAttempt:
    parts = urlsplit(webhook.url)
    query = urlencode(redact_query(dict(parse_qsl(parts.query, keep_blank_values=True))), safe="[]")
    return DeliveryAttempt(
        time=now,
        url=redact(urlunsplit(parts._replace(query=query))),
        status=response.status if response else None,
        error=error,
        duration=duration,
        response_headers=redact_headers(response.headers) if response else {},
        response_body=redact(response.body.decode("utf-8", "replace")) if response else "",
    )
