"""The API reference: the emulator's own description, drawn by Swagger UI, which is in `vendor` and works offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from heymarket.emulator.seeds.built_in import LEGACY
from heymarket.emulator.ui._frame import base_url_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from heymarket.emulator.ui._frame import UI

__all__ = ["routes"]


def routes(ui: UI) -> list[Route]:
    """The screen, and the description that it shows."""

    async def description(request: Request) -> Response:
        servers = [{"url": base_url_of(request), "description": "This emulator"}]
        return JSONResponse({**ui.control.openapi, "servers": servers}, headers={"Cache-Control": "no-store"})

    return [
        ui.screen("/_emulator/reference", show),
        Route("/_emulator/openapi.json", description),
        Route("/openapi.json", description),
    ]


def show(ui: UI, request: Request) -> Response:
    """The screen."""
    return ui.show(request, "reference.html", team_key=LEGACY.key)
