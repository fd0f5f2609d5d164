"""Texts as a phone gets them: their merge tokens filled in, and in how many segments they are carried.

A merge token is `{{first_name}}`, `{{last_name}}`, or `{{...}}` with the title of a custom field. What a contact
doesn't have leaves nothing behind. A token that means nothing stays as it is, so that it is noticed.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["count_segments", "fill_in"]

_GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_7_EXTENSION = frozenset("\f^{}\\[~]|€")
"""Characters of GSM-7 that take the space of two."""
_TOKEN = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_NAMES = {"first_name": "first", "last_name": "last"}


def count_segments(text: str) -> int:
    """How many segments a text has, in which a carrier transmits it and charges for it (H13); 0 without any text.

    Args:
        text: The text. In GSM-7 a segment holds 160 characters, or 153 if there are more segments than one; with any
            other character in the text, such as an emoji, 70 or 67 units of UCS-2.
    """
    if set(text) <= _GSM_7 | _GSM_7_EXTENSION:
        units, alone, each = len(text) + sum(one in _GSM_7_EXTENSION for one in text), 160, 153
    else:
        units, alone, each = len(text.encode("utf-16-le", "surrogatepass")) // 2, 70, 67
    return math.ceil(units / (alone if units <= alone else each))


def fill_in(text: str, contact: Mapping[str, Any], fields: Mapping[str, str]) -> str:
    """A text with its merge tokens filled in.

    Args:
        text: The text.
        contact: Whose names and custom fields are filled in.
        fields: The ids of the custom fields, as keys of `custom`, by title.
    """

    def value(token: re.Match[str]) -> str:
        name = token[1]
        if name in _NAMES:
            return str(contact.get(_NAMES[name]) or "")
        if name in fields:
            values: Mapping[str, Any] = contact.get("custom") or {}
            found = values.get(fields[name])
            return "" if found is None else str(found)
        return token[0]

    return _TOKEN.sub(value, text)
