"""Where the pages of the docs site are, where links lead, and what llms.txt says. tests/site looks at the result."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from sitebuilding import command_line, llms, pages

ROOT = Path(__file__).parents[2]


def resolve(link: str, page: str = "docs/client.md") -> str:
    return pages.resolve(ROOT, page, pages.list_places(ROOT), link)


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("quota.md#redis", "quota.md#redis"),
        ("reference/index.md", "reference/index.md"),
        ("../SECURITY.md", "project/security.md"),
        ("../README.md", "index.md"),
        ("#patches", "#patches"),
        ("https://example.com/a", "https://example.com/a"),
        ("examples/webhooks_flask.py", f"{pages.read_repository(ROOT)}/blob/main/docs/examples/webhooks_flask.py"),
        ("../openapi/", f"{pages.read_repository(ROOT)}/tree/main/openapi"),
    ],
)
def test_a_link_leads_to_the_page_or_into_the_repository(link: str, target: str) -> None:
    assert resolve(link) == target


def test_a_page_from_elsewhere_keeps_its_links() -> None:
    assert resolve("docs/testing.md", "CHANGELOG.md") == "../testing.md"
    assert resolve("../testing.md", "docs/reference/index.md") == "../testing.md"


def test_a_link_that_leads_nowhere_ends_the_build() -> None:
    with pytest.raises(FileNotFoundError, match=r"docs/client\.md: missing\.md"):
        resolve("missing.md")


def test_code_keeps_what_looks_like_a_link() -> None:
    text = "[a](b.md)\n```python\nx[0](b.md)\n```\n![c](d.png) and [e\nf](g.md)\n"
    assert pages.rewrite_links(text, str.upper) == (
        "[a](B.MD)\n```python\nx[0](b.md)\n```\n![c](D.PNG) and [e\nf](G.MD)\n"
    )


def test_sources_and_contradictions_are_folded() -> None:
    text = "x\n\n**Sources**\n\n- a\n- b\n\n**Contradictions**\n\n- D1: c\n\n## next\n"
    assert pages.fold(text) == (
        "x\n\n:::{dropdown} Sources\n\n- a\n- b\n:::\n\n:::{dropdown} Contradictions\n\n- D1: c\n:::\n\n## next\n"
    )


def test_every_page_is_in_the_navigation() -> None:
    front = (ROOT / "website/index.md").read_text("utf-8")
    listed = {line.partition("<")[2].rstrip(">") or line for line in front.splitlines()}
    where = pages.list_places(ROOT)
    listed |= {f"reference/{line}" for line in pages.write_toctree(where).splitlines()} | {"index"}
    assert {place.removesuffix(".md") for place in where.values() if place.endswith(".md")} - listed == set()


def test_the_help_of_a_command_names_its_own() -> None:
    assert {"send", "history", "list", "count"} <= {*command_line.list_commands(command_line.read_help("messages"))}
    assert command_line.list_commands(command_line.read_help("messages", "count")) == []


def test_only_what_was_built_is_removed(tmp_path: Path) -> None:
    output = tmp_path / "site"
    pages.remove_earlier(output)
    for name in ("html/index.html", "source/index.md", "own.md"):
        (output / name).parent.mkdir(exist_ok=True)
        (output / name).touch()

    pages.remove_earlier(output)

    assert {file.name for file in output.iterdir()} == {".build_site", "own.md"}


def test_a_folder_that_was_not_built_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "html/page.md"
    page.parent.mkdir()
    page.touch()

    with pytest.raises(SystemExit, match="isn't empty"):
        pages.remove_earlier(tmp_path)

    assert page.exists()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source")
    pages.lay_out(ROOT, folder)
    return folder


def test_llms_files_have_the_whole_index_and_each_page_once(source: Path) -> None:
    index = llms.summarize(ROOT, "https://docs.example/")
    assert "(https://docs.example/client.md)" in index
    assert not re.search(r"\]\((?!https://)", index)
    full = llms.gather(ROOT, source, "https://docs.example/")
    assert full.count("<!-- https://docs.example/client.html -->") == 1
    assert full.count("<!-- https://docs.example/reference/messages.html -->") == 1
    assert "/evidence.html" not in full


def test_links_between_pages_that_are_laid_out_lead_to_such(source: Path) -> None:
    broken: list[str] = []
    for page in source.rglob("*.md"):
        pages.rewrite_links(page.read_text("utf-8"), partial(_note, page, broken))
    assert broken == []


def _note(page: Path, broken: list[str], link: str) -> str:
    name = link.partition("#")[0]
    if name and not re.match(r"[a-z]+:", name) and not (page.parent / name).exists():
        broken.append(f"{page.name}: {link}")
    return link
