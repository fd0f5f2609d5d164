"""Error responses of the API, and why they are sent.

The body of the real service's errors is not documented. `{"error_code": ..., "message": ...}` is an assumption,
taken from another surface of the vendor's. The reason is in `X-Emulator-Refused` as well; it begins with the
check that failed (docs/emulator.md lists them all).
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["APIErrorResponse"]

# `bad_data` and `denied` are the names on the vendor's pages; the others come from that other surface.
_CODES = {
    400: "bad_data",
    401: "unauthorized",
    403: "denied",
    404: "not_found",
    405: "method_not_allowed",
    429: "rate_limited",
    500: "internal_error",
}


class APIErrorResponse(Exception):  # noqa: N818 - an outcome, not a mistake
    """Raised to refuse a call; becomes its response.

    Args:
        status: The HTTP status.
        reason: `<check>: <what is wrong and what was expected>`, printable ASCII, without anything secret.
        headers: More headers for the response.
        code: The body's `error_code`; the usual one of the status by default.
    """

    def __init__(
        self, status: int, reason: str, headers: Mapping[str, str] | None = None, *, code: str | None = None
    ) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self._headers = headers or {}
        self._code = code or _code(status)

    def to_response(self) -> JSONResponse:
        """The response that says so."""
        body = {"error_code": self._code, "message": self.reason}
        headers = {"X-Emulator-Refused": self.reason, **self._headers}
        return JSONResponse(body, status_code=self.status, headers=headers)


def _code(status: int) -> str:
    if status in _CODES:
        return _CODES[status]
    try:
        return HTTPStatus(status).phrase.lower().replace(" ", "_")
    except ValueError:
        return "error"
