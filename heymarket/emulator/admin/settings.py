"""Faults, clock and limits, and what there is at all."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from attrs import asdict
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from heymarket import __version__
from heymarket.emulator.admin._body import is_number, parse_timeout, read_fields
from heymarket.emulator.admin.team_list import describe_teams
from heymarket.emulator.clock import format_timestamp
from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.faults.rules import Fault

if TYPE_CHECKING:
    from starlette.requests import Request

    from heymarket.emulator.control import Control


def routes(control: Control) -> list[Route]:
    """The routes about how an emulator behaves.

    Args:
        control: The emulator.
    """

    async def what_there_is(request: Request) -> Response:
        base_url = str(request.base_url).rstrip("/")
        links = {
            f"{method} {route.path}": f"{base_url}{route.path}"
            for route in request.app.routes
            if isinstance(route, Route) and route.path.startswith("/_emulator/")
            for method in sorted(route.methods or ())
            if method != "HEAD"
        }
        return JSONResponse(
            {
                "emulator": __version__,
                "base_url": base_url,
                "credentials": list(control.credentials),
                "teams": describe_teams(control, request),
                "operations": sorted(control.operations),
                "links": links,
            }
        )

    async def faults(_: Request) -> Response:
        return JSONResponse({"faults": [planned.document() for planned in control.faults.all()]})

    async def add_fault(request: Request) -> Response:
        return JSONResponse({"id": control.faults.add(Fault.from_json(await read_fields(request)))}, 201)

    async def clear_faults(_: Request) -> Response:
        control.faults.clear()
        return Response(status_code=204)

    async def remove_fault(request: Request) -> Response:
        if not control.faults.remove(request.path_params["id"]):
            raise HTTPException(404, "There is no such fault.")
        return Response(status_code=204)

    async def clock(_: Request) -> Response:
        return JSONResponse(_clock(control))

    async def set_clock(request: Request) -> Response:
        fields = await read_fields(request, "frozen", "time", "advance", "timeout")
        await run_in_threadpool(_set_clock, control, fields)
        return JSONResponse(_clock(control))

    async def limits(_: Request) -> Response:
        return JSONResponse(_limits(control))

    async def set_limits(request: Request) -> Response:
        fields = await read_fields(request, "limit", "per")
        limit, per = fields.get("limit", control.limit.limit), fields.get("per", control.limit.per)
        if not is_number(limit) or not is_number(per) or limit != int(limit):
            raise EmulatorError("limit is a whole number of requests, per is a number of seconds.")
        control.limit.set(int(limit), per)
        return JSONResponse(_limits(control))

    return [
        Route("/_emulator", what_there_is),
        Route("/_emulator/faults", faults),
        Route("/_emulator/faults", add_fault, methods=["POST"]),
        Route("/_emulator/faults", clear_faults, methods=["DELETE"]),
        Route("/_emulator/faults/{id:int}", remove_fault, methods=["DELETE"]),
        Route("/_emulator/clock", clock),
        Route("/_emulator/clock", set_clock, methods=["PATCH"]),
        Route("/_emulator/limits", limits),
        Route("/_emulator/limits", set_limits, methods=["PUT"]),
    ]


def _clock(control: Control) -> dict[str, Any]:
    return {"time": format_timestamp(control.clock.time()), "frozen": control.clock.frozen}


def _set_clock(control: Control, fields: dict[str, Any]) -> None:
    """Check all fields, then set the clock and do what is due."""
    frozen, moment, seconds = (fields.get(name) for name in ("frozen", "time", "advance"))
    if not isinstance(frozen, bool | None):
        raise EmulatorError("frozen is true or false.")
    if not (seconds is None or (is_number(seconds) and seconds >= 0)):
        raise EmulatorError("advance is a number of seconds, 0 or more.")
    control.set_clock(frozen=frozen, at=_moment(moment), advance=seconds or 0, timeout=parse_timeout(fields))


def _moment(text: Any) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(format_timestamp(text)) if isinstance(text, str) else _no_moment()
    except ValueError:
        return _no_moment()


def _no_moment() -> datetime:
    raise EmulatorError("time is a time with a time zone, in RFC 3339, such as 2025-01-15T09:30:00Z.")


def _limits(control: Control) -> dict[str, Any]:
    usage = [{"credential": name, **asdict(control.limit.usage(name))} for name in control.credentials]
    return {"limit": control.limit.limit, "per": control.limit.per, "usage": usage}
