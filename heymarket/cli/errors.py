"""Error messages and exit codes.

A message is one line. It repeats no value of a wrong command line, but all that the service said, unmasked: the reader
is the one who asked.
"""

from __future__ import annotations

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
from heymarket.cli.hints import find_example, suggest_command, suggest_option

if TYPE_CHECKING:
    from collections.abc import Sequence

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
_HERE = {
    "The whole response is in error.text.": "--verbose shows the whole response.",
    "(error.text)": "(--verbose shows it)",
    "Read error.text": "--verbose shows the response",
    ", or give this client a smaller Quota": "",
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
            return 1, _respell(str(error))
        case _:
            return 2, str(error)


def _unmask(error: APIStatusError) -> str:
    """The error with the service's whole message in place of the masked one, which is the only part in quotes."""
    message = f'"{escape(" ".join(error.message.split()))}"'
    return re.sub('"[^"]*"', lambda _: message, _respell(str(error)), count=1)


def _respell(text: str) -> str:
    """What an error advises in Python, as it is done here."""
    for in_python, here in _HERE.items():
        text = text.replace(in_python, here)
    return text


def _explain_usage(error: CycloptsError) -> str:
    match error:
        case UnknownCommandError():
            word = _hide_value((error.unused_tokens or [""])[0])
            if word.startswith("-"):
                return f"There is no option {word} here. Options come after the command."
            return f"There is no command {word}.{suggest_command(word, error.app or App())}"
        case UnknownOptionError():
            word, command = _hide_value(error.token.keyword or error.token.value), " ".join(error.command_chain or ())
            return f"There is no option {word}.{suggest_option(word, _list_arguments(error), command)}"
        case MissingArgumentError():
            return _explain_missing(error)
        case RepeatArgumentError():
            return f"{error.token.keyword} is given more than once."
        case UnusedCliTokensError():
            names = [one.name for one in _list_arguments(error) if one.name.startswith("--")]
            example = "--to" if "--to" in names else next(iter(names), "")
            others = f" Others are given with options, such as {example}." if example else ""
            return f"There are more arguments than this command takes.{others} For several values, repeat the option."
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


def _explain_missing(error: MissingArgumentError) -> str:
    name, known = _name_argument(error.argument), _list_arguments(error)
    if name in (error.root_input_tokens or ()):
        if error.argument and (value := error.argument.parameter.metavar):
            return f"{name} has no value. It takes one: {name} {value}."
        return f"{name} has no value. One that begins with a hyphen needs an equals sign: {name}=-5."
    for word in filter(re.compile("--.").match, error.unused_tokens or ()):
        if not any(word in argument.names for argument in known):  # it was perhaps to be the one that is missing
            return f"There is no option {_hide_value(word)}.{suggest_option(_hide_value(word), known)}"
    example = next((find_example(argument) for argument in known if name in argument.names), "")
    return f"{name} is missing.{f' For example: {name}{example}' if example else ''}"


def _list_arguments(error: CycloptsError) -> Sequence[Argument]:
    return (error.app or App()).assemble_argument_collection(parse_docstring=True)


def _hide_value(token: str) -> str:
    """An option or command as it was typed, without a value, and unless it may be one itself."""
    name = token.partition("=")[0]
    return name if re.fullmatch(r"-{0,2}[A-Za-z][A-Za-z_-]*", name) else "like that"


def _name_argument(argument: Argument | None) -> str:
    name = argument.name if argument else "An argument"
    return name if name.startswith("--") else name.upper()
