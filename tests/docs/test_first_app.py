"""docs/first-app.md: its two files, written down as a reader would, and the tests in them run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from markdown_it import MarkdownIt

PAGE = Path(__file__).parents[2] / "docs/first-app.md"


def test_the_tests_of_the_app_pass(tmp_path: Path) -> None:
    for token in MarkdownIt().parse(PAGE.read_text("utf-8")):
        language, _, name = token.info.partition(" ")
        if language == "python" and name:
            (tmp_path / name).write_text(token.content, "utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "heymarket.pytest_plugin"],
        cwd=tmp_path,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "6 passed" in done.stdout, done.stdout + done.stderr
