"""Connections belong to the event loop that made them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from heymarket.errors import HeymarketError

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop


class OwnLoop:
    """The event loop that a transport was used on first."""

    def __init__(self) -> None:
        self._loop: AbstractEventLoop | None = None

    def check(self) -> None:
        """Refuse any other event loop.

        Raises:
            HeymarketError: Another one is running.
        """
        from asyncio import get_running_loop  # noqa: PLC0415 - a synchronous program never needs asyncio

        loop = get_running_loop()
        if self._loop is None:
            self._loop = loop
        elif self._loop is not loop:
            raise HeymarketError(
                "This AsyncHeymarket belongs to another event loop. Make and close one client per loop: inside the "
                "coroutine that asyncio.run is given."
            )
