"""The custom fields that merge tokens name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from heymarket.emulator.state import State

__all__ = ["find_field_ids"]


def find_field_ids(state: State) -> dict[str, str]:
    """The ids of the custom fields, as keys of `custom`, by title."""
    return {str(field.get("title", "")): str(field["id"]) for field in state.fields.all()}
