"""Errors that show no secret: they leave a function without the frames and the exceptions that hold one."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from heymarket.errors import HeymarketError

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")


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
            clean = cleaned(error)
        del args, kwargs
        raise clean

    return call


ErrorT = TypeVar("ErrorT", bound=BaseException)


def cleaned(error: ErrorT) -> ErrorT:
    """The error without its frames, cause and context."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)
