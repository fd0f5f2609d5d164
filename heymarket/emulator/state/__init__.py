"""What the emulator remembers: `State`, made of one `Records` for each kind, in a `Database`."""

from __future__ import annotations

from heymarket.emulator.state._database import Snapshot
from heymarket.emulator.state._records import Record, Records, make_uuid, to_public
from heymarket.emulator.state._state import KINDS, State

__all__ = ["KINDS", "Record", "Records", "Snapshot", "State", "make_uuid", "to_public"]
