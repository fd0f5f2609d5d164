"""What scripts/regenerate does: writes the package, checks it, or says what a change means to callers."""

import argparse
import sys
import tempfile
from pathlib import Path

import _venv

from . import lock, surface
from .package import GenerationError, build
from .problems import DescriptionError

_PACKAGE = Path("generated/heymarket_openapi")


def run(options: argparse.Namespace, root: Path = _venv.ROOT) -> int:
    """Does what the arguments ask for.

    Args:
        options: The arguments, as `start.parse` gives them.
        root: The checkout.

    Returns:
        The exit status: 0, or 1 when the description is wrong, the check fails or the change breaks callers.
    """
    wrong = lock.wrong_tools(root / "openapi")
    if wrong:
        return _fail(f"{'; '.join(wrong)}. Remove .venv/codegen, and try again.")
    try:
        if options.check:
            return _check(root)
        if options.diff:
            return _diff(root, options.against or root / _PACKAGE, accept=options.accept_breaking)
        return _regenerate(root)
    except (DescriptionError, GenerationError) as error:
        return _fail(f"{error}\n{_PACKAGE} is as it was.")


def _regenerate(root: Path) -> int:
    package = root / _PACKAGE
    package.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".", dir=package.parent) as folder:
        new, old = Path(folder, "new", package.name), Path(folder, "old")
        new.parent.mkdir()
        build(root / "openapi", new)
        differences = _differences(package, new)
        if differences:
            try:
                if package.exists():
                    package.rename(old)
                new.rename(package)
            finally:
                if old.exists() and not package.exists():
                    old.rename(package)
    (root / "openapi/lock.json").write_text(lock.updated(root / "openapi"), encoding="utf-8")
    print(f"{_PACKAGE}: files changed: {len(differences)}")
    return 0


def _check(root: Path) -> int:
    with tempfile.TemporaryDirectory() as folder:
        new = Path(folder, _PACKAGE.name)
        build(root / "openapi", new)
        differences = _differences(root / _PACKAGE, new)
    if (root / "openapi/lock.json").read_text(encoding="utf-8") != lock.updated(root / "openapi"):
        differences.append("openapi/lock.json: out of date")
    if differences:
        return _fail("\n".join([*differences, "Run scripts/regenerate, and commit what it writes."]))
    print(f"{_PACKAGE}: up to date")
    return 0


def _diff(root: Path, old: Path, *, accept: bool) -> int:
    with tempfile.TemporaryDirectory() as folder:
        new = Path(folder, _PACKAGE.name)
        build(root / "openapi", new)
        changes = surface.compare(surface.read(old), surface.read(new))
    for change in changes:
        print(change)
    breaking = sum(change.breaking for change in changes)
    print(f"Changes for callers: {len(changes)}, breaking: {breaking}")
    if breaking and not accept:
        return _fail("If callers are to break, say so with --accept-breaking.")
    return 0


def _differences(old: Path, new: Path) -> list[str]:
    before, after = _contents(old), _contents(new)
    return [
        f"{_PACKAGE / name}: {'missing' if name not in before else 'not generated' if name not in after else 'differs'}"
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    ]


def _contents(package: Path) -> dict[str, bytes]:
    return {
        file.relative_to(package).as_posix(): file.read_bytes()
        for file in package.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def _fail(text: str) -> int:
    print(text, file=sys.stderr)
    return 1
