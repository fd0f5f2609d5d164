"""How results look: readable on a terminal, JSON for programs.

What a service sends is anybody's text, a stranger's message included, so no character that steers a terminal gets out.
"""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["harmless", "print_json", "readable", "show"]

# C0 and C1 controls but tab and newline, marks that turn the direction of writing, and halves of surrogate pairs.
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def readable(*, as_json: bool) -> bool:
    """Whether to print for people: stdout is a terminal, and JSON was not asked for."""
    return sys.stdout.isatty() and not as_json


def show(value: Any, *, as_json: bool) -> None:
    """Print what the service answered.

    Args:
        value: Parsed JSON; `None` is nothing, for which only people get a word.
        as_json: Whether JSON was asked for.
    """
    if not readable(as_json=as_json):
        if value is not None:
            print_json(value)
        return
    from heymarket.cli import tables  # noqa: PLC0415 - rich is slow to import

    match value:
        case None:
            print("Done.")
        case []:
            print("Nothing there.")
        case dict():
            tables.print_record(cast("Mapping[str, Any]", value))
        case [*items] if all(isinstance(item, dict) for item in items):
            tables.print_rows(items)
        case [*items]:
            tables.print_grid([item] for item in items)
        case _:
            tables.print_grid([[value]])


def print_json(value: Any) -> None:
    """Print JSON, indented by two; characters that the output can't have are escaped."""
    ascii_only = not (sys.stdout.encoding or "").lower().startswith("utf")
    print(harmless(json.dumps(value, indent=2, ensure_ascii=ascii_only)))


def harmless(text: str) -> str:
    r"""The text with characters that steer a terminal as `\uXXXX`, which is also how JSON escapes them."""
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
