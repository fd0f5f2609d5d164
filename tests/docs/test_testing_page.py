"""docs/testing.md: its files, written down as a reader would, and their tests run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from heymarket.emulator import Emulator

PLUGINS = ("-p", "heymarket.pytest_plugin", "-p", "pytest_httpx")
PAGE = Path(__file__).parents[2] / "docs/testing.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The page's files: blocks such as `python test_it.py`."""
    for token in MarkdownIt().parse(PAGE.read_text("utf-8")):
        language, _, name = token.info.partition(" ")
        if language == "python":
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(token.content, "utf-8")
    return tmp_path


def run(project: Path, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-W", "error", *PLUGINS, "-q", *arguments],
        cwd=project,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(project), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_tests_on_the_page_pass(project: Path) -> None:
    with Emulator() as emulator:
        contact_id = emulator.examples["phone"].contact_id
        recorded = run(project, "--heymarket-record=new", MY_CONTACT=contact_id, RECORD="new", **emulator.environment)

    assert "new: cassettes/test_contacts/test_ada_has_a_phone.yaml" in recorded
    assert "23 passed" in run(project)
