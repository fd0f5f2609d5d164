"""openapi/lock.json: the exact tools that generate, and the hashes of what they last generated from.

A tool is moved to another version by editing `tools`; the hashes are written by scripts/regenerate. This module
needs the standard library only, because it decides where the rest runs.
"""

import hashlib
import json
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypedDict


class Lock(TypedDict):
    """What the lock file holds."""

    tools: dict[str, str]
    inputs: dict[str, str]


def read(openapi: Path) -> Lock:
    """Reads the lock beside the description."""
    lock: Lock = json.loads((openapi / "lock.json").read_text(encoding="utf-8"))
    return lock


def render(openapi: Path) -> str:
    """Renders the lock file with the tools that are in it and the inputs as they are now."""
    lock = Lock(tools=read(openapi)["tools"], inputs=_hash_inputs(openapi))
    return json.dumps(lock, indent=2) + "\n"


def find_wrong_tools(openapi: Path) -> list[str]:
    """Finds the tools that this Python lacks in the locked version, one line each."""
    tools = read(openapi)["tools"]
    found = {tool: _find_version(tool) for tool in tools}
    return [f"{tool} is {found[tool]}, the lock says {tools[tool]}" for tool in tools if found[tool] != tools[tool]]


def _find_version(tool: str) -> str:
    try:
        return version(tool)
    except PackageNotFoundError:
        return "missing"


def _hash_inputs(openapi: Path) -> dict[str, str]:
    files = sorted([*openapi.glob("*.yaml"), *openapi.glob("templates/**/*.jinja")])
    # Line ends don't count: git may change them on another machine.
    contents = {file: file.read_text(encoding="utf-8") for file in files}
    return {
        file.relative_to(openapi).as_posix(): hashlib.sha256(text.encode()).hexdigest()
        for file, text in contents.items()
    }
