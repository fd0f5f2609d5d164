from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import jwt
import pytest

from heymarket.emulator.seed import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Callable

    from heymarket.emulator import APISecret, EmulatorApp

NOW = 1_750_000_000


@pytest.fixture
def now() -> int:
    """The time at which tests have the emulator stand still."""
    return NOW


@pytest.fixture
def sign() -> Callable[..., str]:
    """Makes an `Authorization` value that the emulator accepts at `now`, or later by `later` seconds."""

    def sign(secret: APISecret = DEFAULT, *, at: float = NOW) -> str:
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
