"""The first steps of scripts/record: read the arguments, and install the tools.

Needs nothing but the standard library.
"""

import argparse
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import _venv

_REQUIREMENTS = ["-e .[emulator]", "vcrpy>=9.4,<10"]
_MODULES = ("attrs", "httpx", "jwt", "starlette", "uvicorn", "vcr")

_LIVE = """\
--live needs an API Secret in HEYMARKET_SECRET_ID and HEYMARKET_SECRET_KEY. It makes calls that only read, and needs
contacts of yours to read: give them as --contact phone=UUID, or all in HEYMARKET_CONTACTS="phone=UUID email=UUID".
An API Secret that may not read contacts, for the 403, goes into HEYMARKET_DENIED_SECRET_ID and
HEYMARKET_DENIED_SECRET_KEY.
"""


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Reads the arguments; `--help` ends the program here, before anything is installed."""
    parser = argparse.ArgumentParser(
        prog="scripts/record",
        description="Records tests/contract/cassettes/ from the emulator.\n\n"
        "Exits with 1 if a cassette could not be recorded, or would change and was left as it is, or if the live\n"
        "service differs from description or emulator.",
        epilog=_LIVE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="an operation (contact_channels.get) or a scenario (contact_channels.get/200-phone); all by default",
    )
    parser.add_argument("--overwrite", action="store_true", help="replace cassettes that differ; shows how they do")
    parser.add_argument(
        "--live",
        action="store_true",
        help="record the live service into tests/contract/live/; say where it differs from description and emulator",
    )
    parser.add_argument(
        "--contact",
        action="append",
        default=[],
        metavar="NAME=UUID",
        help="with --live: a contact of yours that is like the emulator's example NAME",
    )
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="with --live: a file for the report of differences, as JSON"
    )
    return parser.parse_args(argv)


def ensure_tools() -> None:
    """Runs the program again in `.venv/record`, unless this Python has what is needed; lets it import the checkout."""
    if any(find_spec(module) is None for module in _MODULES):
        python = _venv.ensure("record", _REQUIREMENTS)
        if python.parent.parent != Path(sys.prefix):
            sys.exit(subprocess.run([python, *sys.argv], check=False).returncode)
    sys.path[1:1] = [str(_venv.ROOT), str(_venv.ROOT / "generated")]
