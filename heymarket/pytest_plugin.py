"""The pytest fixture `heymarket_emulator`, there as soon as `heymarket[emulator]` is installed.

    from heymarket import Heymarket
    from heymarket.emulator import Emulator

    def test_a_contact_has_a_phone(heymarket_emulator: Emulator) -> None:
        contact_id = heymarket_emulator.examples["phone"].contact_id
        with Heymarket(**heymarket_emulator.settings) as hm:
            assert hm.contact_channels.get(contact_id, "phone").channel_id == "15555550100"

pytest loads this module into every run of whoever has the package installed, so it imports nothing until asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from heymarket.emulator import Emulator

__all__ = ["heymarket_emulator"]


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
