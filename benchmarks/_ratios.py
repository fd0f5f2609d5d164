"""Side by side: contestants run in turn, round after round, so that a machine that slows down slows all of them."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping


def compare(contestants: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each contestant in each round, after one round that is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for counted in [False] + [True] * rounds:
        for name, run in contestants.items():
            took = run()
            if counted:
                seconds[name].append(took)
    return seconds


def table(title: str, seconds: Mapping[str, list[float]], *, unit: float = 1e3, unit_name: str = "ms") -> str:
    """The medians, and the median of the ratios to the first contestant, round by round."""
    first = next(iter(seconds))
    lines = [title, f"  {'':44}{'median ' + unit_name:>12}{'ratio':>8}"]
    for name, values in seconds.items():
        ratio = statistics.median(mine / other for mine, other in zip(values, seconds[first], strict=True))
        lines.append(f"  {name:44}{statistics.median(values) * unit:>12.2f}{ratio:>8.2f}")
    return "\n".join(lines)
