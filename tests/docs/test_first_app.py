"""docs/first-app.md, which `heymarket init` writes into a folder, where its tests pass."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from markdown_it import MarkdownIt

from heymarket.cli import main

PAGE = Path(__file__).parents[2] / "docs/first-app.md"


def test_the_tests_of_the_app_pass_in_the_folder_that_init_writes(tmp_path: Path) -> None:
    folder = tmp_path / "app"
    assert main(["init", str(folder)]) == 0
    shown = {}
    for token in MarkdownIt().parse(PAGE.read_text("utf-8")):
        language, _, name = token.info.partition(" ")
        if language == "python" and name:
            shown[name] = token.content

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "heymarket.pytest_plugin"],
        cwd=folder,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "6 passed" in done.stdout, done.stdout + done.stderr
    assert shown == {file.name: file.read_text("utf-8") for file in folder.glob("*.py")}


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.py").touch()

    assert main(["init", str(tmp_path)]) == 2
    assert [file.name for file in tmp_path.glob("*") if file.is_file()] == ["mine.py"]
