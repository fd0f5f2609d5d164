"""The command line: `heymarket`, or `python -m heymarket`.

Needs the `cli` extra: `pip install "heymarket[cli]"`. Without it this module still imports, and `main` says so.

Exit codes:
    0: success.
    1: the service refused the request or gave no usable answer, `doctor` found a problem, or output can't be written.
    2: wrong usage or configuration; nothing was sent.
    4: nothing is there (404).
    130: interrupted.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING

from heymarket import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code.

    Args:
        argv: What stands behind the program's name; `sys.argv[1:]` by default.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a character gets its number
    try:
        code = _run(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = 130
    except OSError as error:
        code = 1
        if not isinstance(error, BrokenPipeError):  # that one only means that the reader, such as `head`, has enough
            _complain(f"The output can't be written: {error.strerror}.")
        _discard_output()
    return code


def _run(argv: list[str]) -> int:
    if argv == ["--version"]:  # needs no extra, and no time
        print(f"heymarket {__version__}")
        return 0
    try:
        from heymarket.cli.app import run
    except ModuleNotFoundError as error:
        if error.name != "cyclopts":
            raise
        _complain('The command line needs cyclopts. Install it with: pip install "heymarket[cli]"')
        return 2
    code, problem = run(argv)
    if problem:
        _complain(problem)
    return code


def _complain(problem: str) -> None:
    print(f"error: {problem}", file=sys.stderr)


def _discard_output() -> None:
    # What is left in the buffer would fail again when the interpreter flushes it at exit.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
