"""What every handler of an operation is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from heymarket.emulator.api.validation import Inputs
    from heymarket.emulator.state import State

Handler: TypeAlias = "Callable[[State, Inputs], Any]"
