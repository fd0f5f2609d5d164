"""Mistakes in the description, with file, line and path."""

from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file of the description."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake: where it is, and what to do about it."""

    place: Place
    path: str
    text: str

    def __str__(self) -> str:
        where = f"{self.place}: {self.path}" if self.path else str(self.place)
        return f"{where}: {self.text}"


class DescriptionError(Exception):
    """The description can't be turned into a client; lists all mistakes, one line each."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


def join_path(path: Path) -> str:
    """The path as messages show it: `paths./v2/contacts.get.parameters.0`."""
    return ".".join(map(str, path))
