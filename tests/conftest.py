"""Fixtures for all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from heymarket import _clock, quota
from tests.lab import Door, FakeClock


@pytest.fixture(params=["sync", "async"])
def door(request: pytest.FixtureRequest) -> Door:
    return Door(request.param)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    fake = FakeClock()
    monkeypatch.setattr(_clock, "SYSTEM", fake.clock())
    return fake


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever the developer's own environment holds, a test starts without it."""
    for name in list(os.environ):
        if name.startswith("HEYMARKET_") or name.lower() in {"http_proxy", "https_proxy", "all_proxy", "no_proxy"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    quota._budgets.clear()  # a pause that another test's 429 caused
    quota._remembered.clear()
