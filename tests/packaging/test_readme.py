"""The README as PyPI shows it, and the forms of the repository."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from heymarket import __version__

ROOT = Path(__file__).parents[2]


def on_pypi() -> str:
    """The README with what the build replaces in it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    text = (ROOT / "README.md").read_text("utf-8")
    for one in project["tool"]["hatch"]["metadata"]["hooks"]["fancy-pypi-readme"]["substitutions"]:
        text = re.sub(one["pattern"], one["replacement"].replace("$HFPR_VERSION", __version__), text)
    return text


def targets(text: str) -> list[str]:
    tokens = [child for token in MarkdownIt().enable("table").parse(text) for child in token.children or []]
    return [
        str(token.attrGet("href") or token.attrGet("src")) for token in tokens if token.type in {"link_open", "image"}
    ]


def test_every_link_and_picture_is_absolute_and_leads_to_a_file_of_this_version() -> None:
    before, after = targets((ROOT / "README.md").read_text("utf-8")), targets(on_pypi())
    assert len(after) == len(before) > 30
    for target in after:
        assert target.startswith("https://")
        if "/heymarket-python/heymarket/" in target:
            _, version, path = target.partition(f"/v{__version__}/")
            assert version
            assert (ROOT / path.partition("#")[0]).exists(), target


def test_what_is_true_before_the_first_release_only_is_left_out() -> None:
    assert "isn't on PyPI" in (ROOT / "README.md").read_text("utf-8")
    assert "isn't on PyPI" not in on_pypi()
    assert "<!--" not in on_pypi()


@pytest.mark.parametrize("form", sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml")), ids=lambda path: path.stem)
def test_a_form_asks_for_what_an_answer_needs(form: Path) -> None:
    content = yaml.safe_load(form.read_text("utf-8"))
    if form.stem == "config":
        assert content["contact_links"]
        return
    assert content.keys() >= {"name", "description", "body"}
    asked = [field for field in content["body"] if field["type"] != "markdown"]
    assert len({field["id"] for field in asked}) == len(asked) >= 3
    assert all(field["attributes"]["label"] for field in asked)
    assert any(field.get("validations", {}).get("required") for field in asked)
