"""Each assumption of the emulator names what bears on it, or says that nobody knows; each number is explained."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
EMULATOR = (DOCS / "emulator.md").read_text("utf-8")
NUMBER = re.compile(r"\b[DH]\d{1,2}\b")


def find_unsourced(table: str) -> list[str]:
    """The rows without a number and without the words."""
    rows = [line for line in table.splitlines() if line.startswith("| ") and not re.match(r"\| (\*\*|question )", line)]
    assert rows
    return [row for row in rows if not NUMBER.search(row) and not row.endswith("| nobody knows |")]


def explained() -> set[str]:
    """The numbers that a table explains: facts, and contradictions here or in the reference."""
    pages = [(DOCS / "facts.md").read_text("utf-8"), (DOCS / "reference/index.md").read_text("utf-8"), EMULATOR]
    firsts = re.findall(r"^\| ((?:[DH]\d{1,2}(?:, )?)+) \|", "\n".join(pages), re.MULTILINE)
    return {number for first in firsts for number in NUMBER.findall(first)}


def test_every_assumption_has_a_source_or_says_that_nobody_knows() -> None:
    assert find_unsourced(EMULATOR.partition("## What is assumed")[2]) == []


def test_an_assumption_without_a_source_is_found() -> None:
    rows = "| a | b | D35 |\n| c | d (H2) |\n| e | f |\n| g | h | |\n| i | j | nobody knows |\n| **k** | | |"

    assert find_unsourced(rows) == ["| e | f |", "| g | h | |"]


def test_every_number_in_the_docs_is_explained() -> None:
    used = {number for page in DOCS.glob("*.md") for number in NUMBER.findall(page.read_text("utf-8"))}

    assert used - explained() == set()
