"""How much is taken in: bounded before anybody has signed in, and refused at once."""

from __future__ import annotations

import json
import resource
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from heymarket.emulator import Emulator, EmulatorError
from heymarket.emulator.seeds.format import SeedError, parse_seed

MIB = 1024 * 1024


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator(limit=10**6) as running:
        yield running


@pytest.fixture
def http(emulator: Emulator) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=emulator.base_url, trust_env=False, timeout=20) as client:
        yield client


def signed(emulator: Emulator) -> dict[str, str]:
    return {"Authorization": f"Bearer {emulator.api_key}"}


def begin(emulator: Emulator, head: str, body: bytes = b"") -> str:
    """The status of the response to a request of which only the beginning is sent."""
    host, _, port = emulator.base_url.removeprefix("http://").rpartition(":")
    with socket.create_connection((host, int(port)), timeout=10) as sock:
        sock.sendall(f"{head}\r\nHost: localhost\r\n".encode() + body)
        return sock.recv(1000).decode().split()[1]


def test_a_body_that_says_how_large_it_is_is_refused_before_it_comes(emulator: Emulator) -> None:
    for path in ("/v1/message/send", "/_emulator/state", "/_emulator/faults", "/_emulator/page/reply"):
        assert begin(emulator, f"PUT {path} HTTP/1.1\r\nContent-Length: 200000000", b"\r\n") == "413", path


@pytest.mark.parametrize("length", ["9" * 19, str(8 * MIB + 1)])
def test_so_is_one_of_who_has_signed_in(emulator: Emulator, length: str) -> None:
    head = f"POST /v1/contacts HTTP/1.1\r\nAuthorization: Bearer {emulator.api_key}\r\nContent-Length: {length}"
    assert begin(emulator, head, b"\r\n") == "413"


def test_who_has_not_signed_in_is_refused_after_64_kib(emulator: Emulator) -> None:
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    head = "POST /v1/message/send HTTP/1.1\r\nTransfer-Encoding: chunked"
    assert begin(emulator, head, b"\r\n" + chunk + b"1\r\n \r\n") == "401"


def test_a_body_without_a_length_is_read_as_far_as_it_may_go(emulator: Emulator, http: httpx.Client) -> None:
    def chunks(size: int) -> Iterator[bytes]:
        yield b'{"date": null'
        for _ in range(size // 65536):
            yield b" " * 65536
        yield b"}"

    answers = [http.post("/v1/contacts", content=chunks(size), headers=signed(emulator)) for size in (MIB, 9 * MIB)]

    assert [answer.status_code for answer in answers] == [200, 413]
    assert "8 MiB" in answers[1].json()["message"]


def test_a_list_of_a_million_values_is_refused_unread(emulator: Emulator, http: httpx.Client) -> None:
    started = time.perf_counter()
    response = http.post("/v1/batch/contacts", content=b"[" + b"{}," * 10**6 + b"{}]", headers=signed(emulator))

    assert response.status_code == 413
    assert time.perf_counter() - started < 5
    shorter = http.post("/v1/batch/contacts", content=b"[" + b"{}," * 10**5 + b"{}]", headers=signed(emulator))
    assert (shorter.status_code, shorter.json()["message"]) == (400, "bad_data: [0].phone is missing")


def test_others_are_served_while_a_large_body_comes(emulator: Emulator, http: httpx.Client) -> None:
    def flood() -> None:
        host, _, port = emulator.base_url.removeprefix("http://").rpartition(":")
        with socket.create_connection((host, int(port)), timeout=30) as sock:
            sock.sendall(b"POST /v1/message/send HTTP/1.1\r\nHost: localhost\r\nContent-Length: 104857600\r\n\r\n")
            started = time.perf_counter()
            first.append((sock.recv(1000).split()[1], time.perf_counter() - started))
            for _ in range(100):
                sock.sendall(bytes(MIB))

    first: list[tuple[bytes, float]] = []
    http.get("/v1/team", headers=signed(emulator))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    thread = threading.Thread(target=flood)
    thread.start()
    served = 0
    while thread.is_alive():
        assert http.get("/v1/team", headers=signed(emulator)).status_code == 200
        served += 1
    thread.join()

    assert first[0][0] == b"413"
    assert served > 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 10 * 1024


def bomb(levels: int) -> str:
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels))]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "seed",
    [
        bomb(9),
        "a: &a {k: v}\n" + "\n".join(
            f"b{n}: &b{n} {{<<: [{', '.join([f'*b{n - 1}' if n else '*a'] * 9)}]}}" for n in range(9)
        ),
        "team: &s " + "x" * 100_000 + "\ntags: [" + "*s, " * 10_000 + "*s]",
        "- " * 100_000,
        "[" * 100_000,
        "{a: " * 100_000,
        "a: &a [*a]",
        "team: &t {name: *t}",
    ],
    ids=["nested", "merged", "long", "blocks", "lists", "maps", "endless", "itself"],
)  # fmt: skip
def test_no_seed_can_be_more_than_it_seems(seed: str) -> None:
    started = time.process_time()
    with pytest.raises(SeedError):
        parse_seed(seed)
    assert time.process_time() - started < 10


def test_a_seed_may_still_use_aliases() -> None:
    document = parse_seed(
        "inboxes: [{name: A, members: &m [21, 22]}, {name: B, members: *m}]\nusers: [{id: 21, name: A}]"
    )

    assert [inbox["members"] for inbox in document["inboxes"]] == [[21, 22], [21, 22]]


def test_snapshots_are_bounded(emulator: Emulator, http: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("heymarket.emulator.state.snapshots._MOST", 2)
    assert [http.post("/_emulator/snapshots").status_code for _ in range(3)] == [201, 201, 400]
    emulator.snapshots.delete(1)
    assert emulator.snapshot() == 3
    monkeypatch.setattr("heymarket.emulator.state.snapshots._MOST_BYTES", 1)
    emulator.snapshots.delete(3)
    with pytest.raises(EmulatorError, match="1 GiB"):
        emulator.snapshot()


def test_faults_are_bounded(emulator: Emulator, http: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("heymarket.emulator.faults.rules._MOST", 1)
    fault = {"action": "delay", "seconds": 0}
    assert [http.post("/_emulator/faults", json=fault).status_code for _ in range(2)] == [201, 400]


def test_headers_count_in_the_journal(emulator: Emulator, http: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("heymarket.emulator.journal.journal._BYTES_KEPT", 100_000)
    for _ in range(20):
        http.get("/v1/team", headers={"X-Long": "x" * 20_000})

    assert len(emulator.journal) < 5


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"/_emulator/page/contacts/{'9' * 200}"),
        ("GET", f"/_emulator/page/conversations/{'9' * 200}"),
        ("GET", f"/_emulator/page/contacts/{'9' * 5000}"),
        ("POST", f"/_emulator/snapshots/{'9' * 200}/restore"),
        ("POST", f"/_emulator/snapshots/{'9' * 5000}/restore"),
        ("DELETE", f"/_emulator/faults/{'9' * 200}"),
        ("POST", f"/_emulator/deliveries/{'9' * 200}/repeat"),
        ("GET", f"/_emulator/page/contacts?after={'9' * 5000}"),
        ("GET", f"/_emulator/page/conversations?after={'9' * 5000}"),
        ("GET", f"/_emulator/page/journal?after={'9' * 5000}"),
        ("GET", f"/_emulator/page/static/{'x' * 220}"),
        ("GET", "/_emulator/page/static/" + "%F0%9F%98%80" * 70),
        ("GET", "/_emulator/page/static/..%00"),
        ("GET", "/_emulator/page/static/..%2F..%2F__init__.py"),
        ("GET", f"/_emulator/journal?limit={'9' * 5000}"),
        ("GET", f"/_emulator/journal?status={'9' * 5000}"),
        ("GET", f"/v1/contact/{'9' * 5000}"),
        ("GET", f"/v1/messages?phoneNumber=15555550100&inboxID={'9' * 5000}"),
        ("GET", f"/v1/messages?phoneNumber=15555550100&inboxID=31&timestamp={'9' * 18}"),
    ],
)  # fmt: skip
def test_nothing_in_an_address_makes_it_fail(emulator: Emulator, http: httpx.Client, method: str, path: str) -> None:
    assert http.request(method, path, headers=signed(emulator)).status_code < 500


@pytest.mark.parametrize(
    "body",
    [
        "[" * 300 + "]" * 300,
        '{"a":' * 300 + "1" + "}" * 300,
        "[" * 100_000,
        '{"limit": ' + "9" * 5000 + "}",
        '{"limit": 1e999}',
        '{"limit": -0.0}',
        '{"' + "x" * 100_000 + '": 1}',
        '{"a": "\\ud800"}',
        '{"limit": 9223372036854775807}',
        '{"limit": 9223372036854775808}',
        "null",
        '"text"',
        "\x00",
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/contacts"),
        ("POST", "/v2/contacts"),
        ("POST", "/v1/message/send"),
        ("PUT", "/_emulator/state"),
        ("POST", "/_emulator/faults"),
        ("PATCH", "/_emulator/clock"),
        ("PUT", "/_emulator/limits"),
        ("POST", "/_emulator/verify"),
        ("POST", "/_emulator/reply"),
    ],
)
def test_nothing_in_a_body_makes_it_fail(
    emulator: Emulator, http: httpx.Client, method: str, path: str, body: str
) -> None:
    assert http.request(method, path, content=body, headers=signed(emulator)).status_code < 500


def test_the_console_responds_even_if_it_fails(
    http: httpx.Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("heymarket.emulator.state.snapshots.Snapshots.ids", fail)
    response = http.get("/_emulator/snapshots")

    assert (response.status_code, response.json()) == (
        500,
        {"message": "The emulator itself failed (RuntimeError); its log says where."},
    )
    assert "planted" in caplog.text


def test_pages_say_how_they_may_be_used(http: httpx.Client) -> None:
    for path in ("/", "/_emulator/page/contacts"):
        assert "form-action 'self'" in http.get(path).headers["Content-Security-Policy"]
    for path in ("/", "/_emulator/journal", "/_emulator/page/static/page.js", "/_emulator/nowhere"):
        assert http.get(path).headers["X-Content-Type-Options"] == "nosniff"


def test_a_compressed_body_is_named(emulator: Emulator, http: httpx.Client) -> None:
    import gzip

    content = gzip.compress(json.dumps({"limit": 1}).encode())
    response = http.post("/v1/contacts", content=content, headers={**signed(emulator), "Content-Encoding": "gzip"})

    assert (response.status_code, response.json()["message"]) == (
        400,
        "body: body is compressed; it has to be sent as it is",
    )
