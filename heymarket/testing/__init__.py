"""A server that misbehaves on purpose, for tests of what a program does when the service does.

    from heymarket.testing import Fault, FaultServer, Reset

    with FaultServer(Fault(Reset("during"), count=1)) as server, Heymarket(**server.settings) as hm:
        hm.contact_channels.get(contact_id, "phone")
        assert len(server.requests) == 2

What it can do is a closed set of small classes, see `heymarket.testing.faults`. For a Heymarket that behaves, see
`heymarket.emulator`; for what comes to a webhook, `WebhookReceiver`. With pytest, the fixtures `heymarket_faults` and
`heymarket_webhooks` give a fresh one to each test.
"""

from __future__ import annotations

from heymarket.testing.faults import (
    CHANNEL,
    GOOD,
    Action,
    BadGzip,
    BrokenChunks,
    Close,
    Drip,
    Fault,
    Hang,
    HugeBody,
    Informational,
    LongHeader,
    ManyHeaders,
    Match,
    Raw,
    Reset,
    Respond,
    WrongLength,
)
from heymarket.testing.receiver import ReceivedDelivery, WebhookReceiver
from heymarket.testing.server import FaultServer, Headers, Request, ServerSettings

__all__ = [
    "CHANNEL",
    "GOOD",
    "Action",
    "BadGzip",
    "BrokenChunks",
    "Close",
    "Drip",
    "Fault",
    "FaultServer",
    "Hang",
    "Headers",
    "HugeBody",
    "Informational",
    "LongHeader",
    "ManyHeaders",
    "Match",
    "Raw",
    "ReceivedDelivery",
    "Request",
    "Reset",
    "Respond",
    "ServerSettings",
    "WebhookReceiver",
    "WrongLength",
]
