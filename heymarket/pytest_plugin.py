"""The pytest fixtures `heymarket_emulator`, which needs `heymarket[emulator]`, and `heymarket_faults`.

    from heymarket import Heymarket
    from heymarket.emulator import Emulator

    def test_a_contact_has_a_phone(heymarket_emulator: Emulator) -> None:
        contact_id = heymarket_emulator.examples["phone"].contact_id
        with Heymarket(**heymarket_emulator.settings) as hm:
            assert hm.contact_channels.get(contact_id, "phone").channel_id == "15555550100"

    from heymarket.testing import Fault, FaultServer, Respond

    def test_an_outage_is_survived(heymarket_faults: FaultServer) -> None:
        heymarket_faults.add(Fault(Respond(503), count=1))
        with Heymarket(**heymarket_faults.settings) as hm:
            assert hm.contact_channels.get("any-id", "phone").channel_id == "15555550100"

pytest loads this module into every run of whoever has the package installed, so it imports nothing until asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from heymarket.emulator import Emulator
    from heymarket.testing import FaultServer

__all__ = ["heymarket_emulator", "heymarket_faults"]


@pytest.fixture(scope="session")
def _heymarket_emulator_server() -> Iterator[Emulator]:
    from heymarket.emulator import Emulator  # noqa: PLC0415 - see above

    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def heymarket_emulator(_heymarket_emulator_server: Emulator) -> Emulator:
    """A local Heymarket, as if freshly started: one server for the whole run, reset for each test."""
    _heymarket_emulator_server.reset()
    return _heymarket_emulator_server


@pytest.fixture
def heymarket_faults() -> Iterator[FaultServer]:
    """A server that misbehaves as told, with no faults yet: a fresh one for each test."""
    from heymarket.testing import FaultServer  # noqa: PLC0415 - see above

    with FaultServer() as server:
        yield server
