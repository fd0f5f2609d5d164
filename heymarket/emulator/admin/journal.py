"""The journal, and what is asked of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from heymarket.emulator.admin._body import read_fields
from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from starlette.requests import Request

    from heymarket.emulator.control import Control
    from heymarket.emulator.journal.journal import JournalEntry

_FILTERS = ("operation", "status", "method", "path", "credential", "refused")


def routes(control: Control) -> list[Route]:
    """The routes about the calls that came.

    Args:
        control: The emulator.
    """

    async def journal(request: Request) -> Response:
        return JSONResponse({"calls": [call.document() for call in _found(control, request)]})

    async def clear(_: Request) -> Response:
        control.journal.clear()
        return Response(status_code=204)

    async def verify(request: Request) -> Response:
        body = await read_fields(request, "operation", "times", "at_least", "fields")
        _check(body)
        try:
            control.verify_fields(
                body["operation"],
                body.get("fields", {}),
                times=body.get("times", 1),
                at_least=body.get("at_least"),
            )
        except AssertionError as error:
            raise HTTPException(417, str(error)) from None
        return JSONResponse({"verified": True})

    return [
        Route("/_emulator/journal", journal),
        Route("/_emulator/journal", clear, methods=["DELETE"]),
        Route("/_emulator/verify", verify, methods=["POST"]),
    ]


def _found(control: Control, request: Request) -> tuple[JournalEntry, ...]:
    wanted: dict[str, Any] = {name: value for name, value in request.query_params.items() if value}
    limit = wanted.pop("limit", "1000")
    if not wanted.keys() <= set(_FILTERS):
        raise EmulatorError(f"The journal can be asked for {', '.join(_FILTERS)} and limit.")
    if not limit.isdecimal() or not int(limit[:9]) >= 1:
        raise EmulatorError("limit is a whole number, 1 or more.")
    if "status" in wanted and not re.fullmatch("[0-9]{1,3}|[1-5][xX]{2}", wanted["status"], re.ASCII):
        raise EmulatorError("status is a number, such as 404, or 4xx for all that begin so.")
    if wanted.get("refused") in {"true", "false"}:
        wanted["refused"] = wanted["refused"] == "true"
    return control.journal.find(**wanted)[-int(limit[:9]) :]


def _check(body: dict[str, Any]) -> None:
    if not isinstance(body.get("operation"), str):
        raise EmulatorError("operation is the name of an operation, such as messages.send.")
    for name in ("times", "at_least"):
        value = body.get(name)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
            raise EmulatorError(f"{name} is a whole number, 0 or more.")
    if not isinstance(body.get("fields", {}), dict):
        raise EmulatorError("fields is an object: what the calls have in their body, query or path.")
