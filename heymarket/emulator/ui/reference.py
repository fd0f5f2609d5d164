"""The API reference: the emulator's own description, drawn by Swagger UI, which is in `vendor` and works offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from heymarket.emulator.seeds.built_in import LEGACY
from heymarket.emulator.ui._page import base_url_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from heymarket.emulator.ui._page import Page

__all__ = ["routes"]


def routes(page: Page) -> list[Route]:
    """The screen, and the description that it shows."""

    async def description(request: Request) -> Response:
        servers = [{"url": base_url_of(request), "description": "This emulator"}]
        return JSONResponse({**page.control.description, "servers": servers}, headers={"Cache-Control": "no-store"})

    return [page.screen("/_emulator/reference", show), Route("/_emulator/openapi.json", description)]


def show(page: Page, request: Request) -> Response:
    """The screen."""
    return page.show(request, "reference.html", team_key=LEGACY.key)
