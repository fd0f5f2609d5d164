"""What a fresh emulator knows: the credentials, and a contact of every kind that a client has to cope with.

All of it is public and obviously made up: it opens nothing, and reaches nobody.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from heymarket.emulator.access import APISecret, TeamKey

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["DEFAULT", "DENIED", "EXAMPLES", "LEGACY", "Channel", "Example"]

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
