"""What a fresh emulator knows: the credentials, and a contact of every kind that a client has to cope with.

All of it is public and obviously made up: it opens nothing, and reaches nobody.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from heymarket.emulator.api.auth import APISecret, TeamKey
from heymarket.emulator.seeds.conversations import CONVERSATIONS, MESSAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["BUILT_IN", "DEFAULT", "DENIED", "EXAMPLES", "LEGACY", "Channel", "Example"]

DEFAULT = APISecret("default", "00000000-0000-4000-8000-00000000e001", "EmulatorSecretKeyOfNoValue0000000001")
DENIED = APISecret(
    "denied", "00000000-0000-4000-8000-00000000e002", "EmulatorSecretKeyOfNoValue0000000002", denied=True
)
LEGACY = TeamKey("legacy", "EmulatorTeamKeyOfNoValue0000000003")


@frozen
class Channel:
    """A seeded channel. A field that is `None` is left out of the answer; `extra` is added to it."""

    channel_type: str
    channel_id: str
    channel_handle: str | None = ""
    info_channel: str | None = ""
    created: str | None = "2025-01-15T09:30:00Z"
    updated: str | None = "2025-01-15T09:30:00Z"
    extra: Mapping[str, Any] = field(factory=dict[str, Any], hash=False)


@frozen
class Example:
    """A seeded contact.

    Attributes:
        contact_id: The UUID that paths take.
        about: What is special about it.
        channels: Its channels, in the order in which they were made.
    """

    contact_id: str
    about: str
    channels: tuple[Channel, ...] = ()


def _uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


EXAMPLES: Mapping[str, Example] = MappingProxyType(
    {
        "phone": Example(_uuid(1), "a phone number", (Channel("phone", "15555550100", "ada"),)),
        "email": Example(_uuid(2), "an email address", (Channel("email", "grace@example.com", "grace"),)),
        "facebook": Example(
            _uuid(3), "a Facebook account", (Channel("facebook", "100000000000001", "alan", "example-page"),)
        ),
        "several": Example(
            _uuid(4),
            "a phone number, an email address and a Facebook account",
            (
                Channel("phone", "15555550101"),
                Channel("email", "several@example.com"),
                Channel("facebook", "100000000000002", "several", "example-page"),
            ),
        ),
        "none": Example(_uuid(5), "no channel at all"),
        "non_ascii": Example(
            _uuid(6),
            "a handle in several scripts",
            (Channel("phone", "15555550102", "Zoë Åström 李小龍 🙂"),),
        ),
        "empty": Example(_uuid(7), "optional fields that are empty texts", (Channel("phone", "15555550103", "", ""),)),
        "missing": Example(
            _uuid(8),
            "optional fields that are left out",
            (Channel("phone", "15555550104", None, None, None, None),),
        ),
        "unknown_type": Example(
            _uuid(9), "a channel of a type that is not documented", (Channel("whatsapp", "15555550105"),)
        ),
        "extra_field": Example(
            _uuid(10),
            "a field that is not documented",
            (Channel("phone", "15555550106", extra={"verified": True}),),
        ),
    }
)


_MADE = "2025-01-15T09:30:00.000000Z"


_NAMES = {
    "phone": ("Ada", "Example"),
    "email": ("Grace", "Example"),
    "facebook": ("Alan", "Example"),
    "several": ("Several", "Channels"),
    "none": ("No", "Channel"),
    "non_ascii": ("Zoë", "Åström"),
}
"""First and last names; the other contacts have none."""

_ADA = {
    "email": "ada@example.com",
    "custom": {"101": "Gold"},
    "creator_id": 21,
    "assigned_user_id": 21,
    "tags": [{"tag_id": 71}],
    "note": [{"id": "note-1", "date": _MADE, "name": "Ada Example", "text": "Prefers mornings.", "user_id": 21}],
}


def _contact(number: int, name: str, example: Example) -> dict[str, Any]:
    first, last = _NAMES.get(name, ("", ""))
    channels = {channel.channel_type: channel.channel_id for channel in reversed(example.channels)}
    return {
        "id": 500 + number,
        "uuid": example.contact_id,
        "first": first,
        "last": last,
        "display_name": f"{first} {last}".strip(),
        "phone": channels.get("phone", ""),
        "email": channels.get("email", ""),
        "custom": {},
        "tags": [],
        "is_opted_out": False,
        "shared": True,
        "contact_channels": [_channel(one) for one in example.channels],
        **(_ADA if name == "phone" else {}),
    }


def _channel(channel: Channel) -> dict[str, Any]:
    fields = {
        name: getattr(channel, name)
        for name in ("channel_type", "channel_id", "info_channel", "channel_handle", "created", "updated")
    }
    return {**{name: value for name, value in fields.items() if value is not None}, **channel.extra}


BUILT_IN: Mapping[str, Any] = MappingProxyType(
    {
        "team": {"id": 7, "name": "Example Inc.", "list_size": 1000},
        "users": [
            {
                "id": 21,
                "name": "Ada Example",
                "email": "ada@example.com",
                "phone": "15555550120",
                "role_id": 1,
            },
            {"id": 22, "name": "Grace Example", "email": "grace@example.com", "phone": "15555550121", "role_id": 4},
        ],
        "inboxes": [
            {"id": 31, "name": "Front desk", "phone": "15555550130", "members": [21, 22]},
            {"id": 32, "name": "Support", "phone": "15555550131", "members": [21]},
        ],
        "fields": [{"id": 101, "title": "Membership"}],
        "contacts": [_contact(number, *one) for number, one in enumerate(EXAMPLES.items(), 1)],
        "tags": [
            {"id": 71, "tag": "vip", "color": "#FFD700", "team_id": 7},
            {"id": 72, "tag": "regular", "color": "#2E8B57", "team_id": 7},
        ],
        "lists": [
            {
                "id": 41,
                "name": "Newsletter",
                "local_id": "00000000-0000-4000-8000-00000000b001",
                "team_id": 7,
                "creator_id": 21,
                "shared": True,
                "archived": False,
                "_contact_ids": [501, 502],
            }
        ],
        "templates": [
            {
                "id": 51,
                "name": "Welcome",
                "content": {"text": "Hello {{first_name}}!", "gallery": []},
                "team_id": 7,
                "creator_id": 21,
                "shared": True,
                "archived": False,
                "created": _MADE,
                "updated": "2025-01-15T09:30:01.000000Z",
            },
            {
                "id": 52,
                "name": "Opening hours",
                "content": {"text": "We are open from nine to five. You are a {{Membership}} member.", "gallery": []},
                "team_id": 7,
                "creator_id": 22,
                "shared": True,
                "archived": False,
                "created": _MADE,
                "updated": "2025-01-15T09:30:02.000000Z",
            },
        ],
        "surveys": [
            {"id": 81, "name": "After a visit", "type": "nps", "question": "How likely are you to recommend us?"},
            {"id": 82, "name": "After a call", "type": "csat", "question": "How happy are you with our help?"},
        ],
        "schedules": [
            {
                "id": 61,
                "execute": "2030-01-02T09:30:00.000000Z",
                "inbox_id": 31,
                "user_id": 21,
                "team_id": 7,
                "meta": {
                    "campaign_id": 0,
                    "campaign_step_id": 0,
                    "campaign_target_phone": "",
                    "conversation_id": 0,
                    "list_id": 0,
                    "content": {"text": "See you tomorrow.", "to": "15555550100"},
                },
            }
        ],
        "conversations": CONVERSATIONS,
        "messages": MESSAGES,
    }
)
"""The seed of an emulator that is given no other one, with all records that the description's examples name."""
