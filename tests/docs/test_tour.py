"""docs/tour.md, told from beginning to end: every block is run, and what it says comes out does."""

from __future__ import annotations

import contextlib
import io
import os
import queue
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from markdown_it import MarkdownIt

from tests.emulator import processes

ROOT = Path(__file__).parents[2]
TOUR = ROOT / "docs" / "tour.md"
PATIENCE = 20

pytestmark = pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")


def blocks() -> Iterator[tuple[int, str, str]]:
    """Line, kind and content of each."""
    for token in MarkdownIt().parse(TOUR.read_text("utf-8")):
        if token.type == "fence":
            assert token.map
            yield token.map[0] + 2, token.info, token.content


class Reader:
    """Who follows the tour: three terminals, and what is in them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._listener_port = free_port()
        self._environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        self._environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        self._namespace: dict[str, Any] = {"__name__": "__main__"}
        self._said = ""
        self._heard: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        if "hm" in self._namespace:
            self._namespace["hm"].close()
        self._stack.close()

    def follow(self, line: int, kind: str, content: str) -> None:
        content = content.replace("8011", str(self._listener_port))
        match kind.split():
            case ["console"]:
                for command in content.splitlines():
                    self._type(command.removeprefix("$ "))
            case ["python", name]:
                (self._folder / name).write_text(content, "utf-8")
            case ["python"]:
                code = compile("\n" * (line - 1) + content, str(TOUR), "exec")
                with contextlib.redirect_stdout(io.StringIO()) as said:
                    exec(code, self._namespace)  # noqa: S102 - our own page
                self._said = said.getvalue()
            case ["text"]:
                assert self._said == content
            case ["text", "listener"]:
                heard = [self._heard.get(timeout=PATIENCE).strip() for _ in content.splitlines()]
                assert heard == content.splitlines()
            case _:
                raise AssertionError(f"line {line}: nobody knows what to do with {kind}")

    def _type(self, command: str) -> None:
        if command.startswith("pip install"):
            extras = re.findall(r"\w+", command.partition("[")[2])
            assert set(extras) <= set(
                tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
            )
        elif command == "heymarket emulator":
            running = self._stack.enter_context(processes.emulator())
            self._environment |= running.settings
            os.environ |= running.settings  # put back by the fixture
        elif command == "python listen.py":
            self._listen()
        else:
            done = subprocess.run(
                ["bash", "-ec", command],
                check=False,
                cwd=self._folder,
                env=self._environment,
                capture_output=True,
                text=True,
                timeout=60,
            )
            assert done.returncode == 0, done.stderr + done.stdout
            assert '"message"' not in done.stdout, done.stdout
            assert '"error_code"' not in done.stdout, done.stdout

    def _listen(self) -> None:
        command = [sys.executable, "listen.py"]
        process = self._stack.enter_context(
            subprocess.Popen(command, cwd=self._folder, env=self._environment, stdout=subprocess.PIPE, text=True)
        )
        self._stack.callback(process.kill)
        output = process.stdout
        assert output
        threading.Thread(target=self._hear, args=(output,), daemon=True).start()
        wait_for(self._listener_port)

    def _hear(self, output: IO[str]) -> None:
        for line in output:
            self._heard.put(line)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            assert time.monotonic() < until, "the listener didn't start"
            time.sleep(0.02)  # a process that starts; nothing says when it listens
        else:
            return


def test_the_tour_works_as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", os.environ.copy())
    with Reader(tmp_path) as reader:
        for block in blocks():
            reader.follow(*block)


def test_its_links_and_pictures_are_there() -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", TOUR.read_text("utf-8"))
    assert targets
    assert [target for target in targets if not (TOUR.parent / target).exists()] == []
