"""From a page, a curl command and an OpenAPI file to calls, with scripts/describe and scripts/regenerate alone."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.scripts.checkout import ROOT
from tests.scripts.conftest import GUIDE, TRANSCRIPT

if TYPE_CHECKING:
    from pathlib import Path

USE = """
from heymarket import Heymarket
from heymarket.emulator import Emulator

with Emulator() as emulator, Heymarket(**emulator.settings) as hm:
    campaign = hm.campaigns.get(8841)
    assert (campaign.status, campaign.created.year) == ("sent", 2024), campaign
    page = hm.campaigns.list(limit=5, status="draft")
    assert page.data[0].owner.email == "ada@example.com", page
    parcel = hm.parcels.create(to=None, weight=2.5)
    assert str(parcel.id) == "00000000-0000-4000-8000-000000000001", parcel
    added = hm.parcel_notices.create(1, notice={"channel": "email", "address": "ada@example.com"})
    assert type(added.notice).__name__ == "SmsNotice" and type(added.cards[0]).__name__ == "Postcard", added
    paths = [(call.method, call.path.partition("?")[0]) for call in emulator.journal]
    assert paths == [("GET", "/v2/campaign/8841"), ("GET", "/v2/campaigns"), ("POST", "/parcels"),
             ("POST", "/parcels/1/notices")], paths
print("called")
"""


def test_the_guide_shows_what_the_command_says(tmp_path: Path) -> None:
    for folder in ("openapi", "scripts"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    transcript = TRANSCRIPT.search(GUIDE.read_text(encoding="utf-8"))
    assert transcript is not None
    command, text, expected = transcript.groups()
    done = subprocess.run(
        [sys.executable, tmp_path / "scripts/describe", *shlex.split(command)[1:]],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=text,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == (expected, 0)


def test_what_the_three_inputs_describe_can_be_called(copy: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(copy), str(copy / "generated")])}
    done = subprocess.run([sys.executable, "-c", USE], env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("called\n", "")
