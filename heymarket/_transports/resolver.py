"""Looking up a host's addresses, for no longer than there is time.

`getaddrinfo` can't be interrupted, and a resolver that is away holds it for half a minute. So it runs in a daemon
thread that nobody waits for longer than the call may take, not even a program that ends. (asyncio would run it in the
loop's executor, whose threads `asyncio.run` does wait for.)
"""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

Address = tuple[str, int]


def literal(host: str) -> bool:
    """Whether a host is an address already, so that there is nothing to look up."""
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, host)
        except (OSError, ValueError):
            continue
        return True
    return False


def look_up(host: str, port: int) -> Future[list[Address]]:
    """The addresses of a host, in the order in which they are to be tried."""
    from concurrent.futures import Future  # noqa: PLC0415 - seldom needed: connections are kept

    found: Future[list[Address]] = Future()
    threading.Thread(target=_look_up, args=(host, port, found), name="heymarket-names", daemon=True).start()
    return found


def _look_up(host: str, port: int, found: Future[list[Address]]) -> None:
    if not found.set_running_or_notify_cancel():
        return
    try:
        addresses = list(_addresses(host, port))
        if not addresses:
            raise socket.gaierror(socket.EAI_NONAME, "no addresses")  # noqa: TRY301 - caught just below, as the others
        found.set_result(addresses)
    except BaseException as error:  # noqa: BLE001 - raised where the result is waited for
        found.set_exception(error)


def _addresses(host: str, port: int) -> Iterator[Address]:
    seen: set[Address] = set()
    for _, _, _, _, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        address = str(place[0])
        if len(place) == 4 and place[3] and "%" not in address:
            address = f"{address}%{place[3]}"
        if (address, port) not in seen:
            seen.add((address, port))
            yield address, port
