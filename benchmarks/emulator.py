"""What the emulator costs those who test with it: until its first answer, a reset, requests a second on one core,
100,000 contacts seeded and paged through.

The emulator is a process of its own, as `heymarket emulator` starts it, and has one core; its clients have the others.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import jwt
from _environment import described, with_bytecode
from _ratios import compare, table

from heymarket.emulator import Emulator

COMMAND = [sys.executable, "-m", "heymarket", "emulator", "--port", "0", "--limit", "1000000000"]
CONNECTIONS = 8
MANY = 100_000
PAGES = (1, 100, 3_300)
SIZE = 25
STRETCH = 10

phones = count(15555560000)


class Caller:
    """One connection that stays open. Only sockets: what asks shouldn't cost more than what answers."""

    def __init__(self, settings: dict[str, str]) -> None:
        host, _, port = settings["HEYMARKET_BASE_URL"].removeprefix("http://").rpartition(":")
        self._socket = socket.create_connection((host, int(port)))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        secret_id, key = settings["HEYMARKET_SECRET_ID"], settings["HEYMARKET_SECRET_KEY"]
        token = jwt.encode({"iss": secret_id, "iat": int(time.time())}, f"{secret_id}||{key}")
        self._head = f"Host: {host}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        data = b"" if body is None else json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\n{self._head}Content-Length: {len(data)}\r\n\r\n"
        self._socket.sendall(head.encode() + data)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._received()
        answered, _, content = received.partition(b"\r\n\r\n")
        status, *fields = answered.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, value in (field.split(": ", 1) for field in fields)}
        length = int(headers.get("content-length", 0))
        while len(content) < length:
            content += self._received()
        assert status.split()[1].startswith("2"), (status, content)
        return json.loads(content) if content else None

    def _received(self) -> bytes:
        data = self._socket.recv(1 << 16)
        assert data, "the emulator hung up"
        return data

    def close(self) -> None:
        self._socket.close()


@contextmanager
def running(*arguments: str) -> Generator[dict[str, str]]:
    """The command, on the first core that this process may use; gives what it printed."""
    command = [*COMMAND, *arguments]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        env=with_bytecode(),
        preexec_fn=take_a_core,  # noqa: PLW1509 - no threads yet
    ) as process:
        try:
            assert process.stdout is not None
            yield dict(process.stdout.readline().rstrip().split("=", 1) for _ in range(3))
        finally:
            process.kill()


def take_a_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(CORES)})


def leave_that_core() -> None:
    if len(CORES) > 1:
        os.sched_setaffinity(0, CORES - {min(CORES)})


CORES = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else {0}


def ready(*arguments: str) -> float:
    """Seconds from the start of the process to its first answer."""
    started = time.perf_counter()
    with running(*arguments) as settings:
        team = Caller(settings)("GET", "/v1/team")
        took = time.perf_counter() - started
    assert team["id"] == 7
    return took


def typical(call: Callable[[], object], before: Callable[[], object], times: int = 50) -> float:
    """The median of the seconds that a call takes, each after something else."""
    took = []
    for _ in range(times):
        before()
        started = time.perf_counter()
        call()
        took.append(time.perf_counter() - started)
    return statistics.median(took)


def reads(caller: Caller) -> Iterator[None]:
    while True:
        assert caller("GET", "/v1/contact/501")["phone"] == "15555550100"
        yield


def sends(caller: Caller) -> Iterator[None]:
    while True:
        body = {"inbox_id": 31, "creator_id": 21, "phone_number": "15555550100", "text": "Hello {{first_name}}"}
        assert caller("POST", "/v1/message/send", body)["id"]
        yield


def a_bit_of_all(caller: Caller) -> Iterator[None]:
    """A contact made, looked up, changed, texted, and what a page would show: seven reads to three writes."""
    while True:
        phone = str(next(phones))
        made = caller("POST", "/v1/contact", {"phone": phone, "first": "Ada"})
        yield
        for body in ({"phone": phone}, {"id": str(made["id"])}):
            assert caller("POST", "/v1/contact/get", body)["id"] == made["id"]
            yield
        caller("PUT", f"/v1/contact/{made['id']}", {"phone": phone, "first": "Grace"})
        yield
        sent = caller(
            "POST", "/v1/message/send", {"inbox_id": 31, "creator_id": 21, "phone_number": phone, "text": "Hello"}
        )
        yield
        assert caller("GET", f"/v1/messages?phoneNumber={phone}&inboxID=31")[0]["id"] == sent["id"]
        yield
        for path in ("/v1/inboxes", "/v1/team", "/v1/contact/501", "/v1/template/51"):
            assert caller("GET", path)
            yield


def rate(settings: dict[str, str], load: Callable[[Caller], Iterator[None]], seconds: float) -> float:
    """Requests a second, over some connections at once."""
    counted = [0] * CONNECTIONS
    failed: list[BaseException] = []
    until = time.perf_counter() + seconds

    def ask(number: int) -> None:
        caller = Caller(settings)
        try:
            for _ in load(caller):
                counted[number] += 1
                if time.perf_counter() > until:
                    return
        except BaseException as error:  # noqa: BLE001 - raised again below
            failed.append(error)
        finally:
            caller.close()

    started = time.perf_counter()
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return sum(counted) / (time.perf_counter() - started)


def seed(contacts: int) -> dict[str, Any]:
    """A seed of so many contacts, and what the loads need."""
    return {
        "contacts": [
            {"id": 501 + number, "phone": str(15556000000 + number), "first": "Ada", "last": f"Example {number}"}
            for number in range(contacts)
        ]
    }


def by_date(caller: Caller) -> Callable[[int], object]:
    """Reads the page of a number as a walk by date does, which has to have come there before."""
    bodies: dict[int, dict[str, Any]] = {1: {"limit": SIZE}}
    for number in range(1, MANY // SIZE + 1):
        page = caller("POST", "/v1/contacts", bodies[number])
        bodies[number + 1] = {"limit": SIZE, "date": page[-1]["updated"]}
    assert not caller("POST", "/v1/contacts", bodies[MANY // SIZE + 1]), "contacts are listed twice"
    return lambda number: caller("POST", "/v1/contacts", bodies[number])


def by_number(caller: Caller) -> Callable[[int], object]:
    """Reads the page of a number, which begins at 0."""
    return lambda number: caller("POST", "/v2/contacts/list", {"limit": SIZE, "page": number - 1})


def stretch(read: Callable[[int], object], first: int) -> Callable[[], float]:
    """Seconds of a page, over some in a row; getting to the first of them isn't counted."""

    def run() -> float:
        assert read(first)
        started = time.perf_counter()
        for number in range(first + 1, first + STRETCH):
            assert read(number)
        return (time.perf_counter() - started) / (STRETCH - 1)

    return run


def line(name: str, figure: str, goal: str) -> None:
    print(f"  {name:54}{figure:>14}   {goal}", flush=True)


def measure_requests(seconds: float) -> None:
    loads = {"reads": reads, "sends": sends, "a bit of all": a_bit_of_all}
    with tempfile.TemporaryDirectory() as folder:
        for where, arguments in {"in memory": (), "in a file": ("--state", f"{folder}/state.db")}.items():
            with running(*arguments) as settings:
                for name, load in loads.items():
                    line(f"requests/s, {name}, state {where}", f"{rate(settings, load, seconds):.0f}", ">= 300")


def measure_many(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "seed.json")
        file.write_text(json.dumps(seed(MANY)), "utf-8")
        line(f"{MANY:,} contacts seeded, from start to first answer", f"{ready('--seed', str(file)):.2f} s", "< 5 s")
        with running("--seed", str(file)) as settings:
            caller = Caller(settings)
            for name, reader in {"v1, by date": by_date, "v2, by number": by_number}.items():
                read = reader(caller)
                took = compare({f"page {first:,} on": stretch(read, first) for first in PAGES}, rounds)
                print(table(f"{MANY:,} contacts, {name} (a ratio about 1 is the goal)", took))
            caller.close()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="length of each load (default: 5)")
    parser.add_argument("--rounds", type=int, default=5, help="how often it's started (default: 5)")
    given = parser.parse_args()
    print(described())
    line("", "", "goal")
    first = statistics.median(ready() for _ in range(given.rounds))
    line("from the start of the process to its first answer", f"{first:.2f} s", "<= 0.5 s")
    with Emulator() as emulator:
        caller = Caller(emulator.environment)
        work = partial(caller, "POST", "/v1/contact", {"phone": "15555560000", "first": "Ada"})
        resets = {"from Python": emulator.reset, "over HTTP": partial(caller, "POST", "/_emulator/reset")}
        for how, reset in resets.items():
            line(f"a reset after a write, {how}", f"{typical(reset, work) * 1e3:.2f} ms", "<= 5 ms")
        caller.close()
    leave_that_core()
    measure_requests(given.seconds)
    measure_many(3 * given.rounds)


if __name__ == "__main__":
    main()
