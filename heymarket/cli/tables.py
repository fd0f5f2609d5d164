"""Tables for people. They have no lines, so that a cell can be copied, and fold instead of cutting off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from heymarket.cli.escaping import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["print_grid", "print_record", "print_rows"]


def print_record(record: Mapping[str, Any]) -> None:
    """Print an object: one line per member."""
    print_grid([Text(harmless(name), "bold"), value] for name, value in record.items())


def print_rows(records: Sequence[Mapping[str, Any]]) -> None:
    """Print objects: a row each, or a block each if rows would be too wide for the terminal."""
    names = list(dict.fromkeys(name for record in records for name in record))
    table = _table(header_style="bold")
    for name in names:
        table.add_column(Text(harmless(name)), overflow="fold")
    for record in records:
        table.add_row(*(_cell(record[name]) if name in record else "" for name in names))
    console = _console()
    anything_fits = console.options.update(width=1_000_000)
    if console.measure(table, options=anything_fits).minimum <= console.width:
        console.print(table)
        return
    for number, record in enumerate(records):
        if number:
            console.print()
        print_record(record)


def print_grid(rows: Iterable[Sequence[Any]]) -> None:
    """Print rows without a header."""
    table = _table(show_header=False)
    for row in rows:
        table.add_row(*map(_cell, row))
    for column in table.columns:
        column.overflow = "fold"
    _console().print(table)


def _table(**options: Any) -> Table:
    return Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), **options)


def _console() -> Console:
    return Console(markup=False, highlight=False, emoji=False)


def _cell(value: Any) -> Text:
    """Texts as they are, everything else as it is in JSON."""
    match value:
        case Text():
            return value
        case str():
            return Text(harmless(value))
        case None:
            return Text("null", "dim")
        case _:
            return Text(harmless(json.dumps(value, ensure_ascii=False)))
