from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import jwt
import pytest

from heymarket import Heymarket
from heymarket.emulator.seeds.built_in import DEFAULT
from heymarket.emulator.state import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from heymarket.emulator import Emulator, EmulatorApp, EmulatorSecret

NOW = 1_750_000_000


@pytest.fixture
def now() -> int:
    """The time at which tests have the emulator stand still."""
    return NOW


@pytest.fixture
def sign() -> Callable[..., str]:
    """Makes an `Authorization` value that the emulator accepts at `now`, or later by `later` seconds."""

    def sign(secret: EmulatorSecret = DEFAULT, *, at: float = NOW) -> str:
        key = f"{secret.secret_id}||{secret.secret_key}"
        return "Bearer " + jwt.encode({"iss": secret.secret_id, "iat": int(at)}, key)

    return sign


@pytest.fixture
def ask(sign: Callable[..., str]) -> Callable[..., httpx.Response]:
    """Sends one request to the ASGI app, signed unless `authorization` says otherwise (`None`: no header)."""

    def ask(
        app: EmulatorApp, path: str, method: str = "GET", *, authorization: str | None = "signed"
    ) -> httpx.Response:
        async def send() -> httpx.Response:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://emulator") as client:
                return await client.request(method, path, headers=headers)

        headers = {} if authorization is None else {"Authorization": authorization}
        if authorization == "signed":
            headers = {"Authorization": sign()}
        return asyncio.run(send())

    return ask


@pytest.fixture
def hm(heymarket_emulator: Emulator) -> Iterator[Heymarket]:
    """A client of a fresh emulator."""
    with Heymarket(**heymarket_emulator.settings, quota=None, max_retries=0) as client:
        yield client


@pytest.fixture
def state(heymarket_emulator: Emulator) -> State:
    """What that emulator remembers."""
    return heymarket_emulator.state


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[tuple[str, dict[str, Any]]]]:
    """Gives the events that the webhook is to hear of, with their data, since it was last called."""
    events: list[tuple[str, dict[str, Any]]] = []
    emit = State.emit

    def note(self: State, event_type: str, event_data: Mapping[str, Any]) -> None:
        events.append((event_type, dict(event_data)))
        emit(self, event_type, event_data)

    def taken() -> list[tuple[str, dict[str, Any]]]:
        taken = events.copy()
        events.clear()
        return taken

    monkeypatch.setattr(State, "emit", note)
    return taken
