"""What people see: the program on an 80-column pseudo-terminal."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import CALLER, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from heymarket.emulator import Emulator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")

# So that Ctrl-C arrives. Not as preexec_fn, which Python warns of in a process with threads.
_TAKE_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
_STYLE = re.compile(r"\x1b\[[0-9;]*m")


class Terminal:
    """A program on a terminal of 80 columns."""

    def __init__(self, argv: list[str], settings: dict[str, str]) -> None:
        import fcntl
        import pty
        import struct
        import termios

        self._screen, line = pty.openpty()
        fcntl.ioctl(line, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-c", _TAKE_TERMINAL, *CALLER, *argv],
            env={**environment(), **settings, "TERM": "xterm-256color"},
            stdin=line,
            stdout=line,
            stderr=line,
            start_new_session=True,
        )
        os.close(line)

    def read(self, until: str = "") -> str:
        """What appears, up to a pattern or to the end; nothing for a minute is a failure."""
        seen = b""
        while not until or not re.search(until.encode(), seen):
            assert select.select([self._screen], [], [], 60)[0], seen
            try:
                piece = os.read(self._screen, 65536)
            except OSError:  # the program has ended
                break
            if not piece:
                break
            seen += piece
        return seen.decode().replace("\r\n", "\n")

    def type(self, text: str) -> None:
        os.write(self._screen, text.encode())

    def close(self) -> None:
        self.process.kill()
        self.process.wait(60)
        os.close(self._screen)


@pytest.fixture
def terminal() -> Iterator[Callable[..., Terminal]]:
    """Starts a command on a terminal."""
    started: list[Terminal] = []

    def start(*argv: str, **settings: str) -> Terminal:
        started.append(Terminal(list(argv), settings))
        return started[-1]

    yield start
    for one in started:
        one.close()


def test_a_channel_is_a_table(terminal: Callable[..., Terminal], emulator: Emulator) -> None:
    program = terminal("contact-channels", "get", emulator.examples["phone"].contact_id, "phone")

    text = program.read()

    assert program.process.wait(60) == 0
    assert "\x1b[1mchannel_id" in text
    lines = _STYLE.sub("", text).splitlines()
    assert "channel_id      15555550100" in [line.rstrip() for line in lines]
    assert max(map(len, lines)) <= 80


def test_no_color_is_respected(terminal: Callable[..., Terminal], emulator: Emulator) -> None:
    program = terminal("--help", NO_COLOR="1")

    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", program.read())


def test_the_emulator_says_how_to_use_it_and_ends_on_ctrl_c(terminal: Callable[..., Terminal]) -> None:
    program = terminal("emulator", "--port", "0")
    text = program.read(until=r"\nheymarket [^\n]*\n\r\n")

    lines = _STYLE.sub("", text).splitlines()
    exported = dict(line.removeprefix("export ").split("=") for line in lines if line.startswith("export "))
    assert list(exported) == [
        "HEYMARKET_BASE_URL",
        "HEYMARKET_SECRET_ID",
        "HEYMARKET_SECRET_KEY",
        "HEYMARKET_TEAM_KEY",
    ]
    assert max(map(len, lines)) <= 80
    suggested = next(line for line in lines if line.startswith("heymarket "))
    tried = subprocess.run(
        [*CALLER, *suggested.split()[1:]],
        env={**environment(), **exported},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert tried.returncode == 0

    program.type("\x03")
    assert program.read().endswith("Stopped.\n")
    assert program.process.wait(60) == 0
