"""What a service sends is anybody's text, a stranger's message too: no character that steers a terminal gets out."""

from __future__ import annotations

import re

__all__ = ["harmless"]

# C0 and C1 controls but tab and newline, marks that turn the direction of writing, and halves of surrogate pairs.
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def harmless(text: str) -> str:
    r"""The text with characters that steer a terminal as `\uXXXX`, which is also how JSON escapes them."""
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
