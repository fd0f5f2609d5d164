"""The error of an emulator that can't do what it was asked to."""

from __future__ import annotations

from heymarket.errors import HeymarketError

__all__ = ["EmulatorError"]


class EmulatorError(HeymarketError):
    """The emulator can't start, or was asked for something impossible. The message says what to do."""
