"""The server that every client in a benchmark talks to: one fixed answer, as fast as Python gives it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

CONTACT = "3f8e0c6e-5b1a-4d1e-9c64-0a6b5a1d0001"
PATH = f"/v2/contact/{CONTACT}/channel/phone"
BODY = (
    b'{"id":11,"team_id":7,"contact_id":101,"channel_type":"phone","channel_id":"15555550100","info_channel":"",'
    b'"channel_handle":"","created":"2024-01-01T00:00:00Z","updated":"2024-01-02T00:00:00Z"}'
)
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: Mon, 01 Jan 2024 00:00:00 GMT\r\n"
    b"X-Request-Id: 6f1c9c5e-0000-4000-8000-000000000001\r\nContent-Length: %d\r\n\r\n" % len(BODY)
) + BODY


class _Answer(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._pending = b""

    def data_received(self, data: bytes) -> None:
        self._pending += data
        while b"\r\n\r\n" in self._pending:
            _, self._pending = self._pending.split(b"\r\n\r\n", 1)
            self._transport.write(ANSWER)  # type: ignore[attr-defined]


def _end_with_parent() -> None:
    """Its pipe ends with it, however it ends; a server that stays behind would keep a core and the terminal busy."""
    sys.stdin.read()
    os._exit(0)


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(_Answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def serving() -> Iterator[str]:
    """Run the server in a process of its own; gives its base URL."""
    command = [sys.executable, __file__]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.kill()
        process.wait()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        process.stdout.close()


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    asyncio.run(_serve())
