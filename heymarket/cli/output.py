"""How results look: readable on a terminal, JSON for programs."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, cast

from heymarket.cli.escaping import harmless

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["print_json", "readable", "show"]


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
    from heymarket.cli import tables

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
