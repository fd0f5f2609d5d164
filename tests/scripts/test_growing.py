"""Growing the API is one edit and one command, as docs/growing-the-api.md shows it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.scripts.checkout import ROOT

if TYPE_CHECKING:
    from pathlib import Path

GUIDE = ROOT / "docs/growing-the-api.md"
LOOK = """
import inspect, json
from heymarket_openapi.resources import AsyncContacts, Contacts
print(json.dumps([
    {
        "signature": str(inspect.signature(cls.list_tags)),
        "doc": inspect.getdoc(cls.list_tags),
        "async": inspect.iscoroutinefunction(cls.list_tags),
    }
    for cls in (Contacts, AsyncContacts)
]))
"""


USE = """
import asyncio
from heymarket import AsyncHeymarket, Heymarket
from heymarket.emulator import Emulator

async def asynchronous(settings):
    async with AsyncHeymarket(**settings) as hm:
        return await hm.contacts.list_tags(contact), await hm.gadgets.get("g-1", verbose=True)

with Emulator() as emulator:
    contact = emulator.examples["phone"].contact_id
    with Heymarket(**emulator.settings) as hm:
        tags, gadget = hm.contacts.list_tags(contact), hm.gadgets.get("g-1", verbose=True)
        raw = hm.contacts.with_raw_response.list_tags(contact)
    assert asyncio.run(asynchronous(emulator.settings)) == (tags, gadget)
    assert raw.parsed == tags
    assert type(tags[0]).__name__ == "ContactTag", tags
    assert tags[0].id == 71
    assert (gadget.name, gadget.size) == ("sprocket", 3), gadget
    assert [call.operation for call in emulator.journal[:2]] == ["contacts.list_tags", "gadgets.get"]
    assert emulator.journal[1].path.endswith("/v9/gadget/g-1"), emulator.journal[1]

    import contextlib, io, json, os
    from heymarket.cli import main
    os.environ.update(emulator.environment)
    for words, expected in (
        (["contacts", "list-tags", contact], "color"),
        (["gadgets", "get", "g-1", "--verbose"], "name"),
    ):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            assert main(words) == 0
        answer = json.loads(out.getvalue())
        assert expected in (answer[0] if isinstance(answer, list) else answer)
    print("grown")
"""
GADGETS = """
tags:
  - name: gadgets
    description: Gadgets, invented.
paths:
  /v9/gadget/{gadgetID}:
    get:
      operationId: gadgets.get
      tags: [gadgets]
      summary: Retrieve a gadget.
      x-heymarket-confidence: low
      x-heymarket-sources: [invented]
      parameters:
        - {name: gadgetID, in: path, required: true, description: Its id., schema: {type: string}, example: g-1}
        - {name: verbose, in: query, description: More of it., schema: {type: boolean}}
      responses:
        "200":
          description: The gadget.
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/Gadget"
components:
  schemas:
    Gadget:
      type: object
      description: A gadget.
      properties:
        name: {type: string, description: Its name., example: sprocket}
        size: {type: integer, description: Its size., example: 3}
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout, regenerated after the guide's endpoint was added by hand, and a resource beside it."""
    root = tmp_path_factory.mktemp("copy")
    for folder in ("openapi", "generated", "heymarket", "scripts"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    family = root / "openapi/contacts.yaml"
    added = re.search(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert added is not None
    text = family.read_text(encoding="utf-8")
    if "contacts.list_tags" not in text:  # a reader who follows the guide to the letter has it already
        family.write_text(text.replace("paths:\n", f"paths:\n{added[1]}", 1), encoding="utf-8")
    (root / "openapi/gadgets.yaml").write_text(GADGETS, encoding="utf-8")
    subprocess.run([sys.executable, root / "scripts/regenerate"], check=True, capture_output=True)
    return root


def run_in(copy: Path, program: str) -> str:
    """What a program prints that sees the copy's packages."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(copy), str(copy / "generated")])},
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_endpoint_added_by_hand_becomes_a_method(copy: Path) -> None:
    sync, asynchronous = json.loads(run_in(copy, LOOK))
    expected = "(self, contact_id: 'UUID | str') -> 'builtins.list[models.ContactTag]'"
    assert sync["signature"] == asynchronous["signature"] == expected
    assert sync["doc"].startswith("Retrieve the tags of a contact.\n")
    assert "contact_id: UUID of the contact." in asynchronous["doc"]
    assert [sync["async"], asynchronous["async"]] == [False, True]


def test_new_endpoints_work_on_client_emulator_and_command_line_without_another_line(copy: Path) -> None:
    assert run_in(copy, USE) == "grown\n"
