"""The fixture, in a test run of somebody who uses it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TESTS = """
import httpx
import pytest

urls = set()

@pytest.mark.parametrize("_", range(2))
def test_each_test_starts_afresh_on_the_same_server(heymarket_emulator, _):
    assert heymarket_emulator.journal == ()
    assert httpx.get(heymarket_emulator.base_url, trust_env=False).status_code == 404
    assert len(heymarket_emulator.journal) == 1
    heymarket_emulator.fail_next(503)
    urls.add(heymarket_emulator.base_url)
    assert len(urls) == 1
"""


def test_the_fixture_gives_a_fresh_emulator_to_each_test(tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text(TESTS)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-W", "error", "-p", "heymarket.pytest_plugin", "-q", "test_mine.py"],
        cwd=tmp_path,
        # The entry point of an installed package would load the plugin a second time.
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "2 passed" in run.stdout, run.stdout + run.stderr
