"""Plants a mutant in a copy of the checkout and runs tests there, in forks of a process that has their tools."""

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

from mutating.rules import Mutant

_TOOLS = ("pytest", "httpx", "jsonschema_rs", "starlette.applications", "uvicorn", "vcr", "yaml", "attrs", "jwt")
_PARTS = ("benchmarks", "docs", "generated", "heymarket", "openapi", "scripts", "tests")
_OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")
_LONGEST = 1800
"""Seconds until a mutant counts as noticed, because its tests don't end. That is said."""


@contextmanager
def copy(root: Path, *, plugins: bool = True) -> Iterator[Path]:
    """A copy of the checkout that is imported from now on.

    Args:
        root: The checkout.
        plugins: Whether the tests need more plugins of pytest than ours.
    """
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        place = Path(folder)
        for part in _PARTS:
            shutil.copytree(root / part, place / part)
        for file in (
            *root.glob("*.md"),
            *root.glob("*.toml"),
            *root.glob("*.txt"),
            *root.glob("*.ini"),
            root / "LICENSE",
        ):
            shutil.copy2(file, place / file.name)
        sys.dont_write_bytecode = True  # of a mutant, none may stay
        sys.path[:0] = [str(place / "scripts"), str(place / "generated"), str(place)]
        os.environ["PYTHONPATH"] = os.pathsep.join(sys.path[:3])
        if not plugins:
            os.environ |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_PLUGINS": "heymarket.pytest_plugin"}
        others = [one.value for one in entry_points(group="pytest11") if not one.value.startswith("heymarket")]
        for tool in (*_TOOLS, *(others if plugins else ())):  # once for all forks
            with suppress(ImportError):
                import_module(tool)
        os.chdir(place)
        yield place


def is_noticed(mutant: Mutant, place: Path, tests: Sequence[str]) -> bool:
    """Whether a test fails with the mutant.

    Args:
        mutant: The mutant.
        place: The copy.
        tests: The tests, in the order in which they are run.
    """
    path = place / mutant.path
    text, stat = path.read_text("utf-8"), path.stat()
    path.write_text(mutant.apply(text), "utf-8")
    os.utime(path, ns=(stat.st_atime_ns, time.time_ns() + 10**12))  # so that no compiled form fits
    try:
        return any(fails(one) for one in tests)
    finally:
        path.write_text(text, "utf-8")
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def fails(*tests: str, longest: float = _LONGEST) -> bool:
    """Whether tests fail as the copy is now, or take too long."""
    child = os.fork()
    if not child:
        _run(*tests)
    deadline = time.monotonic() + longest
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) != 0
        time.sleep(0.02)  # a wait for a process that ends has no limit of time
    print(f"{' '.join(tests)}: time ran out", flush=True)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def _run(*tests: str) -> None:
    """Run tests in this process, which ends with them."""
    code = 1
    try:
        os.setpgid(0, 0)
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        import pytest

        code = int(pytest.main([*_OPTIONS, *tests]))
    finally:
        os._exit(code)
