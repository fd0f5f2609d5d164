"""Files that only their owner can read, since they hold contacts and numbers."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import IO

__all__ = ["open_draft"]


@contextmanager
def open_draft(path: Path, encoding: str = "utf-8") -> Generator[IO[str]]:
    """Open a new file for text, beside one that it may replace; it is deleted unless it does.

    Args:
        path: The other file.
        encoding: How the text is encoded.
    """
    file = NamedTemporaryFile(  # noqa: SIM115 - closed below, and not deleted then
        "w", encoding=encoding, newline="", dir=path.parent, prefix=f"{path.name}.", suffix=".tmp", delete=False
    )
    try:
        with file:
            yield file
    finally:
        Path(file.name).unlink(missing_ok=True)
