"""docs/operating.md, "httpx2": the first lines of a program, and what it sends through then."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from markdown_it import MarkdownIt

from heymarket.emulator import Emulator

PAGE = Path(__file__).parents[2] / "docs/operating.md"
WHICH = "\nimport heymarket._transports.httpx as default\nprint(default.httpx.__name__, 'httpcore' in sys.modules)\n"


def test_two_lines_have_a_program_send_through_httpx2(heymarket_emulator: Emulator) -> None:
    blocks = MarkdownIt().parse(PAGE.read_text("utf-8"))
    (program,) = (block.content for block in blocks if block.info == "python first_lines.py")

    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{program}{WHICH}"],
        env={**os.environ, **heymarket_emulator.environment, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.splitlines()[1:] == ["httpx2 True"], done.stdout + done.stderr
    (call,) = heymarket_emulator.journal.find(operation="inboxes.list")
    assert call.status == 200
