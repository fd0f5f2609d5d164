"""Wrong calls: each must be refused by the type checker, at its line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mypy", reason="the min-deps environment has no mypy")

ROOT = Path(__file__).parents[2]
MISTAKES = [
    "hm.contact_channels.get()",
    "hm.contact_channels.get(contact_id)",
    'hm.contact_channels.get(contact_id, "phone", "more")',
    "hm.contact_channels.get(5.5, 'phone')",
    "hm.contact_channels.get(contact_id, None)",
    'hm.contact_channels.fetch(contact_id, "phone")',
    'hm.contact_channel.get(contact_id, "phone")',
    'hm.contact_channels.get(contact_id, "phone").channel',
    'len(hm.contact_channels.get(contact_id, "phone").channel_id)',
    'hm.contact_channels.find(contact_id, "phone").id',
    'Heymarket(timeout="5")',
    'Heymarket("id", "key", "base")',
    "Heymarket(quota=500)",
    "hm.with_options(retries=1)",
    'hm.request("GET")',
]


def test_mistakes_are_refused(tmp_path: Path) -> None:
    lines = [
        "from uuid import UUID",
        "from heymarket import Heymarket",
        "def f(hm: Heymarket, contact_id: UUID) -> None:",
    ]
    first = len(lines) + 1
    path = tmp_path / "mistakes.py"
    path.write_text("\n".join([*lines, *(f"    {mistake}" for mistake in MISTAKES), ""]), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", tmp_path / "cache", path],
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": os.pathsep.join([str(ROOT), str(ROOT / "generated")])},
        capture_output=True,
        text=True,
        check=False,
    )
    reported = {int(line.split(":")[1]) for line in done.stdout.splitlines() if ": error:" in line}
    assert reported == set(range(first, first + len(MISTAKES))), done.stdout
