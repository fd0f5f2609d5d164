"""Segments: in how many parts a carrier transmits a text, and charges for it (H13)."""

from __future__ import annotations

import math

__all__ = ["count_segments"]

_GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_7_EXTENSION = frozenset("\f^{}\\[~]|€")
"""Characters of GSM-7 that take the space of two."""


def count_segments(text: str) -> int:
    """How many segments a text has; 0 without any text.

    Args:
        text: The text. In GSM-7 a segment holds 160 characters, or 153 if there are more segments than one; with any
            other character in the text, such as an emoji, 70 or 67 units of UCS-2.
    """
    if set(text) <= _GSM_7 | _GSM_7_EXTENSION:
        units, alone, each = len(text) + sum(one in _GSM_7_EXTENSION for one in text), 160, 153
    else:
        units, alone, each = len(text.encode("utf-16-le", "surrogatepass")) // 2, 70, 67
    return math.ceil(units / (alone if units <= alone else each))
