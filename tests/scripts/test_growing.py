"""Growing the API is one edit and one command, as docs/growing-the-api.md shows it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from codegen import trial

if TYPE_CHECKING:
    from pathlib import Path

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
    for name in ("HEYMARKET_TRIGGER_KEY",):
        assert name in emulator.environment
    with Heymarket(**emulator.settings) as hm:
        pages = list(hm.gadgets.list(limit=2).pages())
        assert [[item.name for item in page.items] for page in pages] == [["a", "b"], ["c"]], pages
        assert [item.name for item in hm.gadgets.list(limit=2).resume(pages[0].cursor)] == ["c"]
        assert hm.gadgets.trigger("t-1", fields={"phone": "1"}).name == "sprocket"
        assert hm.gadgets.search(filter_={"color": "red"}, sizes=[1, 2]).name == "sprocket"
    page, trigger, search = emulator.journal[-3:]
    assert trigger.path.endswith("/v3/trigger/t-1"), trigger
    assert trigger.claims is None
    assert search.parameters is not None and search.status == 200
    for words in (["gadgets", "trigger", "t-1", "--field-fields", "{}"], ["gadgets", "list", "--limit", "1", "--all"],
                  ["gadgets", "search", "--filter", '{"color": "x"}'], ["gadgets", "list", "--limit", "1"]):
        with contextlib.redirect_stdout(io.StringIO()):
            assert main(words) == 0, words
    try:
        with Heymarket(**{**emulator.settings, "keys": {"TriggerKey": emulator.secret_id}}) as hm:
            hm.gadgets.search(filter_={"size": 1})
    except Exception as error:
        assert "400" in str(error), error
    else:
        raise AssertionError("the emulator validates the query")
    print("grown")
"""
USE_MEDIA = """
import asyncio, contextlib, datetime, io, os, pathlib, sys, tempfile, warnings
warnings.simplefilter("error")
from heymarket import AsyncHeymarket, File, Heymarket, InvalidRequestError
from heymarket.cli import main
from heymarket.emulator import Emulator

folder = pathlib.Path(tempfile.mkdtemp())
picture = folder / "picture.png"
picture.write_bytes(os.urandom(300_000))

def calls(hm):
    return [
        hm.media.upload(file=picture, title="t", more=[b"1", File(io.BytesIO(b"2"), "b.txt")], tags=["x", "y"],
                        size=3, to="+1 415 555 0100", about={"color": "red"}),
        hm.media.upload(file=io.BytesIO(b"x"), title="ü", idempotency_key="k-1"),
        hm.media.replace("m-1", content=picture),
        hm.media.content("m-1"),
        hm.media.content("m-1", save_to=folder / "saved.png"),
        hm.media.report(x_since=datetime.date(2024, 1, 2)),
        hm.media.fill(name="a & b", count=2, list_=["c", "d"]),
    ]

async def asynchronous(settings):
    async with AsyncHeymarket(**settings) as hm:
        return [await call for call in calls(hm)]

with Emulator() as emulator:
    with Heymarket(**emulator.settings) as hm:
        results = calls(hm)
        for wrong in ("picture.png", io.StringIO("x"), folder / "none", 5, None):
            try:
                hm.media.upload(file=wrong, title="t")
            except InvalidRequestError as error:
                assert "file" in str(error) and "none" not in str(error), error
            else:
                raise AssertionError(wrong)
    assert results == asyncio.run(asynchronous(emulator.settings))
    assert results[0].id == "m-1" and results[2] is None, results
    assert (type(results[3]), results[5], results[6]) == (bytes, "name,count\\nü,1\\n", "text"), results
    assert results[4] == b"" and (folder / "saved.png").read_bytes() == results[3], results
    sent = [call.request_headers for call in emulator.journal]
    assert sent[0]["content-type"].startswith("multipart/form-data; boundary="), sent[0]
    assert "idempotency-key" in sent[0]
    assert (sent[3]["accept"], sent[5]["accept"], sent[5]["x-since"]) == ("image/*", "text/csv", "2024-01-02")

    os.environ.update(emulator.environment)
    for words, expected in (
        (["media", "upload", "--file", str(picture), "--title", "t"], b'"m-1"'),
        (["media", "replace", "m-1", "--content", str(picture)], b""),
        (["media", "report", "--x-since", "2024-01-02"], "name,count\\nü,1\\n".encode()),
        (["media", "content", "m-1"], results[3]),
        (["media", "content", "m-1", "--save-to", str(folder / "again.png")], b""),
    ):
        raw = io.BytesIO()
        out = io.TextIOWrapper(raw, encoding="utf-8", newline="")
        with contextlib.redirect_stdout(out):
            status = main(words)
            out.flush()
        print(words, status, raw.getvalue())
        assert status == 0 and expected in raw.getvalue(), (words, raw.getvalue())
    assert (folder / "again.png").read_bytes() == results[3]
    print("grown")
"""


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


RECORD = """
import sys
sys.path[:0] = ["scripts", "."]
from heymarket import description
from recording.cassette import path_of
from recording.examples import successes
from recording.targets import LocalEmulator
from recording.scenario import play
operations = {one.name: one for one in description.operations()}
with LocalEmulator() as target:
    for name in ("gadgets.list", "gadgets.search", "gadgets.trigger"):
        for scenario in successes(operations[name]):
            with target.prepare(scenario) as ready:
                outcome = play(ready.scenario, ready.settings, ready.time)
                assert scenario.gave(outcome), outcome
                print(name)
"""
TYPED = """\
from heymarket import Heymarket
hm = Heymarket()
names = [gadget.name for gadget in hm.gadgets.list(limit=2).limit(3)]
hm.gadgets.search(filter_={'color': 'red'}, sizes=[1])
hm.with_options(keys={'TriggerKey': 'k'}).gadgets.trigger('t-1', fields={'a': 1})
"""


def test_new_endpoints_are_recorded(copy: Path) -> None:
    assert {*run_in(copy, RECORD).split()} == {"gadgets.list", "gadgets.search", "gadgets.trigger"}


def test_new_endpoints_are_typed(copy: Path) -> None:
    (copy / "use.py").write_text(TYPED, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", f"--cache-dir={trial.CACHE}", "use.py"],
        env={**os.environ, "MYPYPATH": os.pathsep.join([str(copy), str(copy / "generated")])},
        cwd=copy, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_new_endpoints_work_on_client_emulator_and_command_line_without_another_line(copy: Path) -> None:
    assert run_in(copy, USE) == "grown\n"


def test_files_forms_and_headers_work_on_client_emulator_and_command_line(copy: Path) -> None:
    assert run_in(copy, USE_MEDIA).endswith("grown\n")
