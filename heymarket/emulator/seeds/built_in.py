"""What a fresh emulator holds: the credentials, and a contact of every kind that a client has to cope with.

All of it is public and obviously made up: it opens nothing, and reaches nobody. The records are in `built_in.json`, in
the form of any seed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from heymarket.emulator.api.auth import EmulatorSecret, EmulatorTeamKey

__all__ = ["BUILT_IN", "DEFAULT", "DENIED", "EXAMPLES", "LEGACY", "ExampleChannel", "ExampleContact"]

DEFAULT = EmulatorSecret("default", "00000000-0000-4000-8000-00000000e001", "EmulatorSecretKeyOfNoValue0000000001")
DENIED = EmulatorSecret(
    "denied", "00000000-0000-4000-8000-00000000e002", "EmulatorSecretKeyOfNoValue0000000002", denied=True
)
LEGACY = EmulatorTeamKey("legacy", "EmulatorTeamKeyOfNoValue0000000003")

BUILT_IN: Mapping[str, Any] = MappingProxyType(
    json.loads(files("heymarket.emulator.seeds").joinpath("built_in.json").read_text("utf-8"))
)
"""The seed of an emulator that is given no other one, with all records that the description's examples name."""


@frozen
class ExampleChannel:
    """A seeded channel. A field that is `None` is left out of the response; `extra` is added to it."""

    channel_type: str
    channel_id: str
    channel_handle: str | None = None
    info_channel: str | None = None
    created: str | None = None
    updated: str | None = None
    extra: Mapping[str, Any] = field(factory=dict[str, Any], hash=False)


@frozen
class ExampleContact:
    """A seeded contact.

    Attributes:
        contact_id: The UUID that paths take.
        about: What is special about it.
        channels: Its channels, in the order in which they were made.
    """

    contact_id: str
    about: str
    channels: tuple[ExampleChannel, ...] = ()


_ABOUT = {
    "phone": "a phone number",
    "email": "an email address",
    "facebook": "a Facebook account",
    "several": "a phone number, an email address and a Facebook account",
    "none": "no channel at all",
    "non_ascii": "a handle in several scripts",
    "empty": "optional fields that are empty strings",
    "missing": "optional fields that are left out",
    "unknown_type": "a channel of a type that is not documented",
    "extra_field": "a field that is not documented",
}
"""What is special about the contacts of the built-in seed, in their order."""

_FIELDS = ("channel_type", "channel_id", "channel_handle", "info_channel", "created", "updated")


def _read_channel(channel: Mapping[str, Any]) -> ExampleChannel:
    known = {name: value for name, value in channel.items() if name in _FIELDS}
    return ExampleChannel(**known, extra={name: value for name, value in channel.items() if name not in _FIELDS})


EXAMPLES: Mapping[str, ExampleContact] = MappingProxyType(
    {
        name: ExampleContact(contact["uuid"], about, tuple(map(_read_channel, contact["contact_channels"])))
        for (name, about), contact in zip(_ABOUT.items(), BUILT_IN["contacts"], strict=True)
    }
)
