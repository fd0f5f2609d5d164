"""Merge tokens: `{{first_name}}`, `{{last_name}}`, and `{{...}}` with the title of a custom field.

What a contact doesn't have leaves nothing behind. A token that means nothing stays as it is, so that it is noticed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket.emulator.state import Record, State

__all__ = ["fill_in", "find_field_ids"]

_TOKEN = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_NAMES = {"first_name": "first", "last_name": "last"}


def find_field_ids(state: State) -> dict[str, str]:
    """The ids of the custom fields, as keys of `custom`, by title."""
    return {str(field.get("title", "")): str(field["id"]) for field in state.fields.all()}


def fill_in(text: str, contact: Record, fields: Mapping[str, str]) -> str:
    """A message's text with its merge tokens filled in.

    Args:
        text: The text.
        contact: Whose names and custom fields are filled in.
        fields: As `find_field_ids` gives them.
    """

    def value(token: re.Match[str]) -> str:
        name = token[1]
        if name in _NAMES:
            return str(contact.get(_NAMES[name]) or "")
        if name in fields:
            found = contact.get("custom", {}).get(fields[name])
            return "" if found is None else str(found)
        return token[0]

    return _TOKEN.sub(value, text)
