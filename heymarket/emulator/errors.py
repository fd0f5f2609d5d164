"""The error of an emulator that can't do what it was asked to."""

from __future__ import annotations

from heymarket.errors import HeymarketError

__all__ = ["EmulatorError", "check_id", "describe_failure"]


class EmulatorError(HeymarketError):
    """The emulator can't start, or was asked for something impossible. The message says what to do."""


def check_id(value: object, what: str) -> None:
    """Refuse what is no id, such as the object that has it.

    Args:
        value: What was passed as an id.
        what: What it identifies, such as `a delivery`.

    Raises:
        EmulatorError: It is no whole number.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise EmulatorError(f"Pass the id of {what}, which is a whole number. This is of type {type(value).__name__}.")


def describe_failure(error: BaseException) -> str:
    """What went wrong in the emulator itself: what the database or the system says, else the kind of the error.

    Args:
        error: What was raised. Its message is left out where it may quote what a caller sent.
    """
    if type(error).__name__ == "OperationalError" and error.args:  # of sqlite3, which isn't loaded for this
        return f"the state can't be used: {error.args[0]}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return "out of memory" if isinstance(error, MemoryError) else type(error).__name__
