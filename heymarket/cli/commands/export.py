"""`heymarket export`: all items of a list, in a file. A command for each paged list of the description."""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from attrs import frozen
from cyclopts import App, Group, Parameter

from heymarket import config, description
from heymarket.cli import profiles
from heymarket.cli.commands.operations import list_pages
from heymarket.cli.methods import Method, add_parameters, list_methods
from heymarket.cli.naming import rewrite_errors, rewrite_help
from heymarket.cli.options import ClientOptions
from heymarket.cli.private_files import open_draft
from heymarket.cli.schemas import list_fields
from heymarket.errors import InvalidRequestError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from heymarket.description import OperationInfo

__all__ = ["make_export_app"]

_GROUP = Group("Export", sort_key=0)
_TIMES = ("updated", "date", "created")
Format = Literal["csv", "jsonl", "sqlite"]


@Parameter(name="*")
@frozen(kw_only=True)
class ExportOptions:
    """Where an export goes, and since when."""

    to: Annotated[
        Path | None, Parameter(group=_GROUP, help="The file. Default: the resource's name, with the format's ending.")
    ] = None
    format: Annotated[
        Format | None, Parameter(group=_GROUP, help="Default: by the file's ending, .csv, .jsonl or .db; else csv.")
    ] = None
    since: Annotated[
        datetime | None, Parameter(group=_GROUP, help="Only what was changed, or sent, at this time or later.")
    ] = None


def make_export_app(chosen: str | None) -> App:
    """Make the app of `heymarket export`, with a command for each list that has pages.

    Args:
        chosen: The word after the program's name; `None` for completion. Other words need no commands.
    """
    app = App(name="export", help="Write all items of a list to a file.", help_epilogue="", version_flags=())
    if chosen in {None, "export"}:
        for operation in description.operations():
            if operation.method_name == "list" and "x-heymarket-pagination" in operation.spec:
                method = list_methods(operation.resource)["list"]
                app.command(_make_command(operation, method), name=operation.resource.replace("_", "-"))
    return app


def _make_command(operation: OperationInfo, method: Method) -> Callable[..., None]:
    def command(
        *args: Any, _export: ExportOptions | None = None, _options: ClientOptions | None = None, **kwargs: Any
    ) -> None:
        given = _export or ExportOptions()
        endings: dict[str, Format] = {".jsonl": "jsonl", ".db": "sqlite", ".sqlite": "sqlite", ".sqlite3": "sqlite"}
        format_ = given.format or endings.get(given.to.suffix.lower() if given.to else "", "csv")
        path = given.to or Path(f"{operation.resource}.{'db' if format_ == 'sqlite' else format_}")
        options = _options or ClientOptions()
        with rewrite_errors(method.typed):
            values = method.convert(args, kwargs)
            with options.make_client() as client:
                base_url = config.resolve(profile=profiles.choose(options.profile), base_url=options.base_url).base_url
                source = f"{base_url} {client.team.get().id}"
                resource = getattr(client, operation.resource)
                count = _Export(operation, path, format_, given.since, source).run(resource, values, options)
        print(f"{count:,} {operation.resource} written to {path}.", file=sys.stderr)

    about, arguments = method.split_docstring()
    about = (
        f"{about.partition('Returns the items one by one')[0].strip()}\n\nWrites all of them to a file, which is "
        "replaced when the last page has come; a SQLite file keeps what it has, and gets what is new or changed. "
        "To go on after Ctrl-C or a failure, give the same command."
    )
    lines = "".join(f"\n    {name}: {text}" for name, text in arguments.items())
    help_text = rewrite_help(f"{about}\n\nArgs:{lines}" if lines else about, method.typed)
    return add_parameters(command, method, help_text, {"_export": ExportOptions, "_options": ClientOptions})


@frozen
class _Export:
    """An export: pages are gathered in a file beside the one that is wanted, which is written at the end."""

    operation: OperationInfo
    path: Path
    format: Format
    since: datetime | None
    source: str

    def run(self, resource: Any, values: dict[str, Any], options: ClientOptions) -> int:
        """Export all items; return how many there are."""
        import sqlite3

        partial = self.path.with_name(f"{self.path.name}.partial")
        what = [self.source, self.operation.name, self.format, str(self.since), values]
        given = json.dumps(what, default=str, sort_keys=True)
        try:
            with closing(_Gathered(partial, hashlib.sha256(given.encode()).hexdigest())) as gathered:
                self._gather(gathered, resource, values, options)
                self._write(gathered)
                count = gathered.count()
        except KeyboardInterrupt:
            print("Stopped. The same command goes on from here.", file=sys.stderr)
            raise
        except sqlite3.DatabaseError as error:
            problem = f"{self.path} can't be written: {error}."
        else:
            partial.unlink()
            return count
        raise InvalidRequestError(problem)

    def _gather(self, gathered: _Gathered, resource: Any, values: dict[str, Any], options: ClientOptions) -> None:
        from rich.console import Console
        from rich.progress import Progress, TextColumn

        paging = self.operation.spec["x-heymarket-pagination"]
        field = paging.get("from") or next((one for one in _TIMES if one in list_fields(self.operation)), "")
        columns = (TextColumn("{task.completed:,.0f} " + self.operation.resource),)
        with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
            bar = progress.add_task("", total=None, completed=gathered.count())
            for rows, cursor in list_pages(self.operation, resource, values, options, gathered.cursor):
                kept = [row for row in rows if not self.since or _is_since(row.get(field), self.since)]
                gathered.add(kept, cursor)
                progress.update(bar, completed=gathered.count())
                if rows and not kept and paging.get("from"):  # the newest came first
                    return

    def _write(self, gathered: _Gathered) -> None:
        names = list(dict.fromkeys([*list_fields(self.operation), *gathered.names()]))
        if self.format == "sqlite":
            _write_sqlite(self.path, self.operation.resource, names, gathered)
            return
        with open_draft(self.path) as file:
            if self.format == "jsonl":
                file.writelines(f"{json.dumps(item, ensure_ascii=False)}\n" for item in gathered)
            else:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(names)
                writer.writerows([_to_cell(item.get(name)) for name in names] for item in gathered)
            file.close()
            Path(file.name).replace(self.path)


class _Gathered:
    """The items so far, each once, and where the next page begins; one transaction for each page."""

    def __init__(self, path: Path, digest: str) -> None:
        import sqlite3

        if not path.exists():
            path.touch(0o600)
        self._file = sqlite3.connect(path, isolation_level=None)
        self._file.execute("CREATE TABLE IF NOT EXISTS progress (digest, cursor)")
        self._file.execute("CREATE TABLE IF NOT EXISTS items (number INTEGER PRIMARY KEY, id UNIQUE, item)")
        if not (row := self._file.execute("SELECT digest, cursor FROM progress").fetchone()):
            row = digest, None
            self._file.execute("INSERT INTO progress VALUES (?, ?)", row)
        self.cursor: str | None = row[1]
        if row[0] != digest:
            self._file.close()
            raise InvalidRequestError(
                f"{path} is of another export, or another team's, which didn't end. Delete it, or name another --to."
            )

    def add(self, rows: Sequence[dict[str, Any]], cursor: str | None) -> None:
        items = [(json.dumps(row.get("id", row)), json.dumps(row)) for row in rows]
        with self._file:
            self._file.execute("BEGIN")
            self._file.executemany(
                "INSERT INTO items (id, item) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET item = excluded.item", items
            )
            self._file.execute("UPDATE progress SET cursor = ?", (cursor,))

    def count(self) -> int:
        count: int = self._file.execute("SELECT count(*) FROM items").fetchone()[0]
        return count

    def names(self) -> list[str]:
        query = "SELECT DISTINCT key FROM items, json_each(item)"
        return [name for (name,) in self._file.execute(query)]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for (item,) in self._file.execute("SELECT item FROM items ORDER BY number"):
            yield json.loads(item)

    def close(self) -> None:
        self._file.close()


def _is_since(value: Any, since: datetime) -> bool:
    try:
        time = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return True  # it can't be told
    return (time if time.tzinfo else time.replace(tzinfo=UTC)) >= since.astimezone()


def _to_cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list | bool) else value


def _write_sqlite(path: Path, table: str, names: Sequence[str], items: _Gathered) -> None:
    import sqlite3

    if not path.exists():
        path.touch(0o600)
    columns = {name: _quote_name(name) for name in names}
    declared = ", ".join(f"{column}{' PRIMARY KEY' * (name == 'id')}" for name, column in columns.items())
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(f"CREATE TABLE IF NOT EXISTS {table} ({declared})")
        known = {row[1] for row in file.execute(f"PRAGMA table_info({table})")}
        for name in columns.keys() - known:
            file.execute(f"ALTER TABLE {table} ADD COLUMN {columns[name]}")
        places = ", ".join("?" * len(names))
        rows = ([_to_cell(item.get(name)) for name in names] for item in items)
        into = f"{table} ({', '.join(columns.values())})"
        query = f"INSERT OR REPLACE INTO {into} VALUES ({places})"  # noqa: S608 - names, which are quoted
        file.executemany(query, rows)


def _quote_name(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))
