"""An integration that exists already runs against the emulator: only base URL and key change."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from heymarket.emulator import Emulator
from tests.emulator.processes import emulator

PROGRAM = Path(__file__).with_name("existing_integration.py")


@pytest.fixture
def settings() -> Iterator[dict[str, str]]:
    with emulator() as running:
        yield running.settings


def run(settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    # Isolated and without site-packages: the standard library is all that it has.
    command = [sys.executable, "-I", "-S", str(PROGRAM)]
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "SYSTEMROOT"}}
    return subprocess.run(command, check=False, env={**kept, **settings}, capture_output=True, text=True, timeout=60)


def test_one_that_signs_its_own_tokens_runs_unchanged(settings: dict[str, str]) -> None:
    done = run(settings)

    assert (done.returncode, done.stderr, done.stdout) == (0, "", "done\n")


def test_one_that_has_the_legacy_team_key_runs_unchanged(settings: dict[str, str]) -> None:
    done = run({"HEYMARKET_BASE_URL": settings["HEYMARKET_BASE_URL"], "HEYMARKET_API_KEY": Emulator.api_key})

    assert (done.returncode, done.stderr, done.stdout) == (0, "", "done\n")


def test_a_key_that_is_wrong_is_noticed(settings: dict[str, str]) -> None:
    done = run({**settings, "HEYMARKET_SECRET_KEY": "another-key"})

    assert done.returncode == 1
    assert "Heymarket answered 401" in done.stderr
