"""What a release refuses before anything is built, and what the scheduled report of versions says."""

from __future__ import annotations

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CHANGELOG = "# Changes\n\n## 1.2.0 (2030-01-31)\n\n- New.\n\n## 1.1.0 (2029-01-31)\n\n- Old.\n"
WORKFLOW = {"GITHUB_REF_NAME": "v1.2.0", "GITHUB_REPOSITORY": "a/b"}


def load(script: str) -> Any:
    loader = SourceFileLoader(script, str(ROOT / "scripts" / script))
    spec = spec_from_loader(script, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


release = load("rehearse_release")


def check(
    changelog: str = CHANGELOG, version: str = "1.2.0", source: str = "https://github.com/a/b", **env: str
) -> str:
    return str(release.check_names(changelog, version, {**WORKFLOW, **env}, source))


def test_tag_changelog_and_repository_agree() -> None:
    assert check() == "1.2.0, 2030-01-31"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"version": "1.3.0"}, "changelog begins with 1.2.0"),
        ({"changelog": CHANGELOG.replace("2030-01-31", "unreleased")}, "no date"),
        ({"GITHUB_REF_NAME": "v1.1.0"}, "tag is v1.1.0"),
        ({"GITHUB_REF_NAME": "main"}, "tag is main"),
        ({"source": "https://github.com/someone/else"}, "isn't this repository"),
    ],
)
def test_a_release_in_which_something_disagrees_is_refused(wrong: dict[str, str], says: str) -> None:
    with pytest.raises(release.ReleaseRefusedError, match=says):
        check(**wrong)


def test_the_notes_are_what_the_changelog_says_of_the_version() -> None:
    assert release.find_notes(CHANGELOG, "1.2.0") == "- New.\n"
    assert release.find_notes(CHANGELOG, "1.1.0") == "- Old.\n"


def test_only_what_a_release_built_is_removed(tmp_path: Path) -> None:
    release.remove_earlier(tmp_path / "missing")
    for name in ("heymarket-1.2.0.tar.gz", "heymarket-1.2.0-py3-none-any.whl", "heymarket-1.2.0.cdx.json", "notes.md"):
        (tmp_path / name).touch()
    own = tmp_path / "own.md"
    own.touch()

    with pytest.raises(SystemExit, match=r"own\.md"):
        release.remove_earlier(tmp_path)
    assert len(list(tmp_path.iterdir())) == 5

    own.unlink()
    release.remove_earlier(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_only_packages_that_are_behind_are_reported() -> None:
    report_versions = load("report_versions")
    pins = report_versions.read_pins((ROOT / "constraints.txt").read_text("utf-8"))
    latest = {package: pins.get(package.lower().replace("_", "-"), "1") for package in report_versions.WATCHED}
    assert report_versions.report(pins, latest) == ""

    latest["vcrpy"] = "99.0"
    (*_, row) = report_versions.report(pins, latest).splitlines()
    assert row == f"| vcrpy | {pins['vcrpy']} | 99.0 | the cassettes |"
