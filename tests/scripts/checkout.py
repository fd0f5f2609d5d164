"""A checkout in a temporary folder, with scripts/regenerate run inside this process."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from unittest import mock

from codegen import bootstrap, command

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path("generated/heymarket_openapi")


class Checkout:
    """A description, and what becomes of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.package = root / PACKAGE

    def regenerate(self, *arguments: str, tried: bool = False) -> int:
        """Runs the command; what was generated is tried, as `scripts/regenerate` does, only where a test needs that."""
        with nullcontext() if tried else mock.patch.object(command, "run_trial"):
            return command.run(bootstrap.parse_arguments(list(arguments)), self.root)

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def line(self, file: str, text: str, occurrence: int = 1) -> int:
        """The line of a file in which a text occurs for the first (or a later) time."""
        lines = (self.root / file).read_text(encoding="utf-8").splitlines()
        return [number for number, line in enumerate(lines, 1) if text in line][occurrence - 1]

    def contents(self) -> dict[str, bytes]:
        """The files of the package."""
        return {
            str(path.relative_to(self.package)): path.read_bytes()
            for path in sorted(self.package.rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        }
