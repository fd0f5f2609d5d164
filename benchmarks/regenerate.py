"""What growth costs: scripts/regenerate on the whole API and on an invented one of 1,000 operations; using one of them.

Checkouts in a temporary folder, so that the tree stays as it is. The time of a step is that of a process of its own.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from _environment import described
from _ratios import compare, table

HERE = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(HERE), str(HERE / "scripts")]

import _venv  # noqa: E402 - the path to it is set above
from codegen import lock  # noqa: E402 - as above

from tests.scripts.many_operations import OPERATIONS_OF_A_KIND, describe  # noqa: E402 - as above

RESOURCES, KINDS = 50, 4
MADE = "from heymarket import Heymarket; hm = Heymarket('an-id-1', 'a-key-2', _transport=Transport())"
ENGINE = """
from heymarket._messages import Response, Headers
class Transport:
    def send(self, request):
        return Response(200, Headers([]), b"{}")
    def close(self):
        pass
"""
SIGNED = "from heymarket import auth; import jwt"
STEPS = {
    "from heymarket import Heymarket": ("", "from heymarket import Heymarket"),
    "a resource touched": (f"{ENGINE}\n{MADE}", "hm.area_00"),
    "its first call": (f"{ENGINE}\n{MADE}\n{SIGNED}\nhm.area_00", "hm.area_00.get_a('id')"),
}
"""By name: what is done before, and what is measured."""


def checkout(root: Path, resources: int = 0, kinds: int = 0) -> Path:
    """A checkout in a new folder: of the real description, or of an invented one with so many resources."""
    root.mkdir()
    for folder in ("heymarket", "scripts"):
        shutil.copytree(HERE / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    if resources:
        describe(root, resources, kinds)
    else:
        shutil.copytree(HERE / "openapi", root / "openapi")
    return root


def regenerated(root: Path, python: Path) -> float:
    """Seconds of scripts/regenerate from nothing."""
    for output in ("generated", "docs"):
        shutil.rmtree(root / output, ignore_errors=True)
    started = time.perf_counter()
    subprocess.run([python, root / "scripts/regenerate"], check=True, capture_output=True)
    return time.perf_counter() - started


def used(root: Path, before: str, code: str) -> tuple[float, int]:
    """Seconds of a step in a fresh process that has the package of a checkout, and how many modules it loaded."""
    probe = (
        f"import sys, time\n{before}\nloaded = len(sys.modules); s = time.perf_counter()\n{code}\n"
        "print(time.perf_counter() - s, len(sys.modules) - loaded)"
    )
    # Bytecode is written by the round that isn't counted: without it, what is measured is mostly Python's compiler.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-P", "-c", probe],
        check=True,
        capture_output=True,
        text=True,
        env={**environment, "PYTHONPATH": os.pathsep.join([str(root / "generated"), str(HERE)])},
    )
    seconds, modules = done.stdout.split()
    return float(seconds), int(modules)


def main() -> None:
    """Print what growth costs."""
    parser = argparse.ArgumentParser(description="What growth costs: generating much, and using one of many.")
    parser.add_argument("rounds", nargs="?", type=int, default=3, help="how often each is generated (default: 3)")
    rounds = parser.parse_args().rounds
    print(described())
    tools = lock.read(HERE / "openapi")["tools"]
    python = _venv.ensure("codegen", [f"{tool}=={version}" for tool, version in tools.items()])
    with tempfile.TemporaryDirectory() as folder:
        checkouts = {
            "the whole API": checkout(Path(folder, "real")),
            f"invented: {OPERATIONS_OF_A_KIND} operations": checkout(Path(folder, "few"), 1, 1),
            f"invented: {RESOURCES * KINDS * OPERATIONS_OF_A_KIND} operations": checkout(
                Path(folder, "many"), RESOURCES, KINDS
            ),
        }
        steps: dict[str, Callable[[], float]] = {
            name: partial(regenerated, root, python) for name, root in checkouts.items()
        }
        print(table("scripts/regenerate, from nothing", compare(steps, rounds), unit=1, unit_name="s"))
        del checkouts["the whole API"]
        for step, (before, code) in STEPS.items():
            measured = compare(
                {name: partial(used, root, before, code) for name, root in checkouts.items()}, 5 * rounds
            )
            modules = {count for values in measured.values() for _, count in values}
            assert len(modules) == 1, f"{step}: one of many loads other modules than one of one: {modules}"
            seconds = {name: [second for second, _ in values] for name, values in measured.items()}
            print(table(f"{step} (modules: {modules.pop()})", seconds))


if __name__ == "__main__":
    main()
