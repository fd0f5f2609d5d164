"""The words of messages: how they spell names, lists and values."""

import difflib
import json
import re
from typing import Any


def suggest(name: str, known: Any) -> str:
    similar = difflib.get_close_matches(name, known, 1, 0.65)
    return f": did you mean {similar[0]}?" if similar else ""


def spell_object(name: str) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    return f"{'an' if words[0] in 'aeio' else 'a'} {words}"


def join_words(words: tuple[str, ...]) -> str:
    return " or ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]


def write_value(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) < 60 else f"{text[:60]}..."  # as much as helps to find it


def write_plain(value: Any) -> str:
    return value if isinstance(value, str) else write_value(value)
