"""What starting costs: imports beside `import httpx`, the first use of a resource, a process up to its first answer.

Each figure is a process of its own, the contestants in turn. With `--against`, another version is measured beside this
one, such as the one that had a single endpoint:

    git worktree add --detach /tmp/before 510c8eb
    python benchmarks/imports.py --against /tmp/before
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from _environment import with_bytecode
from _ratios import compare, table
from _server import CONTACT, PATH, serving

HERE = Path(__file__).resolve().parents[1]
SECRET_ID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
SECRET_KEY = "kN4mQ7rT1vX8zB3dF6hJ9lP2sU5wY0aC"

BARE = """
import time, httpx, jwt
token = jwt.encode({{"iss": {id!r}, "iat": int(time.time())}}, {id!r} + "||" + {key!r}, algorithm="HS256")
with httpx.Client() as client:
    response = client.get({url!r}, headers={{"Authorization": "Bearer " + token}})
    response.raise_for_status()
    assert response.json()["channel_id"] == "15555550100"
"""
OURS = """
from heymarket import Heymarket
with Heymarket({id!r}, {key!r}, base_url={base_url!r}) as hm:
    assert hm.contact_channels.get({contact!r}, "phone").channel_id == "15555550100"
"""


MADE = f"from heymarket import Heymarket; hm = Heymarket({SECRET_ID!r}, {SECRET_KEY!r})"
STEPS = {
    "import heymarket": ("", "import heymarket"),
    "from heymarket import Heymarket": ("", "from heymarket import Heymarket"),
    "client made": ("", MADE),
    "client made and contact_channels touched": ("", f"{MADE}; hm.contact_channels"),
    "contact_channels touched": (MADE, "hm.contact_channels"),
}
"""By name: what is done before, and what is measured."""

NEW_STEPS = {
    "client made and contacts touched": ("", f"{MADE}; hm.contacts"),
    "contacts touched": (MADE, "hm.contacts"),
}
"""What a version with a single endpoint can't do."""


def environment(checkout: Path | None) -> dict[str, str]:
    """The environment of a process that has the package of a checkout; `None` for the installed one."""
    found = with_bytecode()  # which the round that isn't counted writes
    if checkout is not None:
        found["PYTHONPATH"] = os.pathsep.join([str(checkout), str(checkout / "generated")])
    return found


def process(code: str, checkout: Path | None = None) -> Callable[[], float]:
    """Seconds of a whole Python process that runs the code."""

    def run() -> float:
        started = time.perf_counter()
        subprocess.run([sys.executable, "-P", "-c", code], check=True, env=environment(checkout))
        return time.perf_counter() - started

    return run


def measured(before: str, code: str, checkout: Path | None = None) -> Callable[[], float]:
    """Seconds of a step alone, as a fresh process measures it itself."""
    probe = f"import time\n{before}\ns = time.perf_counter()\n{code}\nprint(time.perf_counter() - s)"

    def run() -> float:
        command = [sys.executable, "-P", "-c", probe]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment(checkout))
        return float(done.stdout)

    return run


def has_the_package(checkout: Path) -> bool:
    """Whether a process that is to have the package of a checkout really has it."""
    command = [
        sys.executable,
        "-P",
        "-c",
        "import heymarket, heymarket_openapi as g; print(heymarket.__file__, g.__file__)",
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment(checkout))
    return all(Path(file).is_relative_to(checkout) for file in done.stdout.split())


def options() -> argparse.Namespace:
    """The arguments."""
    parser = argparse.ArgumentParser(description="What starting costs.")
    parser.add_argument("rounds", nargs="?", type=int, default=15, help="how often each contestant runs (default: 15)")
    parser.add_argument(
        "--against", type=lambda text: Path(text).resolve(), metavar="PATH", help="a checkout of another version"
    )
    found = parser.parse_args()
    if found.against and not has_the_package(found.against):
        parser.error(f"--against takes a checkout, which {found.against} is not")
    return found


def main() -> None:
    """Print the costs of starting."""
    given = options()
    rounds, against = given.rounds, given.against
    imports = compare({"import httpx": measured("", "import httpx")} | contestants(STEPS | NEW_STEPS), rounds)
    with serving() as base_url:
        values = {"id": SECRET_ID, "key": SECRET_KEY, "url": base_url + PATH, "base_url": base_url, "contact": CONTACT}
        ours = OURS.format(**values)
        cold = compare(
            {"script with httpx and PyJWT": process(BARE.format(**values)), "script with heymarket": process(ours)},
            rounds,
        )
        script = {"the other version": process(ours, against), "this one": process(ours, HERE)}
        beside = {"start to first answer": compare(script, rounds)} if against else {}
    print(table("Import, and first use", imports))
    print(table("Cold process, from start to first answer", cold))
    for name, (before, code) in STEPS.items() if against else ():
        # Both by PYTHONPATH: an installed package is found faster or slower than one that is put before all others.
        pair = {"the other version": measured(before, code, against), "this one": measured(before, code, HERE)}
        beside[name] = compare(pair, rounds)
    for name, seconds in beside.items():
        print(table(f"Beside the other version: {name}", seconds))


def contestants(steps: dict[str, tuple[str, str]]) -> dict[str, Callable[[], float]]:
    """Contestants for steps."""
    return {name: measured(before, code) for name, (before, code) in steps.items()}


if __name__ == "__main__":
    main()
