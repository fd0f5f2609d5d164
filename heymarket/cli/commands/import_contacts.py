"""`heymarket import contacts`: contacts from a CSV file. All rows are checked before anything is sent."""

from __future__ import annotations

import hashlib
import inspect
import json
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_type_hints

from attrs import frozen
from cyclopts import App, Parameter

from heymarket import models
from heymarket.cli.conversion import read_cells
from heymarket.cli.csv_files import CSVFile, Line, check_outputs, complete_phone, parse_mapping
from heymarket.cli.jobs import run_job, show_problems
from heymarket.cli.options import ClientOptions, Yes, confirm
from heymarket.cli.output import join_lines
from heymarket.errors import InvalidRequestError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["CountryCode", "Map", "Rejected", "Results", "make_import_app"]

_BATCH = 100
"""Contacts in a request. The service's maximum is not documented."""
_OPERATION = "contacts.batch_create"
_MOST_SPLIT = 10
"""Refused requests of which each contact is sent alone, in a run: 1,000 calls, so that a wrong file costs no more."""

Map = Annotated[
    list[str] | None,
    Parameter(
        name="--map", metavar="FIELD=COLUMN", consume_multiple=True,
        help='The column of a field, such as --map phone="Mobile number" first="First name" custom.101=Tier.',
    ),
]  # fmt: skip
CountryCode = Annotated[
    str | None,
    Parameter(metavar="DIGITS", help="What numbers of 10 or fewer digits without a plus begin with, such as 1."),
]
Rejected = Annotated[
    Path | None, Parameter(help="The file for rejected rows. Default: beside FILE, NAME.rejected.csv.")
]
Results = Annotated[
    Path | None,
    Parameter(help="The file for what is done, by which the same command goes on. Default: beside FILE."),
]


def make_import_app() -> App:
    """Make the app of `heymarket import`."""
    app = App(name="import", help="Create contacts from a CSV file.", help_epilogue="", version_flags=())
    about, _, _ = (inspect.getdoc(import_contacts) or "").partition("\n\nArgs:")
    app.command(import_contacts, name="contacts", help=join_lines(about), help_epilogue="", version_flags=())
    return app


def import_contacts(
    file: Path,
    /,
    *,
    map: Map = None,  # noqa: A002 - as it is typed
    country_code: CountryCode = None,
    overwrite: Annotated[
        bool, Parameter(negative=(), help="Change contacts that have the phone number already. Default: keep them.")
    ] = False,
    preview: Annotated[bool, Parameter(negative=(), help="Check all rows, and send nothing.")] = False,
    rejected: Rejected = None,
    results: Results = None,
    yes: Yes = False,
    options: ClientOptions | None = None,
) -> int:
    """Create contacts from a CSV file, each row checked before anything is sent.

    The first line of the file has the names of the columns. Columns that have the names of fields (phone, first, last,
    email, ...) are taken; --map names others. Rows that can't be right and doubled numbers are left out, and told with
    their line. Rejected rows go to a file; correct them there, and import that file. To go on after Ctrl-C or a
    failure, give the same command.

    Args:
        file: The CSV file, in UTF-8.
    """
    options = options or ClientOptions()
    rows = _Rows.read(file, parse_mapping(map), country_code)
    problems: list[tuple[int, str]] = []
    total = 0
    for line, _, problem in rows:
        if problem:
            problems.append((line.number, problem))
        else:
            total += 1
    show_problems(problems, len(problems))
    calls = -(-total // _BATCH)
    unused = rows.describe_unused()
    print(f"Contacts to import: {total:,}; calls: {calls:,}. Rows rejected: {len(problems):,}.{unused}")
    if preview or not total:
        return 1 if problems and not total else 0
    with options.make_client() as client:
        team = client.team.get()
    place = results or rows.name_results(team.id, overwrite=overwrite)
    path = rejected or file.with_name(f"{file.stem}.rejected.csv")
    check_outputs(file, {"--results": place, "--rejected": path})
    confirm(f"They are imported into the team {team.name} ({team.id}).", yes=yes)
    failed, waiting = _Job(rows, total, place, overwrite, options).run()
    count = len(problems) + len(failed)
    if count:
        path = rows.file.write_rejected(path, _list_rejected(rows, failed))
    # Whether a contact was there before is in no response (D09).
    there = "were changed" if overwrite else "were kept; --overwrite changes them"
    print(f"Contacts accepted: {total - len(failed) - waiting:,}; those that had the number already {there}.")
    if count:
        print(f"Rows rejected: {count:,}, see {path}")
    if waiting:
        print(f"Failed for a passing reason: {waiting:,}; give the same command again.")
    return 1 if failed or waiting else 0


@frozen
class _Rows:
    """The rows of a file, each with its contact, or with the reason why it is rejected."""

    file: CSVFile
    columns: Mapping[str, str]
    country_code: str | None

    @classmethod
    def read(cls, path: Path, mapping: Mapping[str, str], country_code: str | None) -> _Rows:
        file = CSVFile(path)
        hints = get_type_hints(models.ContactV1Write)
        fields = [name for name in hints if name != "additional_properties"]
        for name in mapping:
            outer, _, inner = name.partition(".")
            if inner and outer in fields and not any(hasattr(kind, "from_dict") for kind in get_args(hints[outer])):
                raise InvalidRequestError(f"--map: {outer} is no object, so there is no {name}.")
        columns = file.map_columns(fields, mapping)
        if "phone" not in columns.values():
            raise InvalidRequestError(f'{path} has no column phone. Map one: --map phone="{file.columns[0]}".')
        return cls(file, columns, country_code)

    def __iter__(self) -> Iterator[tuple[Line, dict[str, Any], str]]:
        seen: dict[str, int] = {}
        for line in self.file:
            try:
                contact = self._make_contact(line)
            except InvalidRequestError as error:
                yield line, {}, str(error)
                continue
            first = seen.setdefault(contact["phone"], line.number)
            same = "" if first == line.number else f"the phone number is that of line {first}."
            yield line, {} if same else contact, same

    def list_contacts(self) -> Iterator[tuple[Line, dict[str, Any]]]:
        return ((line, contact) for line, contact, problem in self if not problem)

    def _make_contact(self, line: Line) -> dict[str, Any]:
        if not line.is_whole:
            raise InvalidRequestError("there are more cells than columns. Quote cells that contain the separator.")
        cells = {self.columns[name]: cell for name, cell in line.cells.items() if name in self.columns}
        if "phone" not in cells:
            raise InvalidRequestError("phone is missing.")
        inner = {name: cells.pop(name) for name in [*cells] if "." in name}
        contact = read_cells(models.ContactV1Write, cells)
        contact["phone"] = complete_phone(cells["phone"], self.country_code)
        for name, cell in inner.items():
            outer, _, key = name.partition(".")
            if not isinstance(contact.setdefault(outer, {}), dict):
                raise InvalidRequestError(f"{outer} must be a JSON object, since it has {name} too.")
            contact[outer][key] = cell
        try:
            return models.ContactV1Write.from_dict(contact).to_dict()
        except (AttributeError, KeyError, TypeError, ValueError):
            raise InvalidRequestError("a value is of the wrong type. heymarket import contacts --help") from None

    def describe_unused(self) -> str:
        unused = [name for name in self.file.columns if name not in self.columns]
        return f" Columns that are left out: {', '.join(unused)}." if unused else ""

    def name_results(self, team: object, *, overwrite: bool) -> Path:
        """A file for each content: a file that was corrected is another job."""
        digest = hashlib.sha256(self.file.path.read_bytes())
        digest.update(json.dumps([dict(self.columns), self.country_code, str(team), overwrite]).encode())
        return self.file.path.with_name(f"{self.file.path.name}.import-{digest.hexdigest()[:8]}.db")


@frozen
class _Job:
    """The calls: contacts in batches, and those of a batch that was refused one by one, to find the reason."""

    rows: _Rows
    total: int
    results: Path
    overwrite: bool
    options: ClientOptions

    def run(self) -> tuple[dict[int, str], int]:
        """Import; return why contacts failed, by their number, and how many wait for another run."""
        from heymarket import bulk  # SQLite

        self._run(self._batches(), self.results, self.total, self._count)
        errors = {result.row: result for result in bulk.results(self.results) if result.error}
        waiting = sum(self._count(number) for number, result in errors.items() if result.again)
        refused = {number: result.error or {} for number, result in errors.items() if not result.again}
        # Credentials that lack the right lack it for each contact alone too.
        split = {number for number, error in refused.items() if error["status"] != 403}
        split = {*sorted(split)[:_MOST_SPLIT]}
        one_by_one = self.results.with_name(f"{self.results.name}-singly")
        if split:
            self._run(self._singles(split), one_by_one, sum(map(self._count, split)))
        alone = {result.row: result for result in bulk.results(one_by_one)} if one_by_one.exists() else {}
        failed: dict[int, str] = {}
        for batch, error in refused.items():
            for number in range(batch * _BATCH, batch * _BATCH + self._count(batch)):
                if number not in alone:
                    failed[number] = f"its call was refused, of {self._count(batch)} contacts: {error['message']}"
                elif alone[number].again:
                    waiting += 1
                elif problem := alone[number].error:
                    failed[number] = str(problem["message"])
        return failed, waiting

    def _run(
        self,
        rows: Iterator[dict[str, Any] | None],
        results: Path,
        total: int,
        count: Callable[[int], int] = lambda _: 1,
    ) -> None:
        # A contact that is there is kept, or gets the same values.
        run_job(_OPERATION, rows, results, self.options, total=total, is_idempotent=True, count=count)

    def _count(self, batch: int) -> int:
        return min(_BATCH, self.total - batch * _BATCH)

    def _batches(self) -> Iterator[dict[str, Any]]:
        contacts = (contact for _, contact in self.rows.list_contacts())
        while batch := list(islice(contacts, _BATCH)):
            yield {"contacts": batch, "overwrite": self.overwrite}

    def _singles(self, refused: set[int]) -> Iterator[dict[str, Any] | None]:
        for number, (_, contact) in enumerate(self.rows.list_contacts()):
            is_wanted = number // _BATCH in refused
            yield {"contacts": [contact], "overwrite": self.overwrite} if is_wanted else None


def _list_rejected(rows: _Rows, failed: Mapping[int, str]) -> Iterator[tuple[Line, str]]:
    number = -1
    for line, _, problem in rows:
        number += not problem
        if problem := problem or failed.get(number, ""):
            yield line, problem
