"""What a store of slots is, for whoever asks it and for whoever makes another one."""

from __future__ import annotations

from typing import Protocol


class StoreFailed(Exception):  # noqa: N818 - never leaves this package; the error that does is QuotaStoreError
    """A store can't be used. The text says why, and holds no password."""


class Store(Protocol):
    """Where the slots are kept. Used by one thread at a time; every method may raise `StoreFailed`."""

    per: float

    def take(self, ticket: str, hold: float) -> float | None:
        """As `Budget.take`; `None` if all slots are on their way, so that none can be reserved."""
        ...

    def give_back(self, ticket: str, *, counted: bool, ago: float) -> None:
        """As `Budget.give_back`, for a request that was over so many seconds ago; `forget` if it isn't counted."""
        ...

    def refused(self, pause: float) -> None:
        """As `Budget.refused`."""
        ...

    def after_fork(self) -> None:
        """Leave the parent's connection alone."""
        ...
