"""A receiver of webhooks that misbehaves, for the emulator's deliveries."""

from __future__ import annotations

from typing import Self

from heymarket.testing import WebhookReceiver
from tests.fault_server import Fault, FaultServer, Respond


class MisbehavingReceiver(WebhookReceiver):
    """A `WebhookReceiver` in front of which a `FaultServer` takes the deliveries."""

    def __init__(self) -> None:
        super().__init__()
        self._server_of_faults = FaultServer(
            answer=Respond(200), on_request=lambda request: self._receive(request.body, request.headers)
        )

    def __enter__(self) -> Self:
        self._server_of_faults.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        self._server_of_faults.__exit__(None, None, None)

    @property
    def url(self) -> str:
        return f"{self._server_of_faults.base_url}/webhook"

    def misbehave(self, *faults: Fault) -> None:
        """Let deliveries go wrong."""
        self._server_of_faults.add(*faults)

    def respond_with(self, status: int, times: int | None = None) -> None:
        self.misbehave(Fault(Respond(status), count=times))

    def behave(self) -> None:
        self._server_of_faults.clear()
