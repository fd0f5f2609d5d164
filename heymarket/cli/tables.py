"""Tables for terminals, without lines, so that cells can be copied. Long values fold."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, cast

from rich.console import Console
from rich.table import Table
from rich.text import Text

from heymarket.cli.escaping import escape
from heymarket.cli.fields import ABSENT, find_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["print_grid", "print_pages", "print_record"]

_LONG = 240
"""Characters of JSON in a record that are counted in place of shown."""
_NARROWEST = 10
"""Columns of the terminal that a string with spaces needs at least."""
_FRACTION = re.compile(r"(T\d\d:\d\d:\d\d)\.\d+(?=Z|[+-]\d\d:\d\d|$)")


def print_record(record: Mapping[str, Any], *, whole: bool = False) -> None:
    """Print an object, a line for each field.

    Args:
        record: The object.
        whole: Whether to print objects and lists of any length.
    """
    print_grid(
        [Text(escape(name), "bold"), value if whole else _count_if_long(name, value)] for name, value in record.items()
    )


def print_pages(pages: Iterable[list[Any]], fields: Sequence[str] = (), columns: Sequence[str] = ()) -> None:
    """Print the items of a list, a row each.

    Args:
        pages: The pages; each is printed as soon as it is there.
        fields: The columns that the user chose.
        columns: The columns otherwise; those that fit if there are none. The last line names the other fields.
    """
    console = _make_console()
    names: Sequence[str] = ()
    widths: dict[str, int] = {}
    others: dict[str, None] = {}
    for page in filter(None, pages):
        # What is no object is a row of one cell.
        rows: list[dict[str, Any]] = [item if isinstance(item, dict) else {"": item} for item in page]
        table = _make_table(show_header=not names and "" not in rows[0], header_style="bold")
        names = names or fields or _choose_columns(rows, columns, console.width)
        others |= dict.fromkeys(name for row in rows for name in row)
        cells = {name: [_make_cell(find_field(row, name), short=True) for row in rows] for name in names}
        for name, column in cells.items():
            if not any(" " in cell.plain for cell in column):  # such as an id, which should not fold
                widths[name] = max(widths.get(name, len(name)), *(cell.cell_len for cell in column))
        room = console.width - 2 * len(names) - sum(widths.values())
        for name in names:
            width = widths.get(name) if room >= _NARROWEST * (len(names) - len(widths)) else None
            table.add_column(Text(escape(name)), overflow="fold", width=width)
        for row in zip(*cells.values(), strict=True):
            table.add_row(*row)
        console.print(table)
    if not names:
        console.print("No results.")
    shown = {name.partition(".")[0] for name in names}
    if left_out := [name for name in others if name not in shown and not fields]:
        text = f"\nMore fields, for --fields or --output json: {', '.join(left_out)}"
        console.print(Text(escape(text), "dim"))


def print_grid(rows: Iterable[Sequence[Any]]) -> None:
    """Print rows without a header."""
    table = _make_table(show_header=False)
    for row in rows:
        table.add_row(*map(_make_cell, row))
    for column in table.columns:
        column.overflow = "fold"
    _make_console().print(table)


def _choose_columns(rows: list[dict[str, Any]], wanted: Sequence[str], width: int) -> list[str]:
    """The wanted columns that are there, or those that fit: with plain values, of which one at least says something."""
    if there := [name for name in wanted if any(find_field(row, name) is not ABSENT for row in rows)]:
        return there
    names = dict.fromkeys(name for row in rows for name in row)
    plain = [name for name in names if not any(isinstance(row.get(name), dict | list) for row in rows)]
    telling = [name for name in plain if any(row.get(name) not in {None, "", 0} for row in rows)]
    chosen: list[str] = []
    room = width + 2  # the last column has no space after it
    for name in sorted(telling, key=lambda name: name != "id"):
        longest = max(len(_make_cell(row.get(name), short=True).plain) for row in rows)
        room -= min(max(longest, len(name)), width // 2) + 2
        if room < 0 and chosen:
            break
        chosen.append(name)
    return chosen or list(names)


def _count_if_long(name: str, value: Any) -> Any:
    if not isinstance(value, dict | list) or len(json.dumps(value)) <= _LONG:
        return cast("Any", value)
    count = f"{len(cast('list[Any]', value))} {'fields' if isinstance(value, dict) else 'items'}"
    return Text(f"{count}; --fields {escape(name)} shows them")


def _make_table(**options: Any) -> Table:
    return Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), **options)


def _make_console() -> Console:
    return Console(markup=False, highlight=False, emoji=False)


def _make_cell(value: Any, *, short: bool = False) -> Text:
    """A string as it is; anything else as JSON. A short one has no fractions of seconds, and nothing for no value."""
    match value:
        case Text():
            return value
        case str():
            return Text(escape(_FRACTION.sub(r"\1", value) if short else value))
        case None:
            return Text("" if short else "null", "dim")
        case _ if value is ABSENT:
            return Text()
        case _:
            return Text(escape(json.dumps(value, ensure_ascii=False)))
