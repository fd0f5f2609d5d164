"""Fixtures of the fault tests."""

from __future__ import annotations

import pytest

from heymarket import _clock
from tests.resilience.skipping_clock import SkippingClock


@pytest.fixture
def skipping_clock(monkeypatch: pytest.MonkeyPatch) -> SkippingClock:
    """Time on real sockets, without the waits between attempts."""
    clock = SkippingClock()
    monkeypatch.setattr(_clock, "SYSTEM", clock.clock())
    return clock
