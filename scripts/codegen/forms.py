"""The forms of what a description holds, with which the vocabulary is written."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Choice:
    """One of some values. Others are refused, some of them for a reason of their own."""

    values: tuple[Any, ...]
    refused: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Pattern:
    """A string of a form, such as a status."""

    regex: str
    form: str
    refused: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Named:
    """Names of any kind, or of a form, and what each of them holds."""

    item: Any
    names: Choice | Pattern | None = None


@dataclass(frozen=True)
class Read:
    """A key that has an effect.

    Attributes:
        form: What it holds: a type, a `Choice` or `Pattern`, `Named`, the name of an object, a list of one of these;
            `None` for data of any kind.
        required: Whether it has to be there.
        places: The only places of schemas where it may be; empty for all.
        advice: What to do instead, elsewhere.
    """

    form: Any
    required: bool = False
    places: tuple[str, ...] = ()
    advice: str = ""


@dataclass(frozen=True)
class Kept:
    """A key that has no effect on the client."""


@dataclass(frozen=True)
class Refused:
    """A key that is refused, and why, or what to write instead."""

    reason: str


Key = Read | Kept | Refused


def keep(names: str) -> dict[str, Key]:
    return dict.fromkeys(names.split(), Kept())


def refuse(names: str, reason: str) -> dict[str, Key]:
    return dict.fromkeys(names.split(), Refused(reason))
