"""Output of results: tables on a terminal, and JSON, JSON lines or CSV for programs. Lists are written page by page."""

from __future__ import annotations

import csv
import difflib
import json
import sys
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from attrs import field, frozen

from heymarket.cli.escaping import escape
from heymarket.cli.fields import ABSENT, find_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from heymarket import APIError, APIResponse

__all__ = ["Output", "is_for_people", "join_lines", "list_details", "print_content", "print_json"]

_HEADERS = ("date", "content-type", "retry-after", "location", "www-authenticate", "server", "cf-ray")


def is_for_people(*, as_json: bool) -> bool:
    """Whether to print tables: stdout is a terminal, and `--json` is not given."""
    return sys.stdout.isatty() and not as_json


@frozen(kw_only=True)
class Output:
    """How results are written.

    Attributes:
        format: `table`, `json`, `jsonl` or `csv`.
        fields: The fields that the user chose, in this order; `a.b` is a field of an object. All if empty.
        columns: The columns of a table, if the user chose no fields; whatever fits if empty.
        described: The described fields, which CSV has even if the first page lacks them.
    """

    format: str
    fields: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    described: tuple[str, ...] = ()
    _missing: set[str] = field(factory=set[str], init=False)

    def show(self, value: Any) -> None:
        """Write a response.

        Args:
            value: Parsed JSON; `None` is no result, which is said only on a terminal.
        """
        if isinstance(value, list):
            self.show_pages([cast("Any", value)])
        elif value is None:
            if self.format == "table":
                print("Done.")
        elif self.format == "table":
            from heymarket.cli import tables

            if isinstance(value, dict):
                tables.print_record(self._choose(value), whole=bool(self.fields))
            else:
                tables.print_grid([[value]])
        elif self.format == "csv":
            self._write_csv([[value]])
        elif self.format == "jsonl":
            _print_line(self._choose(value))
        else:
            print_json(self._choose(value))

    def show_pages(self, pages: Iterable[list[Any]]) -> None:
        """Write the items of a list, each page as soon as it is there."""
        match self.format:
            case "table":
                from heymarket.cli import tables

                tables.print_pages(pages, self.fields, self.columns)
            case "csv":
                self._write_csv(pages)
            case "jsonl":
                for item in self._choose_all(pages):
                    _print_line(item)
            case _:
                self._write_array(pages)

    def _write_array(self, pages: Iterable[list[Any]]) -> None:
        opening = "["
        for item in self._choose_all(pages):
            print(f"{opening}\n  " + _format_json(item, indent=2).replace("\n", "\n  "), end="", flush=opening == "[")
            opening = ","
        print("[]" if opening == "[" else "\n]")

    def _write_csv(self, pages: Iterable[list[Any]]) -> None:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        names: Sequence[str] = self.fields
        left_out: set[str] = set()
        for number, page in enumerate(chain(pages, [[]])):  # a header also without any page
            rows: list[dict[str, Any]] = [item if isinstance(item, dict) else {"value": item} for item in page]
            if not number:
                found = dict.fromkeys(name for row in rows for name in row)
                names = self.fields or list(dict.fromkeys([*self.described, *found]))
                writer.writerow(names)
            for row in rows:
                left_out |= set() if self.fields else row.keys() - names
                self._note_missing(row)
                writer.writerow([_format_cell(find_field(row, name)) for name in names])
        if left_out:
            print(f"Not written, because the first page lacked them: {', '.join(sorted(left_out))}.", file=sys.stderr)

    def _choose_all(self, pages: Iterable[list[Any]]) -> Iterator[Any]:
        for page in pages:
            yield from map(self._choose, page)

    def _choose(self, item: Any) -> Any:
        if not self.fields or not isinstance(item, dict):
            return item
        self._note_missing(cast("dict[str, Any]", item))
        found = {name: find_field(cast("dict[str, Any]", item), name) for name in self.fields}
        return {name: value for name, value in found.items() if value is not ABSENT}

    def _note_missing(self, item: Mapping[str, Any]) -> None:
        known = {*self.described, *item}
        for name in self.fields:
            if name.partition(".")[0] not in known and name not in self._missing:
                self._missing.add(name)
                close = difflib.get_close_matches(name, sorted(known), n=1)
                hint = f" Did you mean {close[0]}?" if close else f" Fields: {', '.join(sorted(known))}."
                print(escape(f"warning: there is no field {name}.{hint}"), file=sys.stderr)


def _format_cell(value: Any) -> str:
    if value is None or value is ABSENT:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return escape(text) if sys.stdout.isatty() else text


def print_json(value: Any) -> None:
    """Print JSON, indented by two. Characters that stdout can't encode are escaped."""
    print(_format_json(value, indent=2))


def _print_line(value: Any) -> None:
    print(_format_json(value, indent=None), flush=True)


def _format_json(value: Any, indent: int | None) -> str:
    ascii_only = not (sys.stdout.encoding or "").lower().startswith("utf")
    return escape(json.dumps(value, indent=indent, ensure_ascii=ascii_only))


def list_details(call: APIResponse[Any] | APIError) -> str:
    """The lines of `--verbose`: what Heymarket's support asks for, headers that say where a call ended, and, of an
    error, the body.
    """
    headers: Mapping[str, str] = getattr(call, "headers", {})
    shown = [name for name in headers if name in _HEADERS or name.startswith(("x-ratelimit-", "x-emulator-"))]
    details = {"request id": call.request_id or "none", "attempts": call.attempts}
    details |= {name: headers[name] for name in shown}
    if text := getattr(call, "text", ""):
        details["body"] = text
    return "\n".join(f"  {name}: {escape(str(value))}" for name, value in details.items())


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
