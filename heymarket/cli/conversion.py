"""Conversion of command-line arguments to those of Python methods.

Strings, numbers, dates and the like are written as they are, files by their path, lists by repeating the option or in
a file of a value on each line (`@file`). Models and lists of models are written as JSON: on the command line, in a file
(`@file`), or on the standard input (`-`). A list of models may be a CSV file as well (`@file.csv`).
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from enum import Enum
from functools import cache
from glob import escape
from pathlib import Path
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

import cyclopts
from cyclopts import Parameter

from heymarket import UNSET
from heymarket.errors import InvalidRequestError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cyclopts import Token
    from cyclopts.completion import CompletionContext

__all__ = ["JSON", "WORD_OR_JSON", "complete_file", "convert", "make_annotation", "read_cells"]

_WORDS = (bool, int, float, UUID, date, datetime)


def make_annotation(annotation: Any) -> Any:
    """Make the annotation by which cyclopts reads an argument.

    Args:
        annotation: The argument's annotation in Python.
    """
    kinds = _list_types(annotation)
    if str in kinds and any(map(_is_structure, kinds)):
        return WORD_OR_JSON
    if word := _find_word_type(annotation):
        return word
    if len(kinds) == 1 and get_origin(kinds[0]) in {list, Sequence} and (word := _find_word_type(*get_args(kinds[0]))):
        return Annotated[list[word], Parameter(converter=_read_words, completer=complete_file)]  # type: ignore[valid-type] # made at run time
    return JSON


def convert(name: str, annotation: Any, given: Any) -> Any:
    """Convert what cyclopts read to what the Python method takes.

    Args:
        name: The argument's name, as it is typed.
        annotation: Its annotation in Python.
        given: What cyclopts read.

    Raises:
        InvalidRequestError: The JSON is of another type. The message does not repeat it.
    """
    kinds = _list_types(annotation)
    if isinstance(given, _Row):
        given = _read_row(name, kinds, given)
    if {int, UUID} <= {*kinds} and isinstance(given, str) and given.isdecimal():
        return int(given)
    if isinstance(cast("object", given), dict) and sum(hasattr(kind, "from_dict") for kind in kinds) > 1:
        return cast("Mapping[str, Any]", given)  # which of the models it is, is for the service to say
    for kind in kinds:
        if get_origin(kind) is Mapping and isinstance(given, dict):
            return cast("Mapping[str, Any]", given)
        if kind is Any or (get_origin(kind) is Literal and given in get_args(kind)):
            return given
        if get_origin(kind) in {list, Sequence} and isinstance(given, list):
            return [convert(name, get_args(kind)[0], item) for item in cast("Sequence[Any]", given)]
        if hasattr(kind, "from_dict") and isinstance(given, dict):
            return _make_model(name, kind, cast("Mapping[str, Any]", given))
        if _is_enum(kind) and isinstance(given, str):
            return kind(given)
        if isinstance(kind, type) and isinstance(given, kind):
            return given.astimezone() if isinstance(given, datetime) else given
    if given is None and NoneType in get_args(annotation):
        return None
    raise InvalidRequestError(f"{name} must be {_describe(kinds)}.")


def _find_word_type(annotation: Any) -> type | None:
    """The type of an argument that is written as one word; `None` for any other."""
    kinds = _list_types(annotation)
    if str in kinds:
        return str
    if Path in kinds:
        return Path
    if len(kinds) != 1:
        return None
    kind = kinds[0]
    return str if _is_enum(kind) else kind if kind in _WORDS or get_origin(kind) is Literal else None


def _list_types(annotation: Any) -> list[Any]:
    """The annotation, or the types of its union, without those for no value."""
    is_union = get_origin(annotation) in {Union, UnionType}
    kinds = get_args(annotation) if is_union else (annotation,)
    return [kind for kind in kinds if kind not in {NoneType, type(UNSET)}]


def _is_structure(kind: Any) -> bool:
    return get_origin(kind) in {list, Sequence, dict, Mapping} or hasattr(kind, "from_dict")


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _describe(kinds: list[Any]) -> str:
    """The JSON that fits a type, in words."""
    lists = [get_args(kind)[0] for kind in kinds if get_origin(kind) in {list, Sequence}]
    if lists:
        return f"a JSON list, each item of it {_describe(_list_types(lists[0]))}"
    is_object = any(hasattr(kind, "from_dict") or get_origin(kind) in {dict, Mapping} for kind in kinds)
    return "a JSON object" if is_object else f"JSON of the type {' or '.join(kind.__name__ for kind in kinds)}"


def _make_model(name: str, model: Any, given: Mapping[str, Any]) -> Any:
    try:
        return model.from_dict(given)
    except KeyError as error:
        problem = f"lacks {error}"
    except (TypeError, ValueError, AttributeError):
        problem = "does not fit"
    raise InvalidRequestError(f"{name} {problem}; it takes the JSON of {model.__name__}.")


class _Row(dict[str, str]):
    """A row of a CSV file: the cells that aren't empty."""


def _read_rows(text: str) -> list[_Row]:
    rows = csv.DictReader(text.splitlines(keepends=True), restkey="", strict=True)
    return [_Row({name: cell for name, cell in row.items() if cell}) for row in rows]


def _read_row(name: str, kinds: list[Any], row: _Row) -> dict[str, Any]:
    if "" in row:
        raise InvalidRequestError(f"{name} has a row with a value in a column that has no name.")
    models = [kind for kind in kinds if hasattr(kind, "from_dict")]
    try:
        return read_cells(models[0] if models else None, row)
    except InvalidRequestError as error:
        problem = f"{name} has a row whose {error}"
    raise InvalidRequestError(problem)


def read_cells(model: Any, row: Mapping[str, str]) -> dict[str, Any]:
    """The values of a row: a cell is JSON unless the field takes a string, a UUID or a time.

    Args:
        model: The model whose fields they are; without one, all are strings.
        row: The cells that aren't empty, by field.

    Raises:
        InvalidRequestError: A cell has to be JSON.
    """
    hints = _list_hints(model) if model else {}
    values: dict[str, Any] = {}
    for field, cell in row.items():
        word = _find_word_type(hints.get(field, str))
        try:
            values[field] = cell if word not in {None, bool, int, float} else json.loads(cell.lower() if word else cell)
        except ValueError:
            raise InvalidRequestError(f"{field} must be JSON, such as 21, true or [1, 2].") from None
    return values


@cache
def _list_hints(model: Any) -> dict[str, Any]:
    return get_type_hints(model)


def _read_words(kind: Any, tokens: Sequence[Token]) -> Any:
    words: list[str] = []
    for word in (token.value for token in tokens):
        words += _read_file(word[1:]).split("\n") if word.startswith("@") else [word]
    return cast("Any", cyclopts.convert(kind, [word.strip() for word in words if word.strip()]))


def _read_file(name: str) -> str:
    try:
        return sys.stdin.read() if name == "-" else Path(name).read_text("utf-8-sig")
    except OSError as error:
        problem = f"names {name}, which can't be read: {error.strerror}."
    except UnicodeDecodeError:
        problem = f"names {name}, which isn't UTF-8."
    raise ValueError(problem)


def complete_file(context: CompletionContext) -> Iterator[str]:
    """Complete the path behind an `@`."""
    if context.incomplete.startswith("@"):
        folder, _, start = context.incomplete[1:].rpartition("/")
        for path in sorted(Path(f"{folder}/" if _ else ".").glob(f"{escape(start)}*")):
            yield f"@{folder}{_}{path.name}{'/' if path.is_dir() else ''}"


def _read_json(_type: Any, tokens: Sequence[Token]) -> Any:
    given = tokens[0].value
    source = "-" if given in {"-", "@-"} else given[1:] if given.startswith("@") else ""
    text = _read_file(source) if source else given
    try:
        return _read_rows(text) if source.lower().endswith(".csv") else json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        source = "the standard input" if source == "-" else source
        problem = f"needs JSON, and {source} isn't: {where}." if source else f"must be JSON, @FILE or - ({where})."
        if not text.strip():
            problem = f"needs JSON, and {source} is empty."
    except csv.Error:
        problem = f"names {source}, which isn't CSV."
    except (ValueError, RecursionError):
        problem = "must be JSON, @FILE or -."
    raise ValueError(problem)  # here, where no traceback holds the value


def _read_word_or_json(_type: Any, tokens: Sequence[Token]) -> Any:
    given = tokens[0].value
    with suppress(ValueError, RecursionError):
        return json.loads(given) if given.startswith(("[", "{")) else given
    return given


WORD_OR_JSON = Annotated[Any, Parameter(converter=_read_word_or_json, n_tokens=1, metavar="STR|JSON")]
"""How cyclopts reads what is a string, or a list or an object."""
JSON = Annotated[
    Any,
    Parameter(converter=_read_json, n_tokens=1, metavar="JSON", allow_leading_hyphen=True, completer=complete_file),
]
"""How cyclopts reads JSON."""
