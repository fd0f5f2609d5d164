"""The console: the page at `/`, and the admin API under `/_emulator`.

It is built at the first request for it, because the API has to be ready at once.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import JSONResponse

from heymarket import __version__
from heymarket.emulator import admin, ui
from heymarket.emulator.errors import EmulatorError, describe_failure
from heymarket.emulator.intake.bodies import BodyTooLargeError, limit_receive

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from heymarket.emulator.control import Control

__all__ = ["create_console"]

_NOWHERE = "There is nothing here. GET /_emulator says what there is."
_TOO_LARGE = "The body is larger than what is taken here: 128 MiB for a state, 1 MiB for anything else."
_LARGEST_STATE = 128 * 1024 * 1024
_LARGEST_BODY = 1024 * 1024
_LONGEST_PATH = 250  # bytes: what every file system takes for a name, and few digits enough for an integer

_logger = logging.getLogger("heymarket.emulator")


def create_console(control: Control) -> ASGIApp:
    """The application that controls an emulator.

    Args:
        control: The emulator.
    """
    return Starlette(
        routes=[*admin.routes(control), *ui.routes(control)],
        middleware=[Middleware(_Gate)],
        exception_handlers={HTTPException: _failed, EmulatorError: _unfit, BodyTooLargeError: _too_large},
    )


class _Gate:
    """Takes in so much and no more, and responds whatever happens."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def send_marked(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers["X-Emulator"] = __version__
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        if len(scope["path"].encode("utf-8", "replace")) > _LONGEST_PATH:
            await _message(404, _NOWHERE)(scope, receive, send_marked)
            return
        most = _LARGEST_STATE if scope["path"].endswith("/_emulator/state") else _LARGEST_BODY
        try:
            await self._app(scope, limit_receive(scope, receive, most), send_marked)
        except BodyTooLargeError:
            await _message(413, _TOO_LARGE)(scope, receive, send_marked)
        except Exception as error:
            _logger.exception("The emulator itself failed at its console.")
            if started:
                raise
            reason = f"The emulator itself failed ({describe_failure(error)}); its log says where."
            await _message(500, reason)(scope, receive, send_marked)


def _failed(_: Request, error: Any) -> JSONResponse:
    known: dict[int, str] = {
        404: _NOWHERE,
        405: "This path takes other methods; Allow names them.",
    }
    message: str = error.detail
    if message == HTTPStatus(error.status_code).phrase and error.status_code in known:
        message = known[error.status_code]
    return _message(error.status_code, message, error.headers)


def _too_large(_: Request, __: Exception) -> JSONResponse:
    return _message(413, _TOO_LARGE)


def _unfit(_: Request, error: Exception) -> JSONResponse:
    return _message(400, str(error))


def _message(status: int, message: str, headers: Any = None) -> JSONResponse:
    return JSONResponse({"message": message}, status_code=status, headers=headers)
