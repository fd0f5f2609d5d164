"""The versions that are written down in more than one place agree."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def constraints() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return dict(line.lower().split("==") for line in lines if not line.startswith("#"))


def test_the_tools_that_generate_are_the_ones_that_tests_run_with() -> None:
    tools = json.loads((ROOT / "openapi" / "lock.json").read_text("utf-8"))["tools"]
    pinned = constraints()
    assert {name: pinned[name] for name in tools} == tools


def test_the_tox_that_scripts_test_installs_is_the_constrained_one() -> None:
    version = re.search(r'TOX = "tox==(.*)"', (ROOT / "scripts" / "test").read_text("utf-8"))
    assert version is not None
    assert version[1] == constraints()["tox"]


def test_min_deps_are_the_lower_bounds_of_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = {
        name.lower(): bound
        for line in sum(
            (extras[name] for name in ("cli", "emulator", "otel", "redis", "testing")), project["dependencies"]
        )
        for name, bound in re.findall(r"^([\w-]+)>=([\d.]+)", line)
    }
    section = (ROOT / "tox.ini").read_text("utf-8").partition("[testenv:min-deps]")[2].partition("\n[")[0]
    tested = {name.lower(): version for name, version in re.findall(r"^ +([\w-]+)==([\d.]+)$", section, re.MULTILINE)}
    for name, bound in wanted.items():
        assert [*map(int, tested[name].split("."))][: bound.count(".") + 1] == [*map(int, bound.split("."))], name


def test_the_changelog_begins_with_this_version() -> None:
    from heymarket import __version__

    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert re.fullmatch(rf"{re.escape(__version__)} \((unreleased|\d{{4}}-\d\d-\d\d)\)", headings[0])
    assert "unreleased" not in " ".join(headings[1:])


LINKING = ("*.md", "*.toml", "*.cff", "*.ini", "docs/*.md", ".github/**/*.yml", "website/*.md", "website/*.py")


def find_repositories(root: Path) -> set[str]:
    """The repositories of this name that files link to."""
    texts = [file.read_text("utf-8") for pattern in LINKING for file in root.glob(pattern)]
    return {one for text in texts for one in re.findall(r"github(?:usercontent)?\.com/([\w-]+/heymarket)\b", text)}


def test_files_that_tools_leave_in_the_checkout_are_not_read(tmp_path: Path) -> None:
    (tmp_path / ".coverage.1").write_bytes(b"\xff")
    (tmp_path / "jobs.db").write_bytes(b"\xff")
    (tmp_path / "README.md").write_text("https://github.com/a/heymarket", "utf-8")
    assert find_repositories(tmp_path) == {"a/heymarket"}


def test_all_links_to_the_repository_lead_to_the_same_one() -> None:
    urls = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["urls"]
    source = urls["Source"].removeprefix("https://github.com/")
    assert find_repositories(ROOT) == {source}
    assert urls["Documentation"] == "https://{}.github.io/{}/".format(*source.split("/"))
