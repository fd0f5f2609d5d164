"""Where a benchmark ran: figures mean little without it."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

_PACKAGES = ("heymarket", "httpx", "httpcore", "redis", "openai", "stripe", "githubkit")


def described() -> str:
    """Python, cores, versions, and whether sniffio is there, which httpcore looks for in every async call."""
    versions = ", ".join(f"{name} {found}" for name in _PACKAGES if (found := _version(name)))
    sniffio = "importable" if find_spec("sniffio") else "not importable"
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before"
    return f"Python {platform.python_version()}, {machine}; {versions}; sniffio {sniffio}"


def with_bytecode() -> dict[str, str]:
    """The environment for a process whose start is measured: without bytecode, that is mostly Python's compiler."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
