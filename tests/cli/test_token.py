"""`heymarket token`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import httpx
import jwt

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from heymarket.emulator import Emulator
    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]


def test_the_token_alone_is_printed_and_accepted(run: Run, emulator: Emulator) -> None:
    code, out, err = run("token")

    assert (code, err) == (0, "")
    url = f"{emulator.base_url}/v2/contact/{emulator.examples['phone'].contact_id}/channel/phone"
    answer = httpx.get(url, headers={"Authorization": f"Bearer {out.strip()}"}, trust_env=False)
    assert answer.status_code == 200


def test_the_token_is_signed_as_the_vendor_asks(run: Run, emulator: Emulator) -> None:
    token = run("token").out.strip()

    claims = jwt.decode(token, f"{emulator.secret_id}||{emulator.secret_key}", algorithms=["HS256"])
    assert claims["iss"] == emulator.secret_id
    assert abs(claims["iat"] - time.time()) < 60


def test_on_a_terminal_the_lifetime_is_printed_beside_it(on_terminal: Run, emulator: Emulator) -> None:
    code, out, err = on_terminal("token")

    assert code == 0
    assert out.count("\n") == 1
    assert err == "Valid for five minutes.\n"


def test_a_legacy_team_key_is_not_printed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEYMARKET_API_KEY", "LegacyTeamKeyThatNobodyMaySee")

    code, out, err = run("token")

    assert (code, out) == (2, "")
    assert err.startswith("error: The credentials (environment) are a legacy team key")
    assert "NobodyMaySee" not in err
