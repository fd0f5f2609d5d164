"""CSV files of people: rows with the number of their line, columns mapped to fields, and a report of rejected rows."""

from __future__ import annotations

import csv
import difflib
import filecmp
import os
import re
from codecs import BOM_UTF8
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from heymarket import normalize_phone
from heymarket.cli.private_files import open_draft
from heymarket.errors import InvalidRequestError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
    from typing import TextIO

__all__ = ["PROBLEM", "CSVFile", "Line", "check_outputs", "complete_phone", "is_number", "parse_mapping"]

_NUMBER = re.compile(r"[\s+()./-]*[0-9][\s0-9+()./-]*")
PROBLEM = "problem"
"""The column of a report that says why a row was rejected; it is no column of an import."""
_OTHER_NAMES = {  # of columns, by the field that they may mean
    "phone": "mobile cell number telephone phone_number mobile_phone msisdn tel",
    "first": "first_name firstname given_name forename name",
    "last": "last_name lastname surname family_name",
    "email": "e_mail mail email_address",
    "display_name": "full_name displayname",
}


@frozen
class Line:
    """A row of a CSV file.

    Attributes:
        number: The line of the file on which it begins; the header is on line 1.
        cells: The cells that aren't empty, by column.
        is_whole: Whether it has no more cells than there are columns.
    """

    number: int
    cells: Mapping[str, str]
    is_whole: bool


class CSVFile:
    """A CSV file in UTF-8, its cells between commas, semicolons or tabs. Rows are read as they are needed.

    A file whose first line is a number is one without a header, with a number on each line.

    Attributes:
        path: Where it is.
        columns: The names of its columns.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._open() as file:
            header = file.readline()
            self._has_header = not is_number(header)
            header = header if self._has_header else "phone"
            self._delimiter = max(",;\t", key=header.count)
            names = next(csv.reader([header], delimiter=self._delimiter), list[str]())
        self.columns: Sequence[str] = [name.strip() for name in names]
        if not any(self.columns):
            raise InvalidRequestError(f"{path} is empty. Its first line has the names of the columns.")
        if double := next((name for name in self.columns if self.columns.count(name) > 1), None):
            raise InvalidRequestError(f"{path} has more than one column called {double!r}. Rename one.")

    @contextmanager
    def _open(self) -> Generator[TextIO]:
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                yield file
        except OSError as error:
            problem = f"{self.path} can't be read: {error.strerror}."
        except UnicodeDecodeError:
            problem = f"{self.path} isn't UTF-8. Save it as CSV UTF-8."
        except csv.Error:
            problem = f"{self.path} isn't CSV."
        else:
            return
        raise InvalidRequestError(problem)

    def __iter__(self) -> Iterator[Line]:
        with self._open() as file:
            reader = csv.reader(file, strict=True, delimiter=self._delimiter)
            if self._has_header:
                next(reader, None)
            number = reader.line_num + 1
            for row in reader:
                cells = {name: cell.strip() for name, cell in zip(self.columns, row, strict=False) if cell.strip()}
                if any(row):
                    yield Line(number, cells, is_whole=not any(row[len(self.columns) :]))
                number = reader.line_num + 1

    def map_columns(self, fields: Sequence[str], mapping: Mapping[str, str]) -> dict[str, str]:
        """The field of each column that has one.

        Args:
            fields: The fields that there are.
            mapping: The column of each field that the user mapped; `a.b` is a field of an object.

        Raises:
            InvalidRequestError: A field or a column doesn't exist; or, without any mapping, a column is no field.
        """
        for field, column in mapping.items():
            if field.partition(".")[0] not in fields:
                raise InvalidRequestError(f"--map: there is no field {field}.{_suggest(field, fields)}")
            if column not in self.columns:
                known = ", ".join(self.columns)
                raise InvalidRequestError(f"--map: {self.path} has no column {column!r}. It has {known}.")
        found: dict[str, str] = {}
        for field, column in mapping.items():
            if column in found:
                raise InvalidRequestError(f"--map: column {column!r} can't be both {found[column]} and {field}.")
            found[column] = field
        taken = {*found.values()}
        found |= {name: name for name in self.columns if name in fields and name not in taken and name not in found}
        unknown = [name for name in self.columns if name not in found and name != PROBLEM]
        if unknown and not mapping:
            guessed = {_guess_field(name, fields): name for name in reversed(unknown)}
            pairs = [f'{field}="{name}"' for field, name in reversed(guessed.items()) if field]
            names = ", ".join(f'"{name}"' for name in unknown)
            hint = f"Map those that you want: --map {' '.join(pairs) or 'FIELD=COLUMN'}"
            raise InvalidRequestError(f"{self.path} has columns that are no fields: {names}. {hint}")
        return found

    def write_rejected(self, path: Path, rejected: Iterable[tuple[Line, str]]) -> Path:
        """Write rows as they came, each with its problem, to be corrected and given again; with a BOM if they had one.

        A file of other content is left alone, because it may have corrections: then the next free name is taken, such
        as `NAME.rejected-2.csv`.

        Args:
            path: The file to write.
            rejected: Rows and their problems.

        Returns:
            The file that was written, or has the same content already.
        """
        names = [name for name in self.columns if name != PROBLEM]
        with self.path.open("rb") as source:
            encoding = "utf-8-sig" if source.read(len(BOM_UTF8)) == BOM_UTF8 else "utf-8"
        numbered = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
        place = path
        try:
            with open_draft(path, encoding) as file:
                writer = csv.writer(file, lineterminator="\n", delimiter=self._delimiter)
                writer.writerow([*names, PROBLEM])
                for line, problem in rejected:
                    writer.writerow([*(line.cells.get(name, "") for name in names), f"line {line.number}: {problem}"])
                file.close()
                while place.exists() and not filecmp.cmp(place, file.name, shallow=False):
                    place = next(numbered)
                Path(file.name).replace(place)
        except OSError as error:
            raise OSError(error.errno, f"{path}: {error.strerror}") from None
        return place


def check_outputs(source: Path | None, outputs: Mapping[str, Path]) -> None:
    """Refuse files that can't be written, before anything is sent.

    Args:
        source: The file that is read, if there is one.
        outputs: The files to write, by the option that names them.

    Raises:
        InvalidRequestError: A file can't be written, or has the place of another.
    """
    taken = [] if source is None else [source]
    for option, path in outputs.items():
        if any(_are_same(path, one) for one in taken):
            raise InvalidRequestError(f"{option}: {path} is the file of something else. Name another one.")
        taken.append(path)
        problem = "it isn't a file" if path.exists() and not path.is_file() else ""
        try:
            with open_draft(path):
                pass
        except OSError as error:
            problem = problem or error.strerror or type(error).__name__
        if not problem and path.exists() and not os.access(path, os.W_OK):
            problem = "Permission denied"
        if problem:
            raise InvalidRequestError(f"{option}: {path} can't be written: {problem}. Name another one.")


def _are_same(first: Path, second: Path) -> bool:
    if first.exists() and second.exists():
        return first.samefile(second)
    return first.resolve() == second.resolve()


def parse_mapping(pairs: Sequence[str] | None) -> dict[str, str]:
    """The columns that `--map FIELD=COLUMN` names, by field.

    Args:
        pairs: What was typed.
    """
    parts = [pair.partition("=") for pair in pairs or ()]
    if not all(field and column for field, _, column in parts):
        raise InvalidRequestError('--map takes FIELD=COLUMN, such as --map phone="Mobile number".')
    mapping = {field.strip(): column.strip() for field, _, column in parts}
    if len(mapping) < len(parts):
        raise InvalidRequestError("--map names a field twice. A field has one column.")
    return mapping


def is_number(text: str) -> bool:
    """Whether a string is a number as people write it: digits, and nothing else but separators and a plus.

    Args:
        text: The string.
    """
    return _NUMBER.fullmatch(text) is not None


def complete_phone(phone: str, country_code: str | None) -> str:
    """A phone number in the service's format.

    Args:
        phone: The number.
        country_code: What a number of 10 or fewer digits without a plus begins with, in place of a 0.

    Raises:
        InvalidRequestError: It isn't a number. Letters are never dropped, since the rest may be the number of another.
    """
    digits = re.sub("[^0-9]", "", phone)
    if country_code and is_number(phone) and "+" not in phone and len(digits) < 11:
        phone = f"+{country_code.removeprefix('+')}{digits.removeprefix('0')}"
    return normalize_phone(phone)


def _guess_field(column: str, fields: Sequence[str]) -> str:
    word = "_".join(column.lower().replace("-", " ").split())
    found = [field for field, names in _OTHER_NAMES.items() if field in fields and word in names.split()]
    return (found or difflib.get_close_matches(word, fields, n=1, cutoff=0.5) or [""])[0]


def _suggest(field: str, fields: Sequence[str]) -> str:
    meant = _guess_field(field, fields)
    return f" Did you mean {meant}?" if meant else f" There are {', '.join(fields)}."
