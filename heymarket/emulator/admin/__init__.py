"""The admin API under `/_emulator`: control of an emulator from any language.

JSON in and out; an error is `{"message": ...}`. `GET /_emulator` says what there is, and so does docs/emulator.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from heymarket.emulator.admin import journal, settings, state, team, webhooks

if TYPE_CHECKING:
    from starlette.routing import Route

    from heymarket.emulator.control import Control

__all__ = ["routes"]


def routes(control: Control) -> list[Route]:
    """All of them.

    Args:
        control: The emulator that they control.
    """
    parts = (state, settings, team, journal, webhooks)
    return [route for part in parts for route in part.routes(control)]
