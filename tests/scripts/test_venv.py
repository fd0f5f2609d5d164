"""The environments of the scripts are made once, and again only when something has changed."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import _venv
import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that were run, instead of running them; making an environment makes its Python."""
    done: list[list[str]] = []

    def run(command: list[Any], **options: object) -> None:
        done.append([str(part) for part in command])
        if "venv" in command:
            (command[-1] / "bin").mkdir(parents=True, exist_ok=True)
            (command[-1] / "bin/python").touch()
        elif "broken" in (tmp_path / ".venv/tools/requirements.unfinished").read_text(encoding="utf-8"):
            raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(_venv, "ROOT", tmp_path)
    monkeypatch.setattr(subprocess, "run", run)
    (tmp_path / "pyproject.toml").write_text("first", encoding="utf-8")
    return done


def test_makes_it_once(tmp_path: Path, commands: list[list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    python = _venv.ensure("tools", ["ruff==0.17.6"])

    assert python == tmp_path / ".venv/tools/bin/python"
    assert [command[1:3] for command in commands] == [["-m", "venv"], ["-m", "pip"]]
    assert capsys.readouterr().err == "Setting up .venv/tools...\n"

    assert _venv.ensure("tools", ["ruff==0.17.6"]) == python
    assert len(commands) == 2
    assert capsys.readouterr().err == ""


def test_makes_it_again_for_other_requirements(commands: list[list[str]]) -> None:
    _venv.ensure("tools", ["ruff==0.17.6"])
    _venv.ensure("tools", ["ruff==0.17.7"])
    assert len(commands) == 4


def test_makes_it_again_when_the_checkout_asks_for_other_things(tmp_path: Path, commands: list[list[str]]) -> None:
    _venv.ensure("tools", ["-e .[cli]"])
    (tmp_path / "pyproject.toml").write_text("second", encoding="utf-8")
    _venv.ensure("tools", ["-e .[cli]"])
    assert len(commands) == 4


def test_tries_again_after_a_failure(commands: list[list[str]]) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        _venv.ensure("tools", ["broken"])
    with pytest.raises(subprocess.CalledProcessError):
        _venv.ensure("tools", ["broken"])
    assert len(commands) == 4


def test_makes_it_again_when_its_python_is_gone(commands: list[list[str]]) -> None:
    _venv.ensure("tools", ["ruff==0.17.6"]).unlink()
    _venv.ensure("tools", ["ruff==0.17.6"])
    assert len(commands) == 4
