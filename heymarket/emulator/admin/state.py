"""State, snapshots and reset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from starlette.requests import Request

    from heymarket.emulator.control import Control

_NO_SNAPSHOT = "There is no such snapshot."


def routes(control: Control) -> list[Route]:
    """The routes about what an emulator remembers.

    Args:
        control: The emulator.
    """

    async def state(_: Request) -> Response:
        return await run_in_threadpool(lambda: JSONResponse(control.state.document()))  # may be large

    async def replace(request: Request) -> Response:

        body = await request.body()
        await run_in_threadpool(control.replace_state, body)
        return Response(status_code=204)

    async def reset(_: Request) -> Response:
        control.reset()
        return Response(status_code=204)

    async def snapshots(_: Request) -> Response:
        return JSONResponse({"snapshots": [{"id": id_} for id_ in control.snapshots.ids()]})

    async def take(_: Request) -> Response:
        return JSONResponse({"id": control.snapshot()}, 201)

    async def restore(request: Request) -> Response:
        try:
            control.restore(request.path_params["id"])
        except EmulatorError as error:
            raise HTTPException(404, str(error)) from None
        return Response(status_code=204)

    async def forget(request: Request) -> Response:
        if not control.snapshots.delete(request.path_params["id"]):
            raise HTTPException(404, _NO_SNAPSHOT)
        return Response(status_code=204)

    return [
        Route("/_emulator/state", state),
        Route("/_emulator/state", replace, methods=["PUT"]),
        Route("/_emulator/reset", reset, methods=["POST"]),
        Route("/_emulator/snapshots", snapshots),
        Route("/_emulator/snapshots", take, methods=["POST"]),
        Route("/_emulator/snapshots/{id:int}/restore", restore, methods=["POST"]),
        Route("/_emulator/snapshots/{id:int}", forget, methods=["DELETE"]),
    ]
