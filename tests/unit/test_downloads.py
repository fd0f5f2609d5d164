"""Bodies that are saved to a file: whole or not at all, in how much memory and time, from a server on a socket."""

from __future__ import annotations

import asyncio
import gzip
import io
import os
import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from heymarket_openapi.operation import Operation

from heymarket import APIConnectionError, APITimeoutError, AsyncHeymarket, Heymarket, InvalidRequestError, NotFoundError

SETTINGS: dict[str, Any] = {"secret_id": "a" * 24, "secret_key": "K" * 32, "quota": None}
CONTENT = os.urandom(300_000)
BINARY: Operation[bytes] = Operation(
    name="things.content", method="GET", path="/things", build=lambda: {"url": "/things"}, parse=lambda body: body,
    path_params={}, status=200, expects="bytes", model="bytes", safe=True, saved=(200,),
    others={202: ("object", lambda body: body)},
)  # fmt: skip

Answer = Callable[[Any], object]
"""What the server does with one connection, whose request it has read."""


def answer(content: bytes = CONTENT, status: int = 200, headers: str = "", missing: int = 0) -> Answer:
    head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(content) + missing}\r\nConnection: close\r\n{headers}\r\n"
    return lambda connection: connection.sendall(head.encode() + content)


def drip(connection: Any) -> None:
    """A body that doesn't end in time."""
    connection.sendall(b"HTTP/1.1 200 X\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(100):
        connection.sendall(b"x")
        time.sleep(0.05)  # a body that drips is what is tested


def send_much(connection: Any) -> None:
    connection.sendall(b"HTTP/1.1 200 X\r\nContent-Length: 41943040\r\nConnection: close\r\n\r\n")
    for _ in range(640):
        connection.sendall(bytes(65536))


def keep_slowly(connection: Any) -> None:
    """Two responses on one connection; the second takes longer than half of the call's time, from its head on."""
    connection.sendall(b"HTTP/1.1 200 X\r\nContent-Length: 1\r\n\r\n.")
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 X\r\nContent-Length: 4\r\n\r\n")
    for _ in range(4):
        time.sleep(0.4)  # longer than half of the time in all, by the real clock of the transport
        connection.sendall(b"y")


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    sockets: list[socket.socket] = []

    def make(*answers: Answer) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        sockets.append(listener)

        def work() -> None:
            for one in answers:
                try:
                    with listener.accept()[0] as connection:
                        while b"\r\n\r\n" not in connection.recv(65536):
                            pass  # the rest of the head
                        one(connection)
                except OSError:
                    pass  # the client has gone, as some cases want

        threading.Thread(target=work, daemon=True).start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    yield make
    for one in sockets:
        one.close()


Fetch = Callable[..., Any]


@pytest.fixture(params=["sync", "async", "sync, own client", "async, own client"])
def fetch(request: pytest.FixtureRequest) -> Fetch:
    """Fetches the body with one of the clients, once for each target."""
    own = "own" in request.param

    def sync(url: str, *targets: Any, **options: Any) -> Any:
        client = httpx.Client(trust_env=False) if own else None
        try:
            with Heymarket(base_url=url, http_client=client, **SETTINGS, **options) as hm:
                return [hm._sender.send(BINARY, {"save_to": target}) for target in targets][-1]
        finally:
            if client:
                client.close()

    async def fetch_async(url: str, *targets: Any, **options: Any) -> Any:
        client = httpx.AsyncClient(trust_env=False) if own else None
        try:
            async with AsyncHeymarket(base_url=url, http_client=client, **SETTINGS, **options) as hm:
                return [await hm._sender.send(BINARY, {"save_to": target}) for target in targets][-1]
        finally:
            if client:
                await client.aclose()

    if "async" in request.param:
        return lambda *args, **options: asyncio.run(fetch_async(*args, **options))
    return sync


class Pipe(io.RawIOBase):
    """A file that can't seek."""

    def __init__(self) -> None:
        self.written = b""

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.written += bytes(piece)
        return len(piece)


def test_a_path_has_the_body_when_all_of_it_is_there(fetch: Fetch, serve: Callable[..., str], tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"an older one")
    assert fetch(serve(answer()), path) == b""
    assert path.read_bytes() == CONTENT
    assert [*tmp_path.iterdir()] == [tmp_path / "picture.png"]


def test_an_open_file_is_written_from_where_it_is(fetch: Fetch, serve: Callable[..., str], tmp_path: Path) -> None:
    with (tmp_path / "file").open("wb") as file:
        file.write(b"head")
        fetch(serve(answer()), file)
        file.write(b"tail")
    assert (tmp_path / "file").read_bytes() == b"head" + CONTENT + b"tail"


def test_what_can_not_seek_is_written_too(fetch: Fetch, serve: Callable[..., str]) -> None:
    pipe = Pipe()
    fetch(serve(answer()), pipe)
    assert pipe.written == CONTENT


def test_the_body_is_decompressed(fetch: Fetch, serve: Callable[..., str], tmp_path: Path) -> None:
    fetch(serve(answer(gzip.compress(CONTENT), headers="Content-Encoding: gzip\r\n")), tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == CONTENT


def test_without_a_file_the_body_is_returned(fetch: Fetch, serve: Callable[..., str]) -> None:
    assert fetch(serve(answer()), None) == CONTENT


def test_other_successes_are_returned(fetch: Fetch, serve: Callable[..., str], tmp_path: Path) -> None:
    assert fetch(serve(answer(b'{"later": true}', 202)), tmp_path / "file") == {"later": True}
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("kind", ["path", "file", "pipe"])
def test_a_body_that_breaks_off_is_fetched_again(
    fetch: Fetch, serve: Callable[..., str], tmp_path: Path, kind: str
) -> None:
    url = serve(answer(CONTENT[:200_000], missing=100_000), answer())
    if kind == "path":
        fetch(url, tmp_path / "file")
        assert (tmp_path / "file").read_bytes() == CONTENT
    elif kind == "file":
        file = io.BytesIO(b"head")
        file.seek(4)
        fetch(url, file)
        assert file.getvalue() == b"head" + CONTENT
    else:
        with pytest.raises(OSError, match="can't seek, and holds the beginning"):
            fetch(url, Pipe())


def test_a_cut_body_leaves_nothing(fetch: Fetch, serve: Callable[..., str], tmp_path: Path) -> None:
    cut = answer(CONTENT[:200_000], missing=1)
    path = tmp_path / "file"
    path.write_bytes(b"an older one")
    with pytest.raises(APIConnectionError):
        fetch(serve(cut, cut), path, max_retries=1)
    assert path.read_bytes() == b"an older one"
    assert [*tmp_path.iterdir()] == [tmp_path / "file"]
    file = io.BytesIO(b"head")
    file.seek(4)
    with pytest.raises(APIConnectionError):
        fetch(serve(cut), file, max_retries=0)
    assert (file.getvalue(), file.tell()) == (b"head", 4)


def test_an_error_is_not_saved(fetch: Fetch, serve: Callable[..., str], tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no such picture"):
        fetch(serve(answer(b'{"error": "no such picture"}', 404)), tmp_path / "file")
    assert not [*tmp_path.iterdir()]


def test_the_total_deadline_counts(fetch: Fetch, serve: Callable[..., str], tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(APITimeoutError):
        fetch(serve(drip), tmp_path / "file", timeout=0.5, max_retries=0)
    assert time.monotonic() - began < 3
    assert not [*tmp_path.iterdir()]


def test_a_body_has_all_of_the_time_also_on_a_kept_connection(
    fetch: Fetch, serve: Callable[..., str], tmp_path: Path
) -> None:
    fetch(serve(keep_slowly), None, tmp_path / "file", timeout=2.5)
    assert (tmp_path / "file").read_bytes() == b"yyyy"


def test_memory_is_constant_and_there_is_no_cap(fetch: Fetch, serve: Callable[..., str], tmp_path: Path) -> None:
    url = serve(answer(b"."), send_much)
    fetch(url, tmp_path / "file")  # what is imported and made once
    tracemalloc.start()
    try:
        fetch(url, tmp_path / "file")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (tmp_path / "file").stat().st_size == 40 * 1024 * 1024
    assert peak < 8 * 1024 * 1024


def test_a_full_disk_is_the_caller_s_own_error(fetch: Fetch, serve: Callable[..., str]) -> None:
    class Full(io.BytesIO):
        def write(self, piece: Any) -> int:
            if piece:
                raise OSError(28, "No space left on device")
            return 0

    with pytest.raises(OSError, match="No space left on device") as caught:
        fetch(serve(answer()), Full())
    assert caught.value.errno == 28
    assert CONTENT[:64] not in str(caught.getrepr(showlocals=True)).encode()


def test_a_folder_that_is_missing_costs_no_request(fetch: Fetch, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        fetch("http://127.0.0.1:1", tmp_path / "none" / "file")


@pytest.mark.parametrize("target", ["file", io.StringIO(), 5, io.BufferedReader(io.BytesIO())])
def test_what_is_no_file_for_bytes_is_refused(fetch: Fetch, target: Any) -> None:
    with pytest.raises(InvalidRequestError, match="save_to must be a Path"):
        fetch("http://127.0.0.1:1", target)


def test_a_response_that_a_mock_has_already_is_saved(tmp_path: Path) -> None:
    mock = httpx.MockTransport(lambda _: httpx.Response(200, content=CONTENT))
    with httpx.Client(transport=mock) as client, Heymarket(http_client=client, **SETTINGS) as hm:
        assert hm._sender.send(BINARY, {"save_to": tmp_path / "file"}) == b""
    assert (tmp_path / "file").read_bytes() == CONTENT
