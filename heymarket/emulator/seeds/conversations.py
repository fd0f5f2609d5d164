"""The conversations that a fresh emulator holds: little dialogues, all of them made up."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

__all__ = ["CONVERSATIONS", "MESSAGES"]

_USERS = {21: "Ada Example", 22: "Grace Example"}


class _Line(NamedTuple):
    """What somebody wrote: a user, or, without one, the contact."""

    date: str
    text: str
    user: int | None = None
    private: bool = False
    media: str | None = None


_DIALOGUES: tuple[tuple[dict[str, Any], tuple[_Line, ...]], ...] = (
    (
        {"id": 601, "inbox": 31, "target": "15555550100", "assigned": 21, "creator": 21, "unread_users": [21]},
        (
            _Line("2025-01-15T09:31:00", "Hello from Example Inc. Your table is booked for Friday at seven.", 21),
            _Line("2025-01-15T09:33:20", "Great! Could we sit by the window?"),
            _Line("2025-01-15T09:36:05", "Window tables go fast. I asked the host.", 22, private=True),
            _Line("2025-01-15T09:41:30", "Done: table 4, by the window.", 21),
            _Line("2025-01-15T09:42:10", "See you then."),
        ),
    ),
    (
        {"id": 602, "inbox": 31, "targets": ["15555550100", "15555550101"], "creator": 22},
        (
            _Line("2025-01-15T10:05:00", "Here is the way to our new shop.", 22, media="https://example.com/map.png"),
            _Line("2025-01-15T10:07:45", "We open on Monday at nine.", 22),
        ),
    ),
    (
        {"id": 603, "inbox": 32, "target": "15555550102", "unread_users": [21]},
        (
            _Line("2025-01-15T11:20:00", "Hej! My order hasn't arrived yet 🙂"),
            _Line("2025-01-15T11:24:30", "Sorry to hear that. Which order is it?", 21),
            _Line("2025-01-15T11:25:15", "Number 42, from last week."),
        ),
    ),
    (
        {"id": 604, "inbox": 31, "channel": "email", "targets": ["to:grace@example.com"], "name": "Your invoice"},
        (_Line("2025-01-15T12:00:00", "<p>Your invoice for January is attached.</p>", 22),),
    ),
    (
        {"id": 605, "inbox": 31, "target": "15555550103", "status": "closed", "assigned": 22, "creator": 22},
        (
            _Line("2025-01-14T16:10:00", "Your keys are ready to be picked up.", 22),
            _Line("2025-01-14T16:18:40", "Thanks, got them!"),
        ),
    ),
)


def _canonical(date: str) -> str:
    return f"{date}.000000Z"


def _conversation(about: dict[str, Any], lines: tuple[_Line, ...]) -> dict[str, Any]:
    from_contact = [line for line in lines if line.user is None]
    last_inbound = datetime.fromisoformat(f"{from_contact[-1].date}Z").timestamp() if from_contact else 0
    return {
        "channel": "sms",
        "type": "direct" if len(about.get("targets", [""])) == 1 else "group",
        "status": "open",
        "assigned": 0,
        "creator": 0,
        "unread_users": [],
        "replied": bool(from_contact),
        "last_inbound": int(last_inbound),
        "last_msg": [line.text for line in lines if not line.private][-1],
        "created": _canonical(lines[0].date),
        "updated": _canonical(lines[-1].date),
        **about,
    }


def _message(number: int, about: dict[str, Any], line: _Line) -> dict[str, Any]:
    channel = about.get("channel", "sms")
    usual = "email" if channel == "email" else "mms" if line.media else "sms"
    ends = {"phone": about["target"], "target": about["target"]} if "target" in about else {"targets": about["targets"]}
    return {
        "id": number,
        "date": _canonical(line.date),
        "updated": _canonical(line.date),
        "channel": channel,
        **ends,
        "type": "comment" if line.private else usual,
        "status": "sent" if line.user else "received",
        "text": line.text,
        **({"user": line.user, "author": _USERS[line.user]} if line.user else {}),
        **({"media": line.media} if line.media else {}),
        "_conversation_id": about["id"],
    }


CONVERSATIONS: list[dict[str, Any]] = [_conversation(*dialogue) for dialogue in _DIALOGUES]
_LINES = [(about, line) for about, lines in _DIALOGUES for line in lines]
MESSAGES: list[dict[str, Any]] = [_message(701 + place, about, line) for place, (about, line) in enumerate(_LINES)]
