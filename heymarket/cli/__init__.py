"""The command line: `heymarket`, or `python -m heymarket`.

Needs the `cli` extra: `pip install "heymarket[cli]"`. Without it, this module can be imported, and `main` names it.

Exit codes:
    0: success, also if a reader such as `head` has read enough.
    1: the service refused the request or sent no usable response, `doctor` found a problem, or stdout can't be written.
    2: wrong usage or configuration; nothing was sent.
    4: not found (404).
    130: interrupted.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from heymarket import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Args:
        argv: The arguments after the program's name; `sys.argv[1:]` by default.
    """
    if sys.stderr is None:  # closed, as by `2>&-`; print(file=None) would write to stdout
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the process ends
    if sys.stdout is None:
        _print_error("The output can't be written: stdout is closed.")
        return 1
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # for characters that the terminal lacks
    try:
        code = _run(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:  # the reader, such as `head`, has read enough
        code = 0
        _discard_output()
    except SystemExit as end:
        if not isinstance(end.__context__, BrokenPipeError):  # from rich
            raise
        code = 0
    except OSError as error:
        code = 1
        _print_error(f"The output can't be written: {error.strerror}.")
        _discard_output()
    return code


def _run(argv: list[str]) -> int:
    if argv == ["--version"]:  # needs no extra and no slow import
        print(f"heymarket {__version__}")
        return 0
    try:
        from heymarket.cli.app import run
    except ModuleNotFoundError as error:
        if error.name != "cyclopts":
            raise
        _print_error('The command line needs cyclopts. Install it with: pip install "heymarket[cli]"')
        return 2
    code, problem = run(argv)
    if problem:
        _print_error(problem)
    return code


def _print_error(problem: str) -> None:
    print(f"error: {problem}", file=sys.stderr)


def _discard_output() -> None:
    # At exit, the interpreter flushes the buffer, which would fail again.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
