"""The profile of a service, as `heymarket calibrate` writes it: responses are made to look like those of that service.

Only what they look like changes: what is refused, and why, stays the emulator's affair.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from attrs import field, frozen

from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.responses import Response

    from heymarket.emulator.api.rate_limit import RateLimitUsage

__all__ = ["ServiceProfile"]

_EXAMPLES: Mapping[str, Callable[[], Any]] = {
    "array": list,
    "boolean": bool,
    "date-time": lambda: "2025-01-15T09:30:00Z",
    "integer": lambda: 1,
    "null": lambda: None,
    "number": lambda: 1.5,
    "object": dict,
    "string": lambda: "text",
    "uuid": lambda: "00000000-0000-4000-8000-000000000000",
}
"""A value of each kind that a field may have."""

_LEFT_OUT = "left out"
_SOMETIMES = "sometimes"


@frozen
class ServiceProfile:
    """What a service's responses look like.

    Attributes:
        strict: Whether it refuses `null` and the like.
        headers: Headers about the limit, each with what it says: `limit`, `remaining` or `reset`.
        errors: Status, body and media type of errors, by the reason or the check that failed.
        responses: Status, headers, fields and words of successes, by operation.
    """

    strict: bool = False
    headers: Mapping[str, str] = field(factory=dict[str, str])
    errors: Mapping[str, Mapping[str, Any]] = field(factory=dict[str, Any])
    responses: Mapping[str, Mapping[str, Any]] = field(factory=dict[str, Any])

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> ServiceProfile:
        """The profile in a report.

        Raises:
            EmulatorError: There is none.
        """
        try:
            return cls(**json.loads(Path(path).read_text("utf-8"))["profile"])
        except OSError as error:
            raise EmulatorError(f"The profile {path} can't be read: {error.strerror}.") from None
        except (ValueError, KeyError, TypeError):
            raise EmulatorError(f"{path} is no report of `heymarket calibrate`, so it has no profile.") from None

    def adapt(self, operation: str, response: Response, usage: RateLimitUsage | None, now: float) -> None:
        """Make a response look like one of the service.

        Args:
            operation: The operation that was called.
            response: The response.
            usage: What the caller has used of its limit, if it signed in.
            now: The time, in seconds since the epoch.
        """
        reason = re.sub(r"\d+", "N", response.headers.get("X-Emulator-Refused", ""))
        if error := self.errors.get(reason) or self.errors.get(re.split(r"\W", reason, maxsplit=1)[0]):
            response.status_code = error["status"]
            _write(response, error["body"], error.get("media"))
        elif (change := self.responses.get(operation)) and response.status_code < 300:
            response.status_code = change.get("status", response.status_code)
            for name, value in change.get("headers", {}).items():
                if value:
                    response.headers[name] = value
                elif name in response.headers:
                    del response.headers[name]
            if "json" in response.headers.get("Content-Type", "") and response.body:
                _write(response, _change(json.loads(bytes(response.body)), change))
        if usage is not None:
            says = {
                "limit": usage.limit,
                "remaining": usage.limit - usage.used,
                "reset": round(now + usage.free_again),
            }
            response.headers.update({name: str(says[meaning]) for name, meaning in self.headers.items()})


def _write(response: Response, body: Any, media: str | None = None) -> None:
    response.body = (body if media else json.dumps(body)).encode()
    response.headers["Content-Type"] = media or response.headers.get("Content-Type", "application/json")
    response.headers["Content-Length"] = str(len(response.body))


def _change(body: Any, change: Mapping[str, Any]) -> Any:
    for place, kind in sorted(change.get("fields", {}).items()):
        _set(body, place.replace("[]", ".[]").strip(".").split("."), kind)
    for place, word in change.get("words", {}).items():
        _set(body, place.replace("[]", ".[]").strip(".").split("."), "word", word)
    if "body" in change:
        return _EXAMPLES[change["body"]]()
    if names := change.get("wrap"):
        return {name: body if number == 0 else len(body) for number, name in enumerate(names)}
    return body


def _set(value: Any, steps: list[str], kind: str, word: str = "") -> None:
    """Change a field, wherever it is: in each item of a list, under each key of a map."""
    name, rest = steps[0], steps[1:]
    if isinstance(value, list) and name == "[]":
        items = cast("list[object]", value)
        if rest:
            for item in items[1::2] if kind == _SOMETIMES and len(rest) == 1 else items:
                _set(item, rest, _LEFT_OUT if kind == _SOMETIMES and len(rest) == 1 else kind, word)
        elif kind == _LEFT_OUT:
            items.clear()
        elif kind != _SOMETIMES:
            items[:] = [word if kind == "word" else _EXAMPLES[kind]() for _ in items or (None,)]
    elif isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        for key in [*fields] if name == "*" else [name]:
            if rest:
                _set(fields.get(key), rest, kind, word)
            elif kind in {_LEFT_OUT, _SOMETIMES}:
                fields.pop(key, None)
            elif kind == "word":
                fields[key] = word
            else:
                fields[key] = (
                    str(fields[key]) if kind == "string" and type(fields.get(key)) is int else _EXAMPLES[kind]()
                )
