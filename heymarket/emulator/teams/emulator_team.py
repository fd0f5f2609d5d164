"""One team of an emulator: its console and its API, made when they are first needed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from heymarket import __version__
from heymarket.emulator.api.auth import EmulatorSecret
from heymarket.emulator.app import API
from heymarket.emulator.control import Address, Control, Parts
from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.intake.origins import AllowedHosts, find_refusal
from heymarket.emulator.journal.journal import redact
from heymarket.emulator.teams.credentials import TeamCredentials

__all__ = ["EmulatorTeam", "is_console"]

_logger = logging.getLogger("heymarket.emulator")


class EmulatorTeam(Control):
    """One team. It shares nothing with others but the address.

    Args:
        name: Its name.
        credentials: What its callers sign in with.
        address: Where the emulator listens.
        description: The OpenAPI document that it serves.
        make: Makes its components, when they are first needed.
    """

    def __init__(
        self,
        name: str,
        credentials: TeamCredentials,
        address: Address,
        description: Mapping[str, Any],
        make: Callable[[], tuple[Parts, API]],
    ) -> None:
        self.name = name
        self.secret_id: str = credentials.default.secret_id
        self.secret_key: str = credentials.default.secret_key
        self.api_key: str = credentials.legacy.key
        self.denied: EmulatorSecret = credentials.denied
        self.address: Address = address
        self._description = description
        self._make = make
        self._made: tuple[Parts, API] | None = None
        self._console: ASGIApp | None = None

    @property
    def parts(self) -> Parts:
        """Its components."""
        return self._get()[0]

    @property
    def description(self) -> Mapping[str, Any]:
        """The OpenAPI document that it serves."""
        return self._description

    @property
    def is_made(self) -> bool:
        """Whether it was needed yet, and holds anything."""
        return self._made is not None

    def start(self) -> None:
        """Make its components now, if they weren't needed yet."""
        self._get()

    def close(self) -> None:
        """Do nothing more in time, and close the state."""
        with _making:
            made, self._make = self._made, _not_any_more
        if made is not None:
            made[0].scheduler.close()
            made[0].state.close()

    async def respond(
        self, scope: Scope, receive: Receive, send: Send, hosts: AllowedHosts | None, refusal: str | None = None
    ) -> None:
        """Respond to one request.

        Args:
            scope: That of ASGI, and so are the next two.
            receive: See above.
            send: See above.
            hosts: The names under which a server may be called; any without it.
            refusal: Why the request isn't let in, if that is known already.
        """
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        to_console = is_console(path)
        reason = refusal or find_refusal(scope, hosts, is_console=to_console)
        if reason:
            _logger.info("%s %s 403 %s", scope["method"], quote(redact(path)), reason)
            await JSONResponse({"message": reason}, 403, {"X-Emulator": __version__})(scope, receive, send)
        elif to_console:
            await self._to_console(scope, receive, send)
        else:
            await self._get()[1](path, scope, receive, send)

    def _get(self) -> tuple[Parts, API]:
        if self._made is None:
            with _making:  # the server's thread and that of a test may need it at once
                self._made = self._made or self._make()
        return self._made

    async def _to_console(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._console is None:
            from heymarket.emulator.console import create_console  # slow to import; many do without

            self._console = create_console(self)
        await self._console(scope, receive, send)


_making = threading.Lock()  # one for all: a team is made in a moment, and only once


def is_console(path: str) -> bool:
    """Whether a path is one of the page or the admin API."""
    return path in {"", "/", "/_emulator", "/openapi.json"} or path.startswith("/_emulator/")


def _not_any_more() -> tuple[Parts, API]:
    raise EmulatorError("The emulator is not running any more.")
