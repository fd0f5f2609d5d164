"""What a webhook is, and what is known of a delivery to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypedDict
from urllib.parse import urlsplit

from attrs import field, frozen

from heymarket.emulator.errors import EmulatorError

__all__ = [
    "TOKEN",
    "DeliveryAttempt",
    "DeliveryFaultArguments",
    "DeliveryFaults",
    "Webhook",
    "WebhookDelivery",
    "find_free_id",
    "list_webhooks",
]

TOKEN = "EmulatorWebhookTokenOfNoValue0000004"  # noqa: S105 - public, like all that is seeded
"""The token of a webhook that is given none."""

_FIRST_ID = 91


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
    id: int = _FIRST_ID

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
class DeliveryAttempt:
    """One request to a webhook, and its outcome.

    Attributes:
        time: When it was sent, by the service's clock.
        url: Where to, without what looks like a credential.
        status: The status of the response; `None` without one.
        error: Why there was no response.
        duration: How long it took, in milliseconds.
        response_headers: In lower case; cookies are not in it.
        response_body: As much as is kept of it: 4 KiB.
    """

    time: str
    url: str
    status: int | None = None
    error: str | None = None
    duration: float = 0.0
    response_headers: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    response_body: str = field(default="", repr=False)


@frozen(kw_only=True)
class WebhookDelivery:
    """An event on its way to a webhook, or one that got there.

    Attributes:
        id: Its number.
        type: Such as `message_sent`.
        state: `new` until it is done with, `held` until the next event, `delivered`, `failed`, or `unsent` because
            there was no webhook.
        due: When it is sent next, or was sent last, by the service's clock.
        webhook: The id of the webhook; `None` if there was none.
        attempts: How often it was sent.
        status: The status of the last attempt's response; `None` without one.
        error: Why there was no response.
        history: The attempts, oldest first.
        wrong_token: Whether it carries another token than the webhook's.
        repeats: The delivery that this one repeats.
        event_data: The message or conversation, or whatever else it is about.
    """

    id: int
    type: str
    state: Literal["new", "held", "delivered", "failed", "unsent"]
    due: str
    webhook: int | None = None
    attempts: int
    status: int | None = None
    error: str | None = None
    history: tuple[DeliveryAttempt, ...] = ()
    wrong_token: bool = False
    repeats: int | None = None
    event_data: dict[str, Any] = field(repr=False)


def list_webhooks(given: Webhook | str | Iterable[Webhook | str] | None) -> tuple[Webhook, ...]:
    """Webhooks from what a caller names them by.

    Args:
        given: One or several, each a URL or with a token of its own; `None` for none. Those that are URLs get the ids
            91, 92 and so on.

    Raises:
        EmulatorError: One can't be, or two have the same id.
    """
    several = [given] if isinstance(given, Webhook | str) else [*(given or ())]
    webhooks: list[Webhook] = []
    for one in several:
        webhooks.append(Webhook(one, id=find_free_id(webhooks)) if isinstance(one, str) else one)
    if len({one.id for one in webhooks}) < len(webhooks):
        raise EmulatorError("Two webhooks have the same id. Give each one of its own: Webhook(url, token, 92).")
    return tuple(webhooks)


def find_free_id(webhooks: Iterable[Webhook]) -> int:
    """The id that the next webhook gets."""
    return max((one.id + 1 for one in webhooks), default=_FIRST_ID)


def _is_a_receiver(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    printable = url.isascii() and url.isprintable() and " " not in url
    somewhere = bool(parts.hostname) and port != 0 and "@" not in parts.netloc
    return printable and parts.scheme in {"http", "https"} and somewhere
