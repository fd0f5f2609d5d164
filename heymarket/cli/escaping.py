"""Escaping of control characters: a response may hold a stranger's message, which must not steer the terminal."""

from __future__ import annotations

import re

__all__ = ["escape"]

# C0 and C1 controls except tab and newline, marks of writing direction, and lone surrogates.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def escape(text: str) -> str:
    r"""Replace characters that steer a terminal by `\uXXXX`, as JSON escapes them."""
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
