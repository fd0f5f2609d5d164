"""scripts/regenerate: the same bytes every time, and --check, --help and a failure that leave the tree alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from codegen import lock

from tests.scripts.checkout import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.scripts.checkout import Checkout


def test_the_committed_package_is_what_the_description_gives(
    checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.stat().st_mtime_ns for path in checkout.root.rglob("*")}

    assert checkout.regenerate("--check", tried=True) == 0

    assert capsys.readouterr().out == "generated/heymarket_openapi: up to date\n"
    assert {path: path.stat().st_mtime_ns for path in checkout.root.rglob("*")} == before


def test_writes_a_package_where_there_is_none_and_leaves_it_alone_then(
    checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    committed = checkout.contents()
    shutil.rmtree(checkout.package)

    assert checkout.regenerate(tried=True) == 0
    assert checkout.regenerate(tried=True) == 0

    assert checkout.contents() == committed
    assert [path.name for path in checkout.package.parent.iterdir()] == ["heymarket_openapi"]
    assert capsys.readouterr().out.splitlines() == [
        f"generated/heymarket_openapi: files changed: {len(committed)}",
        "generated/heymarket_openapi: files changed: 0",
    ]


def test_the_bytes_depend_on_nothing_but_the_description(
    checkout: Checkout, invented: Checkout, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "scripts", checkout.root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(invented.root / "openapi/invented.yaml", checkout.root / "openapi")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    subprocess.run(
        [sys.executable, "-X", "utf8=0", checkout.root / "scripts/regenerate"],
        cwd=elsewhere,
        env={**os.environ, "PYTHONHASHSEED": "7", "LC_ALL": "C", "TZ": "Asia/Tokyo", "PYTHONDONTWRITEBYTECODE": "1"},
        check=True,
        capture_output=True,
    )

    assert checkout.contents() == invented.contents()


def test_check_names_the_files_that_differ(checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    (checkout.package / "operation.py").write_text("changed by hand\n", encoding="utf-8")
    (checkout.package / "py.typed").unlink()
    (checkout.package / "extra.py").touch()
    before = checkout.contents()

    assert checkout.regenerate("--check") == 1

    assert capsys.readouterr().err.splitlines() == [
        "generated/heymarket_openapi/extra.py: not generated",
        "generated/heymarket_openapi/operation.py: differs",
        "generated/heymarket_openapi/py.typed: missing",
        "Run scripts/regenerate, and commit what it writes.",
    ]
    assert checkout.contents() == before


def test_check_sees_an_input_that_the_lock_does_not_know(
    checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.edit("openapi/contact-channels.yaml", "# Contact channels:", "# Channels:")

    assert checkout.regenerate("--check") == 1

    assert capsys.readouterr().err.splitlines()[0] == "openapi/lock.json: out of date"


@pytest.mark.parametrize("mode", [[], ["--check"], ["--diff"]])
def test_other_tools_than_the_locked_ones_are_refused(
    checkout: Checkout, capsys: pytest.CaptureFixture[str], mode: list[str]
) -> None:
    checkout.edit("openapi/lock.json", '"ruff": "', '"ruff": "9.')
    checkout.edit("openapi/lock.json", '"tools": {', '"tools": {"no-such-tool": "1",')
    before = checkout.contents()

    assert checkout.regenerate(*mode) == 1

    message = capsys.readouterr().err
    assert "no-such-tool is missing, the lock says 1" in message
    assert "ruff is " in message
    assert checkout.contents() == before


def test_the_lock_has_every_input(checkout: Checkout) -> None:
    written = json.loads((checkout.root / "openapi/lock.json").read_text(encoding="utf-8"))
    inputs = {
        path.relative_to(checkout.root / "openapi").as_posix() for path in (checkout.root / "openapi").rglob("*.*")
    }
    assert written["inputs"].keys() == inputs - {"lock.json"}
    assert (checkout.root / "openapi/lock.json").read_text(encoding="utf-8") == lock.render(checkout.root / "openapi")


@pytest.mark.parametrize(
    "arguments", [["--check", "--diff"], ["--against", "x"], ["--accept-breaking"], ["--nonsense"]]
)
def test_arguments_that_do_not_go_together(
    checkout: Checkout, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        checkout.regenerate(*arguments)
    assert stop.value.code == 2
    assert "usage: scripts/regenerate" in capsys.readouterr().err


def test_help_needs_nothing_but_the_standard_library() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-B", ROOT / "scripts/regenerate", "--help"],
        env={},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("usage: scripts/regenerate")
    for option in ("--check", "--diff", "--against", "--accept-breaking"):
        assert option in done.stdout
