"""Many threads of several processes with one credential against one limit: who keeps it, and who loses calls?

An emulator in a process of its own lets 100 calls through in any 2 s; 3 processes of 32 threads make 2,000. Its journal
is the judge. This package shares a quota between the processes (through SQLite, through Redis) or between the threads
of one process; the others have only the server's 429s to go by.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import os
import random
import shutil
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx
from _clients import ANSWERED, RIVALS, Call, Client, Target, heymarket, installed
from _emulator import KEPT, Arrival, busiest, running
from _environment import described

from heymarket import Quota

LIMIT, PER = 100, 2.0
PROCESSES, THREADS = 3, 32
PATIENCE = 3.0
"""So many times the shortest possible a contestant may take; what is unanswered then is lost."""

ADA = "00000000-0000-4000-8000-000000000001"
_START_UP = 60.0
_LAST_WORDS = 5.0
_TRIES = 6


class Contestant(NamedTuple):
    """What a worker process is told. The quota is made there: one whose URL may hold a secret can't be sent."""

    name: str
    kind: str
    quota: str = ""
    place: str = ""
    processes: int = PROCESSES

    def client(self) -> Client:
        if self.kind != "heymarket":
            return next(client for client in (NAIVE, *RIVALS) if client.name == self.kind)
        if self.quota == "process":
            return heymarket(self.name, quota=Quota(LIMIT, per=PER))
        shared = Quota.sqlite if self.quota == "sqlite" else Quota.redis
        return heymarket(self.name, quota=shared(self.place, limit=LIMIT, per=PER))


class Verdict(NamedTuple):
    """What came of a contestant's calls, as it saw it and as the emulator did."""

    calls: int
    answered: int
    lost: Counter[str]
    journal: list[Arrival]

    def row(self, name: str) -> str:
        admitted = [call.time for call in self.journal if call.status == 200]
        refused = sum(call.status == 429 for call in self.journal)
        at_least = ">" if len(self.journal) >= KEPT else ""
        seconds = self.journal[-1].time - self.journal[0].time if self.journal else 0.0
        least = shortest(self.calls)
        return (
            f"  {name:22}{self.calls:>7}{self.answered:>10}{self.calls - self.answered:>7}{at_least + str(refused):>8}"
            f"{busiest(admitted, PER):>10}{busiest([call.time for call in self.journal], PER):>10}"
            f"{seconds:>9.2f}{least:>10.1f}{(f'{seconds / least:.3f}' if least else '-'):>8}"
        )


HEAD = (
    f"  {'contestant':22}{'calls':>7}{'answered':>10}{'lost':>7}{'429s':>8}{'admitted':>10}{'arrived':>10}"
    f"{'seconds':>9}{'shortest':>10}{'ratio':>8}"
)


def shortest(calls: int) -> float:
    """Seconds from the first to the last arrival, if every window were filled at its first moment."""
    return (math.ceil(calls / LIMIT) - 1) * PER


@contextmanager
def _naive(target: Target) -> Generator[Call]:
    url, headers = target.base_url + target.path, target.authorization()
    with httpx.Client() as client:

        def call() -> str:
            for attempt in range(_TRIES):
                response = client.get(url, headers=headers)
                if response.status_code != 429 or attempt == _TRIES - 1:
                    break
                time.sleep(random.uniform(0, 2.0**attempt))  # noqa: S311 - jitter, no secret
            response.raise_for_status()
            answered: str = response.json()["channel_id"]
            return answered

        yield call


NAIVE = Client("naive", "httpx", _naive, None)  # type: ignore[arg-type] # only ever opened for threads


def work(contestant: Contestant, target: Target, left: Any, ready: Any, seconds: float, results: Any) -> None:
    """A worker process: its threads take calls off the common heap until there are none, or the time is up."""
    threads = THREADS * PROCESSES // contestant.processes
    answered, wrong, lost = [0] * threads, [0] * threads, [Counter[str]() for _ in range(threads)]
    with contestant.client().opened(target) as call:
        ready.wait(_START_UP)
        end = time.monotonic() + seconds

        def drain(number: int) -> None:
            while time.monotonic() < end and _taken(left):
                try:
                    right = call() == ANSWERED
                except Exception as error:  # noqa: BLE001 - whatever it is, the call is lost, and is counted by name
                    lost[number][type(error).__name__] += 1
                else:
                    answered[number] += right
                    wrong[number] += not right

        team = [threading.Thread(target=drain, args=(number,), daemon=True) for number in range(threads)]
        for thread in team:
            thread.start()
        for thread in team:
            thread.join(max(0.0, end + _LAST_WORDS - time.monotonic()))
        results.put((sum(answered), sum(wrong), sum(lost, Counter())))
        results.close()
        results.join_thread()
        if any(thread.is_alive() for thread in team):
            os._exit(0)  # they hang in a call or a pause; what they had is counted as lost


def _taken(left: Any) -> bool:
    with left.get_lock():
        left.value -= 1
        return bool(left.value >= 0)


def judged(contestant: Contestant, calls: int) -> Verdict:
    """Let a contestant make its calls against a fresh emulator."""
    context = multiprocessing.get_context("spawn")
    seconds = PATIENCE * max(shortest(calls), PER)
    left, ready, results = context.Value("i", calls), context.Barrier(contestant.processes), context.Queue()
    with running(LIMIT, PER) as emulator:
        target = Target(contact_id=ADA, **emulator.settings)
        arguments = (contestant, target, left, ready, seconds, results)
        workers = [context.Process(target=work, args=arguments, daemon=True) for _ in range(contestant.processes)]
        try:
            for worker in workers:
                worker.start()
            told = [results.get(timeout=_START_UP + seconds + 2 * _LAST_WORDS) for _ in workers]
        finally:
            for worker in (worker for worker in workers if worker.pid is not None):
                worker.join(_LAST_WORDS)
                worker.kill()
        journal = emulator.journal()
    answered, wrong = sum(part for part, _, _ in told), sum(part for _, part, _ in told)
    lost = sum((errors for _, _, errors in told), Counter[str]())
    assert not wrong
    unfinished = calls - answered - lost.total()
    if unfinished:
        lost["not answered in time"] = unfinished
    if len(journal) < KEPT:
        assert answered <= sum(call.status == 200 for call in journal)  # no answer but the emulator's
    return Verdict(calls, answered, lost, journal)


@contextmanager
def redis_server() -> Generator[str | None]:
    """A Redis of our own, on a socket in a temporary folder; its URL, or nothing without the program."""
    program = shutil.which("redis-server")
    if program is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        socket = Path(folder, "redis.sock")
        command = [program, "--port", "0", "--unixsocket", str(socket), "--save", "", "--appendonly", "no"]
        with subprocess.Popen([*command, "--dir", folder], stdout=subprocess.DEVNULL) as process:
            try:
                give_up = time.monotonic() + 10
                while not socket.exists():
                    if process.poll() is not None or time.monotonic() > give_up:
                        raise RuntimeError("redis-server did not start.")
                    time.sleep(0.02)
                yield f"unix://{socket}"
            finally:
                process.terminate()


def contestants(quotas: Sequence[str], stack: ExitStack) -> list[Contestant]:
    """This package with the quotas asked for, and the others that are installed."""
    field = []
    for kind in quotas:
        name = f"heymarket ({kind})"
        if kind == "process":
            field.append(Contestant(name, "heymarket", kind, processes=1))
        elif kind == "sqlite":
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            field.append(Contestant(name, "heymarket", kind, str(Path(folder, "quota.db"))))
        elif url := stack.enter_context(redis_server()):
            field.append(Contestant(name, "heymarket", kind, url))
        else:
            print(f"Left out: {name}. There is no redis-server on this machine (Debian: apt install redis-server).")
    return field + [Contestant(client.name, client.name) for client in installed((NAIVE, *RIVALS))]


def main() -> None:
    """Print who kept the limit, and at what price."""
    kinds, names = ("sqlite", "redis", "process"), ("heymarket", NAIVE.name, *(rival.name for rival in RIVALS))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=2000, help="how many in all (default: 2000)")
    parser.add_argument("--quota", choices=kinds, action="append", help="of this package (default: sqlite and redis)")
    parser.add_argument("--only", choices=names, action="append", help="only this contestant (may be repeated)")
    chosen = parser.parse_args()
    print(described())
    print(f"{PROCESSES} processes of {THREADS} threads, {chosen.calls} calls, at most {LIMIT} in any {PER:g} s")
    print("(admitted, arrived: the most in any such window)")
    with ExitStack() as stack:
        field = contestants(chosen.quota or ["sqlite", "redis"], stack)
        print(HEAD, flush=True)
        for contestant in field:
            if chosen.only and contestant.kind not in chosen.only:
                continue
            verdict = judged(contestant, chosen.calls)
            print(verdict.row(contestant.name), flush=True)
            if verdict.lost:
                print(f"  {'':22}lost: " + ", ".join(f"{why} {n}" for why, n in verdict.lost.most_common()), flush=True)


if __name__ == "__main__":
    main()
