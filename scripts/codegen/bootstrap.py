"""The first steps of scripts/regenerate: read the arguments, and install the tools.

Needs nothing but the standard library.
"""

import argparse
import subprocess
import sys
from pathlib import Path

import _venv

from . import lock


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Reads the arguments; `--help` ends the program here, before anything is installed."""
    parser = argparse.ArgumentParser(
        prog="scripts/regenerate",
        description="Turns openapi/*.yaml into generated/heymarket_openapi and docs/reference.",
    )
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument(
        "--check",
        action="store_true",
        help="write nothing; exit 1 unless everything is up to date",
    )
    mode.add_argument(
        "--diff",
        action="store_true",
        help="write nothing; list what would change for callers, and exit 1 if that breaks them",
    )
    parser.add_argument(
        "--against",
        type=Path,
        metavar="PATH",
        help="with --diff: compare with the package in PATH, not the current one",
    )
    parser.add_argument("--accept-breaking", action="store_true", help="with --diff: exit 0 even if callers break")
    parser.add_argument(
        "--format",
        choices=("text", "json", "markdown"),
        default="text",
        help="with --diff: how it is written, such as for a program or a pull request",
    )
    options = parser.parse_args(argv)
    if (options.against or options.accept_breaking or options.format != "text") and not options.diff:
        parser.error("--against, --accept-breaking and --format need --diff")
    if options.against and not (options.against / "resources").is_dir():
        parser.error(f"--against needs the path of a generated package: {options.against} is none")
    return options


def ensure_tools(root: Path = _venv.ROOT) -> None:
    """Runs the program again in `.venv/codegen`, unless this Python already has the locked tools."""
    if lock.find_wrong_tools(root / "openapi"):
        tools = lock.read(root / "openapi")["tools"]
        python = _venv.ensure("codegen", [f"{tool}=={version}" for tool, version in tools.items()])
        if not python.parent.parent.samefile(sys.prefix):
            sys.exit(subprocess.run([python, *sys.argv], check=False).returncode)
