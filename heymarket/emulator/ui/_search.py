"""Searches of the page: contacts by name, number or id; conversations by whom they are with and what was said."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["find_contacts", "find_conversations", "find_messages"]

_NAMES = ("display_name", "first", "last", "email")
_UNREAD = "json_array_length(record, '$.unread_users') > 0"
_SHOWN = {"unread": _UNREAD, "open": "status != 'closed'", "closed": "status = 'closed'"}

Condition = tuple[str, tuple[Any, ...]]


def find_contacts(words: str) -> Condition:
    """The condition for contacts that fit what is looked for.

    Ids and channels are looked up. A name may be anywhere in a record: records that don't contain it are skipped
    without being parsed.

    Args:
        words: What is looked for.
    """
    digits = _digits(words)
    is_number = digits.isascii() and digits.isdigit()
    value = digits if is_number else words
    conditions = ["uuid = ?", "id IN (SELECT contact_id FROM channel WHERE channel_id >= ? AND channel_id < ?)"]
    values: list[Any] = [words.lower(), value, f"{value}\U0010ffff"]
    if is_number:
        conditions.append("id = ?")
        values.append(int(digits[:18]))
    else:
        like = " OR ".join(f"json_extract(record, '$.{name}') LIKE ? ESCAPE '\\'" for name in _NAMES)
        conditions.append(f"(record LIKE ? ESCAPE '\\' AND ({like}))")
        values += [_in_json(words), *[_like(words)] * len(_NAMES)]
    return " OR ".join(conditions), tuple(values)


def find_messages(words: str) -> Condition:
    """The condition for messages that say this.

    Args:
        words: What is looked for.
    """
    condition = "(record LIKE ? ESCAPE '\\' AND json_extract(record, '$.text') LIKE ? ESCAPE '\\')"
    return condition, (_in_json(words), _like(words))


def find_conversations(words: str, inbox: int | None, show: str) -> Condition:
    """The condition for conversations that fit.

    Args:
        words: A contact's name or number, or what somebody said there; empty for all.
        inbox: The id of an inbox; `None` for all.
        show: `unread`, `open` or `closed`; anything else for all.
    """
    conditions: list[str] = []
    values: list[Any] = []
    if words:
        whom, names = find_contacts(words)
        said, texts = find_messages(words)
        conditions.append(
            f"(target IN (SELECT channel_id FROM channel WHERE contact_id IN (SELECT id FROM contact WHERE {whom}))"  # noqa: S608 - our own names
            f" OR key LIKE ? ESCAPE '\\' OR id IN (SELECT conversation_id FROM message WHERE {said}))"
        )
        values += [*names, _like(_digits(words)), *texts]
    if inbox is not None:
        conditions.append("inbox = ?")
        values.append(inbox)
    if show in _SHOWN:
        conditions.append(_SHOWN[show])
    return " AND ".join(conditions) or "1", tuple(values)


def _digits(words: str) -> str:
    return words.lstrip("+").replace(" ", "")


def _in_json(words: str) -> str:
    """A string as a record holds it, in JSON."""
    return _like(json.dumps(words)[1:-1])


def _like(text: str) -> str:
    escaped = text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{escaped}%"
