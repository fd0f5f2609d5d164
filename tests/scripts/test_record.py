"""scripts/record: the same cassettes every time, nothing overwritten unasked, nothing kept that may not be."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve
from recording import bootstrap, command
from recording.scenario import Scenario

from heymarket import NotFoundError
from tests.contract.scenarios import SCENARIOS

ROOT = Path(__file__).resolve().parents[2]
PHONE = next(scenario for scenario in SCENARIOS if scenario.name == "contact_channels.get/200-phone")


def record(root: Path, *arguments: str, scenarios: tuple[Scenario, ...] = (PHONE,)) -> int:
    return command.run(bootstrap.parse_arguments(list(arguments)), scenarios, root)


def contents(root: Path) -> dict[str, str]:
    folder = root / "tests/contract/cassettes"
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.yaml")}


def test_two_recordings_are_the_same(tmp_path: Path) -> None:
    assert record(tmp_path / "one", scenarios=SCENARIOS) == 0
    assert record(tmp_path / "two", scenarios=SCENARIOS) == 0

    assert contents(tmp_path / "one").keys() == {f"{scenario.name}.yaml" for scenario in SCENARIOS}
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_what_has_not_changed_is_left_with_its_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record(tmp_path)
    path = tmp_path / f"tests/contract/cassettes/{PHONE.name}.yaml"
    earlier = path.read_text("utf-8").replace("recorded: '2", "recorded: '1")
    path.write_text(earlier, "utf-8")
    capsys.readouterr()

    assert record(tmp_path, "--overwrite") == 0

    assert capsys.readouterr().out == f"{PHONE.name}: unchanged\n"
    assert path.read_text("utf-8") == earlier


def test_what_differs_is_shown_and_replaced_only_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record(tmp_path)
    recorded = contents(tmp_path)
    path = tmp_path / f"tests/contract/cassettes/{PHONE.name}.yaml"
    path.write_text(path.read_text("utf-8").replace("code: 200", "code: 201"), "utf-8")
    edited = contents(tmp_path)
    capsys.readouterr()

    assert record(tmp_path) == 1
    shown = capsys.readouterr().out
    assert f"{PHONE.name}: differs, left as it is; --overwrite replaces it\n" in shown
    assert "-      code: 201\n+      code: 200\n" in shown
    assert contents(tmp_path) == edited

    assert record(tmp_path, "--overwrite") == 0
    assert "-      code: 201\n+      code: 200\n" in capsys.readouterr().out
    assert contents(tmp_path) == recorded


@pytest.mark.parametrize("name", ["contact_channels.get", "contact_channels.get/404-unknown-contact"])
def test_an_operation_or_a_scenario_may_be_named(tmp_path: Path, name: str) -> None:
    assert record(tmp_path, name, scenarios=SCENARIOS) == 0

    assert contents(tmp_path).keys() == {f"{one.name}.yaml" for one in SCENARIOS if one.name.startswith(name)}


def test_a_name_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert record(tmp_path, "contact_channels.got") == 1

    assert "contact_channels.got" in capsys.readouterr().err
    assert contents(tmp_path) == {}


def test_an_outcome_that_was_not_agreed_is_not_recorded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert record(tmp_path, scenarios=(evolve(PHONE, gives=NotFoundError, status=404),)) == 1

    assert "it returned ContactChannel 200 instead of NotFoundError 404" in capsys.readouterr().out
    assert contents(tmp_path) == {}


def test_what_the_linter_refuses_is_not_recorded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    by_phone = Scenario(
        PHONE.operation, 404, "by-phone", {"contact_id": "14155552671", "channel_type": "phone"}, NotFoundError
    )

    assert record(tmp_path, scenarios=(by_phone,)) == 1

    shown = capsys.readouterr().out
    assert "request.uri: what may be a phone or account number" in shown
    assert "14155552671" not in shown
    assert contents(tmp_path) == {}


def test_help_needs_no_tools(tmp_path: Path) -> None:
    """`-S` and `-I`: nothing but the standard library can be imported."""
    bare = tmp_path / "scripts"
    shutil.copytree(ROOT / "scripts", bare, ignore=shutil.ignore_patterns("__pycache__"))
    program = (
        f"import runpy, sys; sys.path.insert(0, {str(bare)!r}); sys.argv[1:] = ['--help']; "
        f"runpy.run_path({str(bare / 'record')!r})"
    )

    done = subprocess.run([sys.executable, "-S", "-I", "-B", "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.startswith("usage: scripts/record")
    for option in ("--live", "--contact", "--overwrite"):
        assert option in done.stdout


def test_runs_as_a_script(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/record", "no-such-scenario"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("No scenario and no operation: no-such-scenario.")
