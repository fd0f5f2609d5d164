"""Says, once per field, that an answer isn't what the description promises. The answer is given all the same."""

import warnings

_warned: set[tuple[str, str]] = set()


class HeymarketDriftWarning(UserWarning):
    """The service answers otherwise than described; the value is passed on as it came."""


def warn_once(model: type, name: str) -> None:
    """Warns that a date-time isn't one; at most once in a process for each field of each model.

    The value stays out of the message: it may be personal.
    """
    key = (model.__name__, name)
    if key not in _warned:
        _warned.add(key)
        warnings.warn(
            f"{model.__name__}.{name} isn't an RFC 3339 date-time; it stays a str, here and in later answers",
            HeymarketDriftWarning,
            stacklevel=2,
        )
