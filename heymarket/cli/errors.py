"""What is wrong with a command line, in one line that repeats no value: it may be personal, and logs keep it."""

from __future__ import annotations

import difflib
import re
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from cyclopts import (
    CoercionError,
    CycloptsError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cyclopts import Argument

__all__ = ["explain"]

_TYPES: dict[type | None, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    UUID: "a UUID",
    date: "a date, such as 2025-01-31",
    datetime: "a date and time, such as 2025-01-31T12:00:00Z",
}


def explain(error: CycloptsError) -> str:
    """One line: what is wrong, what was perhaps meant, and where help is."""
    return f"{_problem(error)} Try: {' '.join(['heymarket', *(error.command_chain or ()), '--help'])}"


def _problem(error: CycloptsError) -> str:
    match error:
        case UnknownCommandError():
            word = _name((error.unused_tokens or [""])[0])
            if word.startswith("-"):
                return f"There is no option {word} here. Options come after the command."
            return f"There is no command {word}.{_closest(word, list(error.app or ()))}"
        case UnknownOptionError():
            word = _name(error.token.keyword or error.token.value)
            return f"There is no option {word}.{_closest(word, _names(error.argument_collection))}"
        case MissingArgumentError():
            return f"{_called(error.argument)} is missing."
        case RepeatArgumentError():
            return f"{error.token.keyword} is given more than once."
        case UnusedCliTokensError():
            return "There are more arguments than this command takes."
        case CoercionError(msg=str(message)):
            return f"{_called(error.argument)} {message}"
        case CoercionError():
            return f"{_called(error.argument)} must be {_TYPES.get(error.target_type, 'of another type')}."
        case _:
            return "These arguments do not fit together."


def _name(token: str) -> str:
    """An option or command as it was typed, unless it may be a value or have one hanging on it."""
    name = token.partition("=")[0]
    return name if re.fullmatch(r"-{0,2}[A-Za-z][A-Za-z_-]*", name) else "like that"


def _names(arguments: Iterable[Argument]) -> list[str]:
    return [name for argument in arguments for name in argument.names]


def _called(argument: Argument | None) -> str:
    name = argument.name if argument else "An argument"
    return name if name.startswith("--") else name.upper()


def _closest(word: str, known: list[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f" Did you mean {close[0]}?" if close else ""
