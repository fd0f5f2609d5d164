"""Bodies of requests to the admin API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from heymarket.emulator.api import json
from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from starlette.requests import Request

_LONGEST_TIMEOUT = 3600


async def read_fields(request: Request, *names: str) -> dict[str, Any]:
    """The body, a JSON object.

    Args:
        request: The request; one without a body has no fields.
        names: The fields that are allowed; any, if none are named.

    Raises:
        EmulatorError: It isn't that.
    """
    try:
        body: Any = json.parse(await request.body() or b"{}")
    except ValueError:
        raise EmulatorError("The body is not JSON, or holds a number or a string that can't be.") from None
    if not isinstance(body, dict):
        raise EmulatorError("The body has to be a JSON object.")
    fields = cast("dict[str, Any]", body)
    if names and not fields.keys() <= set(names):
        raise EmulatorError(f"The body has an unknown field; it may have {', '.join(names)}.")
    return fields


def is_number(value: object) -> bool:
    """Whether a field is a number of JSON."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")


def parse_timeout(fields: dict[str, Any]) -> float:
    """Seconds to wait at most for what is due; 10 if `timeout` doesn't say otherwise.

    Raises:
        EmulatorError: It isn't that.
    """
    timeout = fields.get("timeout", 10.0)
    if not is_number(timeout) or not 0 <= timeout <= _LONGEST_TIMEOUT:
        raise EmulatorError("timeout is a number of seconds, from 0 to 3600.")
    return float(timeout)
