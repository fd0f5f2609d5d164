"""One build, from the checkout to HTML."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from . import command_line, llms, pages, python_api

ROOT = Path(__file__).resolve().parents[2]


def build(output: Path) -> int:
    """Build the site into `output`/html, and return Sphinx's exit status.

    Args:
        output: The folder; what an earlier build left in it is removed.
    """
    pages.remove_earlier(output)
    source, html = output / "source", output / "html"
    written = pages.lay_out(ROOT, source)
    written |= python_api.write(ROOT, source / "python")
    written |= command_line.write(source / "commands")
    sphinx = [sys.executable, "-m", "sphinx", "-b", "html", "-W", "--keep-going", "-q", "-j", "2"]
    code = subprocess.run([*sphinx, "-c", ROOT / "website", source, html], check=False).returncode
    if code == 0:
        llms.write(ROOT, source, html)
        print(f"{len(written)} pages: {html / 'index.html'}")
    return code
