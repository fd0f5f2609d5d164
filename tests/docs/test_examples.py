"""Every Python example in the README and the docs runs, in order, against a fresh local Heymarket."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

from heymarket.emulator import Emulator

ROOT = Path(__file__).parents[2]
RUN_ELSEWHERE = {"tour.md"}  # from beginning to end, by a test of its own
SKILL = ROOT / "heymarket/.agents/skills/heymarket/SKILL.md"
PAGES = [
    ROOT / "README.md",
    SKILL,
    *(page for page in sorted((ROOT / "docs").glob("*.md")) if page.name not in RUN_ELSEWHERE),
]


def examples(page: Path) -> list[tuple[int, str]]:
    """The Python blocks of a page, with the line they start at."""
    tokens = MarkdownIt().parse(page.read_text("utf-8"))
    return [(token.map[0] + 2, token.content) for token in tokens if token.map and token.info == "python"]


@pytest.mark.parametrize("page", [page for page in PAGES if examples(page)], ids=lambda page: page.name)
def test_examples_run(
    page: Path, heymarket_emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in heymarket_emulator.environment.items():
        monkeypatch.setenv(name, value)
    contact: dict[str, Any] = {}
    for line, example in examples(page):
        namespace = {"__name__": "example", **contact}  # of the examples before, only the contact is kept
        code = compile("\n" * (line - 1) + example, str(page), "exec")
        exec(code, namespace)  # noqa: S102 - our own pages
        for name in [name for name in namespace if name.startswith("test_")]:
            heymarket_emulator.reset()
            namespace[name](heymarket_emulator)
        contact = {name: value for name, value in namespace.items() if name == "contact_id"}


def test_the_skill_begins_with_what_agents_choose_it_by() -> None:
    _, head, body = SKILL.read_text("utf-8").split("---\n", 2)
    fields = yaml.safe_load(head)
    assert fields.keys() == {"name", "description"}
    assert fields["name"] == SKILL.parent.name
    assert "Use when" in fields["description"]
    assert len(fields["description"]) <= 1024
    assert len(body.splitlines()) < 500


def test_the_first_example_is_near_the_top() -> None:
    line, example = examples(ROOT / "README.md")[0]
    assert line < 25
    assert "hm.contact_channels.get" in example
