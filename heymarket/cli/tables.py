"""Tables for terminals, without lines, so that cells can be copied. Long values fold; nothing is cut off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from heymarket.cli.escaping import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["print_grid", "print_record", "print_rows"]


def print_record(record: Mapping[str, Any]) -> None:
    """Print an object, a line for each field."""
    print_grid([Text(escape(name), "bold"), value] for name, value in record.items())


def print_rows(records: Sequence[Mapping[str, Any]]) -> None:
    """Print objects, a row each, or a block each if rows are too wide for the terminal."""
    names = list(dict.fromkeys(name for record in records for name in record))
    table = _make_table(header_style="bold")
    for name in names:
        table.add_column(Text(escape(name)), overflow="fold")
    for record in records:
        table.add_row(*(_make_cell(record[name]) if name in record else "" for name in names))
    console = _make_console()
    unlimited = console.options.update(width=1_000_000)
    if console.measure(table, options=unlimited).minimum <= console.width:
        console.print(table)
        return
    for number, record in enumerate(records):
        if number:
            console.print()
        print_record(record)


def print_grid(rows: Iterable[Sequence[Any]]) -> None:
    """Print rows without a header."""
    table = _make_table(show_header=False)
    for row in rows:
        table.add_row(*map(_make_cell, row))
    for column in table.columns:
        column.overflow = "fold"
    _make_console().print(table)


def _make_table(**options: Any) -> Table:
    return Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), **options)


def _make_console() -> Console:
    return Console(markup=False, highlight=False, emoji=False)


def _make_cell(value: Any) -> Text:
    """A string as it is; anything else as JSON."""
    match value:
        case Text():
            return value
        case str():
            return Text(escape(value))
        case None:
            return Text("null", "dim")
        case _:
            return Text(escape(json.dumps(value, ensure_ascii=False)))
