"""The behaviours that the contract tests hold on to: each is a cassette, recorded by scripts/record and replayed here.

To add one, add a line and run scripts/record. Every operation of the description needs a success, at least:

    Scenario("contact_channels.list", 200, "several", {"contact_id": EXAMPLES["several"].contact_id}, list),
    *refusals("contact_channels.list", {"contact_id": EXAMPLES["several"].contact_id}),
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from recording.scenario import Scenario

from heymarket import (
    AuthenticationError,
    InternalServerError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
)
from heymarket.emulator.seed import EXAMPLES
from heymarket.models import ContactChannel

MINUTE, DAY = 60, 24 * 60 * 60


def refusals(operation: str, arguments: Mapping[str, Any]) -> list[Scenario]:
    """How any operation is refused, given arguments with which it would succeed."""
    refused = partial(Scenario, operation, arguments=arguments)
    return [
        # By more than a day, because a clock that is less wrong than that is corrected by the answer's Date.
        refused(401, "expired", gives=AuthenticationError, clock_off=-2 * DAY),
        refused(401, "bad-signature", gives=AuthenticationError, credentials="wrong_key"),
        refused(403, "denied", gives=PermissionDeniedError, credentials="denied"),
        refused(429, "limit", gives=RateLimitError, limit_used_up=True),
        refused(500, "breakdown", gives=InternalServerError, breakdown=500),
    ]


def channel_of(example: str, channel_type: str = "phone") -> dict[str, str]:
    """The arguments that name a channel of one of the emulator's contacts."""
    return {"contact_id": EXAMPLES[example].contact_id, "channel_type": channel_type}


NOBODY = {"contact_id": "00000000-0000-4000-8000-00000000dead", "channel_type": "phone"}

channel = partial(Scenario, "contact_channels.get")

SCENARIOS: tuple[Scenario, ...] = (
    channel(200, "phone", channel_of("phone"), ContactChannel),
    channel(200, "email", channel_of("email", "email"), ContactChannel),
    channel(200, "facebook", channel_of("facebook", "facebook"), ContactChannel),
    channel(200, "unknown-type", channel_of("unknown_type", "whatsapp"), ContactChannel),
    channel(200, "extra-field", channel_of("extra_field"), ContactChannel),
    channel(200, "empty-fields", channel_of("empty"), ContactChannel),
    channel(200, "missing-fields", channel_of("missing"), ContactChannel),
    channel(200, "non-ascii", channel_of("non_ascii"), ContactChannel),
    channel(200, "after-a-wrong-clock", channel_of("phone"), ContactChannel, clock_off=-10 * MINUTE),
    channel(404, "unknown-contact", NOBODY, NotFoundError),
    channel(404, "no-such-channel", channel_of("none"), NotFoundError),
    *refusals("contact_channels.get", channel_of("phone")),
)
