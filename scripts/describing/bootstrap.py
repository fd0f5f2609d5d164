"""The first steps of scripts/describe: read the arguments, and install the tools.

Needs nothing but the standard library.
"""

import argparse
import subprocess
import sys
from importlib.util import find_spec

import _venv
from codegen import lock


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Reads the arguments; `--help` ends the program here, before anything is installed."""
    parser = argparse.ArgumentParser(
        prog="scripts/describe",
        description="Writes the description of an endpoint, in the form of openapi/: from a page of the vendor's "
        "reference copied from a browser, from a curl command followed by its JSON response, or from an OpenAPI file "
        "(3.0 or 3.1).",
        epilog="Prints YAML. What has to be decided is in its comments, and is listed on standard error.",
    )
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help="the input; standard input by default")
    parser.add_argument(
        "--operation", default="", metavar="NAME", help='of an OpenAPI file: "GET /path" or an operationId'
    )
    parser.add_argument(
        "--tag", default="", help="the client's attribute, such as contact_channels; proposed by default"
    )
    parser.add_argument("--source", default="", help="where the endpoint is documented, such as the page's path")
    parser.add_argument("--into", metavar="FILE", help="add it to this file, such as openapi/contacts.yaml")
    return parser.parse_args(argv)


def ensure_tools() -> None:
    """Runs the program again in `.venv/describe` if this Python lacks tools; lets it import the checkout."""
    if lock.find_wrong_tools(_venv.ROOT / "openapi") or any(find_spec(name) is None for name in ("vcr", "yaml")):
        tools = lock.read(_venv.ROOT / "openapi")["tools"]
        requirements = [f"{tool}=={version}" for tool, version in tools.items()]
        python = _venv.ensure("describe", [*requirements, "-e .[testing]"])
        if not python.parent.parent.samefile(sys.prefix):
            sys.exit(subprocess.run([python, *sys.argv], check=False).returncode)
    sys.path[1:1] = [str(_venv.ROOT), str(_venv.ROOT / "generated")]
