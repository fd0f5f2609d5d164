"""Control of an emulator, written once for Python, the admin API and the page."""

from __future__ import annotations

import os
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NotRequired, TypeAlias, TypedDict, Unpack

from attrs import define, frozen

from heymarket import description as bundled
from heymarket.emulator.api.auth import EmulatorSecret
from heymarket.emulator.api.openapi import allow_absence
from heymarket.emulator.api.rate_limit import RateLimit
from heymarket.emulator.api.security import find_keys
from heymarket.emulator.api.service_profile import ServiceProfile
from heymarket.emulator.clock import EmulatorClock, format_timestamp, to_seconds
from heymarket.emulator.domain import automations, messaging, team_settings
from heymarket.emulator.domain.survey_answers import SurveyAnswer, list_answers
from heymarket.emulator.domain.team_settings import TeamSettings
from heymarket.emulator.errors import EmulatorError, check_id
from heymarket.emulator.faults.rules import Fault, FaultRules, unknown_operation
from heymarket.emulator.journal.journal import Journal
from heymarket.emulator.journal.verify import verify
from heymarket.emulator.operations import OPTIONAL
from heymarket.emulator.scheduler import Scheduler
from heymarket.emulator.seeds.built_in import DEFAULT, DENIED, EXAMPLES, LEGACY, ExampleContact
from heymarket.emulator.seeds.format import parse_seed, validate_seed
from heymarket.emulator.seeds.loader import load_seed
from heymarket.emulator.state import Record, State
from heymarket.emulator.state.snapshots import Snapshots
from heymarket.emulator.webhooks.deliveries import DeliveryQueue
from heymarket.emulator.webhooks.example_events import build_event_data
from heymarket.emulator.webhooks.records import TOKEN, DeliveryFaultArguments, DeliveryFaults, Webhook, WebhookDelivery

Seed: TypeAlias = str | os.PathLike[str] | Mapping[str, Any]

__all__ = ["TRUST", "Address", "ClientSettings", "Control", "Parts", "not_running"]

TRUST = ("SSL_CERT_FILE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
"""Environment variables for the CA file: of OpenSSL (httpx, urllib, PHP, Ruby), of curl and requests, of Node."""


class ClientSettings(TypedDict):
    """What a client needs to talk to the emulator."""

    base_url: str
    secret_id: str
    secret_key: str
    keys: NotRequired[dict[str, str]]


@define
class Address:
    """Where an emulator listens, and what a client has to trust there; nothing while it doesn't."""

    base_url: str | None = None
    ca_file: Path | None = None


@frozen(kw_only=True)
class Parts:
    """The components of an emulator."""

    scheduler: Scheduler
    clock: EmulatorClock
    credentials: tuple[str, ...]
    deliveries: DeliveryQueue
    description: Mapping[str, Any]
    faults: FaultRules
    journal: Journal
    limit: RateLimit
    operations: frozenset[str]
    profile: ServiceProfile | None
    snapshots: Snapshots
    state: State
    strict: bool


class Control(ABC):
    """Control of one team of an emulator: its state, clock, faults, limit, webhook and journal.

    Attributes:
        name: The team's name; `default` is always there.
        address: Where the emulator listens.
        secret_id: ID of the API Secret that may do everything.
        secret_key: Its key. Public, like all that is seeded.
        api_key: The legacy team key.
        denied: An API Secret that signs in, and whose calls are refused with 403.
        examples: The contacts of the built-in seed by name, each with its id and what is special about it.
    """

    name: str = "default"
    address: Address
    secret_id: str = DEFAULT.secret_id
    secret_key: str = DEFAULT.secret_key
    api_key: str = LEGACY.key
    denied: EmulatorSecret = DENIED
    examples: Mapping[str, ExampleContact] = EXAMPLES

    @property
    @abstractmethod
    def parts(self) -> Parts:
        """Its components.

        Raises:
            EmulatorError: It isn't running.
        """

    @property
    def base_url(self) -> str:
        """Where it listens, such as `http://127.0.0.1:49152`; with `tls`, https."""
        if self.address.base_url is None:
            raise not_running()
        return self.address.base_url

    @property
    def ca_file(self) -> Path | None:
        """The certificate (PEM) that a client has to trust; `None` without `tls`. Gone at the end."""
        return self.address.ca_file

    @property
    def proxy(self) -> str:
        """What `HTTPS_PROXY` and `HTTP_PROXY` of a program are set to that can't be told another base URL."""
        return self.base_url.replace("https:", "http:", 1)

    @property
    def settings(self) -> ClientSettings:
        """For a client made in Python: `Heymarket(**emulator.settings)`."""
        settings: ClientSettings = {
            "base_url": self.base_url, "secret_id": self.secret_id, "secret_key": self.secret_key,
        }  # fmt: skip
        if keys := find_keys(self.description):
            settings["keys"] = keys
        return settings

    @property
    def environment(self) -> dict[str, str]:
        """For any other program: `HEYMARKET_BASE_URL`, `HEYMARKET_SECRET_ID`, `HEYMARKET_SECRET_KEY`, other keys.

        `HEYMARKET_TEAM_KEY` is for programs that sign in with it. The client doesn't read that one, because there are
        credentials already. With `tls`, there are the variables by which OpenSSL, curl and Node know the CA file.
        """
        settings: dict[str, Any] = {**self.settings}
        keys = {re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name): key for name, key in settings.pop("keys", {}).items()}
        named = {f"HEYMARKET_{name.upper()}": str(value) for name, value in (settings | keys).items()}
        trusted = dict.fromkeys(TRUST, str(self.ca_file)) if self.ca_file else {}
        return {**named, "HEYMARKET_TEAM_KEY": self.api_key, **trusted}

    @property
    def teams(self) -> Mapping[str, Control]:
        """The other teams by name; a team but the default one knows of none."""
        return MappingProxyType({})

    @property
    def scheduler(self) -> Scheduler:
        """Sends schedules and deliveries when they are due by the service's clock."""
        return self.parts.scheduler

    @property
    def clock(self) -> EmulatorClock:
        """The service's time, which can be frozen and moved; `advance` does what is due, too."""
        return self.parts.clock

    @property
    def credentials(self) -> tuple[str, ...]:
        """The names of all credentials, as journal, faults and limit have them."""
        return self.parts.credentials

    @property
    def deliveries(self) -> tuple[WebhookDelivery, ...]:
        """The deliveries to come and those that were made, oldest first; of those done with, about the latest 1,000."""
        return self.parts.deliveries.all()

    @property
    def description(self) -> Mapping[str, Any]:
        """The OpenAPI document that it serves."""
        return self.parts.description

    @property
    def openapi(self) -> Mapping[str, Any]:
        """The same with all that it enforces and lets pass, for generators and tools; one of the caller's as it is."""
        if self.description is not bundled.load():
            return self.description
        whole = bundled.load("openapi.json")
        return whole if self.parts.strict else allow_absence(whole, bundled.operations(whole), OPTIONAL)

    @property
    def faults(self) -> FaultRules:
        """Which calls go wrong, and how."""
        return self.parts.faults

    @property
    def journal(self) -> Journal:
        """The latest calls and their responses, oldest first."""
        return self.parts.journal

    @property
    def limit(self) -> RateLimit:
        """How many requests each credential may make."""
        return self.parts.limit

    @property
    def operations(self) -> frozenset[str]:
        """The names of all operations."""
        return self.parts.operations

    @property
    def snapshots(self) -> Snapshots:
        """Snapshots of the state, by number."""
        return self.parts.snapshots

    @property
    def state(self) -> State:
        """The state."""
        return self.parts.state

    @property
    def survey_answers(self) -> tuple[SurveyAnswer, ...]:
        """What came of the surveys that were sent, oldest first."""
        return list_answers(self.state)

    @property
    def team_settings(self) -> TeamSettings:
        """The settings of the team."""
        return team_settings.get_settings(self.state)

    @property
    def webhook(self) -> Webhook | None:
        """The first of `webhooks`."""
        return next(iter(self.webhooks), None)

    @property
    def webhooks(self) -> tuple[Webhook, ...]:
        """Where events are delivered: each one to each of them."""
        return self.parts.deliveries.webhooks

    def add_team(self, name: str, seed: Seed | None = None) -> Control:  # noqa: ARG002 - of the default team
        """Add another team.

        Args:
            name: Its name: small letters, digits and dashes. Its credentials are made from it.
            seed: What it holds at first: a YAML or JSON file, or its content; as the default team by default.

        Returns:
            Control of it, as `teams[name]` is.

        Raises:
            EmulatorError: There is one with this name, it can't be a name, there are 10,000 already, or the seed
                doesn't fit.
        """
        raise EmulatorError(f"Only the default team can add others, such as {name!r}.")

    def add_webhook(self, url: str, token: str = TOKEN) -> Webhook:
        """Deliver events to one more receiver from now on, until the next reset. It has no part in others' deliveries.

        Args:
            url: Where to, `http` or `https`.
            token: What its deliveries carry.

        Returns:
            The webhook, with its id.

        Raises:
            EmulatorError: The URL is none, or the token is empty.
        """
        return self.parts.deliveries.add(url, token)

    def advance(self, seconds: float | timedelta, timeout: float = 10.0) -> None:
        """Move the service's time forward and do what is due: send schedules, attempt deliveries.

        Each at its own time: the clock stops at it on the way.

        Args:
            seconds: By how much, also as a `timedelta`; 0 or more.
            timeout: Seconds to wait at most, in real time, for what is due at one time.

        Raises:
            EmulatorError: The time would run backwards, or what is due takes longer; the clock is moved then, too.
        """
        if isinstance(seconds, timedelta):
            seconds = seconds.total_seconds()
        end = format_timestamp(self.clock.after(seconds))
        left, stop = seconds, format_timestamp(self.clock.time())
        try:
            self.settle(timeout)
            while (stop := self.scheduler.next_due(stop) or end) < end:
                step = min(max(to_seconds(stop) - self.clock.time(), 0.0), left)
                self.clock.advance(step)
                left -= step
                self.settle(timeout)
        finally:
            self.clock.advance(left)
        self.settle(timeout)

    def automate(
        self,
        conversation_id: int,
        *,
        text: str = "",
        assign: int | None = None,
        close: bool = False,
        author: str = "Automation",
    ) -> Record:
        """Act on a conversation, as an automation or an AI agent does: send, then assign, then close.

        Args:
            conversation_id: The conversation.
            text: What to send.
            assign: Whom to assign it to: a user, or an AI agent, whose id is that of no user; 0 for nobody.
            close: Whether to close it.
            author: Who sends, as the inbox shows it.

        Returns:
            The conversation, as the API returns it.

        Raises:
            EmulatorError: There is no such conversation, there is nothing to do, or the contact may not be texted.
        """
        check_id(conversation_id, "a conversation")
        check_id(assign or 0, "a user")
        return automations.automate(self.state, conversation_id, text=text, assign=assign, close=close, author=author)

    def change_team_settings(self, **changes: Any) -> TeamSettings:
        """Change some settings of the team, until the next reset.

            emulator.change_team_settings(carriers=[CarrierRule("undelivered", phone="15555550100", after=30)])

        Args:
            changes: Their values; see `TeamSettings`.

        Returns:
            All of them.

        Raises:
            EmulatorError: There is no such setting, or it can't have that value; all stays as it is.
        """
        return team_settings.change_settings(self.state, changes)

    def fail_next(self, status: int, times: int = 1) -> None:
        """Refuse the next calls of any credential with an error, and do nothing else.

        The short form of `faults.add(Fault("status", status=status, count=times))`.

        Args:
            status: The HTTP status, 400 to 599.
            times: How many calls fail.
        """
        self.faults.add(Fault("status", status=status, count=times))

    def replace_state(self, document: Mapping[str, Any] | str | bytes) -> None:
        """Replace all records by those of a seed, until the next reset.

        Args:
            document: As in a seed file, or as `state.document()` gives it; YAML and JSON as strings, too.

        Raises:
            EmulatorError: It doesn't fit; all stays as it is.
        """

        seed = parse_seed(document) if isinstance(document, str | bytes) else validate_seed(document)
        self.state.replace(partial(load_seed, document=seed))

    def reply(
        self,
        phone: str,
        text: str,
        *,
        inbox_id: int | None = None,
        media_url: str | None = None,
        **faults: Unpack[DeliveryFaultArguments],
    ) -> Record:
        """A contact writes in: the message is stored, and the events of it are delivered to the webhook.

        Returns before they are; see `settle`.

        Args:
            phone: The contact's number, in any notation that the client takes; it need not be known yet.
            text: What it writes.
            inbox_id: To which inbox; by default to the one that it was last in contact with, else to the first.
            media_url: URL of what it sends along.
            faults: What goes wrong with the deliveries: `twice=True`, `late=60` (seconds by the service's
                clock), `wrong_token=True`, `out_of_order=True` (after the next event).

        Returns:
            The message, as the API returns it.

        Raises:
            EmulatorError: The phone is no number, there is no such inbox, or nothing was written.
        """
        if inbox_id is not None:
            check_id(inbox_id, "an inbox")
        with self.parts.deliveries.inject(DeliveryFaults(**faults)):
            return messaging.receive(self.state, phone, text, inbox_id=inbox_id, media_url=media_url)

    def remove_webhook(self, webhook_id: int) -> None:
        """Deliver to a webhook no more.

        Args:
            webhook_id: The id of one of `webhooks`.

        Raises:
            EmulatorError: There is none with this id.
        """
        check_id(webhook_id, "a webhook")
        self.parts.deliveries.remove(webhook_id)

    def repeat_delivery(
        self,
        delivery_id: int,
        **faults: Unpack[DeliveryFaultArguments],
    ) -> WebhookDelivery:
        """Deliver an event again.

        Args:
            delivery_id: The id of one of `deliveries`.
            faults: As for `reply`.

        Raises:
            EmulatorError: There is no such delivery, or no webhook.
        """
        check_id(delivery_id, "a delivery")
        return self.parts.deliveries.repeat(delivery_id, DeliveryFaults(**faults))

    def reset(self) -> None:
        """Back to a fresh start: seeded state, empty journal, nothing counted, no faults. Snapshots are kept."""
        parts = self.parts
        parts.faults.clear()
        parts.journal.clear()
        parts.limit.reset()
        # At once: what was due before isn't sent any more, and nothing is due by the wrong clock.
        with parts.state.lock():
            parts.deliveries.reset()
            parts.clock.reset()
            parts.state.reset()

    def restore(self, snapshot: int) -> None:
        """Restore the state as it was; faults, limits and the clock stay.

        Args:
            snapshot: What `snapshot` gave.

        Raises:
            EmulatorError: There is no such snapshot.
        """
        self.snapshots.restore(snapshot)

    def send_test_event(self, event_type: str, **faults: Unpack[DeliveryFaultArguments]) -> WebhookDelivery:
        """Deliver an event that nothing has happened for, with the description's example as its data.

        Args:
            event_type: Such as `target_opt_out`, or `incoming_call`, which never happens here by itself.
            faults: As for `reply`.

        Raises:
            EmulatorError: There is no such type, or no webhook.
        """
        data = build_event_data(self.description, event_type)
        return self.parts.deliveries.send_example(event_type, data, DeliveryFaults(**faults))

    def set_clock(
        self, *, frozen: bool | None = None, at: datetime | None = None, advance: float = 0.0, timeout: float = 10.0
    ) -> None:
        """Stop the service's time or let it run, move it, and do what is due then.

        Args:
            frozen: Whether it is frozen; unchanged by default.
            at: The time to stop it at, with a time zone.
            advance: By how many seconds to move it forward after that.
            timeout: As for `advance`.

        Raises:
            EmulatorError: The time has no time zone, or the clock isn't to be frozen there; or as for `advance`.
        """
        if frozen is False and at is not None:
            raise EmulatorError("A clock that isn't frozen can't be set to a time; advance it.")
        if frozen is False:
            self.clock.resume()
        elif frozen or at is not None:
            self.clock.freeze(at)
        self.advance(advance, timeout)

    def set_webhook(self, url: str | None, token: str = TOKEN) -> None:
        """Deliver events there, and nowhere else, from now on, until the next reset.

        Args:
            url: Where to, `http` or `https`; `None` for nowhere.
            token: What every delivery carries, for the receiver to know it by.

        Raises:
            EmulatorError: The URL is none, or the token is empty.
        """
        self.parts.deliveries.webhooks = () if url is None else (Webhook(url, token),)
        self.scheduler.wake()

    def settle(self, timeout: float = 10.0) -> None:
        """Wait until all that is due now was done: schedules sent, each delivery that is due attempted.

        Must not be called in the event loop of the emulator or of the receiver.

        Args:
            timeout: Seconds to wait at most, in real time.

        Raises:
            EmulatorError: It takes longer, or the emulator itself failed at it.
        """
        self.scheduler.run_due(timeout)

    def snapshot(self) -> int:
        """Keep a copy of the state, for `restore`. It outlives a reset."""
        return self.snapshots.take()

    def verify(self, operation: str, /, *, times: int = 1, at_least: int | None = None, **fields: Any) -> None:
        """Assert that an operation was called so often with these fields, since the last reset.

            emulator.verify("messages.send", times=1, phone_number="15555550100")

        A call counts if it was accepted (2xx), whether its response arrived or not. One that repeats an earlier
        `local_id`, as a retry does, doesn't count: nothing was done a second time.

        Args:
            operation: Such as `messages.send`.
            times: How many calls there have to be.
            at_least: How many there have to be at least, in place of `times`.
            fields: What they have in their body, query or path, in the API's spelling or the client's. Of an object
                only what is named is compared. Phone numbers may be in any notation that the client takes.

        Raises:
            AssertionError: It wasn't. Says what came instead; of numbers only the last four digits.
            EmulatorError: There is no such operation.
        """
        __tracebackhide__ = True  # pytest then shows the line of the test
        self.verify_fields(operation, fields, times=times, at_least=at_least)

    def verify_fields(
        self, operation: str, fields: Mapping[str, Any], *, times: int = 1, at_least: int | None = None
    ) -> None:
        """As `verify`, for fields of any name.

        Args:
            operation: As for `verify`.
            fields: As for `verify`, in a mapping.
            times: As for `verify`.
            at_least: As for `verify`.

        Raises:
            AssertionError: As for `verify`.
            EmulatorError: As for `verify`.
        """
        __tracebackhide__ = True
        if operation not in self.operations:
            raise EmulatorError(unknown_operation(operation, self.operations))
        verify(self.journal, operation, times=times, at_least=at_least, fields=fields)


def not_running() -> EmulatorError:
    """What to raise where an emulator has to listen, and doesn't."""
    return EmulatorError("The emulator is not running. Use it as `with Emulator() as emulator:`.")
