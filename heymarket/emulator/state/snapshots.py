"""Snapshots of the state, by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from heymarket.emulator.errors import EmulatorError, check_id

if TYPE_CHECKING:
    from heymarket.emulator.state import Snapshot, State

__all__ = ["Snapshots"]

_MOST = 1000
_MOST_BYTES = 1024**3


class Snapshots:
    """Copies of the state, in memory. A reset of the emulator leaves them.

    Args:
        state: What they are of.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._taken: dict[int, Snapshot] = {}
        self._latest = 0

    def take(self) -> int:
        """Keep a copy of the state as it is; gives its number.

        Raises:
            EmulatorError: There are 1,000 already, or 1 GiB of them.
        """
        if len(self._taken) >= _MOST or sum(one.size for one in self._taken.values()) > _MOST_BYTES:
            raise EmulatorError("There are 1,000 snapshots already, or 1 GiB of them. Delete some, or restart.")
        self._latest += 1
        self._taken[self._latest] = self._state.snapshot()
        return self._latest

    def ids(self) -> list[int]:
        """The numbers of those that there are."""
        return list(self._taken)

    def clear(self) -> None:
        """Forget all, and number from 1 again."""
        self._taken.clear()
        self._latest = 0

    def restore(self, id_: int) -> None:
        """Restore the state as it was.

        Raises:
            EmulatorError: There is no such snapshot.
        """
        check_id(id_, "a snapshot")
        if id_ not in self._taken:
            raise EmulatorError("There is no such snapshot.")
        self._state.restore(self._taken[id_])

    def delete(self, id_: int) -> bool:
        """Forget one; gives whether there was one.

        Raises:
            EmulatorError: This is no id.
        """
        check_id(id_, "a snapshot")
        return self._taken.pop(id_, None) is not None
