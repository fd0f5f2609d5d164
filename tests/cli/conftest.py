"""The command line, in this process and in processes and terminals of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from heymarket import config
from heymarket.cli import main
from heymarket.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


CALLER = [sys.executable, "-m", "heymarket"]


def environment() -> dict[str, str]:
    """The environment as it is now, for a process that finds the packages where this one does."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def _server() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def emulator(_server: Emulator, monkeypatch: pytest.MonkeyPatch) -> Emulator:
    """A local Heymarket, as if freshly started, that the environment points to."""
    _server.reset()
    for name, value in _server.environment.items():
        monkeypatch.setenv(name, value)
    return _server


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Runs a command in this process; its output goes to no terminal."""

    def run(*argv: str) -> Outcome:
        capsys.readouterr()
        code = main(argv)
        return Outcome(code, *capsys.readouterr())

    return run


@pytest.fixture
def on_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Outcome]:
    """Runs a command in this process, which takes its output for an 80-column terminal without styles."""

    def run(*argv: str) -> Outcome:
        capsys.readouterr()
        with monkeypatch.context() as terminal:
            terminal.setenv("TERM", "dumb")
            terminal.setenv("COLUMNS", "80")
            terminal.setattr(sys.stdout, "isatty", lambda: True)
            code = main(argv)
        out, err = capsys.readouterr()
        return Outcome(code, "".join(f"{line.rstrip()}\n" for line in out.splitlines()), err)

    return run


@pytest.fixture
def call() -> Callable[..., Outcome]:
    """Runs a command in a process of its own; `python` is code to run in place of the program."""

    def call(*argv: str, python: str = "", **settings: str) -> Outcome:
        program = [sys.executable, "-c", python] if python else CALLER
        done = subprocess.run(
            [*program, *argv], env={**environment(), **settings}, capture_output=True, timeout=60, check=False
        )
        encoding = settings.get("PYTHONIOENCODING", "utf-8")
        return Outcome(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))

    return call


@pytest.fixture
def profiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Writes the configuration file."""

    def write(text: str) -> None:
        file = tmp_path / "config.toml"
        file.write_text(text, encoding="utf-8")
        monkeypatch.setattr(config, "config_file", lambda: file)

    return write
