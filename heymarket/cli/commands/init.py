"""`heymarket init`: a first app, with its tests, in an empty folder."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heymarket.errors import ConfigurationError

__all__ = ["init"]


def init(
    folder: Annotated[Path, Parameter(help="An empty folder, or one to make. Default: this one.")] = Path(),
    /,
) -> None:
    """Write a first app into an empty folder: reminders by text with FastAPI, STOP, and tests.

    Its tests run against the local Heymarket; nobody is texted.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigurationError(f"{folder.resolve()} isn't an empty folder. Name another one: heymarket init FOLDER.")
    folder.mkdir(parents=True, exist_ok=True)
    for one in sorted(files("heymarket.cli").joinpath("starter").iterdir(), key=lambda file: file.name):
        name = one.name.removesuffix(".txt") if one.name.endswith(".py.txt") else one.name
        (folder / name).write_text(one.read_text("utf-8"), "utf-8")
        print(folder / name)
    print("\nNext: python -m pip install -r requirements.txt, then python -m pytest. README.md has the rest.")
