"""The other teams of an emulator. Each has an admin API and a page of its own, below its address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from heymarket.emulator.admin._body import read_fields
from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from starlette.requests import Request

    from heymarket.emulator.control import Control


def routes(control: Control) -> list[Route]:
    """The routes about teams.

    Args:
        control: The emulator.
    """

    async def teams(request: Request) -> Response:
        return JSONResponse({"teams": describe_teams(control, request)})

    async def add(request: Request) -> Response:
        fields = await read_fields(request, "name", "seed")
        name, seed = fields.get("name"), cast("dict[str, Any] | None", fields.get("seed"))
        if not isinstance(name, str) or not isinstance(seed, dict | None):
            raise EmulatorError("name is a string, and seed an object as in a seed file; name is needed.")
        await run_in_threadpool(control.add_team, name, seed)
        return JSONResponse(describe_teams(control, request)[name], 201)

    return [Route("/_emulator/teams", teams), Route("/_emulator/teams", add, methods=["POST"])]


def describe_teams(control: Control, request: Request) -> dict[str, Any]:
    """The teams by name, each with its credentials and where its page is.

    Args:
        control: The emulator.
        request: A request for it.
    """
    base_url = str(request.base_url).rstrip("/")
    return {
        name: {
            "url": f"{base_url}/_emulator/teams/{name}/",
            "secret_id": team.secret_id,
            "secret_key": team.secret_key,
            "team_key": team.api_key,
        }
        for name, team in control.teams.items()
    }
