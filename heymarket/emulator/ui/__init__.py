"""The page at `/`: what the emulator holds and what it was asked, to be seen and played with in a browser.

Every screen is rendered here and every action is a plain form, so that all of it works without script; `ui.js` only
brings up to date what has changed. Nothing comes from, or goes to, anywhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route, Router

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from heymarket.emulator.control import Control

__all__ = ["routes"]


def routes(control: Control) -> list[Route]:
    """The page's routes.

    Args:
        control: The emulator that is shown.
    """
    screens = _Screens(control)
    paths = ("/", "/_emulator/page/{rest:path}", "/_emulator/reference", "/_emulator/openapi.json", "/openapi.json")
    return [Route(path, screens) for path in paths]


class _Screens:
    """All of it, made when it is first asked for: templates take longer to import than the emulator to start."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._router: Router | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._router is None:
            # Only now, because Jinja2 takes longer to import than the API may take to be ready.
            from heymarket.emulator.ui import (
                contacts,
                control,
                conversations,
                journal,
                reference,
                start,
                team,
                webhooks,
            )
            from heymarket.emulator.ui._frame import UI

            ui = UI(self._control)
            screens = (start, conversations, contacts, journal, control, team, webhooks, reference)
            shown = [route for one in screens for route in one.routes(ui)]
            self._router = Router([*ui.routes(), *shown, ui.nowhere()])
        await self._router(scope, receive, send)
