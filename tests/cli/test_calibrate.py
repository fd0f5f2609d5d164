"""`heymarket calibrate`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from heymarket.emulator import Emulator
from tests.cli.conftest import Outcome

Run = Callable[..., Outcome]


def test_a_dry_run_shows_every_call_and_makes_none(run: Run, emulator: Emulator) -> None:
    outcome = run("calibrate", "--dry-run", "--allow-writes", "--text-to", "+1 555 555 0123")

    shown = json.loads(outcome.out)
    assert (outcome.code, outcome.err) == (0, "")
    assert {"step", "kind", "method", "path", "query", "body"} == shown[0].keys()
    assert {one["kind"] for one in shown} == {"read", "write", "text"}
    assert len(shown) <= 60
    assert list(emulator.journal) == []


def test_report_and_cassette_are_written(run: Run, emulator: Emulator, tmp_path: Path) -> None:
    outcome = run("calibrate", "--folder", str(tmp_path / "found"))

    assert (outcome.code, outcome.out) == (0, "[]\n")
    report = json.loads((tmp_path / "found/report.json").read_text("utf-8"))
    assert outcome.err == f"{report['calls']} calls, 0 differences: see {tmp_path / 'found/report.md'}.\n"
    assert report["differences"] == []
    assert (tmp_path / "found/report.md").read_text("utf-8").startswith("# Calibration of heymarket")
    assert run("cassettes", "lint", str(tmp_path / "found")).code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--text-to", "15555550123"], "--text-to needs --allow-writes"),
        (["--allow-writes"], "add --yes"),
        (["--allow-writes", "--text-to", "nobody"], "number"),
    ],
)
def test_nothing_is_called_before_it_may_be(
    run: Run, emulator: Emulator, tmp_path: Path, arguments: list[str], said: str
) -> None:
    outcome = run("calibrate", "--folder", str(tmp_path / "found"), *arguments)

    assert outcome.code == 2
    assert said in outcome.err
    assert list(emulator.journal) == []
    assert not (tmp_path / "found").exists()


def test_a_team_key_is_not_enough(run: Run, emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HEYMARKET_SECRET_ID")
    monkeypatch.delenv("HEYMARKET_SECRET_KEY")
    monkeypatch.setenv("HEYMARKET_API_KEY", emulator.api_key)

    assert "needs an API Secret" in run("calibrate").err


def test_a_file_without_a_profile_is_named(tmp_path: Path) -> None:
    from heymarket.emulator import EmulatorError

    (tmp_path / "none.json").write_text("{}")
    for name, said in {"none.json": "has no profile", "gone.json": "can't be read"}.items():
        with pytest.raises(EmulatorError, match=said), Emulator(profile=tmp_path / name):
            pass
