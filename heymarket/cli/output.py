"""Output of results: tables on a terminal, JSON for programs."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, cast

from heymarket.cli.escaping import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["is_for_people", "join_lines", "print_content", "print_json", "show"]


def is_for_people(*, as_json: bool) -> bool:
    """Whether to print tables: stdout is a terminal, and `--json` is not given."""
    return sys.stdout.isatty() and not as_json


def show(value: Any, *, as_json: bool) -> None:
    """Print a response.

    Args:
        value: Parsed JSON; `None` is no result, which is said only on a terminal.
        as_json: Whether `--json` is given.
    """
    if not is_for_people(as_json=as_json):
        if value is not None:
            print_json(value)
        return
    from heymarket.cli import tables

    match value:
        case None:
            print("Done.")
        case []:
            print("No results.")
        case dict():
            tables.print_record(cast("Mapping[str, Any]", value))
        case [*items] if all(isinstance(item, dict) for item in items):
            tables.print_rows(items)
        case [*items]:
            tables.print_grid([item] for item in items)
        case _:
            tables.print_grid([[value]])


def print_json(value: Any) -> None:
    """Print JSON, indented by two. Characters that stdout can't encode are escaped."""
    ascii_only = not (sys.stdout.encoding or "").lower().startswith("utf")
    print(escape(json.dumps(value, indent=2, ensure_ascii=ascii_only)))


def print_content(content: str | bytes) -> None:
    """Print a response that isn't JSON, as it came."""
    if isinstance(content, str):
        sys.stdout.write(escape(content) if sys.stdout.isatty() else content)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def join_lines(text: str) -> str:
    """Join the lines of each paragraph, so that the terminal's width decides where they break."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
