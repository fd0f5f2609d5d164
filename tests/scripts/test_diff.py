"""scripts/regenerate --diff: what a change of the package means to callers."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from codegen.surface import compare, read

if TYPE_CHECKING:
    from pathlib import Path

    from tests.scripts.checkout import Checkout

Changes = Callable[[str, str, str], list[str]]

RESOURCE, NOTE, TAG, KIND = "resources/notes.py", "models/note_write.py", "models/note_tag.py", "models/note_kind.py"


@pytest.fixture
def after(invented: Checkout, tmp_path: Path) -> Changes:
    """Gives the changes that callers would see after an edit of the generated package, with single spaces."""

    def changes(file: str, old: str, new: str) -> list[str]:
        edited = tmp_path / "heymarket_openapi"
        shutil.copytree(invented.package, edited)
        text = (edited / file).read_text(encoding="utf-8")
        assert old in text
        (edited / file).write_text(text.replace(old, new), encoding="utf-8")
        return [" ".join(str(change).split()) for change in compare(read(invented.package), read(edited))]

    return changes


@pytest.mark.parametrize(
    ("file", "old", "new", "change"),
    [
        (RESOURCE, "def search(", "def find(", "removed notes.search"),
        (RESOURCE, "        author_id: UUID", "        writer_id: UUID", "removed notes.list: argument author_id"),
        (
            RESOURCE,
            "pinned: bool | Unset = UNSET",
            "pinned: bool",
            "changed notes.create: argument pinned: bool | Unset = UNSET to pinned: bool",
        ),
        (
            RESOURCE,
            "        text: str",
            "        color: str,\n        text: str",
            "added notes.create: required argument color: str",
        ),
        (RESOURCE, "note_id: int", "note_id: bool", "changed notes.delete: argument note_id: int to note_id: bool"),
        (
            RESOURCE,
            "kind: models.NoteKind | str,",
            "kind: NoteKind,",
            "changed notes.create: argument kind: NoteKind | str to kind: NoteKind",
        ),
        (
            RESOURCE,
            "        note_id: int,",
            "        before: int,\n        note_id: int,",
            "changed notes.delete: argument note_id from position 1 to position 2",
        ),
        (
            RESOURCE,
            "        note_id: int,",
            "        *,\n        note_id: int,",
            "changed notes.delete: argument note_id from position 1 to keyword",
        ),
        (RESOURCE, "-> str:", "-> str | None:", "changed notes.add_many: result from str to str | None"),
        (TAG, "    label: ", "    name: ", "removed models.NoteTag.label"),
        (
            TAG,
            "    label: None | str | Unset",
            "    label: None | int | Unset",
            "changed models.NoteTag.label from None | str | Unset to None | int | Unset",
        ),
        (NOTE, "    kind: NoteKind\n", "    kind: bool\n", "changed models.NoteWrite.kind: NoteKind to kind: bool"),
        (KIND, '    SHARED = "shared"\n', "", "removed models.NoteKind.SHARED"),
        (KIND, '"shared"', '"Shared"', "changed models.NoteKind.SHARED from 'shared' to 'Shared'"),
    ],
)
def test_what_breaks_callers(after: Changes, file: str, old: str, new: str, change: str) -> None:
    assert f"BREAKING {change}" in after(file, old, new)


@pytest.mark.parametrize(
    ("file", "old", "new", "change"),
    [
        (RESOURCE, "def search(", "def find(", "added notes.find(*, words: builtins.list[str] | Unset = UNSET)"),
        (
            RESOURCE,
            "        note_id: int,",
            "        note_id: int | str,",
            "changed notes.delete: argument note_id: int to note_id: int | str",
        ),
        (
            RESOURCE,
            "        text: str",
            "        color: str | Unset = UNSET,\n        text: str",
            "added notes.create: argument color: str | Unset = UNSET",
        ),
        (
            TAG,
            "    label: None | str | Unset",
            "    label: str | Unset",
            "changed models.NoteTag.label from None | str | Unset to str | Unset",
        ),
        (
            NOTE,
            "    kind: NoteKind\n",
            "    kind: NoteKind | Unset = UNSET\n",
            "changed models.NoteWrite.kind: NoteKind to kind: NoteKind | Unset = UNSET",
        ),
        (
            KIND,
            '    SHARED = "shared"\n',
            '    SHARED = "shared"\n    PUBLIC = "public"\n',
            "added models.NoteKind.PUBLIC = 'public'",
        ),
    ],
)
def test_what_breaks_nobody(after: Changes, file: str, old: str, new: str, change: str) -> None:
    assert any(line.startswith(change) for line in after(file, old, new))


def test_a_change_of_meaning_only(checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    checkout.edit("openapi/contact-channels.yaml", "Type of the channel to retrieve.", "The type.")
    before = {path: path.stat().st_mtime_ns for path in checkout.root.rglob("*")}

    assert checkout.regenerate("--diff") == 0

    assert {path: path.stat().st_mtime_ns for path in checkout.root.rglob("*")} == before
    assert capsys.readouterr().out == "Changes for callers: 0, breaking: 0\n"


def test_a_new_endpoint(checkout: Checkout, invented: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(invented.root / "openapi/invented.yaml", checkout.root / "openapi")

    assert checkout.regenerate("--diff") == 0

    *lines, end = capsys.readouterr().out.splitlines()
    assert "          added    notes.delete(note_id: int) -> None" in lines
    assert "          added    models.NoteWrite" in lines
    assert end == f"Changes for callers: {len(lines)}, breaking: 0"


def test_breaking_changes_have_to_be_acknowledged(
    checkout: Checkout, invented: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    against = ["--diff", "--against", str(invented.package)]

    assert checkout.regenerate(*against) == 1

    said = capsys.readouterr()
    assert "BREAKING  removed  notes.list" in said.out
    assert "--accept-breaking" in said.err
    assert checkout.regenerate(*against, "--accept-breaking") == 0


def test_everything_is_new_where_there_was_nothing(bare_checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    assert bare_checkout.regenerate("--diff") == 0
    assert "added    models.ContactChannel" in capsys.readouterr().out


WIRE = """wire contact_channels.get: server from that of the base URL to https://other.example
wire contact_channels.get: security from the client's credentials to none"""


def test_what_changes_on_the_wire_in_every_format(checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    own = "security: []\n      servers: [{url: https://other.example}]\n      "
    checkout.edit(
        "openapi/contact-channels.yaml", "operationId: contact_channels.get", f"{own}operationId: contact_channels.get"
    )

    assert checkout.regenerate("--diff") == 0
    *lines, end = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert (lines, end) == (WIRE.splitlines(), "Changes for callers: 2, breaking: 0")

    assert checkout.regenerate("--diff", "--format", "json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report == {"changes": [{"change": line, "breaking": False} for line in WIRE.splitlines()], "breaking": False}

    assert checkout.regenerate("--diff", "--format", "markdown") == 0
    assert "| wire `contact_channels.get: security from the client's credentials to none` |" in capsys.readouterr().out
