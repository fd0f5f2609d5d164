"""What scripts/mutate does: chooses mutants, has them tested, lists those that nothing noticed."""

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import _venv

from mutating import runner
from mutating.areas import AREAS, FIXED
from mutating.rules import Mutant, mutate

SURVIVORS = Path(__file__).with_name("survivors.json")
"""Mutants that no test can notice, each with the reason."""

_LONGEST = 3600
"""Seconds that the tests may take without any mutant."""


def parse_arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Reads the arguments."""
    parser = argparse.ArgumentParser(
        prog="scripts/mutate",
        description="Plants small mistakes, one at a time, and says which of them no test notices.\n\n"
        "Needs the tools of the tests. Exits with 1 if one survives that scripts/mutating/survivors.json gives no\n"
        "reason for.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--area", choices=AREAS, action="append", help="only this part; may be repeated")
    parser.add_argument("--sample", type=int, metavar="N", help="only N of the mutants, the same every time")
    parser.add_argument("--fixed", action="store_true", help="only the few that every run of the tests plants")
    parser.add_argument(
        "--unchecked", action="store_true", help="don't run the tests without any mutant first, because they just were"
    )
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes; 1 by default")
    parser.add_argument("--share", metavar="K/N", help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def run(options: argparse.Namespace, root: Path = _venv.ROOT) -> int:
    """Does what the arguments ask for.

    Args:
        options: The arguments.
        root: The checkout.

    Returns:
        The exit status: 1 if a mutant survives without a reason.
    """
    if options.jobs > 1 and not options.share:
        return _run_jobs(options.jobs)
    chosen = choose(root, options)
    began, survivors = time.monotonic(), list[Mutant]()
    with runner.copy(root, plugins=not options.fixed) as place:
        needed = dict.fromkeys(one for _, several in chosen for one in several)
        if not options.unchecked and runner.fails(*needed, longest=_LONGEST):
            raise SystemExit(f"A test fails without any mutant, in {', '.join(needed)}.")
        for number, (mutant, tests) in enumerate(chosen, 1):
            noticed = runner.is_noticed(mutant, place, tests)
            said = "noticed" if noticed else "SURVIVED"
            print(
                f"{number}/{len(chosen)} {said} {mutant.describe((root / mutant.path).read_text('utf-8'))}", flush=True
            )
            survivors += [] if noticed else [mutant]
    reasons = json.loads(SURVIVORS.read_text("utf-8"))
    killed = len(chosen) - len(survivors)
    print(f"{killed} of {len(chosen)} noticed in {time.monotonic() - began:.0f} s.")
    for mutant in survivors:
        print(f"  {mutant.describe((root / mutant.path).read_text('utf-8'))}: {reasons.get(mutant.key, 'NO REASON')}")
    return 1 if any(mutant.key not in reasons for mutant in survivors) else 0


def choose(root: Path, options: argparse.Namespace) -> list[tuple[Mutant, tuple[str, ...]]]:
    """The mutants, each with its tests: the same every time.

    Args:
        root: The checkout.
        options: The arguments.
    """
    if options.fixed:
        return [(_fix(root, *one[:3]), (one.tests,)) for one in FIXED]
    chosen: list[tuple[Mutant, tuple[str, ...]]] = []
    for name in options.area or AREAS:
        area = AREAS[name]
        paths = sorted(path for pattern in area.files for path in root.glob(pattern))
        found = [mutant for path in paths for mutant in mutate(path, root)]
        chance = random.Random(name)  # noqa: S311 - for the same mutants every time
        chosen += [(mutant, area.tests) for mutant in chance.sample(found, min(area.amount, len(found)))]
    if options.sample:
        chosen = random.Random(0).sample(chosen, min(options.sample, len(chosen)))  # noqa: S311 - as above
    if options.share:
        share, shares = map(int, options.share.split("/"))
        chosen = chosen[share::shares]
    return chosen


def _fix(root: Path, path: str, old: str, new: str) -> Mutant:
    text = (root / path).read_text("utf-8")
    if text.count(old) != 1:
        raise SystemExit(f"{path} has {old!r} {text.count(old)} times; scripts/mutating/areas.py needs another mutant.")
    return Mutant(path, text.index(old), old, new)


def _run_jobs(jobs: int) -> int:
    """The same, in so many processes that share the mutants."""
    again = [sys.executable, *sys.argv]
    running = [subprocess.Popen([*again, "--share", f"{number}/{jobs}"]) for number in range(jobs)]
    codes = [one.wait() for one in running]
    return int(any(codes))  # one that a signal ended has a negative code
