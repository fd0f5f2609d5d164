"""An emulator in a process of its own, and its journal: the judge of `drain`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import deque
from collections.abc import Generator
from contextlib import contextmanager
from typing import NamedTuple

from heymarket.emulator import Emulator

KEPT = 10_000
"""So many calls the journal remembers."""


class Arrival(NamedTuple):
    """One request that reached the emulator: when, by its clock, and what it answered."""

    time: float
    status: int


class Running:
    """A running emulator. `settings` are for a client; `journal` can be read once, and ends it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self._process = process
        self.settings: dict[str, str] = json.loads(process.stdout.readline())

    def journal(self) -> list[Arrival]:
        answer, _ = self._process.communicate("journal\n", timeout=30)
        return [Arrival(*call) for call in json.loads(answer)]


@contextmanager
def running(limit: int, per: float) -> Generator[Running]:
    """Run a fresh emulator with this limit."""
    command = [sys.executable, __file__, str(limit), str(per)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Running(process)
        finally:
            process.kill()


def busiest(times: list[float], per: float) -> int:
    """The largest number of moments in any window of so many seconds, counted as the emulator counts."""
    window: deque[float] = deque()
    most = 0
    for moment in sorted(times):
        while window and window[0] <= moment - per:
            window.popleft()
        window.append(moment)
        most = max(most, len(window))
    return most


def _main() -> None:
    with Emulator(limit=int(sys.argv[1]), per=float(sys.argv[2])) as emulator:
        print(json.dumps(emulator.settings), flush=True)
        if sys.stdin.readline():  # an empty line: the process that started it is gone
            print(json.dumps([(call.time, call.status) for call in emulator.journal]))


if __name__ == "__main__":
    _main()
