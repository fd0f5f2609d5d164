"""JSON from outside, read so that all of it can be kept and answered again: by SQLite, in UTF-8, by any JSON reader."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["parse", "parse_float", "reject_constant"]

_LARGEST = 2**63 - 1
_DEEPEST = 500
"""Levels of lists and objects. SQLite reads about a thousand; Python's own limit depends on its version."""


def parse(raw: bytes) -> Any:
    """What a text in JSON says. A whole number is an `int`, however it is written.

    Args:
        raw: The text.

    Raises:
        ValueError: It is no JSON; or it is nested too deep, or has a number out of range or half a character (a
            surrogate without its other half), which `json` alone lets pass.
    """
    try:
        value = json.loads(raw, parse_constant=reject_constant, parse_int=_whole, parse_float=parse_float)
        json.dumps(value, ensure_ascii=False).encode()  # refuses halves of characters
    except RecursionError:
        raise ValueError("nested too deep") from None
    if raw.count(b"[") + raw.count(b"{") > _DEEPEST and _is_deep(value):
        raise ValueError("nested too deep")
    return value


def reject_constant(_: str) -> Any:
    """Refuses `NaN` and `Infinity`, which Python's `json` reads and JSON doesn't have."""
    raise ValueError("no number of JSON")


def parse_float(text: str) -> float:
    """A number that is written with a fraction or an exponent, and may be a whole one all the same."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number out of range")
    return int(number) if number.is_integer() and abs(number) <= _LARGEST else number


def _whole(text: str) -> int:
    number = int(text)
    if abs(number) > _LARGEST:
        raise ValueError("a number out of range")
    return number


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(_DEEPEST):
        level = [part for one in level for part in _parts(one)]
        if not level:
            return False
    return True


def _parts(value: object) -> Iterable[Any]:
    if isinstance(value, dict):
        return cast("dict[str, Any]", value).values()
    return cast("Iterable[Any]", value) if isinstance(value, list) else ()
