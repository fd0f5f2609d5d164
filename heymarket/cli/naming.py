"""Names of arguments as they are typed: `--phone-number` for `phone_number`, in help texts and error messages."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from heymarket.errors import InvalidRequestError

if TYPE_CHECKING:
    import inspect
    from collections.abc import Generator, Mapping

__all__ = ["rewrite_errors", "rewrite_help", "spell_names"]

COMMON = {"all", "base_url", "fields", "help", "json", "output", "profile", "timeout", "verbose", "yes"}
"""Names of the common options: an argument with such a name is typed `--field-...`."""
_CONTRADICTIONS = re.compile(r"\s*\(D\d+(?:, D\d+)*\)")


def spell_names(arguments: Mapping[str, inspect.Parameter]) -> dict[str, str]:
    """How each argument of a method is typed.

    Args:
        arguments: The arguments by their names in Python.
    """
    return {
        name: f"--{'field-' * (name in COMMON)}{name.strip('_').replace('_', '-')}"
        if argument.kind is argument.KEYWORD_ONLY
        else name.upper()
        for name, argument in arguments.items()
    }


def rewrite_help(text: str, typed: Mapping[str, str]) -> str:
    """A docstring for the command line: names as they are typed, without numbers of contradictions.

    A name that is a value in the same line, such as `created_at` of `order`, stays.

    Args:
        text: The docstring, each argument in a line of its own.
        typed: The names, as `spell_names` returns them.
    """
    lines = text.split("\n")
    for name, spelling in typed.items():
        lines = [line if f'"{name}"' in line else line.replace(f"`{name}`", spelling) for line in lines]
    return _CONTRADICTIONS.sub("", "\n".join(lines))


@contextmanager
def rewrite_errors(typed: Mapping[str, str]) -> Generator[None]:
    """Raise errors about arguments with their names as they are typed.

    Args:
        typed: The names, as `spell_names` returns them.
    """
    try:
        yield
    except InvalidRequestError as error:
        message = str(error)
    else:
        return
    for name, spelling in typed.items():
        # A word such as "text" is the argument where a message begins with it, offers a choice, or shows Python.
        place = r"\b" if "_" in name or re.search("^Give |It takes ", message) else "^"
        message = re.sub(rf"(?<![\w-]){place}{name}(?![\w-])(?:\[\](?!\.)|=True)?|\b{name}=", spelling, message)
    raise InvalidRequestError(_CONTRADICTIONS.sub("", message))
