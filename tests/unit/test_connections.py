"""How connections are made, kept, given up and left behind."""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from heymarket import APIConnectionError, APITimeoutError, AsyncHeymarket, ConfigurationError, Heymarket, HeymarketError
from heymarket._messages import FailureKind, Request, Response, TransportFailure
from heymarket._transports import httpx
from heymarket._transports.async_httpx import AsyncHttpxTransport
from heymarket._transports.httpx import HttpxTransport
from heymarket._transports.proxies import proxy_for
from tests.fakes import CONTACT, PHONE, SECRET_ID, SECRET_KEY, Door
from tests.unit.test_httpx_transport import get, http, serving
from tests.unit.test_secrecy import shown_in


@contextmanager
def nobody_home(address: str = "127.0.0.1", port: int = 0) -> Iterator[int]:
    """A port where connecting never ends: its queue of connections is full."""
    with socket.socket() as listener:
        try:
            listener.bind((address, port))
        except OSError:
            pytest.skip(f"this system has no {address}")
        listener.listen(0)
        port = listener.getsockname()[1]
        waiting: list[socket.socket] = []
        try:
            for _ in range(16):
                sock = socket.socket()
                waiting.append(sock)
                sock.settimeout(0.05)
                try:
                    sock.connect((address, port))
                except TimeoutError:
                    break
            else:
                pytest.skip("this system takes all connections")
            yield port
        finally:
            for sock in waiting:
                sock.close()


def resolving(*addresses: str) -> Callable[..., Any]:
    def getaddrinfo(host: str, port: int, *_: Any, **__: Any) -> Any:
        places = addresses if host == "service.example" else (host,)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, port)) for place in places]

    return getaddrinfo


def forget(clients: list[Any]) -> None:
    clients.clear()
    gc.collect()


def make_transport(door: Door, url: str) -> Any:
    return AsyncHttpxTransport(url) if door.is_async else HttpxTransport(url)


class Runner:
    """Uses an transport, sync or async, within one event loop."""

    def __init__(self, door: Door, url: str) -> None:
        self.door = door
        self.url = url
        self.loop = asyncio.Runner() if door.is_async else None
        self.transport = make_transport(door, url)

    def run(self, result: Any) -> Any:
        async def wait() -> Any:
            return await result

        return self.loop.run(wait()) if self.loop else result

    def send(self, timeout: float = 5.0) -> Response | TransportFailure:
        outcome: Response | TransportFailure = self.run(
            self.transport.send(Request("GET", f"{self.url}/a", [], None, timeout))
        )
        return outcome

    def close(self) -> None:
        self.run(self.transport.close())
        if self.loop:
            self.loop.close()


def test_the_connection_used_last_is_used_first_and_old_ones_are_closed(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(http()) as server, closing(Runner(door, server.url)) as runner:
        assert isinstance(runner.send(), Response)
        (old,) = [runner.transport._idle.pop()]
        assert isinstance(runner.send(), Response), "on a second connection"
        (young,) = runner.transport._idle
        monkeypatch.setattr(old.core, "has_expired", lambda: True)
        runner.transport._idle.insert(0, old)
        assert isinstance(runner.send(), Response)
        assert runner.transport._idle == [young]
        assert old.core.is_closed() or old._writer.is_closing()
        assert server.connections == 2


def test_bytes_after_a_response_are_not_taken_for_the_next_one(door: Door) -> None:
    evil = http(b'{"id":666}')
    with serving(http() + evil) as server, closing(Runner(door, server.url)) as runner:
        bodies = [runner.send() for _ in range(3)]
    assert [isinstance(body, Response) and b"666" not in body.content for body in bodies] == [True] * 3
    assert server.connections == 3


def test_a_body_that_is_not_read_to_its_end_costs_its_connection(door: Door) -> None:
    huge = http(b" " * (33 << 20))
    with serving(huge) as server, closing(Runner(door, server.url)) as runner:
        outcome = runner.send()
        assert isinstance(outcome, TransportFailure)
        assert outcome.kind is FailureKind.TOO_LARGE
        assert runner.transport._idle == []


def test_a_connection_that_the_server_closed_while_idle_is_not_used(door: Door) -> None:
    with serving(http()) as server, closing(Runner(door, server.url)) as runner:
        assert isinstance(runner.send(), Response)
        server.open[0].shutdown(socket.SHUT_RDWR)
        server.threads[1].join(5)
        assert isinstance(runner.send(), Response)
    assert server.connections == 2


def test_a_call_that_finds_no_free_connection_in_time_says_that_nothing_was_sent(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(httpx, "MAX_CONNECTIONS", 0)
    with closing(Runner(door, "http://127.0.0.1:9")) as runner:
        assert runner.send(0.05) == TransportFailure(FailureKind.TIMEOUT, "no connection was free in time", sent=False)


def test_connections_stay_within_the_limit_and_every_call_is_served(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(httpx, "MAX_CONNECTIONS", 3)
    under_way: list[int] = []
    count, lock = 0, threading.Lock()

    def respond(connection: socket.socket) -> None:
        nonlocal count
        with lock:
            count += 1
            under_way.append(count)
        connection.sendall(http()[:20])
        with lock:
            count -= 1
        connection.sendall(http()[20:])

    def many(hm: Any) -> Any:
        async def run() -> list[Any]:
            return await asyncio.gather(*[get(hm) for _ in range(20)])

        if door.is_async:
            return run()
        threads = [threading.Thread(target=get, args=(hm,)) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return None

    with serving(respond) as server:
        door(many, base_url=server.url)
    assert len(server.requests) == 20
    assert max(under_way) <= 3
    assert server.connections <= 3


@pytest.mark.parametrize("when", ["connecting", "waiting", "reading"])
def test_a_cancelled_task_leaves_no_connection_and_takes_no_place(when: str) -> None:
    reached = threading.Event()

    def respond(connection: socket.socket) -> None:
        if when == "reading":
            connection.sendall(http()[:-10])
        reached.set()

    async def main(url: str) -> None:
        transport = AsyncHttpxTransport(url)
        call = asyncio.create_task(transport.send(Request("GET", f"{url}/a", [], None, 30.0)))
        if when == "connecting":
            for _ in range(3):
                await asyncio.sleep(0)
        else:
            await asyncio.to_thread(reached.wait, 5)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert (transport._idle, transport._permits._value) == ([], httpx.MAX_CONNECTIONS)
        await asyncio.sleep(0)
        await transport.close()

    if when == "connecting":
        with nobody_home() as port:
            asyncio.run(main(f"http://127.0.0.1:{port}"))
    else:
        with serving(respond) as server:
            asyncio.run(main(server.url))
            for thread in server.threads[1:]:
                thread.join(5)
                assert not thread.is_alive(), "the server still has the connection"


def test_a_resolver_that_hangs_does_not_hold_a_call(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()

    def hanging(*_: Any, **__: Any) -> Any:
        done.wait(20)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", hanging)
    started = time.monotonic()
    try:
        with pytest.raises(APITimeoutError, match="connecting took too long") as caught:
            door(
                lambda hm: hm.request("POST", "/v1/tag", json={}),
                base_url="http://service.example",
                allow_insecure_http=True,
                timeout=0.3,
            )
        assert time.monotonic() - started < 3, "the end of the event loop is included"
    finally:
        done.set()
    assert not caught.value.outcome_unknown


def test_a_name_that_is_not_found_says_so(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "not known")

    monkeypatch.setattr(socket, "getaddrinfo", missing)
    with pytest.raises(APIConnectionError, match="the host name could not be found") as caught:
        door(get, base_url="http://service.example", allow_insecure_http=True, max_retries=0)
    assert caught.value.__cause__ is None


def test_a_dead_address_leaves_time_for_the_next(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolving("127.0.0.1", "127.0.0.2"))
    with nobody_home() as port:
        try:
            alive = socket.create_server(("127.0.0.2", port))
        except OSError:
            pytest.skip("this system has no 127.0.0.2")
        with alive:

            def serve() -> None:
                connection, _ = alive.accept()
                with connection:
                    connection.recv(65536)
                    connection.sendall(http())

            thread = threading.Thread(target=serve, daemon=True)
            thread.start()
            url = f"http://service.example:{port}"
            began = time.monotonic()
            assert door(get, base_url=url, allow_insecure_http=True, timeout=5, max_retries=0).channel_id == PHONE
            assert time.monotonic() - began < 2.4
            thread.join(5)


def test_dead_addresses_do_not_outlast_the_call(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolving("127.0.0.1", "127.0.0.2"))
    with nobody_home() as port, nobody_home("127.0.0.2", port):
        started = time.monotonic()
        url = f"http://service.example:{port}"
        with pytest.raises(APITimeoutError, match="connecting took too long") as caught:
            door(lambda hm: hm.request("POST", "/v1/tag", json={}), base_url=url, allow_insecure_http=True, timeout=0.3)
        assert time.monotonic() - started < 3
    assert not caught.value.outcome_unknown


def test_an_unclosed_client_closes_itself_and_warns_once(door: Door) -> None:
    with serving(http()) as server:
        options: dict[str, Any] = {"base_url": server.url}
        if door.is_async:

            async def main() -> None:
                clients: list[Any] = [AsyncHeymarket(SECRET_ID, SECRET_KEY, **options)]
                await asyncio.gather(get(clients[0]), get(clients[0]))
                with pytest.warns(ResourceWarning, match=r"^A client of Heymarket was not closed") as caught:
                    forget(clients)
                assert len(caught) == 1
                await asyncio.sleep(0)

            asyncio.run(main())
        else:
            clients: list[Any] = [Heymarket(SECRET_ID, SECRET_KEY, **options)]
            get(clients[0])
            with pytest.warns(ResourceWarning, match=r"^A client of Heymarket was not closed") as caught:
                forget(clients)
            assert len(caught) == 1
        for thread in server.threads[1:]:
            thread.join(5)
            assert not thread.is_alive(), "the server still has the connection"


def test_a_client_that_was_closed_or_never_used_says_nothing(door: Door) -> None:
    with serving(http()) as server, warnings.catch_warnings():
        warnings.simplefilter("error")
        door(get, base_url=server.url)
        kind: Any = AsyncHeymarket if door.is_async else Heymarket
        kind(SECRET_ID, SECRET_KEY, base_url=server.url)
        gc.collect()
    assert len(server.requests) == 1


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_program_that_ends_without_closing_ends_at_once_and_in_silence(kind: str) -> None:
    program = f"""
import asyncio, sys
from heymarket import AsyncHeymarket, Heymarket
options = dict(secret_id={SECRET_ID!r}, secret_key={SECRET_KEY!r}, base_url=sys.argv[1])
async def main():
    global hm
    hm = AsyncHeymarket(**options)
    await hm.contact_channels.get({CONTACT!r}, "phone")
if {kind!r} == "async":
    asyncio.run(main())
else:
    hm = Heymarket(**options)
    hm.contact_channels.get({CONTACT!r}, "phone")
"""
    with serving(http()) as server:
        done = subprocess.run(
            [sys.executable, "-c", program, server.url], capture_output=True, text=True, timeout=20, check=False
        )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert len(server.requests) == 1


class Certificates(NamedTuple):
    authority: Path
    server: Path
    key: Path


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("making certificates needs the openssl command")
    folder = tmp_path_factory.mktemp("certificates")

    def make(*arguments: str) -> None:
        subprocess.run([openssl, *arguments], cwd=folder, check=True, capture_output=True)

    # With all that RFC 5280 asks for: Python 3.13 and later check it.
    (folder / "names").write_text(
        "subjectAltName=IP:127.0.0.1,DNS:service.example\nbasicConstraints=CA:FALSE\n"
        "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n",
        "ascii",
    )
    new_key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    authority = ("-days", "2", "-subj", "/CN=A test's own", "-addext", "keyUsage=critical,keyCertSign,cRLSign")
    make("req", "-x509", *new_key, "-keyout", "ca.key", "-out", "ca.pem", *authority)
    make("req", *new_key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=127.0.0.1")
    signing = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names")
    make("x509", "-req", "-in", "server.csr", *signing, "-out", "server.pem")
    return Certificates(folder / "ca.pem", folder / "server.pem", folder / "server.key")


@contextmanager
def serving_tls(certificates: Certificates, *, wants_certificate: bool = False) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if wants_certificate:
        context.load_verify_locations(certificates.authority)
        context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(certificates.server, certificates.key)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                try:
                    connection.settimeout(5)
                    with context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False) as secure:
                        try:
                            secure.do_handshake()
                        except ssl.SSLError:  # to close with unread bytes would be a reset, which overtakes the alert
                            secure.shutdown(socket.SHUT_WR)
                            while socket.socket.recv(secure, 65536):
                                pass
                            continue
                        while secure.recv(65536):
                            secure.sendall(http())
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(10)


def test_tls_with_a_certificate_that_is_trusted(
    door: Door, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))

    def twice(hm: Any) -> Any:
        async def run() -> list[Any]:
            return [await get(hm), await get(hm)]

        return run() if door.is_async else [get(hm), get(hm)]

    with serving_tls(certificates) as url:
        assert [channel.channel_id for channel in door(twice, base_url=url)] == [PHONE, PHONE]


def test_tls_goes_through_a_proxy_that_sees_no_credentials(
    door: Door, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []

    def serve(listener: socket.socket, target: int) -> None:
        inside, _ = listener.accept()
        with inside, socket.create_connection(("127.0.0.1", target)) as outside:
            asked.append(inside.recv(65536))
            inside.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            pumps = [threading.Thread(target=pump, args=ends) for ends in ((inside, outside), (outside, inside))]
            for thread in pumps:
                thread.start()
            for thread in pumps:
                thread.join(10)

    def pump(source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            return

    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    with serving_tls(certificates) as url, socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setenv("https_proxy", f"http://user:word@127.0.0.1:{listener.getsockname()[1]}")
        thread = threading.Thread(target=serve, args=(listener, int(url.rpartition(":")[2])), daemon=True)
        thread.start()
        assert door(get, base_url="https://service.example").channel_id == PHONE
        thread.join(10)
    (connect,) = asked
    assert connect.startswith(b"CONNECT service.example:443 HTTP/1.1\r\n")
    assert b"proxy-authorization: basic dXNlcjp3b3Jk".lower() in connect.lower()
    assert b"Bearer" not in connect


def test_tls_with_a_certificate_that_is_not_trusted(
    door: Door, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    with serving_tls(certificates) as url, pytest.raises(APIConnectionError, match="certificate was not trusted") as c:
        door(lambda hm: hm.request("POST", "/v1/tag", json={}), base_url=url)
    assert (c.value.attempts, c.value.outcome_unknown, c.value.__cause__) == (1, False, None)


def test_something_that_speaks_no_tls(door: Door) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        with pytest.raises(APIConnectionError, match="no secure connection could be agreed on") as caught:
            door(get, base_url=f"https://127.0.0.1:{listener.getsockname()[1]}")
        thread.join(5)
    assert not caught.value.outcome_unknown


def test_a_certificate_file_that_is_not_there_is_said_at_once(
    door: Door, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "missing.pem"))
    with pytest.raises(ConfigurationError, match="SSL_CERT_FILE"):
        door(get, base_url="https://service.example")


@pytest.mark.parametrize("address", ["http://[::1", "ftp://user:p4ss-w0rd@127.0.0.1:1", "socks9://127.0.0.1:1"])
def test_a_proxy_that_can_not_be_used_is_said_at_once(
    address: str, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", address)
    with pytest.raises(ConfigurationError) as caught:
        door(get, base_url="https://service.example")
    assert "p4ss-w0rd" not in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")  # 3.12 on; the point here
def test_a_forked_child_leaves_the_parent_s_connections_alone(
    door: Door, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    in_child: list[int] = []

    def fork(hm: Any) -> None:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                hm._sender._shared.get().__del__()  # as if the child dropped the client
                code = 0
            finally:
                os._exit(code)
        in_child.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))

    def around(hm: Any) -> Any:
        async def run() -> Any:
            await get(hm)
            fork(hm)
            return await get(hm)

        if door.is_async:
            return run()
        get(hm)
        fork(hm)
        return get(hm)

    with serving_tls(certificates) as url:
        assert door(around, base_url=url).channel_id == PHONE
    assert in_child == [0]


def test_a_closed_client_says_so(door: Door) -> None:
    def after_closing(hm: Any) -> Any:
        async def run() -> Any:
            await hm.close()
            return await get(hm)

        if door.is_async:
            return run()
        hm.close()
        return get(hm)

    with serving(http()) as server, pytest.raises(HeymarketError, match="closed"):
        door(after_closing, base_url=server.url)


class Relay:
    """Forwards connections to a server, until it forgets them: then their bytes go nowhere, and nobody is told."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._forgotten: set[threading.Event] = set()
        self._alive: list[threading.Event] = []
        self._sockets: list[socket.socket] = []
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                inside, _ = self._listener.accept()
            except OSError:
                return
            outside = socket.create_connection(("127.0.0.1", self._target))
            forgotten = threading.Event()
            self._alive.append(forgotten)
            self._sockets += [inside, outside]
            for source, sink in ((inside, outside), (outside, inside)):
                threading.Thread(target=self._pump, args=(source, sink, forgotten), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, forgotten: threading.Event) -> None:
        try:
            while data := source.recv(65536):
                if not forgotten.is_set():
                    sink.sendall(data)
            if not forgotten.is_set():
                sink.shutdown(socket.SHUT_WR)
        except OSError:
            return

    def forget(self) -> None:
        for event in self._alive:
            event.set()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        for sock in (self._listener, *self._sockets):
            sock.close()


def after_five_connections_died(door: Door, server_url: str, call: Callable[[Any], Any]) -> list[Any]:
    """What five calls in a row return or raise, after the connections of five calls at once were forgotten."""
    outcomes: list[Any] = []
    with closing(Relay(int(server_url.rpartition(":")[2]))) as relay:

        def run(hm: Any) -> Any:
            async def run_async() -> None:
                await asyncio.gather(*[get(hm) for _ in range(5)])
                relay.forget()
                for _ in range(5):
                    try:
                        outcomes.append(await call(hm))
                    except APIConnectionError as error:
                        outcomes.append(error)

            if door.is_async:
                return run_async()
            threads = [threading.Thread(target=get, args=(hm,)) for _ in range(5)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            relay.forget()
            for _ in range(5):
                try:
                    outcomes.append(call(hm))
                except APIConnectionError as error:
                    outcomes.append(error)
            return None

        door(run, base_url=relay.url, timeout=2.0)
    return outcomes


def slow_enough_to_need_five(connection: socket.socket) -> None:
    time.sleep(0.05)  # so that calls at once need a connection each
    connection.sendall(http())


def test_connections_that_died_unnoticed_cost_no_read(door: Door) -> None:
    with serving(slow_enough_to_need_five) as server:
        began = time.monotonic()
        outcomes = after_five_connections_died(door, server.url, get)
    assert [outcome.channel_id for outcome in outcomes] == [PHONE] * 5
    assert time.monotonic() - began < 6, "one call found out for all the others"


def test_a_write_on_a_connection_that_died_unnoticed_is_not_repeated(door: Door) -> None:
    def write(hm: Any) -> Any:
        return hm.request("POST", "/v1/tag", json={"tag": "vip"})

    with serving(slow_enough_to_need_five) as server:
        outcomes = after_five_connections_died(door, server.url, write)
        assert len(server.requests) == 5 + 4
    first, *others = outcomes
    assert isinstance(first, APITimeoutError)
    assert (first.attempts, first.outcome_unknown) == (1, True)
    assert all(not isinstance(outcome, Exception) for outcome in others), "the other connections weren't trusted"


@pytest.mark.parametrize(
    ("entry", "direct"),
    [
        ("10.0.0.0/8", True),
        ("10.20.0.0/16", False),
        ("10.1.2.3", True),
        ("10.1.2.3:8080", True),
        ("10.1.2.3:443", False),
        ("*", True),
        ("example.com, 10.0.0.0/8", True),
        ("", False),
    ],
)
def test_no_proxy_knows_networks_and_ports(entry: str, direct: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:3128")
    monkeypatch.setenv("no_proxy", entry)
    assert (proxy_for("http://10.1.2.3:8080") is None) is direct


@pytest.mark.parametrize(
    ("url", "entry", "direct"),
    [
        ("https://api.example.com", "*.example.com", True),
        ("https://api.example.com", ".example.com", True),
        ("https://api.example.com", "example.com", True),
        ("https://api.example.com", "API.Example.com:443", True),
        ("https://api.example.com", "api.example.com:8443", False),
        ("https://api.example.com", "ample.com", False),
        ("https://api.example.com.", "api.example.com", True),
        ("https://[2001:db8::1]", "2001:db8::1", True),
        ("https://[2001:db8::1]", "[2001:db8::1]", True),
        ("https://[2001:db8::1]", "[2001:db8::1]:443", True),
        ("https://[2001:db8::1]", "2001:db8::/32", True),
        ("https://[2001:db8::1]", "2001:db9::/32", False),
    ],
)
def test_no_proxy_knows_domains_and_addresses(
    url: str, entry: str, direct: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:3128")
    monkeypatch.setenv("no_proxy", entry)
    assert (proxy_for(url) is None) is direct


def test_a_server_that_wants_a_client_certificate_is_named(
    door: Door, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    with serving_tls(certificates, wants_certificate=True) as url:
        with pytest.raises(APIConnectionError, match="the server wants a client certificate") as caught:
            door(lambda hm: hm.request("POST", "/v1/tag", json={}), base_url=url)
    assert (caught.value.attempts, caught.value.outcome_unknown) == (1, False)


@pytest.mark.parametrize("status", [b"407 Proxy Authentication Required", b"502 Bad Gateway"])
def test_a_proxy_that_refuses_is_named_with_its_status(
    status: bytes, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = b"HTTP/1.1 %b\r\nContent-Length: 0\r\n\r\n" % status
    with serving(refusal) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url.replace("//", "//user:p4ss-w0rd@"))
        with pytest.raises(APIConnectionError) as caught:
            door(get, base_url="https://service.example", max_retries=0)
    assert f"the proxy refused with status {status[:3].decode()}." in str(caught.value)
    assert "p4ss-w0rd" not in shown_in(caught.value)


def test_a_proxy_variable_may_end_in_a_newline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", " http://127.0.0.1:3128\n")
    assert proxy_for("http://service.example") == "http://127.0.0.1:3128"
    monkeypatch.setenv("http_proxy", "\n")
    assert proxy_for("http://service.example") is None
