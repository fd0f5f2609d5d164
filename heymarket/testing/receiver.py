"""A receiver of webhooks, for tests of what is sent to one and of how a sender takes its answers."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING, Self

from attrs import field, frozen

from heymarket.testing.faults import Fault, Respond
from heymarket.testing.server import FaultServer, Headers
from heymarket.webhooks import Event, WebhookParseError, WebhookVerificationError, parse

if TYPE_CHECKING:
    from types import TracebackType

    from heymarket.testing.server import Request

__all__ = ["ReceivedDelivery", "WebhookReceiver"]


@frozen(eq=False)
class ReceivedDelivery:
    """What was delivered. Its repr shows neither the token nor what is in the body.

    Attributes:
        body: The raw body.
        headers: By name, without regard to case.
        received: When it came, in seconds since the epoch.
        event: The event, with a token that was expected.
        refusal: Why there is none.
    """

    body: bytes = field(repr=False)
    headers: Headers = field(repr=False)
    received: float
    event: Event | None
    refusal: str | None


class WebhookReceiver:
    """A server for webhooks, for as long as a `with` block lasts.

        with WebhookReceiver() as receiver:
            emulator.set_webhook(receiver.url, receiver.token)
            emulator.reply("15555550100", "Hello!")
            event, = receiver.wait(of_type="message_recieved")

    It listens on loopback, on a free port, keeps all that comes, and answers 200 unless told otherwise, to a delivery
    with a wrong token too: that one is in `refused`.

    Args:
        token: The token that deliveries have to carry.
    """

    def __init__(self, token: str = "a-webhook-token-for-tests") -> None:  # noqa: S107 - no secret, for tests
        self.token = token
        self._server = FaultServer(answer=Respond(200))
        self._seen: list[ReceivedDelivery] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.__exit__(kind, error, traceback)

    def __repr__(self) -> str:
        return f"<WebhookReceiver, {self._summary()}>"

    @property
    def url(self) -> str:
        """Where it is; connections are refused there before and after the `with` block."""
        return f"{self._server.base_url}/webhook"

    @property
    def deliveries(self) -> tuple[ReceivedDelivery, ...]:
        """All that came so far, oldest first."""
        came = self._server.requests
        with self._lock:
            self._seen += map(self._read, came[len(self._seen) :])
            return tuple(self._seen)

    @property
    def events(self) -> tuple[Event, ...]:
        """The events that came so far, oldest first, each with the right token."""
        return tuple(delivery.event for delivery in self.deliveries if delivery.event is not None)

    @property
    def refused(self) -> tuple[ReceivedDelivery, ...]:
        """What came that was no event: without the right token, or not to be read."""
        return tuple(delivery for delivery in self.deliveries if delivery.event is None)

    def answer_with(self, status: int, times: int | None = None) -> None:
        """Answer so, before it is 200 again.

        Args:
            status: Any number of three digits; the sender of a webhook takes any 2xx for "taken".
            times: How many deliveries; all from now on by default.
        """
        self.misbehave(Fault(Respond(status), count=times))

    def misbehave(self, *faults: Fault) -> None:
        """Do what faults say, such as `Fault(Hang(), count=1)`; see `heymarket.testing.faults`."""
        self._server.add(*faults)

    def behave(self) -> None:
        """Answer 200 from now on."""
        self._server.clear()

    def wait(self, count: int = 1, timeout: float = 5.0, *, of_type: str | None = None) -> tuple[Event, ...]:
        """Wait for events, those that came already included.

        Args:
            count: How many, at least.
            timeout: Seconds to wait at most.
            of_type: Only events of this type, such as `message_recieved`.

        Returns:
            All that came, oldest first.

        Raises:
            AssertionError: Fewer came in time. The message says what came instead.
        """
        if not self._server.wait_for(lambda: len(self._of_type(of_type)) >= count, timeout):
            what = f"{count} event{'' if count == 1 else 's'}{f' of type {of_type}' if of_type else ''}"
            raise AssertionError(f"Expected {what} within {timeout:g} s, but there came {self._summary()}.")
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

    def _read(self, request: Request) -> ReceivedDelivery:
        event, refusal = None, None
        try:
            event = parse(request.body, token=self.token)
        except WebhookVerificationError:
            refusal = "its token is missing or wrong"
        except WebhookParseError:
            refusal = "its body is no delivery"
        return ReceivedDelivery(request.body, request.headers, request.time, event, refusal)
