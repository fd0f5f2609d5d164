"""The console: the page at `/`, and the admin API under `/_emulator`.

It is built at the first request for it, because the API has to be ready at once.
"""

from __future__ import annotations

from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import JSONResponse

from heymarket import __version__
from heymarket.emulator import admin, ui
from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from heymarket.emulator.control import Control

__all__ = ["create_console"]

_NOWHERE = "There is nothing here. GET /_emulator says what there is."
_LONGEST_PATH = 250  # what every file system takes for a name, and few digits enough for an integer


def create_console(control: Control, *, only_local_names: bool) -> ASGIApp:
    """The application that controls an emulator.

    Args:
        control: The emulator.
        only_local_names: Whether it accepts only calls to a name of this machine.
    """
    return Starlette(
        routes=[*admin.routes(control), *ui.routes(control)],
        middleware=[Middleware(_OwnOrigin, only_local_names=only_local_names)],
        exception_handlers={HTTPException: _failed, EmulatorError: _unfit},
    )


class _OwnOrigin:
    """Refuses requests of web pages from elsewhere: no browser may control an emulator unasked."""

    def __init__(self, app: ASGIApp, *, only_local_names: bool) -> None:
        self._app = app
        self._only_local_names = only_local_names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if len(scope["path"]) > _LONGEST_PATH:
            await _message(404, _NOWHERE)(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin, host = headers.get("Origin"), headers.get("Host", "")
        # A page elsewhere can have its own name lead here (DNS rebinding), and its origin then is the host.
        if self._only_local_names and not _is_local(_split(f"//{host}").hostname):
            refused = _message(403, "The request names another host than this machine.")
            await refused(scope, receive, send)
            return
        if origin is not None and _split(origin).netloc.lower() != host.lower():
            refused = _message(403, "The request comes from a web page of another origin.")
            await refused(scope, receive, send)
            return

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-Emulator"] = __version__
            await send(message)

        await self._app(scope, receive, send_marked)


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _is_local(host: str | None) -> bool:
    name = (host or "").rstrip(".")
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def _failed(_: Request, error: Any) -> JSONResponse:
    known: dict[int, str] = {
        404: _NOWHERE,
        405: "This path takes other methods; Allow names them.",
    }
    message: str = error.detail
    if message == HTTPStatus(error.status_code).phrase and error.status_code in known:
        message = known[error.status_code]
    return _message(error.status_code, message, error.headers)


def _unfit(_: Request, error: Exception) -> JSONResponse:
    return _message(400, str(error))


def _message(status: int, message: str, headers: Any = None) -> JSONResponse:
    return JSONResponse({"message": message}, status_code=status, headers=headers)
