"""Where each page of the checkout is on the site, and its links, which lead to pages there or to the repository."""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import tomllib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

PROJECT = {
    "CHANGELOG.md": "project/changelog.md",
    "CODE_OF_CONDUCT.md": "project/code-of-conduct.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "SECURITY.md": "project/security.md",
    "SUPPORT.md": "project/support.md",
    "benchmarks/README.md": "project/benchmarks.md",
    "examples/README.md": "examples.md",
}
"""Pages from outside of docs/, by their path in the repository."""

FRONT = {"README.md": "index.md", "docs/README.md": "index.md"}
"""What the front page of the site replaces."""

_LINK = re.compile(r"(\]\()([^)\s]+)(?=[)\s])")
_FOLDED = re.compile(r"^\*\*(Sources|Contradictions)\*\*\n\n((?:- .*\n(?:  .*\n)*)+)", re.MULTILINE)


def list_places(root: Path) -> dict[str, str]:
    """Each file that is on the site: its path in the repository, and its path there."""
    found = {"website/index.md": "index.md", **PROJECT}
    for folder, pattern in (("docs", "*.md"), ("docs/reference", "*.md"), ("docs/pictures", "*.png")):
        for file in sorted((root / folder).glob(pattern)):
            path = file.relative_to(root).as_posix()
            found[path] = path.removeprefix("docs/")
    del found["docs/README.md"]
    return found


def remove_earlier(output: Path) -> None:
    """Remove what an earlier build left in a folder, and mark the folder as one of builds.

    Raises:
        SystemExit: It has something in it and isn't marked.
    """
    marker = output / ".build_site"
    if output.exists() and not (output.is_dir() and (marker.exists() or not any(output.iterdir()))):
        raise SystemExit(
            f"{output} isn't empty, and scripts/build_site didn't make it. Remove it, or name another folder."
        )
    for part in ("source", "html"):
        shutil.rmtree(output / part, ignore_errors=True)
    output.mkdir(parents=True, exist_ok=True)
    marker.touch()


@cache
def read_repository(root: Path) -> str:
    """The address of the repository."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return str(project["urls"]["Source"])


def lay_out(root: Path, target: Path) -> set[str]:
    """Write all pages that are written by hand, or by scripts/regenerate, and return their paths on the site."""
    where = list_places(root)
    for path, place in where.items():
        file = target / place
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix != ".md":
            shutil.copy(root / path, file)
            continue
        text = rewrite_links((root / path).read_text("utf-8"), partial(resolve, root, path, where))
        if place == "reference/index.md":
            text += write_toctree(where)
        file.write_text(fold(text) if place.startswith("reference/") else text, "utf-8")
    return {place for place in where.values() if place.endswith(".md")}


def rewrite_links(text: str, replace: Callable[[str], str]) -> str:
    """Replace the targets of links and pictures, outside of blocks of code."""
    parts = re.split(r"(^```.*?^```$)", text, flags=re.MULTILINE | re.DOTALL)
    parts[::2] = [_LINK.sub(lambda match: match[1] + replace(match[2]), part) for part in parts[::2]]
    return "".join(parts)


def write_toctree(where: dict[str, str]) -> str:
    """What the index of the reference adds to the navigation: the pages of the resources."""
    beside = {"evidence", "index", "models"}
    names = [Path(place).stem for place in where.values() if place.startswith("reference/")]
    return "\n".join(["", "```{toctree}", ":hidden:", "", *(name for name in names if name not in beside), "```", ""])


def resolve(root: Path, page: str, where: dict[str, str], link: str) -> str:
    """The target of a link on the site.

    Args:
        root: The checkout.
        page: The page's path in the repository.
        where: The places.
        link: The target as the page has it.

    Raises:
        FileNotFoundError: When it leads nowhere.
    """
    name, sharp, anchor = link.partition("#")
    if not name or re.match(r"[a-z]+:", name):
        return link
    if page == "website/index.md":  # its links are those of the site
        return link
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), name))
    if there := find_place(target, where):
        return os.path.relpath(there, posixpath.dirname(find_place(page, where)) or ".") + sharp + anchor
    if not (root / target).exists():
        raise FileNotFoundError(f"{page}: {link} leads nowhere")
    kind = "tree" if (root / target).is_dir() else "blob"
    return f"{read_repository(root)}/{kind}/main/{target}{sharp}{anchor}"


def find_place(path: str, where: dict[str, str]) -> str:
    """The place of a file on the site; empty if it isn't there."""
    return where.get(path) or FRONT.get(path, "")


def fold(text: str) -> str:
    """A page of the reference with what few readers need folded: sources, and contradictions between them."""
    return _FOLDED.sub(lambda match: f":::{{dropdown}} {match[1]}\n\n{match[2]}:::\n", text)
