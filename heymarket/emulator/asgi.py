"""The emulator as an ASGI application: the API, and the console that controls it.

    app = create_app()
    httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://emulator")

`server` puts it on a port.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.responses import JSONResponse

from heymarket import __version__
from heymarket import description as bundled
from heymarket._clock import SYSTEM
from heymarket.emulator.api.auth import Authenticator
from heymarket.emulator.api.rate_limit import RateLimit
from heymarket.emulator.app import API
from heymarket.emulator.clock import EmulatorClock
from heymarket.emulator.control import Control, Parts
from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.faults.rules import FaultRules
from heymarket.emulator.intake.origins import AllowedHosts, find_refusal, read_target
from heymarket.emulator.journal.journal import Journal, redact
from heymarket.emulator.scheduler import Scheduler
from heymarket.emulator.seeds.built_in import DEFAULT, DENIED, LEGACY
from heymarket.emulator.seeds.format import read_seed, validate_seed
from heymarket.emulator.seeds.loader import open_state
from heymarket.emulator.state.snapshots import Snapshots
from heymarket.emulator.webhooks.deliveries import DeliveryQueue, Webhook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["EmulatorApp", "create_app"]

_logger = logging.getLogger("heymarket.emulator")


def create_app(
    *,
    limit: int = 500,
    per: float = 60.0,
    state: str | os.PathLike[str] = ":memory:",
    clock: Callable[[], float] = SYSTEM.time,
    description: Mapping[str, Any] | None = None,
    seed: str | os.PathLike[str] | Mapping[str, Any] | None = None,
    webhook: Webhook | str | None = None,
    strict: bool = False,
) -> EmulatorApp:
    """Make the ASGI application.

    Args:
        limit: Requests that each credential may make in any window.
        per: Length of that window in seconds.
        state: A file for the state, made and seeded if it isn't there yet, or `:memory:`.
        clock: Seconds since the epoch. Tokens, journal and the `Date` header use it, everything else by
            `EmulatorApp.clock`, which follows it until it is frozen or moved.
        description: An OpenAPI 3.1 document to serve; the bundled one by default.
        seed: What a fresh state holds: a YAML or JSON file, or its content; the built-in seed by default.
        webhook: Where events are delivered, a URL or with a token of yours; nowhere by default.
        strict: Whether requests are held to the description. Otherwise what programs send for nothing counts as not
            given, such as `null` and `""`.

    Raises:
        EmulatorError: The limit makes no sense, the seed doesn't fit, the state can't be used, or the webhook is none.
    """
    if seed is not None:
        seed = read_seed(seed) if isinstance(seed, str | os.PathLike) else validate_seed(seed)
    moved = EmulatorClock(clock)
    served = bundled.load() if description is None else description
    names = frozenset(operation.name for operation in bundled.operations(served))
    auth = Authenticator([DEFAULT, DENIED], [LEGACY], clock)
    rate_limit = RateLimit(limit, per, moved.time, lambda: moved.frozen)
    receiver = Webhook(webhook) if isinstance(webhook, str) else webhook
    remembered = open_state(state, clock=moved, seed=seed)
    deliveries = DeliveryQueue(remembered, receiver)
    parts = Parts(
        scheduler=Scheduler(remembered, deliveries),
        clock=moved,
        credentials=auth.names,
        deliveries=deliveries,
        description=served,
        faults=FaultRules(names),
        journal=Journal(),
        limit=rate_limit,
        operations=names,
        snapshots=Snapshots(remembered),
        state=remembered,
        strict=strict,
    )
    return EmulatorApp(parts, API(parts, auth, clock, strict=strict))


class EmulatorApp(Control):
    """An ASGI application that responds as Heymarket's description says. Made by `create_app`.

    Attributes:
        allowed_hosts: The names under which a server may be called; any without it.
    """

    def __init__(self, parts: Parts, api: API) -> None:
        self.allowed_hosts: AllowedHosts | None = None
        self._made_of = parts
        self._api = api
        self._console: ASGIApp | None = None

    @property
    def parts(self) -> Parts:
        """Its components."""
        return self._made_of

    def close(self) -> None:
        """Do nothing more in time, and close the state."""
        self.scheduler.close()
        self.state.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request."""
        if scope["type"] != "http":
            raise EmulatorError(f"The emulator speaks HTTP, not {scope['type']}.")
        reason = None
        if self.allowed_hosts is not None:
            scope, reason = read_target(scope, self.allowed_hosts)
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        is_console = path in {"", "/", "/_emulator", "/openapi.json"} or path.startswith("/_emulator/")
        reason = reason or find_refusal(scope, self.allowed_hosts, is_console=is_console)
        if reason:
            _logger.info("%s %s 403 %s", scope["method"], quote(redact(path)), reason)
            await JSONResponse({"message": reason}, 403, {"X-Emulator": __version__})(scope, receive, send)
        elif is_console:
            await self._to_console(scope, receive, send)
        else:
            await self._api(path, scope, receive, send)

    async def _to_console(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._console is None:
            from heymarket.emulator.console import create_console  # slow to import; many do without

            self._console = create_console(self)
        await self._console(scope, receive, send)
