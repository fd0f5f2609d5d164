"""No network where cassettes are replayed, and one emulator where they are compared with it."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from typing import NoReturn

import pytest
from recording.targets import LocalEmulator


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """No connection comes about, to this machine neither: the client gives an `APIConnectionError`."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError(errno.ENETUNREACH, "a replay reached for the network")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="module")
def emulator() -> Iterator[LocalEmulator]:
    with LocalEmulator() as emulator:
        yield emulator
