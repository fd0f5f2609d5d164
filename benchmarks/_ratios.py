"""Side by side: contestants run in turn, round after round, so that a machine that slows down slows all of them."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Crowd(NamedTuple):
    """What many callers at once got: calls a second, and the seconds that 99 of 100 calls took at most."""

    rate: float
    p99: float


def compare(contestants: Mapping[str, Callable[[], T]], rounds: int) -> dict[str, list[T]]:
    """What each contestant measured in each round, after one round that is not counted."""
    measured: dict[str, list[T]] = {name: [] for name in contestants}
    for counted in [False] + [True] * rounds:
        for name, run in contestants.items():
            result = run()
            if counted:
                measured[name].append(result)
    return measured


def table(title: str, seconds: Mapping[str, list[float]], *, unit: float = 1e3, unit_name: str = "ms") -> str:
    """The medians, and the median of the ratios to the first contestant, round by round."""
    first = next(iter(seconds))
    lines = [title, f"  {'':44}{'median ' + unit_name:>12}{'ratio':>8}"]
    for name, values in seconds.items():
        ratio = statistics.median(mine / other for mine, other in zip(values, seconds[first], strict=True))
        lines.append(f"  {name:44}{statistics.median(values) * unit:>12.2f}{ratio:>8.2f}")
    return "\n".join(lines)


def crowd_table(title: str, crowds: Mapping[str, list[Crowd]]) -> str:
    """The median rates (more is better), how many times that of the first contestant, and the median p99."""
    first = next(iter(crowds))
    lines = [title, f"  {'':44}{'calls/s':>12}{'times':>8}{'p99 ms':>10}"]
    for name, values in crowds.items():
        times = statistics.median(mine.rate / other.rate for mine, other in zip(values, crowds[first], strict=True))
        rate = statistics.median(crowd.rate for crowd in values)
        p99 = statistics.median(crowd.p99 for crowd in values) * 1e3
        lines.append(f"  {name:44}{rate:>12.0f}{times:>8.2f}{p99:>10.1f}")
    return "\n".join(lines)
