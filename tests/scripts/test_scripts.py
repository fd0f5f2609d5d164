"""What is true of every script, and what the demo shows."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

from heymarket.emulator import Emulator

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted(path for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_script_says_in_a_line_what_it_does(script: Path) -> None:
    docstring = ast.get_docstring(ast.parse(script.read_text("utf-8")))
    assert docstring
    assert "\n" not in docstring
    assert os.access(script, os.X_OK)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_script_has_help_that_sets_nothing_up(script: Path) -> None:
    done = subprocess.run([sys.executable, script, "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"usage: scripts/{script.name}" in done.stdout
    assert "Setting up" not in done.stderr


def test_the_demo_shows_request_claims_and_result(capfd: pytest.CaptureFixture[str]) -> None:
    loader = SourceFileLoader("demo", str(ROOT / "scripts" / "demo"))
    spec = spec_from_loader("demo", loader)
    assert spec is not None
    demo = module_from_spec(spec)
    loader.exec_module(demo)
    demo.demonstrate()
    shown = capfd.readouterr().out
    assert re.search(r"GET /v2/contact/[0-9a-f-]{36}/channel/phone HTTP/1\.1", shown)
    assert re.search(r'\{"iss": "[0-9a-f-]{36}", "iat": \d{10}\}', shown)
    assert "ContactChannel(id=" in shown
    assert "status 200" in shown
    assert max(map(len, shown.splitlines())) <= 110


def test_the_same_program_talks_to_wherever_the_environment_points(heymarket_emulator: Emulator) -> None:
    program = ROOT / "docs" / "examples" / "retrieve_channel.py"
    with Emulator() as elsewhere:
        for place in (heymarket_emulator, elsewhere):
            contact_id = str(place.examples["email"].contact_id)
            done = subprocess.run(
                [sys.executable, program, contact_id, "email"],
                env={**os.environ, **place.environment},
                capture_output=True,
                text=True,
                check=True,
            )
            assert "ContactChannel(" in done.stdout
        assert len(heymarket_emulator.journal) == len(elsewhere.journal) == 1
