"""Growing the API is one edit and one command, as docs/growing-the-api.md shows it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.scripts.checkout import ROOT

if TYPE_CHECKING:
    from pathlib import Path

GUIDE = ROOT / "docs/growing-the-api.md"
LOOK = """
import inspect, json
from heymarket_openapi.resources import AsyncContactChannels, ContactChannels
print(json.dumps([
    {
        "signature": str(inspect.signature(cls.list)),
        "doc": inspect.getdoc(cls.list),
        "async": inspect.iscoroutinefunction(cls.list),
    }
    for cls in (ContactChannels, AsyncContactChannels)
]))
"""


def test_an_endpoint_added_by_hand_becomes_a_method(tmp_path: Path) -> None:
    for folder in ("openapi", "generated", "scripts"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    family = tmp_path / "openapi/contact-channels.yaml"
    added = re.search(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert added is not None
    family.write_text(
        family.read_text(encoding="utf-8").replace("paths:\n", f"paths:\n{added[1]}", 1), encoding="utf-8"
    )

    subprocess.run([sys.executable, tmp_path / "scripts/regenerate"], check=True, capture_output=True)

    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        env={"PYTHONPATH": str(tmp_path / "generated")},
        check=True,
        capture_output=True,
        text=True,
    )
    sync, asynchronous = json.loads(done.stdout)
    expected = "(self, contact_id: 'UUID | str') -> 'builtins.list[ContactChannel]'"
    assert sync["signature"] == asynchronous["signature"] == expected
    assert sync["doc"].startswith("Retrieve all channels of a contact.\n")
    assert "contact_id: UUID of the contact." in asynchronous["doc"]
    assert [sync["async"], asynchronous["async"]] == [False, True]
