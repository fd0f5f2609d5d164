"""The first screen: what to copy to be connected, what to try, and what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from heymarket.emulator.seeds.built_in import DEFAULT, DENIED, LEGACY
from heymarket.emulator.ui._frame import HOME, base_url_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from heymarket.emulator.ui._frame import UI

__all__ = ["routes"]


def routes(ui: UI) -> list[Route]:
    """The screen at `/`."""
    return [ui.screen("/", show)]


def show(ui: UI, request: Request) -> Response:
    """The screen."""
    state = ui.control.state
    base_url = base_url_of(request)
    environment = {
        "HEYMARKET_BASE_URL": base_url,
        "HEYMARKET_SECRET_ID": DEFAULT.secret_id,
        "HEYMARKET_SECRET_KEY": DEFAULT.secret_key,
        "HEYMARKET_TEAM_KEY": LEGACY.key,
    }
    records = [
        ("Contacts", state.contacts, f"{HOME}/contacts"),
        ("Conversations", state.conversations, f"{HOME}/conversations"),
        ("Messages", state.messages, None),
        ("Lists", state.lists, None),
        ("Templates", state.templates, None),
        ("Schedules", state.schedules, f"{HOME}/control#schedules"),
        ("Inboxes", state.inboxes, None),
        ("Users", state.users, None),
    ]
    return ui.show(
        request,
        "start.html",
        environment="\n".join(f"export {name}={value}" for name, value in environment.items()),
        base_url=base_url,
        team_key=LEGACY.key,
        credentials=[
            {"name": DEFAULT.name, "id": DEFAULT.secret_id, "key": DEFAULT.secret_key, "what": "may do everything"},
            {"name": LEGACY.name, "id": "", "key": LEGACY.key, "what": "the legacy team key, sent as it is"},
            {
                "name": DENIED.name,
                "id": DENIED.secret_id,
                "key": DENIED.secret_key,
                "what": "signs in; every call gets a 403",
            },
        ],
        figures=[(name, kind.count(), path) for name, kind, path in records],
    )
