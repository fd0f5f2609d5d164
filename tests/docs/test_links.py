"""Every link of the pages between each other leads to a file, and to a heading of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / "benchmarks/README.md",
    ROOT / "examples/README.md",
]


def links(page: Path) -> Iterator[str]:
    """The targets of a page's links and pictures, those of other sites left out."""
    for token in inline(page):
        target = token.attrGet("href") or token.attrGet("src")
        if isinstance(target, str) and not re.match(r"[a-z]+:", target):
            yield target


def inline(page: Path) -> Iterator[Token]:
    for token in MarkdownIt().enable("table").parse(page.read_text("utf-8")):
        yield from token.children or []


def anchors(page: Path) -> set[str]:
    """The headings of a page, as a link names them, and the anchors that are written out."""
    text = page.read_text("utf-8")
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings} | {
        *re.findall(r'<a (?:id|name)="([^"]+)"', text)
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in links(page):
        name, _, anchor = link.partition("#")
        target = (page.parent / name) if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_the_index_has_every_page() -> None:
    listed = {*links(ROOT / "docs/README.md")}
    assert [page.name for page in (ROOT / "docs").glob("*.md") if page.name not in {*listed, "README.md"}] == []
