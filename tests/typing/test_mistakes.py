"""Wrong calls: each must be refused by both type checkers at its line, and by mypy for what is wrong with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mypy", reason="the min-deps environment has no mypy")

ROOT = Path(__file__).parents[2]
PREAMBLE = """\
from datetime import datetime
from uuid import UUID
from heymarket import AsyncHeymarket, Heymarket
from heymarket.models import Contact, ContactTagWrite, ScheduledContentWrite
"""
SYNCHRONOUS = {
    "hm.contact_channels.get()": "call-arg",
    "hm.contact_channels.get(contact_id)": "call-arg",
    'hm.contact_channels.get(contact_id, "phone", "more")': "call-arg",
    "hm.contact_channels.get(5.5, 'phone')": "arg-type",
    "hm.contact_channels.get(contact_id, None)": "arg-type",
    'hm.contact_channels.fetch(contact_id, "phone")': "attr-defined",
    'hm.contact_channel.get(contact_id, "phone")': "attr-defined",
    'hm.contact_channels.get(contact_id, "phone").channel': "attr-defined",
    'len(hm.contact_channels.get(contact_id, "phone").channel_id)': "arg-type",
    'hm.contact_channels.find(contact_id, "phone").id': "union-attr",
    'hm.contact_channels.create(contact_id, "phone", "15555550100")': "call-arg",
    'for result in hm.contact_channels.get_many([contact_id, "phone"]): print(result)': "list-item",
    'Heymarket(timeout="5")': "arg-type",
    'Heymarket("id", "key", "base")': "call-arg",
    "Heymarket(quota=500)": "arg-type",
    "hm.with_options(retries=1)": "call-arg",
    'hm.request("GET")': "call-arg",
    "hm.contacts.get(contact=contact_id)": "call-arg",
    'hm.contacts.get_v1("7")': "arg-type",
    "hm.contacts.get(contact_id).tags[0]": "index",
    'hm.contacts.create(first="Ada")': "call-arg",
    'hm.contacts.create(contact_channels="phone")': "arg-type",
    'hm.contacts.update(contact_id, tags=["vip"])': "list-item",
    "hm.contacts.update(contact_id, first=None)": "arg-type",
    'hm.contacts.patch(contact_id, name="Ada")': "call-arg",
    "hm.contacts.count().lower()": "attr-defined",
    "hm.contacts.list()[0]": "index",
    "hm.contacts.list(50)": "call-arg",
    'hm.contacts.list().limit("5")': "arg-type",
    "async_list = [contact async for contact in hm.contacts.list()]": "attr-defined",
    "contacts: list[Contact] = hm.contacts.list()": "assignment",
    "hm.contacts.with_raw_response.get(contact_id).first": "attr-defined",
    "hm.tags.with_raw_response.get('71')": "arg-type",
    "hm.tags.with_raw_response.create(tag='vip', colour='red')": "call-arg",
    "hm.tags.with_raw_response.list().limit(5)": "attr-defined",
    'hm.tags.create(name="vip")': "call-arg",
    'hm.tags.list(date="2024-01-02")': "arg-type",
    "hm.tags.update(71)": "attr-defined",
    'hm.messages.send(creator_id=3, phone_number="15555550100", text="Hello")': "call-arg",
    'hm.messages.send(inbox_id=7, creator_id=3, targets="15555550100", text="Hello")': "arg-type",
    'hm.messages.send(inbox_id="7", creator_id=3, list_id=5, text="Hello")': "arg-type",
    "hm.messages.history(inbox_id=7)": "call-arg",
    'hm.schedules.create(inbox_id=7, execute_at="2030-01-01T12:00:00Z", content={}, list_id=5)': "arg-type",
    'hm.schedules.create(inbox_id=7, execute_at=when, content="Hello", list_id=5)': "arg-type",
    "ScheduledContentWrite(text=5)": "arg-type",
    "ContactTagWrite(id=71)": "call-arg",
    "hm.users.update(users={'id': 3})": "arg-type",
}
ASYNCHRONOUS = {
    "hm.contacts.count()": "unused-coroutine",
    "hm.contacts.count() + 1": "operator",
    "await hm.contacts.list()": "misc",
    "for contact in hm.contacts.list(): print(contact)": "attr-defined",
    "with hm: pass": "attr-defined",
    "(await hm.messages.send(inbox_id=7, creator_id=3, list_id=5, text='Hello')).text": "attr-defined",
}


@pytest.fixture
def program(tmp_path: Path) -> tuple[Path, dict[int, str]]:
    """A program of nothing but mistakes, and what mypy is to say of its lines."""
    lines: list[str] = [*PREAMBLE.splitlines()]
    expected: dict[int, str] = {}
    for start, mistakes in (
        ("def f(hm: Heymarket, contact_id: UUID, when: datetime) -> None:", SYNCHRONOUS),
        ("async def g(hm: AsyncHeymarket) -> None:", ASYNCHRONOUS),
    ):
        lines.append(start)
        for mistake, code in mistakes.items():
            lines.append(f"    {mistake}")
            expected[len(lines)] = code
    path = tmp_path / "mistakes.py"
    path.write_text("\n".join([*lines, ""]), "utf-8")
    return path, expected


def test_mypy_refuses_each_mistake_for_what_it_is(program: tuple[Path, dict[int, str]]) -> None:
    path, expected = program
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", path.parent / "cache", path],
        cwd=path.parent,
        env={**os.environ, "MYPYPATH": os.pathsep.join([str(ROOT), str(ROOT / "generated")])},
        capture_output=True,
        text=True,
        check=False,
    )
    errors = [line for line in done.stdout.splitlines() if ": error:" in line]
    found = {int(line.split(":")[1]): line.rpartition("[")[2].removesuffix("]") for line in errors}
    assert found == expected, done.stdout


def test_pyright_refuses_each_mistake(program: tuple[Path, dict[int, str]]) -> None:
    pytest.importorskip("pyright", reason="pyright is not installed")
    path, expected = program
    # Not strict: that finds fault with every line whose result isn't used, and with what follows from a mistake.
    settings = {
        "typeCheckingMode": "standard",
        "include": [path.name],
        "extraPaths": [str(ROOT), str(ROOT / "generated")],
        "pythonVersion": "3.11",
    }
    (path.parent / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable]
    done = subprocess.run(command, cwd=path.parent, capture_output=True, text=True, check=False)
    found = {
        problem["range"]["start"]["line"] + 1
        for problem in json.loads(done.stdout)["generalDiagnostics"]
        if problem["severity"] == "error"
    }
    assert found == set(expected), done.stdout
