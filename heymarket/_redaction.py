"""Errors that show no secret: they lose frames and exceptions that hold one, and mask what others said."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import wraps
from typing import ParamSpec, TypeVar

from heymarket_openapi.arguments import explain

from heymarket.errors import HeymarketError

P = ParamSpec("P")
T = TypeVar("T")

# Perhaps a phone number; not a date.
_NUMBER = r"(?<![0-9])(?!\d{4}-\d\d-\d\d(?!\d))\+?[0-9](?:[ ().\-/]{0,2}[0-9]){4,}"
_PERSONAL = (
    r"https?://\S+|[^\s'<>()]+@[^\s'<>()]+"  # addresses
    r"|(?=[\w+/=~-]*[0-9])[\w+/=~-]{16,}|[A-Za-z]{24,}"  # tokens, keys and ids
    r"|(?<!\w)'(?![a-z_][\w.\[\]]*')[^']*'(?!\w)"  # what is in quotes, unless it looks like a field
)
_MAX_QUOTED = 200  # characters


def without_frames(function: Callable[P, T]) -> Callable[P, T]:
    """Have our errors leave a function clean.

    A traceback shows the local variables of every frame that an error has passed, to error reporters and to
    `pytest -l`. Here an error of ours loses them, and with them what it came from; the message says what to do.
    """

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(*args, **kwargs)
        except HeymarketError as error:
            problem: Exception = cleaned(error)
        except TypeError as error:
            problem = explain(function, error)
        del args, kwargs
        raise problem

    return call


ErrorT = TypeVar("ErrorT", bound=BaseException)


def cleaned(error: ErrorT) -> ErrorT:
    """The error without its frames, cause and context."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


def mask_numbers(message: str) -> str:
    """The message with the last four digits only of longer numbers, also of those written like phone numbers."""
    return re.sub(_NUMBER, lambda number: f"...{re.sub('[^0-9]', '', number[0])[-4:]}", message)


def quote(message: str, values: Collection[str] = ()) -> str:
    """What the service said, on one line in double quotes, without what may be personal or secret.

    Args:
        message: The service's message. A long one is cut off.
        values: Strings that the request held. They are masked, and their words that may be names.
    """
    line = "".join(char if char.isprintable() else " " for char in message[: 10 * _MAX_QUOTED]).replace('"', "'")
    for value in sorted(values, key=len, reverse=True):
        if value.lower() in line.lower():
            line = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", "...", line, flags=re.IGNORECASE)
    names = {word for value in values for word in re.findall(r"\w{2,}", value) if not word.islower()}
    line = re.sub(r"\w{2,}", lambda word: "..." if word[0] in names else word[0], line)
    line = re.sub(r"\.{3}(?:\s*\.+)+", "...", " ".join(mask_numbers(re.sub(_PERSONAL, "...", line)).split()))
    return f'"{line[:_MAX_QUOTED]}{"..." if len(line) > _MAX_QUOTED else ""}"'
