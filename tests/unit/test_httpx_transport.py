"""The default transport on real sockets: whole answers, the deadline, the size cap, forks and event loops."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import re
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import httpx
import pytest

from heymarket import (
    APIConnectionError,
    APIResponseValidationError,
    APITimeoutError,
    AsyncHeymarket,
    Heymarket,
    HeymarketError,
)
from tests.fakes import CHANNEL, CONTACT, PHONE, SECRET_ID, SECRET_KEY, Door

BODY = json.dumps(CHANNEL).encode()


def http(body: bytes = BODY, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


class Server:
    """A server that answers each request on a connection by a function of its own; counts what reached it."""

    def __init__(self, respond: Callable[[socket.socket], None]) -> None:
        self.respond = respond
        self.requests: list[bytes] = []
        self.connections = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.open: list[socket.socket] = []
        self.threads = [threading.Thread(target=self._accept, daemon=True)]
        self.threads[0].start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            self.open.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self.threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        received = b""
        try:
            while data := connection.recv(65536):
                received += data
                head, _, body = received.partition(b"\r\n\r\n")
                length = re.search(rb"Content-Length: (\d+)", head)
                if b"\r\n\r\n" in received and len(body) == (int(length[1]) if length else 0):
                    self.requests.append(received)
                    received = b""
                    self.respond(connection)
        except OSError:
            pass
        finally:
            connection.close()

    def close(self) -> None:
        for connection in self.open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for thread in self.threads:
            thread.join(5)


@contextmanager
def serving(respond: Callable[[socket.socket], None] | bytes) -> Iterator[Server]:
    server = Server((lambda connection: connection.sendall(respond)) if isinstance(respond, bytes) else respond)
    try:
        yield server
    finally:
        server.close()


def get(hm: Any) -> Any:
    return hm.contact_channels.get(CONTACT, "phone")


def drip(data: bytes, every: float = 0.02) -> Callable[[socket.socket], None]:
    def respond(connection: socket.socket) -> None:
        for index in range(len(data)):
            connection.sendall(data[index : index + 1])
            time.sleep(every)

    return respond


def test_a_call_over_a_real_socket(door: Door) -> None:
    with serving(http()) as server:
        assert door(get, base_url=f"{server.url}/prefix").channel_id == PHONE
    request = server.requests[0].decode()
    assert request.startswith(f"GET /prefix/v2/contact/{CONTACT}/channel/phone HTTP/1.1\r\n")
    assert f"Host: {server.url.removeprefix('http://')}\r\n" in request
    assert request.count("Authorization: Bearer ") == 1
    assert "cookie" not in request.lower()


def test_a_body_is_sent_with_its_length(door: Door) -> None:
    with serving(http(b'{"id":1}')) as server:
        assert door(lambda hm: hm.request("POST", "/v1/tag", json={"tag": "é"}), base_url=server.url) == {"id": 1}
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert b"Content-Length: 12" in head
    assert body == '{"tag":"é"}'.encode()


def test_connections_are_kept(door: Door) -> None:
    def thrice(hm: Any) -> Any:
        async def run() -> list[Any]:
            return [await get(hm) for _ in range(3)]

        return run() if door.is_async else [get(hm) for _ in range(3)]

    with serving(http()) as server:
        door(thrice, base_url=server.url)
    assert (len(server.requests), server.connections) == (3, 1)


@pytest.mark.parametrize("encoding", ["gzip", "GZIP", "x-gzip"])
def test_gzip_is_read(encoding: str, door: Door) -> None:
    with serving(http(gzip.compress(BODY), f"Content-Encoding: {encoding}")) as server:
        assert door(get, base_url=server.url).channel_id == PHONE
    assert b"Accept-Encoding: gzip\r\n" in server.requests[0]


@pytest.mark.parametrize(
    ("body", "encoding"),
    [(b"\x1f\x8bnot gzip at all", "gzip"), (gzip.compress(BODY)[:-20], "gzip")],
    ids=["no gzip", "gzip cut short"],  # gzip writes the time into what it makes
)
def test_a_body_that_cannot_be_decompressed_is_a_clear_error(body: bytes, encoding: str, door: Door) -> None:
    with (
        serving(http(body, f"Content-Encoding: {encoding}", "X-Request-Id: req-9")) as server,
        pytest.raises(APIResponseValidationError, match="can't be decompressed") as caught,
    ):
        door(get, base_url=server.url)
    assert (len(server.requests), caught.value.request_id) == (1, "req-9")


@pytest.mark.parametrize("encoding", ["UTF-8", "none", "aws-chunked", "identity", "gzip", "gzip, identity"])
def test_a_plain_body_is_read_under_any_coding(encoding: str, door: Door) -> None:
    with serving(http(BODY, f"Content-Encoding: {encoding}")) as server:
        assert door(get, base_url=server.url).channel_id == PHONE


@pytest.mark.parametrize("encoding", ["gzip, identity", "identity, GZIP", "gzip, gzip"])
def test_gzip_is_read_from_a_list_of_codings(encoding: str, door: Door) -> None:
    with serving(http(gzip.compress(BODY), f"Content-Encoding: {encoding}")) as server:
        assert door(get, base_url=server.url).channel_id == PHONE


@pytest.mark.parametrize("padding", [bytes(8), b"\r\n", b" "], ids=["zeros", "newline", "space"])
def test_padding_behind_a_gzip_body_is_ignored(padding: bytes, door: Door) -> None:
    with serving(http(gzip.compress(BODY) + padding, "Content-Encoding: gzip")) as server:
        assert door(get, base_url=server.url).channel_id == PHONE


@pytest.mark.parametrize("encoding", ["deflate", "br"])
def test_a_coding_that_nobody_asked_for_is_said_to_be_no_json(encoding: str, door: Door) -> None:
    with (
        serving(http(zlib.compress(BODY), f"Content-Encoding: {encoding}")) as server,
        pytest.raises(APIResponseValidationError, match="a body that is not JSON"),
    ):
        door(get, base_url=server.url)


def test_several_gzip_members_are_one_body(door: Door) -> None:
    body = gzip.compress(BODY[:50]) + gzip.compress(BODY[50:])
    with serving(http(body, "Content-Encoding: gzip")) as server:
        assert door(get, base_url=server.url).channel_id == PHONE


def test_an_empty_body_needs_no_decompressing(door: Door) -> None:
    with serving(http(b"", "Content-Encoding: br", status="200 OK")) as server:
        assert door(lambda hm: hm.request("DELETE", "/v1/tag/1"), base_url=server.url) is None


def test_a_post_without_a_body_says_that_it_has_none(door: Door) -> None:
    with serving(http(b"{}")) as server:
        door(lambda hm: hm.request("POST", "/v1/tags"), base_url=server.url)
    assert b"Content-Length: 0\r\n" in server.requests[0]


def test_a_gzip_bomb_is_refused_while_reading(door: Door) -> None:
    bomb = gzip.compress(b"[" + b" " * 100_000_000 + b"]")
    assert len(bomb) < 200_000
    with (
        serving(http(bomb, "Content-Encoding: gzip")) as server,
        pytest.raises(APIResponseValidationError, match="over the size cap"),
    ):
        door(get, base_url=server.url)
    assert len(server.requests) == 1


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_server_that_drips_does_not_hold_a_call(part: str, door: Door) -> None:
    dripped = drip(http()) if part == "headers" else drip(BODY)

    def respond(connection: socket.socket) -> None:
        if part == "body":
            connection.sendall(http()[: -len(BODY)])
        dripped(connection)

    started = time.monotonic()
    with serving(respond) as server, pytest.raises(APITimeoutError):
        door(get, base_url=server.url, timeout=0.3, max_retries=0)
    assert time.monotonic() - started < 4


def test_a_server_that_says_nothing_does_not_hold_a_call(door: Door) -> None:
    started = time.monotonic()
    with serving(lambda _: None) as server, pytest.raises(APITimeoutError, match=r"had 0\.2 s"):
        door(get, base_url=server.url, timeout=0.2)
    assert time.monotonic() - started < 4


def test_a_refused_connection_says_so(door: Door) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with pytest.raises(APIConnectionError, match="refused") as caught:
        door(get, base_url=f"http://127.0.0.1:{port}", max_retries=0)
    assert not caught.value.outcome_unknown
    assert caught.value.__cause__ is None, "the causes' frames hold the Authorization header"


def test_a_body_cut_short_is_asked_for_again(door: Door) -> None:
    answers = [http()[:-10], http()]

    def respond(connection: socket.socket) -> None:
        connection.sendall(answers.pop(0))
        if answers:
            connection.shutdown(socket.SHUT_RDWR)

    with serving(respond) as server:
        assert door(get, base_url=server.url).channel_id == PHONE
    assert len(server.requests) == 2


def test_a_write_cut_short_is_not_repeated_and_its_outcome_unknown(door: Door) -> None:
    def respond(connection: socket.socket) -> None:
        connection.sendall(http()[:-10])
        connection.shutdown(socket.SHUT_RDWR)

    with serving(respond) as server, pytest.raises(APIConnectionError) as caught:
        door(lambda hm: hm.request("POST", "/v1/tag", json={}), base_url=server.url)
    assert caught.value.outcome_unknown
    assert len(server.requests) == 1


def test_cookies_are_not_kept(door: Door) -> None:
    def twice(hm: Any) -> Any:
        async def run() -> None:
            await get(hm)
            await get(hm)

        return run() if door.is_async else (get(hm), get(hm))

    with serving(http(BODY, "Set-Cookie: session=1")) as server:
        door(twice, base_url=server.url)
    assert b"session" not in b"".join(server.requests)


def test_the_caller_s_own_client_is_used_and_stays_open(door: Door) -> None:
    settings: Any = {"headers": {"X-Mine": "1"}, "auth": ("a", "b"), "cookies": {"c": "1"}, "params": {"p": "1"}}
    with serving(http(BODY, "Set-Cookie: session=1")) as server:
        if door.is_async:

            async def main() -> httpx.AsyncClient:
                async with httpx.AsyncClient(**settings) as client:
                    async with AsyncHeymarket(SECRET_ID, SECRET_KEY, base_url=server.url, http_client=client) as hm:
                        assert (await get(hm)).channel_id == PHONE
                    assert not client.is_closed
                    return client

            asyncio.run(main())
        else:
            with httpx.Client(**settings) as client:
                with Heymarket(SECRET_ID, SECRET_KEY, base_url=server.url, http_client=client) as hm:
                    assert get(hm).channel_id == PHONE
                assert not client.is_closed
    (request,) = server.requests
    assert request.startswith(f"GET /v2/contact/{CONTACT}/channel/phone HTTP/1.1".encode())
    assert b"x-mine: 1" in request.lower()
    assert b"Basic" not in request
    assert b"cookie" not in request.lower()


def through_own_client(door: Door, url: str, **options: Any) -> Any:
    if not door.is_async:
        with httpx.Client(follow_redirects=True) as client:
            return door(get, base_url=url, http_client=client, **options)

    async def main() -> Any:
        async with (
            httpx.AsyncClient(follow_redirects=True) as client,
            AsyncHeymarket(SECRET_ID, SECRET_KEY, base_url=url, http_client=client, **options) as hm,
        ):
            return await get(hm)

    return asyncio.run(main())


def test_the_caller_s_own_client_follows_no_redirect(door: Door) -> None:
    redirect = http(b"", "Location: /elsewhere", status="302 Found")
    with serving(redirect) as server, pytest.raises(HeymarketError, match="redirected"):
        through_own_client(door, server.url)
    assert len(server.requests) == 1


def test_a_mock_transport_of_the_caller_s_works(door: Door) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=CHANNEL))
    client: Any = httpx.AsyncClient(transport=transport) if door.is_async else httpx.Client(transport=transport)
    assert door(get, base_url="http://127.0.0.1:1", http_client=client).channel_id == PHONE
    asyncio.run(client.aclose()) if door.is_async else client.close()


def test_the_caller_s_own_client_keeps_the_deadline(door: Door) -> None:
    with serving(lambda _: None) as server, pytest.raises(APITimeoutError):
        through_own_client(door, server.url, timeout=0.2, max_retries=0)


def test_the_caller_s_own_client_closed_too_early_says_so(door: Door) -> None:
    client: Any = httpx.AsyncClient() if door.is_async else httpx.Client()
    asyncio.run(client.aclose()) if door.is_async else client.close()
    with pytest.raises(HeymarketError, match="http_client given to this client is closed"):
        door(get, base_url="http://127.0.0.1:1", http_client=client)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")  # 3.12 on; the point here
def test_a_forked_child_has_connections_of_its_own() -> None:
    with serving(http()) as server, Heymarket(SECRET_ID, SECRET_KEY, base_url=server.url) as hm:
        get(hm)
        ok = False
        child = os.fork()
        if child == 0:
            try:
                ok = get(hm).channel_id == PHONE
            finally:
                os._exit(0 if ok else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert get(hm).channel_id == PHONE
    assert server.connections == 2


def test_an_async_client_on_a_second_event_loop_says_so() -> None:
    with serving(http()) as server:
        hm = AsyncHeymarket(SECRET_ID, SECRET_KEY, base_url=server.url)

        async def use() -> None:
            await get(hm)

        async def use_and_close() -> None:
            await get(hm)
            await hm.close()

        with asyncio.Runner() as first:
            first.run(use())
            with asyncio.Runner() as second, pytest.raises(HeymarketError, match="another event loop"):
                second.run(use())
            first.run(use_and_close())


def test_threads_share_a_client() -> None:
    with serving(http()) as server, Heymarket(SECRET_ID, SECRET_KEY, base_url=server.url) as hm:
        results: list[str] = []
        threads = [threading.Thread(target=lambda: results.append(get(hm).channel_id)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert results == [PHONE] * 8


def test_proxies_from_the_environment_are_used_except_for_this_machine(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(http()) as proxy, serving(http()) as server:
        monkeypatch.setenv("http_proxy", proxy.url)
        door(get, base_url=server.url)
        assert (len(proxy.requests), len(server.requests)) == (0, 1)
        door(get, base_url="http://service.example", allow_insecure_http=True)
        assert proxy.requests[0].startswith(b"GET http://service.example/v2/contact/")
        monkeypatch.setenv("no_proxy", "service.example")
        with pytest.raises(APIConnectionError):
            door(get, base_url="http://service.example", allow_insecure_http=True, max_retries=0, timeout=2)
        assert len(proxy.requests) == 1


@pytest.mark.parametrize(
    "response",
    [
        b"HTTP/1.1 200 OK\r\nget-ban/x.php: a\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nX-Foo : a\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"hello 15555550100\r\n\r\n",
        b"HTTP/1.1 99999 Nope\r\n\r\n",
    ],
)
def test_a_malformed_response_is_called_that(response: bytes, door: Door) -> None:
    with serving(response) as server, pytest.raises(APIConnectionError) as caught:
        door(lambda hm: hm.request("POST", "/v1/tag", json={}), base_url=server.url)
    assert "request or response is not valid HTTP" in str(caught.value)
    assert (caught.value.attempts, caught.value.outcome_unknown) == (1, True)
    assert PHONE not in str(caught.value)
    with serving(response) as server, pytest.raises(APIConnectionError, match="does something else listen there"):
        door(get, base_url=server.url, max_retries=0)


def test_an_async_client_without_asyncio_says_so() -> None:
    hm = AsyncHeymarket(SECRET_ID, SECRET_KEY)
    for step in (hm.team.get(), hm.close()):
        with pytest.raises(HeymarketError, match=r"needs a running event loop of asyncio.*trio"):
            step.send(None)  # as trio does
