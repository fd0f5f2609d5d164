"""The API reference: the emulator's own description, drawn by Swagger UI, which is in `vendor` and works offline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from starlette.responses import JSONResponse
from starlette.routing import Route

from heymarket.emulator.ui._frame import base_url_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from heymarket.emulator.ui._frame import UI

__all__ = ["routes"]


def routes(ui: UI) -> list[Route]:
    """The screen, and the description: as it is, and as the screen shows it."""

    async def description(request: Request) -> Response:
        return _serve(request, ui.control.openapi)

    async def to_try_out(request: Request) -> Response:
        return _serve(request, _without_local_ids(ui.control.openapi))

    return [
        ui.screen("/_emulator/reference", show),
        Route("/_emulator/openapi.json", to_try_out),
        Route("/openapi.json", description),
    ]


def show(ui: UI, request: Request) -> Response:
    """The screen."""
    return ui.show(request, "reference.html", team_key=ui.control.api_key)


def _serve(request: Request, document: Mapping[str, Any]) -> Response:
    servers = [{"url": base_url_of(request), "description": "This emulator"}]
    return JSONResponse({**document, "servers": servers}, headers={"Cache-Control": "no-store"})


def _without_local_ids(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with examples that do something each time: a second call with the same `local_id` does nothing.

    Where it is required, there is another one each time that the page is loaded.
    """
    components = document.get("components", {})
    schemas = {
        name: _without_local_id(schema) if name.endswith("Write") else schema
        for name, schema in components.get("schemas", {}).items()
    }
    return {**document, "components": {**components, "schemas": schemas}}


def _without_local_id(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    example = schema.get("example")
    if not isinstance(example, dict) or "local_id" not in example:
        return schema
    without: dict[str, Any] = {**example}
    del without["local_id"]
    if "local_id" in schema.get("required", ()):
        without["local_id"] = str(uuid4())
    return {**schema, "example": without}
