"""A server that misbehaves on purpose: plain sockets on loopback, and faults as data.

    with FaultServer(Fault(Reset("during"), count=1)) as server, Heymarket(**server.settings) as hm:
        hm.contact_channels.get(contact_id, "phone")
        assert len(server.requests) == 2

It speaks below HTTP, where the emulator's faults don't reach. Programs that use this package are tested with those.
"""

from tests.fault_server.faults import (
    CHANNEL,
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
from tests.fault_server.server import FaultServer

__all__ = [
    "CHANNEL",
    "Action",
    "BadGzip",
    "BrokenChunks",
    "Close",
    "Drip",
    "Fault",
    "FaultServer",
    "Hang",
    "HugeBody",
    "Informational",
    "LongHeader",
    "ManyHeaders",
    "Match",
    "Raw",
    "Reset",
    "Respond",
    "WrongLength",
]
