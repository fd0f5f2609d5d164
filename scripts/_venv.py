"""Virtual environments of the scripts: `.venv/<name>` in the checkout, created by the script that first needs it.

This module needs Python and pip only.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  # the user of a script may have an older one
    sys.exit(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}")

ROOT = Path(__file__).resolve().parent.parent


def ensure(name: str, requirements: list[str]) -> Path:
    """Returns the Python of `.venv/<name>`, with the requirements installed.

    The environment is created again when the requirements, the Python, or (where the checkout itself is required)
    pyproject.toml have changed since, and when an earlier attempt was interrupted.

    Args:
        name: Name of the environment.
        requirements: Lines for pip, such as `ruff==0.17.6` or `-e .[cli]`; paths are relative to the checkout.

    Raises:
        subprocess.CalledProcessError: When venv or pip fails; it has said why.
    """
    folder = ROOT / ".venv" / name
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamp = folder / "requirements.txt"
    wanted = "\n".join([f"# {sys.version.split()[0]}", *_state_of_checkout(requirements), *requirements, ""])
    if not (python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted):
        print(f"Setting up {folder.relative_to(ROOT)}...", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        unfinished = stamp.with_suffix(".unfinished")
        unfinished.write_text(wanted, encoding="utf-8")
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", str(unfinished)], cwd=ROOT, check=True)
        unfinished.rename(stamp)
    return python


def _state_of_checkout(requirements: list[str]) -> list[str]:
    if not any(line.removeprefix("-e ").startswith(".") for line in requirements):
        return []
    return ["# " + hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()]
