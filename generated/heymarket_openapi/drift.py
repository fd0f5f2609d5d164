"""A warning, once per field, that a response isn't as described. The response is returned all the same."""

import logging
import warnings

_logger = logging.getLogger("heymarket")
_warned: set[tuple[str, str]] = set()


class HeymarketDriftWarning(UserWarning):
    """A response differs from the description; the value is returned as received."""


def warn_once(model: type, name: str) -> None:
    """Warns that a date-time isn't one; at most once in a process for each field of each model.

    The value stays out of the message: it may be personal. Where warnings are errors it is logged, because an error
    would lose the response, and the traceback would show it.
    """
    key = (model.__name__, name)
    if key not in _warned:
        _warned.add(key)
        message = f"{model.__name__}.{name} isn't an RFC 3339 date-time; it stays a str, here and in later responses"
        try:
            warnings.warn(message, HeymarketDriftWarning, stacklevel=2)
        except HeymarketDriftWarning:
            _logger.warning(message)
