"""Bodies that aren't JSON, to a server on a socket: what is sent, once and again, in how much memory and time."""

from __future__ import annotations

import asyncio
import io
import os
import socket
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from heymarket_openapi.operation import Operation

from heymarket import APITimeoutError, AsyncHeymarket, File, Heymarket, InternalServerError, InvalidRequestError

SETTINGS: dict[str, Any] = {"secret_id": "a" * 24, "secret_key": "K" * 32, "quota": None}


def operation(media: str = "multipart/form-data", **more: Any) -> Operation[Any]:
    return Operation(
        name="things.send",
        method="POST",
        path="/things",
        build=lambda body: {"url": "/things", "json": body},
        parse=lambda body: body,
        path_params={},
        status=200,
        expects="object",
        model="dict",
        safe=True,
        media=media,
        files=("file",),
        **more,
    )


class Server:
    """Reads whole requests and answers each with the next status; 0 reads nothing."""

    def __init__(self, *statuses: int) -> None:
        self.heads: list[bytes] = []
        self.bodies: list[bytes] = []
        self._statuses = statuses
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._done = threading.Event()
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._done.set()
        self._thread.join(10)
        self._socket.close()

    def _serve(self) -> None:
        for status in self._statuses:
            with self._socket.accept()[0] as connection:
                if not status:
                    self._done.wait(20)
                    return
                with connection.makefile("rb") as received:
                    self._read(received)
                connection.sendall(
                    f"HTTP/1.1 {status} X\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}".encode()
                )

    def _read(self, received: Any) -> None:
        head = b"".join(iter(received.readline, b"\r\n")).lower()
        self.heads.append(head)
        if b"chunked" in head:
            body = b""
            while size := int(received.readline(), 16):
                body += received.read(size)
                received.readline()
            received.readline()
        else:
            left = int(head.partition(b"content-length: ")[2].split()[0])
            body = received.read(left) if left < 1 << 20 else b""
            while left and not body:
                left -= len(received.read(min(left, 1 << 16)))
        self.bodies.append(body)


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []

    def make(*statuses: int) -> Server:
        servers.append(Server(*statuses))
        return servers[-1]

    yield make
    for server in servers:
        server.close()


Send = Callable[..., Any]


@pytest.fixture(params=["sync", "async", "sync, own client", "async, own client"])
def send(request: pytest.FixtureRequest) -> Send:
    """Sends a body with one of the clients."""
    own = "own" in request.param

    def sync(url: str, what: Operation[Any], body: Any, **options: Any) -> Any:
        client = httpx.Client(trust_env=False) if own else None
        try:
            with Heymarket(base_url=url, http_client=client, **SETTINGS, **options) as hm:
                return hm._sender.send(what, {"body": body})
        finally:
            if client:
                client.close()

    async def send_async(url: str, what: Operation[Any], body: Any, **options: Any) -> Any:
        client = httpx.AsyncClient(trust_env=False) if own else None
        try:
            async with AsyncHeymarket(base_url=url, http_client=client, **SETTINGS, **options) as hm:
                return await hm._sender.send(what, {"body": body})
        finally:
            if client:
                await client.aclose()

    def asynchronous(*args: Any, **options: Any) -> Any:
        return asyncio.run(send_async(*args, **options))

    return asynchronous if "async" in request.param else sync


def test_a_form_has_its_fields_and_files_in_order(send: Send, serve: Callable[..., Server], tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"picture")
    server = serve(200)

    send(
        server.url,
        operation(),
        {
            "title": "ü",
            "sizes": [1, None, True],
            "about": {"a": 1},
            "file": [tmp_path / "a.png", File(b"more", 'b"\r\n.txt'), b"x"],
        },
    )

    boundary = server.heads[0].partition(b"boundary=")[2].split()[0]
    parts = [part.strip(b"\r\n") for part in server.bodies[0].split(b"--" + boundary)]
    named = b'Content-Disposition: form-data; name="'
    assert parts == [
        b"",
        named + b'title"\r\n\r\n' + "ü".encode(),
        named + b'sizes"\r\n\r\n1',
        named + b'sizes"\r\n\r\ntrue',
        named + b'about"\r\nContent-Type: application/json\r\n\r\n{"a": 1}',
        named + b'file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\npicture',
        named + b'file"; filename="b%22%0D%0A.txt"\r\nContent-Type: text/plain\r\n\r\nmore',
        named + b'file"; filename="file"\r\nContent-Type: application/octet-stream\r\n\r\nx',
        b"--",
    ]


def test_an_attempt_begins_where_the_file_was(send: Send, serve: Callable[..., Server]) -> None:
    server = serve(503, 429, 200)
    opened = io.BytesIO(b"skipped content")
    opened.seek(8)

    send(server.url, operation("application/octet-stream"), opened)

    assert server.bodies == [b"content"] * 3
    assert not opened.closed


def test_what_can_not_seek_is_sent_once(send: Send, serve: Callable[..., Server]) -> None:
    server = serve(503)
    reading, writing = os.pipe()
    os.write(writing, b"content")
    os.close(writing)

    with os.fdopen(reading, "rb") as pipe, pytest.raises(InternalServerError) as caught:
        send(server.url, operation("application/octet-stream"), pipe)

    assert (caught.value.attempts, server.bodies) == (1, [b"content"])


def test_a_large_file_takes_no_memory_and_is_closed(send: Send, serve: Callable[..., Server], tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(64 << 20)
    server = serve(503, 200)
    tracemalloc.start()
    try:
        send(server.url, operation(), {"file": large})
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 16 << 20
    assert not [one for one in Path("/proc/self/fd").glob("*") if one.exists() and one.resolve() == large]


def test_the_timeout_covers_the_upload(send: Send, serve: Callable[..., Server], tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(64 << 20)

    with pytest.raises(APITimeoutError):
        send(serve(0).url, operation(), {"file": large}, timeout=0.5, max_retries=0)


@pytest.mark.parametrize("wrong", ["a path as a string", 5, None, io.StringIO("text"), Path("/none")])
def test_what_is_no_file_is_refused_without_repeating_it(wrong: Any) -> None:
    with (
        Heymarket(base_url="http://127.0.0.1:1", **SETTINGS) as hm,
        pytest.raises(InvalidRequestError, match=r"file (must be|can't be read)") as caught,
    ):
        hm._sender.send(operation(), {"body": {"file": wrong}})

    assert "path as a" not in str(caught.value)
    assert "none" not in str(caught.value)
