"""Strict JSON: all of it can be kept by SQLite, encoded in UTF-8, and read by any JSON reader."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["DEEPEST", "LARGEST", "SMALLEST", "parse", "parse_float", "parse_whole", "reject_constant"]

LARGEST = 2**63 - 1
SMALLEST = -(2**63)
"""What fits into 64 bits, as integers of the API do."""

DEEPEST = 250
"""Levels of lists and objects. jsonschema-rs reads 255, SQLite about a thousand."""


def parse(raw: bytes) -> Any:
    """Parse JSON. A whole number is an `int`, also with a point if it has 64 bits.

    Args:
        raw: The text.

    Raises:
        ValueError: It is no JSON, it is nested too deep, or it has a number out of range or a lone surrogate, which
            `json` alone lets pass.
    """
    try:
        value = json.loads(raw, parse_constant=reject_constant, parse_int=parse_whole, parse_float=parse_float)
        json.dumps(value, ensure_ascii=False).encode()  # refuses lone surrogates
    except OverflowError:
        raise ValueError("a number out of range") from None
    except RecursionError:
        raise ValueError("nested too deep") from None
    if raw.count(b"[") + raw.count(b"{") > DEEPEST and _is_deep(value):
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
    return int(number) if number.is_integer() and SMALLEST <= number <= LARGEST else number


def parse_whole(text: str) -> int:
    """A whole number. One of a size that no `float` has is refused: some readers of JSON know no other numbers."""
    number = int(text)
    float(number)
    return number


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [part for one in level for part in _parts(one)]
        if not level:
            return False
    return True


def _parts(value: object) -> Iterable[Any]:
    if isinstance(value, dict):
        return cast("dict[str, Any]", value).values()
    return cast("Iterable[Any]", value) if isinstance(value, list) else ()
