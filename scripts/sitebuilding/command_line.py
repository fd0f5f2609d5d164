"""The reference of the command line: the help of each command, as it prints it."""

from __future__ import annotations

import contextlib
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

from heymarket.cli import main

WIDTH = 92
"""Columns of the help."""

_BOX = re.compile(r"^╭─ (Commands|Resources) ─.*?^╰", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r"^│ ([a-z][a-z-]*)(?= {2,}| +│)", re.MULTILINE)


def write(folder: Path) -> set[str]:
    """Write a page for the commands of the program itself, and one for each that has commands of its own."""
    folder.mkdir(parents=True)
    program = read_help()
    groups = {name: page for name in list_commands(program) if list_commands(page := read_help(name))}
    single = [name for name in list_commands(program) if name not in groups]
    toc = "\n".join(["```{toctree}", ":hidden:", "", *groups, "```"])
    about = "What each command prints with `--help`. [The command line](../command-line.md) is the guide."
    parts = ["# Commands", about, toc, write_block(program), *(write_section(name) for name in single)]
    (folder / "index.md").write_text("\n\n".join(parts) + "\n", "utf-8")
    for name, page in groups.items():
        parts = [
            f"# heymarket {name}",
            write_block(page),
            *(write_section(name, inner) for inner in list_commands(page)),
        ]
        (folder / f"{name}.md").write_text("\n\n".join(parts) + "\n", "utf-8")
    return {"commands/index.md", *(f"commands/{name}.md" for name in groups)}


def read_help(*path: str) -> str:
    """What a command prints with `--help`, without color and without what the environment would change."""
    before = dict(os.environ)
    os.environ.update(COLUMNS=str(WIDTH), NO_COLOR="1", TERM="dumb")
    try:
        with contextlib.redirect_stdout(io.StringIO()) as said:
            main([*path, "--help"])
    finally:
        os.environ.clear()
        os.environ.update(before)
    return "\n".join(line.rstrip() for line in said.getvalue().strip().splitlines())


def list_commands(text: str) -> list[str]:
    """The names of the commands that a help lists."""
    return list(_names(text))


def _names(text: str) -> Iterator[str]:
    for box in _BOX.finditer(text):
        yield from _NAME.findall(box[0])


def write_section(*path: str) -> str:
    """A command with its help."""
    return f"## heymarket {' '.join(path)}\n\n{write_block(read_help(*path))}"


def write_block(text: str) -> str:
    """A block that is shown as it is."""
    return f"```text\n{text}\n```"
