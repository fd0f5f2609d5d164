"""What the emulator remembers: `State`, made of one `Records` for each kind, in a `Database`."""

from __future__ import annotations

from heymarket.emulator.state._database import Snapshot
from heymarket.emulator.state._records import Record, Records, shown
from heymarket.emulator.state._seeding import uuid_of
from heymarket.emulator.state._state import State

__all__ = ["Record", "Records", "Snapshot", "State", "shown", "uuid_of"]
