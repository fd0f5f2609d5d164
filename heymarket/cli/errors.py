"""Error messages and exit codes.

A message is one line. It repeats no value of a wrong command line, but all that the service said, unmasked: the reader
is the one who asked.
"""

from __future__ import annotations

import difflib
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, get_args, get_origin
from uuid import UUID

from cyclopts import (
    App,
    CoercionError,
    CycloptsError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)

from heymarket import APIError, APIStatusError, HeymarketError, NotFoundError
from heymarket.cli.escaping import escape

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


def explain(error: CycloptsError | HeymarketError) -> tuple[int, str]:
    """The exit code for an error, and its message: what is wrong, and the next step."""
    match error:
        case CycloptsError():
            return 2, f"{_explain_usage(error)} Try: {' '.join(['heymarket', *(error.command_chain or ()), '--help'])}"
        case NotFoundError():
            return 4, _unmask(error)
        case APIStatusError():
            return 1, _unmask(error)
        case APIError():
            return 1, str(error)
        case _:
            return 2, str(error)


def _unmask(error: APIStatusError) -> str:
    """The error with the service's whole message in place of the masked one, which is the only part in quotes."""
    message = f'"{escape(" ".join(error.message.split()))}"'
    return re.sub('"[^"]*"', lambda _: message, str(error), count=1)


def _explain_usage(error: CycloptsError) -> str:
    match error:
        case UnknownCommandError():
            word = _hide_value((error.unused_tokens or [""])[0])
            if word.startswith("-"):
                return f"There is no option {word} here. Options come after the command."
            app = error.app or App()
            if nested := next((f"{name} {word}" for name in app if word in app[name]), None):
                return f"There is no command {word}. Did you mean {nested}?"
            return f"There is no command {word}.{_suggest(word, list(app))}"
        case UnknownOptionError():
            word = _hide_value(error.token.keyword or error.token.value)
            return f"There is no option {word}.{_suggest(word, _list_names(error.argument_collection))}"
        case MissingArgumentError():
            name = _name_argument(error.argument)
            if name in (error.root_input_tokens or ()):
                return f"{name} has no value. One that begins with a hyphen needs an equals sign: {name}=-5."
            return f"{name} is missing."
        case RepeatArgumentError():
            return f"{error.token.keyword} is given more than once."
        case UnusedCliTokensError():
            return "There are more arguments than this command takes."
        case CoercionError(msg=str(message)):
            return f"{_name_argument(error.argument)} {message}"
        case CoercionError() if get_origin(error.target_type) is Literal:
            return (
                f"{_name_argument(error.argument)} must be one of {', '.join(map(str, get_args(error.target_type)))}."
            )
        case CoercionError():
            return f"{_name_argument(error.argument)} must be {_TYPES.get(error.target_type, 'of another type')}."
        case _:
            return "These arguments do not fit together."


def _hide_value(token: str) -> str:
    """An option or command as it was typed, without a value, and unless it may be one itself."""
    name = token.partition("=")[0]
    return name if re.fullmatch(r"-{0,2}[A-Za-z][A-Za-z_-]*", name) else "like that"


def _list_names(arguments: Iterable[Argument]) -> list[str]:
    return [name for argument in arguments for name in argument.names]


def _name_argument(argument: Argument | None) -> str:
    name = argument.name if argument else "An argument"
    return name if name.startswith("--") else name.upper()


def _suggest(word: str, known: list[str]) -> str:
    names = {name.lstrip("-"): name for name in known}
    given = word.lstrip("-")
    close = [name for name in names if name.startswith(given)] or difflib.get_close_matches(given, names, n=1)
    return f" Did you mean {names[close[0]]}?" if close else ""
