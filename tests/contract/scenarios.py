"""The behaviors that the contract tests hold on to: each is a cassette, recorded by scripts/record and replayed here.

An operation without a success below has one all the same, called with the examples of the description: `SCENARIOS` adds
it. To add another behavior, add a line and run scripts/record:

    Scenario("contact_channels.list", 200, "several", contact("several"), list),
    *refusals("messages.send", MESSAGE),
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from recording import examples
from recording.scenario import Scenario

from heymarket import (
    AuthenticationError,
    InternalServerError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    description,
)
from heymarket.emulator.seeds.built_in import EXAMPLES
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


def contact(example: str) -> dict[str, str]:
    """The arguments that name one of the emulator's contacts."""
    return {"contact_id": EXAMPLES[example].contact_id}


def channel_of(example: str, channel_type: str = "phone") -> dict[str, str]:
    """The arguments that name a channel of one of them."""
    return {**contact(example), "channel_type": channel_type}


OPERATIONS = {operation.name: operation for operation in description.operations()}

NOBODY = {"contact_id": "00000000-0000-4000-8000-00000000dead"}
MESSAGE = examples.arguments(OPERATIONS["messages.send"])

channel = partial(Scenario, "contact_channels.get")
channels = partial(Scenario, "contact_channels.list")

WRITTEN: tuple[Scenario, ...] = (
    channel(200, "phone", channel_of("phone"), ContactChannel),
    channel(200, "email", channel_of("email", "email"), ContactChannel),
    channel(200, "facebook", channel_of("facebook", "facebook"), ContactChannel),
    channel(200, "unknown-type", channel_of("unknown_type", "whatsapp"), ContactChannel),
    channel(200, "extra-field", channel_of("extra_field"), ContactChannel),
    channel(200, "empty-fields", channel_of("empty"), ContactChannel),
    channel(200, "missing-fields", channel_of("missing"), ContactChannel),
    channel(200, "non-ascii", channel_of("non_ascii"), ContactChannel),
    channel(200, "after-a-wrong-clock", channel_of("phone"), ContactChannel, clock_off=-10 * MINUTE),
    channel(404, "unknown-contact", {**NOBODY, "channel_type": "phone"}, NotFoundError),
    channel(404, "no-such-channel", channel_of("none"), NotFoundError),
    *refusals("contact_channels.get", channel_of("phone")),
    channels(200, "several", contact("several"), list),
    channels(200, "none", contact("none"), list),
    channels(404, "unknown-contact", NOBODY, NotFoundError),
    *refusals("messages.send", MESSAGE),
)
SUCCEEDING = {scenario.operation for scenario in WRITTEN if scenario.status < 300}

SCENARIOS: tuple[Scenario, ...] = (
    *WRITTEN,
    *(
        scenario
        for operation in OPERATIONS.values()
        if operation.name not in SUCCEEDING
        for scenario in examples.successes(operation)
    ),
)
