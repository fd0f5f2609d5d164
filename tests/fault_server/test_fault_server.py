"""The server that faults are played on."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import threading
import zlib
from typing import Any

import httpx
import pytest

from tests.fault_server import (
    CHANNEL,
    BadGzip,
    BrokenChunks,
    Close,
    Drip,
    Fault,
    FaultServer,
    HugeBody,
    Informational,
    Match,
    Raw,
    Reset,
    Respond,
    WrongLength,
)


def statuses(server: FaultServer, *requests: str) -> list[int]:
    """The status of the response to each request, such as `GET /a`."""
    with httpx.Client(base_url=server.base_url, trust_env=False) as client:
        return [client.request(*request.split()).status_code for request in requests]


def received(server: FaultServer) -> bytes:
    """All that comes back for one request, until the connection ends or half a second passes without a byte."""
    host, port = server.base_url.removeprefix("http://").split(":")
    data = b""
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        connection.settimeout(0.5)
        try:
            while piece := connection.recv(65536):
                data += piece
        except TimeoutError:
            pass
    return data


def test_without_a_fault_it_responds_well_and_lists_what_reached_it() -> None:
    with FaultServer() as server, httpx.Client(trust_env=False) as client:
        response = client.post(f"{server.base_url}/a%20b?c=d", content=b"body", headers={"Authorization": "Bearer tok"})
        assert response.json() == dict(CHANNEL)
        assert response.headers["X-Request-Id"] == "req-1"
        (request,) = server.requests
        assert (request.method, request.path, request.query, request.body) == ("POST", "/a%20b", "c=d", b"body")
        assert (request.headers["AUTHORIZATION"], request.connection, request.request_id) == ("Bearer tok", 1, "req-1")
        assert (server.connections_opened, server.connections_open) == (1, 1)
        assert not server.all_closed(within=0.0)
        assert "tok" not in repr(request)
        assert "tok" not in repr(request.headers)
    assert server.connections_open == 0


def test_the_good_response_can_be_another_one() -> None:
    with FaultServer(answer=Respond(201, [1], {"X-Mine": "yes"})) as server:
        response = httpx.get(server.base_url, trust_env=False)
    assert (response.status_code, response.json(), response.headers["X-Mine"]) == (201, [1], "yes")


def test_faults_match_by_method_path_and_number_and_are_used_up() -> None:
    faults = [
        Fault(Respond(500), Match(method="post")),
        Fault(Respond(501), Match(path="/exact"), count=1),
        Fault(Respond(502), Match(path="/begins/*")),
        Fault(Respond(503), Match(path="/third", nth=3)),
    ]
    with FaultServer(*faults) as server:
        assert statuses(server, "POST /a", "GET /a", "GET /exact", "GET /exact", "GET /exact/ly") == [
            500, 200, 501, 200, 200,
        ]  # fmt: skip
        assert statuses(server, "GET /begins/here?x=/y", "GET /begins", "GET /third", "GET /third", "GET /third") == [
            502, 200, 200, 200, 503,
        ]  # fmt: skip
        assert statuses(server, "GET /third") == [200]


def test_faults_can_be_added_and_forgotten_while_it_runs() -> None:
    with FaultServer() as server:
        server.add(Fault(Respond(503), count=1), Fault(Respond(504)))
        assert statuses(server, "GET /", "GET /", "GET /") == [503, 504, 504]
        server.clear()
        assert statuses(server, "GET /") == [200]


def test_it_can_refuse_connections_at_first() -> None:
    with FaultServer(refuses=True) as server:
        with pytest.raises(httpx.ConnectError):
            statuses(server, "GET /")
        server.listen()
        assert statuses(server, "GET /") == [200]


@pytest.mark.parametrize("action", [Close, Reset])
def test_a_connection_can_end_before_the_response_or_with_the_next_request(action: Any) -> None:
    broken = (httpx.RemoteProtocolError, httpx.ReadError)
    with FaultServer(Fault(action("before"))) as server, pytest.raises(broken):
        statuses(server, "GET /")
    with FaultServer(Fault(action("next"), count=1)) as server, httpx.Client(trust_env=False) as client:
        assert client.get(server.base_url).status_code == 200
        with pytest.raises(broken):
            client.get(server.base_url)
        assert [request.connection for request in server.requests] == [1, 1]


def test_a_connection_can_end_during_the_response_or_after_it() -> None:
    with FaultServer(Fault(Close("during"), count=1), Fault(Close("after"))) as server:
        half, whole = (received(server).partition(b"\r\n\r\n")[2] for _ in range(2))
        assert json.loads(whole) == dict(CHANNEL)
        assert half == whole[: len(whole) // 2]


def test_a_reset_is_one() -> None:
    with FaultServer(Fault(Reset("before"))) as server, pytest.raises(ConnectionResetError):
        received(server)


@pytest.mark.parametrize(
    ("action", "there"),
    [
        (Raw(b"as it is"), b"as it is"),
        (Respond(299, b"x", framing="chunked"), b"1\r\nx\r\n0\r\n\r\n"),
        (Respond(299, b"", framing="chunked"), b"\r\n\r\n0\r\n\r\n"),
        (Respond(299), b"HTTP/1.1 299 Unknown\r\n"),
        (Respond.redirect("http://elsewhere", 307), b"Location: http://elsewhere\r\n"),
        (Respond.throttled("7"), b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\n"),
        (Respond.unauthorized("yesterday"), b"HTTP/1.1 401 Unauthorized\r\nDate: yesterday\r\n"),
        (Informational(103, 2), b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\nHTTP/1.1 103"),
        (WrongLength("words"), b"Content-Length: many\r\n"),
        (WrongLength("negative"), b"Content-Length: -"),
        (BrokenChunks("size"), b"\r\n\r\nzz\r\n"),
        (BadGzip("garbage"), b"Content-Encoding: gzip\r\n"),
    ],
    ids=repr,
)
def test_what_is_written_is_what_was_asked_for(action: Any, there: bytes) -> None:
    with FaultServer(Fault(action)) as server:
        assert there in received(server)


def test_a_bomb_is_small_and_inflates_to_what_it_says() -> None:
    size = 5 * 1024 * 1024
    with FaultServer(Fault(BadGzip("bomb", size))) as server:
        sent = received(server).partition(b"\r\n\r\n")[2]
    assert len(sent) < size / 500
    inflated = gzip.decompress(sent)
    assert len(inflated) == size + 2
    assert inflated.strip() == b"{}"


def test_a_gzip_cut_short_is_one_that_lacks_its_end() -> None:
    with FaultServer(Fault(BadGzip("cut"))) as server:
        sent = received(server).partition(b"\r\n\r\n")[2]
    inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
    assert inflate.decompress(sent)
    assert not inflate.eof


@pytest.mark.parametrize("framing", ["length", "chunked", "close"])
def test_a_huge_body_is_as_long_as_it_says(framing: Any) -> None:
    with FaultServer(Fault(HugeBody(1_000_000, framing))) as server:
        assert len(httpx.get(server.base_url, trust_env=False).content) == 1_000_000


def test_a_body_that_drips_is_whole_in_the_end() -> None:
    with FaultServer(Fault(Drip("body", every=0.0))) as server:
        assert httpx.get(server.base_url, trust_env=False).json() == dict(CHANNEL)


def test_what_is_no_fault_is_refused_where_it_is_written() -> None:
    wrong: Any = 503
    with pytest.raises(TypeError, match=r"Fault takes an action, such as Respond\(503\), not a int"):
        Fault(wrong)
    action: Any = Respond(503)
    with FaultServer() as server, pytest.raises(TypeError, match="A Fault is expected"):
        server.add(action)


def test_words_that_no_action_knows_are_refused() -> None:
    with pytest.raises(ValueError, match="when must be one of before"):
        Reset("sometimes")  # type: ignore[arg-type] # the point here


def test_a_head_response_has_no_body() -> None:
    with FaultServer() as server, httpx.Client(trust_env=False) as client:
        assert [client.head(server.base_url).status_code for _ in range(2)] == [200, 200]
        assert server.connections_opened == 1


@pytest.mark.parametrize(
    "sent", [b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", b"GET / HT", b""]
)
def test_a_client_that_speaks_no_http_is_let_go(sent: bytes) -> None:
    with FaultServer() as server:
        host, port = server.base_url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            assert connection.recv(100) == b""
        assert server.requests == ()
        assert statuses(server, "GET /") == [200]


def test_nothing_is_left_of_it_whatever_a_client_holds_open() -> None:
    before = set(threading.enumerate())
    with FaultServer(Fault(Drip(), Match(path="/drips"))) as server:
        host, port = server.base_url.removeprefix("http://").split(":")
        connections = [socket.create_connection((host, int(port))) for _ in range(3)]
        connections[0].sendall(b"GET /drips HTTP/1.1\r\n\r\n")
        connections[1].sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert connections[0].recv(1) == b"H"
        assert connections[1].recv(1) == b"H"
    for connection in connections:
        connection.close()
    assert set(threading.enumerate()) == before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, int(port)))


def test_it_serves_many_at_once() -> None:
    async def main() -> list[int]:
        async with httpx.AsyncClient(trust_env=False) as client:
            responses = await asyncio.gather(*[client.get(server.base_url) for _ in range(20)])
        return [response.status_code for response in responses]

    with FaultServer() as server:
        assert asyncio.run(main()) == [200] * 20
        assert sorted(request.request_id for request in server.requests) == sorted(f"req-{n}" for n in range(1, 21))
