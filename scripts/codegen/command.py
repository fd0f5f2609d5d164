"""The command scripts/regenerate: write package and pages, check them, or list what changes for callers."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import _venv

from . import lock, surface, trial, wire
from .build import build_package
from .problems import DescriptionError
from .trial import Generated, run_trial
from .unchanged import Written

_PACKAGE = Path("generated/heymarket_openapi")
_PAGES = Path("docs/reference")
_OUTPUT = (_PACKAGE, _PAGES)
_STAMP = "written"


def run(options: argparse.Namespace, root: Path = _venv.ROOT) -> int:
    """Runs the command.

    Args:
        options: The arguments, from `bootstrap.parse_arguments`.
        root: The checkout.

    Returns:
        The exit status: 0, or 1 when the description is wrong, the check fails or the change breaks callers.
    """
    wrong = lock.find_wrong_tools(root / "openapi")
    if wrong:
        return _fail(f"{'; '.join(wrong)}. Remove .venv/codegen, and try again.")
    try:
        if options.check:
            return _check(root)
        if options.diff:
            return _diff(root, options.against or root / _PACKAGE, options.format, accept=options.accept_breaking)
        return _regenerate(root)
    except DescriptionError as error:
        return _fail(f"{error}\n{_PACKAGE} is unchanged.")


def _regenerate(root: Path) -> int:
    (root / _PACKAGE).parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".", dir=(root / _PACKAGE).parent) as folder:
        new, old = Path(folder, "new"), Path(folder, "old")
        document = build_package(root / "openapi", new / _PACKAGE, new / _PAGES, _find_written(root))
        run_trial(document, _locate(new), _locate(root))
        differences = {output: _list_differences(output, root, new) for output in _OUTPUT}
        _swap([output for output in _OUTPUT if differences[output]], root, new, old)
    trial.CACHE.mkdir(parents=True, exist_ok=True)
    (trial.CACHE / _STAMP).write_text(_read_written(root).make_stamp(root / "openapi"), encoding="utf-8")
    (root / "openapi/lock.json").write_text(lock.render(root / "openapi"), encoding="utf-8")
    print(f"{_PACKAGE}: files changed: {len(differences[_PACKAGE])}")
    if differences[_PAGES]:
        print(f"{_PAGES}: files changed: {len(differences[_PAGES])}")
    return 0


def _find_written(root: Path) -> Written | None:
    """What is there, if this code has written it."""
    written = _read_written(root)
    stamp = trial.CACHE / _STAMP
    stamped = stamp.exists() and stamp.read_text(encoding="utf-8") == written.make_stamp(root / "openapi")
    return written if stamped else None


def _read_written(root: Path) -> Written:
    return Written(*(_read_contents(root / output) for output in _OUTPUT))


def _locate(root: Path) -> Generated:
    return Generated(root / _PACKAGE, root / _PAGES)


def _swap(outputs: list[Path], root: Path, new: Path, old: Path) -> None:
    """Replaces the old folders by new ones: all of them, or none."""
    touched: list[Path] = []
    try:
        for output in outputs:
            for folder in (root / output, old / output):
                folder.parent.mkdir(parents=True, exist_ok=True)
            touched.append(output)
            if (root / output).exists():
                (root / output).rename(old / output)
            (new / output).rename(root / output)
    except BaseException:
        for output in touched:
            if not (new / output).exists():
                (root / output).rename(new / output)
            if (old / output).exists():
                (old / output).rename(root / output)
        raise


def _check(root: Path) -> int:
    with tempfile.TemporaryDirectory() as folder:
        new = Path(folder)
        document = build_package(root / "openapi", new / _PACKAGE, new / _PAGES)
        run_trial(document, _locate(new), None)
        differences = [line for output in _OUTPUT for line in _list_differences(output, root, new)]
    if (root / "openapi/lock.json").read_text(encoding="utf-8") != lock.render(root / "openapi"):
        differences.append("openapi/lock.json: out of date")
    if differences:
        return _fail("\n".join([*differences, "Run scripts/regenerate, and commit what it writes."]))
    print(f"{_PACKAGE}: up to date")
    return 0


def _diff(root: Path, old: Path, form: str, *, accept: bool) -> int:
    with tempfile.TemporaryDirectory() as folder:
        new = Path(folder)
        build_package(root / "openapi", new / _PACKAGE, new / _PAGES, _find_written(root))
        changes = surface.compare(surface.read(old), surface.read(new / _PACKAGE))
        changes += wire.compare(old, new / _PACKAGE)
    breaking = sum(change.breaking for change in changes)
    print(_WRITERS[form](changes))
    if breaking and not accept:
        return _fail("This breaks callers. If that is intended, add --accept-breaking.")
    return 0


def _write_text(changes: list[surface.Change]) -> str:
    breaking = sum(change.breaking for change in changes)
    return "\n".join([*map(str, changes), f"Changes for callers: {len(changes)}, breaking: {breaking}"])


def _write_json(changes: list[surface.Change]) -> str:
    found = [{"change": " ".join(change.what.split()), "breaking": change.breaking} for change in changes]
    return json.dumps({"changes": found, "breaking": any(change.breaking for change in changes)}, indent=2)


def _write_markdown(changes: list[surface.Change]) -> str:
    lines = ["| Change for callers | Breaking |", "|---|---|"]
    for change in changes:
        kind, _, what = change.what.partition(" ")
        text = what.strip().replace("|", "\\|").replace("`", "'")
        lines.append(f"| {kind} `{text}` | {'**yes**' if change.breaking else ''} |")
    return "\n".join(lines) if changes else "Nothing changes for callers."


_WRITERS = {"text": _write_text, "json": _write_json, "markdown": _write_markdown}


def _list_differences(output: Path, root: Path, new: Path) -> list[str]:
    before, after = _read_contents(root / output), _read_contents(new / output)
    return [
        f"{output / name}: {'missing' if name not in before else 'not generated' if name not in after else 'differs'}"
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    ]


def _read_contents(output: Path) -> dict[str, bytes]:
    return {
        file.relative_to(output).as_posix(): file.read_bytes()
        for file in output.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return 1
