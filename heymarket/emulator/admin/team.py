"""The team's settings, and what happens without a caller: automations, and answers to surveys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import asdict
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from heymarket.emulator.admin._body import read_fields
from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from starlette.requests import Request

    from heymarket.emulator.control import Control


def routes(control: Control) -> list[Route]:
    """The routes about the team.

    Args:
        control: The emulator.
    """

    async def settings(_: Request) -> Response:
        return JSONResponse(control.team_settings.document())

    async def change_settings(request: Request) -> Response:
        return JSONResponse(control.change_team_settings(**await read_fields(request)).document())

    async def automate(request: Request) -> Response:
        fields = await read_fields(request, "conversation_id", "text", "assign", "close", "author")
        _check_automation(fields)
        return JSONResponse(control.automate(fields.pop("conversation_id"), **fields))

    async def survey_answers(_: Request) -> Response:
        return JSONResponse({"survey_answers": [asdict(one) for one in control.survey_answers]})

    return [
        Route("/_emulator/team-settings", settings),
        Route("/_emulator/team-settings", change_settings, methods=["PATCH"]),
        Route("/_emulator/automate", automate, methods=["POST"]),
        Route("/_emulator/survey-answers", survey_answers),
    ]


def _check_automation(fields: dict[str, Any]) -> None:
    for name in ("conversation_id", "assign"):
        value = fields.get(name, 0 if name == "assign" else None)
        if type(value) is not int or not 0 <= value < 2**63:
            raise EmulatorError(f"{name} is an id, a whole number.")
    if not all(isinstance(fields.get(name, ""), str) for name in ("text", "author")):
        raise EmulatorError("text and author are strings.")
    if not isinstance(fields.get("close", False), bool):
        raise EmulatorError("close is true or false.")
