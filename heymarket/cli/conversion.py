"""Conversion of command-line arguments to those of Python methods.

Strings, numbers, dates and the like are written as they are, files by their path, lists by repeating the option, and
models and lists of models as JSON: on the command line, in a file (`@file`), or on the standard input (`-`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, cast, get_args, get_origin
from uuid import UUID

from cyclopts import Parameter

from heymarket import UNSET
from heymarket.errors import InvalidRequestError

if TYPE_CHECKING:
    from cyclopts import Token

__all__ = ["JSON", "WORD_OR_JSON", "convert", "make_annotation"]

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
        return list[word]  # type: ignore[valid-type] # a type made at run time
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


def _read_json(_type: Any, tokens: Sequence[Token]) -> Any:
    given = tokens[0].value
    source, text = "JSON", given
    try:
        if given in {"-", "@-"}:
            source = "the standard input"
            text = sys.stdin.read() if sys.stdin else ""
        elif given.startswith("@"):
            source = given[1:]
            text = Path(source).read_text("utf-8-sig")
        return json.loads(text)
    except OSError as error:
        problem = f"names {source}, which can't be read: {error.strerror}."
    except UnicodeDecodeError:
        problem = f"names {source}, which isn't UTF-8."
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        problem = (
            f"must be JSON, @FILE or - ({where})." if text is given else f"needs JSON, and {source} isn't: {where}."
        )
        if not text.strip():
            problem = f"needs JSON, and {source} is empty."
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
JSON = Annotated[Any, Parameter(converter=_read_json, n_tokens=1, metavar="JSON", allow_leading_hyphen=True)]
"""How cyclopts reads JSON."""
