"""Endpoints described a moment ago have their commands, without a line of code: on the emulator, in real processes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.conftest import CALLER, Outcome, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Call = Callable[..., Outcome]

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a program that has the invented endpoints, and an emulator that has them too."""
    from codegen import bootstrap, command

    root = tmp_path_factory.mktemp("invented")
    shutil.copytree(ROOT / "openapi", root / "openapi")
    shutil.copy(ROOT / "tests" / "scripts" / "invented.yaml", root / "openapi")
    assert command.run(bootstrap.parse_arguments([]), root) == 0
    packages = os.pathsep.join([str(root / "generated"), environment()["PYTHONPATH"]])
    with_endpoints = {"PYTHONPATH": packages, "COLUMNS": "80"}
    server = [*CALLER, "emulator", "--port", "0"]
    with subprocess.Popen(
        server, env={**environment(), **with_endpoints}, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline().rstrip() for _ in range(3)]
        yield {**with_endpoints, **dict(line.split("=") for line in lines)}
        process.terminate()


@pytest.fixture
def invented(call: Call, settings: dict[str, str]) -> Call:
    def invented(*argv: str) -> Outcome:
        return call("notes", *argv, **settings)

    return invented


def test_the_resource_and_its_operations_are_listed(call: Call, invented: Call, settings: dict[str, str]) -> None:
    assert "notes" in call("--help", **settings).out
    code, out, err = invented("--help")
    assert (code, err) == (0, "")
    for name, summary in {
        "add-many": "Write many notes.",
        "delete": "Remove a note.",
        "list": "List the notes.",
    }.items():
        assert any(name in line and summary in line for line in out.splitlines())


def test_a_list_is_printed(invented: Call) -> None:
    code, out, err = invented("list", "--note-kind", "unheard-of", "--limit", "2")

    assert (code, err) == (0, "")
    notes: list[dict[str, Any]] = json.loads(out)
    assert notes[0]["id"] == 1
    assert notes[0]["author"] == {"name": "text"}


def test_the_help_has_types_defaults_and_what_must_be_given(invented: Call) -> None:
    listing = invented("list", "--help").out
    assert "--limit INT" in listing
    assert "Notes per page. At least 1. At most 50. Default: 30." in listing
    creating = invented("create", "--help").out
    assert "Usage: heymarket notes create --text STR --kind STR [OPTIONS]" in creating
    assert "--pinned --no-pinned" in creating


@pytest.mark.parametrize(
    "argv",
    [
        ("create", "--text", "no", "--kind", "private", "--pinned"),
        ("search", "--words", "a", "--words", "b"),
        ("add-many", "--notes", '[{"text": "a", "kind": "shared"}]'),
    ],
)
def test_fields_of_a_body_are_options(invented: Call, argv: tuple[str, ...]) -> None:
    code, out, err = invented(*argv)

    assert (code, err) == (0, "")
    assert json.loads(out)


def test_a_response_without_content_prints_nothing(invented: Call) -> None:
    assert invented("delete", "5", "--yes") == (0, "", "")


@pytest.mark.parametrize(
    ("argv", "problem"),
    [
        (("create", "--text", "no"), "--kind is missing."),
        (("delete", "five"), "NOTE_ID must be a whole number."),
        (("add-many", "--notes", "sesame"), "--notes must be JSON, @FILE or - (line 1, column 1)."),
        (("add-many", "--notes", '[{"text": "sesame"}]'), "--notes lacks 'kind'; it takes the JSON of NoteWrite."),
    ],
)
def test_what_does_not_fit_is_reported_before_a_request(invented: Call, argv: tuple[str, ...], problem: str) -> None:
    code, out, err = invented(*argv)

    assert (code, out) == (2, "")
    assert err.startswith(f"error: {problem}")
    assert "sesame" not in err
