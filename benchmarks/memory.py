"""What a hostile body costs in memory: the peak of a process that asks for it, above what it held before.

Three bodies of 200 MiB: 200 kB of gzip that inflate to it, plain with its length said, plain in chunks. Each client
meets each body in a process of its own. Linux only: the figures are the kernel's, from /proc.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import socket
import subprocess
import sys
import threading
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from _clients import Target
from _environment import described
from _server import ANSWER, CONTACT

from heymarket import APIResponseValidationError, AsyncHeymarket, Heymarket

MIB = 1024 * 1024
SIZE = 200 * MIB
BODIES = ("gzip bomb", "plain, length said", "plain, chunked")
CLIENTS = ("httpx", "heymarket", "heymarket, async")


def parts_of(body: str) -> Generator[bytes]:
    """The answer, piece by piece, so that the server stays small."""
    piece = bytes(MIB)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    if body == "gzip bomb":
        deflate = zlib.compressobj(9, wbits=16 + zlib.MAX_WBITS)
        bomb = b"".join([*(deflate.compress(piece) for _ in range(SIZE // MIB)), deflate.flush()])
        yield head + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb) + bomb
    elif body == "plain, length said":
        yield head + b"Content-Length: %d\r\n\r\n" % SIZE
        yield from (piece for _ in range(SIZE // MIB))
    else:
        yield head + b"Transfer-Encoding: chunked\r\n\r\n"
        yield from (b"%x\r\n%s\r\n" % (len(piece), piece) for _ in range(SIZE // MIB))
        yield b"0\r\n\r\n"


@contextmanager
def serving(body: str) -> Generator[str]:
    """A raw socket that gives each connection an ordinary answer first and this body from then on."""

    def answer(connection: socket.socket) -> None:
        with connection:
            parts = [[ANSWER], parts_of(body)]
            try:
                while parts and connection.recv(65536):
                    for part in parts.pop(0):
                        connection.sendall(part)
            except OSError:
                pass  # a client that refuses the body hangs up

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def held(figure: str) -> float:
    """MiB of this process: `VmRSS` now, `VmHWM` at most so far (`ru_maxrss` would count the parent's, too)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{figure}:")) / 1024


def refused_or_read(name: str, target: Target) -> dict[str, Any]:
    """In a process of its own: an ordinary call, so that all is loaded, then the body."""
    if name == "httpx":
        with httpx.Client(timeout=60) as client:
            client.get(target.base_url + target.path)
            before = held("VmRSS")
            outcome = f"read {len(client.get(target.base_url + target.path).content) // MIB} MiB"
    else:
        options = {**target.settings, "max_retries": 0}
        before, outcome = asyncio.run(_ours_async(options)) if "async" in name else _ours(options)
    return {"outcome": outcome, "grown": held("VmHWM") - before}


def _ours(options: dict[str, Any]) -> tuple[float, str]:
    with Heymarket(**options) as hm:
        hm.contact_channels.get(CONTACT, "phone")
        before = held("VmRSS")
        try:
            hm.contact_channels.get(CONTACT, "phone")
        except APIResponseValidationError as error:
            return before, type(error).__name__
    return before, "read"


async def _ours_async(options: dict[str, Any]) -> tuple[float, str]:
    async with AsyncHeymarket(**options) as hm:
        await hm.contact_channels.get(CONTACT, "phone")
        before = held("VmRSS")
        try:
            await hm.contact_channels.get(CONTACT, "phone")
        except APIResponseValidationError as error:
            return before, type(error).__name__
    return before, "read"


def main() -> None:
    """Print how much memory each body costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=2, metavar=("CLIENT", "URL"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        name, base_url = chosen.one
        print(json.dumps(refused_or_read(name, Target(base_url, CONTACT))))
        return
    print(described())
    print(f"  {'client':34}{'body of 200 MiB':22}{'peak grows by MiB':>18}  outcome")
    for body in BODIES:
        for name in CLIENTS:
            with serving(body) as base_url:
                command = [sys.executable, __file__, "--one", name, base_url]
                done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=120)
            told = json.loads(done.stdout)
            print(f"  {name:34}{body:22}{told['grown']:>18.1f}  {told['outcome']}", flush=True)
            expected = "read 200 MiB" if name == "httpx" else "APIResponseValidationError"
            assert told["outcome"] == expected, told


if __name__ == "__main__":
    main()
