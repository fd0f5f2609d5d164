"""The server: starts, answers, stops, and leaves nothing behind."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from heymarket.emulator import Emulator, EmulatorError, Fault
from heymarket.emulator.seeds.built_in import EXAMPLES
from heymarket.emulator.server import _bind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATH = f"/v2/contact/{EXAMPLES['phone'].contact_id}/channel/phone"


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


def test_it_responds_until_the_block_ends(client: httpx.Client, sign: Callable[..., str]) -> None:
    with Emulator() as emulator:
        url = emulator.base_url
        answer = client.get(url + PATH, headers={"Authorization": sign(at=time.time())})
        assert answer.status_code == 200
        assert answer.json()["channel_id"] == "15555550100"

    assert emulator.journal[-1].request_id == answer.headers["X-Request-Id"]
    with pytest.raises(EmulatorError, match="not running"):
        emulator.reset()
    with pytest.raises(httpx.ConnectError):
        client.get(url + PATH)


def test_it_leaves_no_thread_behind() -> None:
    before = set(threading.enumerate())
    with Emulator():
        assert not set(threading.enumerate()) <= before

    assert set(threading.enumerate()) <= before


def test_a_block_that_fails_stops_it_too() -> None:
    before = set(threading.enumerate())
    with pytest.raises(RuntimeError, match="planted"), Emulator():
        raise RuntimeError("planted")

    assert set(threading.enumerate()) <= before


def test_it_stops_although_a_client_keeps_its_connection(
    client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    with Emulator() as emulator:
        client.get(emulator.base_url + PATH)

    assert not caplog.records  # uvicorn says so when its patience ends


def test_it_can_be_started_again(client: httpx.Client) -> None:
    emulator = Emulator()
    for _ in range(2):
        with emulator:
            assert client.get(emulator.base_url + "/nowhere").status_code == 404


def test_it_cannot_be_started_twice_at_once() -> None:
    with Emulator() as emulator, pytest.raises(EmulatorError, match="running already"):
        emulator.__enter__()


@pytest.mark.parametrize("name", [" ", "\t", "\x00", "é\r\n"])
def test_a_parameter_of_any_name_gets_a_response(client: httpx.Client, name: str) -> None:
    with Emulator() as emulator:
        headers = {"Authorization": f"Bearer {emulator.api_key}"}
        response = client.get(f"{emulator.base_url}/v1/team", headers=headers, params={name: "1"})

    assert response.status_code == 200
    assert response.headers["X-Emulator-Passed"].endswith(": not described")


def test_settings_and_environment_are_what_a_client_needs() -> None:
    with Emulator() as emulator:
        assert emulator.settings == {
            "base_url": emulator.base_url,
            "secret_id": emulator.secret_id,
            "secret_key": emulator.secret_key,
        }
        assert emulator.environment == {
            "HEYMARKET_BASE_URL": emulator.base_url,
            "HEYMARKET_SECRET_ID": emulator.secret_id,
            "HEYMARKET_SECRET_KEY": emulator.secret_key,
            "HEYMARKET_TEAM_KEY": emulator.api_key,
        }


def test_before_the_start_it_says_how_to_start() -> None:
    emulator = Emulator()
    for use in (
        lambda: emulator.base_url,
        lambda: emulator.journal,
        lambda: emulator.fail_next(500),
        lambda: emulator.faults,
        lambda: emulator.clock,
        lambda: emulator.verify("messages.send"),
        emulator.snapshot,
        emulator.reset,
    ):
        with pytest.raises(EmulatorError, match=r"with Emulator\(\) as emulator"):
            use()


def test_fail_next_and_reset_reach_the_server(client: httpx.Client, sign: Callable[..., str]) -> None:
    headers = {"Authorization": sign(at=time.time())}
    with Emulator() as emulator:
        emulator.fail_next(503)
        assert client.get(emulator.base_url + PATH, headers=headers).status_code == 503
        emulator.fail_next(503)
        emulator.reset()
        assert client.get(emulator.base_url + PATH, headers=headers).status_code == 200
        assert len(emulator.journal) == 1


def test_a_state_is_come_back_to(client: httpx.Client, sign: Callable[..., str]) -> None:
    headers = {"Authorization": sign(at=time.time())}
    with Emulator() as emulator:
        url = emulator.base_url + PATH
        before = emulator.snapshot()
        client.delete(url, headers=headers)
        after = emulator.snapshot()
        assert client.get(url, headers=headers).status_code == 404
        emulator.restore(before)
        assert client.get(url, headers=headers).status_code == 200
        emulator.restore(after)
        assert client.get(url, headers=headers).status_code == 404
        with pytest.raises(EmulatorError, match="no such snapshot"):
            emulator.restore(99)


def test_an_object_in_place_of_its_id_is_refused(heymarket_emulator: Emulator) -> None:
    emulator = heymarket_emulator
    emulator.set_webhook("http://127.0.0.1:1/hook")
    emulator.faults.add(fault := Fault("html"))
    delivery, webhook = emulator.send_test_event("target_opt_out"), emulator.webhook
    conversation = emulator.state.conversations.all()[0]
    calls: list[tuple[str, Callable[..., Any], Any]] = [
        ("a delivery", emulator.repeat_delivery, delivery),
        ("a delivery", emulator.repeat_delivery, str(delivery.id)),
        ("a webhook", emulator.remove_webhook, webhook),
        ("a snapshot", emulator.restore, None),
        ("a snapshot", emulator.snapshots.delete, [1]),
        ("a fault", emulator.faults.remove, fault),
        ("a fault", emulator.faults.remove, emulator.faults.all()[0]),
        ("a conversation", lambda it: emulator.automate(it, close=True), conversation),
        ("a user", lambda it: emulator.automate(conversation["id"], assign=it), {"id": 21}),
        ("an inbox", lambda it: emulator.reply("15555550100", "Hello!", inbox_id=it), {"id": 31}),
    ]
    for what, call, given in calls:
        with pytest.raises(EmulatorError, match=f"Pass the id of {what}, .* of type {type(given).__name__}"):
            call(given)
    with pytest.raises(EmulatorError, match="no delivery with this id"):
        emulator.repeat_delivery(2**70)
    assert (emulator.webhook, len(emulator.faults)) == (webhook, 1)


def test_a_seed_is_a_file_or_the_content_of_one(tmp_path: Path) -> None:
    file = tmp_path / "seed.yaml"
    file.write_text("contacts: [{phone: '15555550177'}]")
    for seed in (file, str(file), {"contacts": [{"phone": "15555550177"}]}):
        with Emulator(seed=seed) as emulator:
            assert [contact["phone"] for contact in emulator.state.contacts.all()] == ["15555550177"]


def test_a_seed_that_doesnt_fit_frees_the_port() -> None:
    before = set(threading.enumerate())
    with pytest.raises(EmulatorError, match="seed"):
        Emulator(seed={"contacts": 7}).__enter__()

    assert set(threading.enumerate()) <= before


def test_state_is_replaced_until_the_next_reset(client: httpx.Client) -> None:
    with Emulator() as emulator:
        document = emulator.state.document()
        emulator.replace_state({"contacts": [{"phone": "15555550177"}]})
        assert [contact["phone"] for contact in emulator.state.contacts.all()] == ["15555550177"]
        emulator.reset()
        assert emulator.state.document() == document


def test_small_packets_are_not_held_back() -> None:
    # asyncio sets TCP_NODELAY only on sockets that say they are TCP; without it a call takes 40 ms.
    with _bind("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP


def test_a_busy_port_is_named() -> None:
    before = set(threading.enumerate())
    with Emulator() as first:
        port = int(first.base_url.rpartition(":")[2])
        with pytest.raises(EmulatorError, match=f"Port {port} of 127.0.0.1 is taken. Name another one, or 0"):
            Emulator(port).__enter__()

    assert set(threading.enumerate()) <= before


@pytest.mark.parametrize("host", ["256.0.0.0.1", "x" * 99, "192.0.2.1"])
def test_an_impossible_host_is_named(host: str) -> None:
    with pytest.raises(EmulatorError, match=f"Can't listen on port 0 of {host}"):
        Emulator(host=host).__enter__()


@pytest.mark.parametrize("port", [-1, 65536])
def test_an_impossible_port_is_named(port: int) -> None:
    with pytest.raises(EmulatorError, match=f"from 0 to 65535, not {port}"):
        Emulator(port).__enter__()


def test_a_bad_state_file_frees_the_port(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with pytest.raises(EmulatorError, match="can't be used"):
        Emulator(port, state=tmp_path).__enter__()
    with Emulator(port) as emulator:
        assert emulator.base_url.endswith(f":{port}")


def test_other_machines_are_let_in_only_when_asked_and_with_a_warning(
    client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="heymarket.emulator"):
        with Emulator() as emulator:
            assert emulator.base_url.startswith("http://127.0.0.1:")
        assert not caplog.records
        with Emulator(host="0.0.0.0") as emulator:  # noqa: S104 - that is the point
            assert client.get(emulator.base_url + "/nowhere").status_code == 404

    assert "other machines get in" in caplog.text


def test_it_listens_on_ipv6(client: httpx.Client) -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no IPv6")
    with Emulator(host="::1") as emulator:
        assert emulator.base_url.startswith("http://[::1]:")
        assert client.get(emulator.base_url + "/nowhere").status_code == 404


def test_the_state_file_outlives_the_server(tmp_path: Path, client: httpx.Client, sign: Callable[..., str]) -> None:
    file = tmp_path / "heymarket.db"
    for _ in range(2):
        with Emulator(state=file) as emulator:
            headers = {"Authorization": sign(at=time.time())}
            assert client.get(emulator.base_url + PATH, headers=headers).status_code == 200


def run(program: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-X", "dev", "-c", textwrap.dedent(program)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_runs_until_a_signal_and_ends_cleanly(client: httpx.Client, number: signal.Signals) -> None:
    server = run("""
        from heymarket.emulator import serve
        serve(limit=7, per=60, state=":memory:", on_ready=lambda emulator: print(emulator.base_url, flush=True))
    """)
    assert server.stdout
    url = server.stdout.readline().strip()
    assert client.get(url + "/nowhere").status_code == 404
    server.send_signal(number)
    output, errors = server.communicate(timeout=10)

    assert (server.returncode, output, errors) == (0, "", "")


def test_without_the_extra_it_says_what_to_install() -> None:
    for missing in ("starlette", "uvicorn"):
        process = run(f"""
            import sys
            sys.modules["{missing}"] = None
            from heymarket.emulator import EmulatorError
            try:
                from heymarket.emulator import Emulator
            except EmulatorError as error:
                print(error)
        """)
        output, errors = process.communicate(timeout=10)

        assert output.strip() == f'The emulator needs {missing}. Install it with: pip install "heymarket[emulator]"'
        assert errors == ""


def test_the_package_and_the_plugin_load_nothing_until_asked() -> None:
    process = run("""
        import sys
        import heymarket.emulator, heymarket.pytest_plugin
        print(sorted({"httpx", "jwt", "starlette", "uvicorn", "sqlite3"} & sys.modules.keys()))
    """)
    output, errors = process.communicate(timeout=10)

    assert (output.strip(), errors) == ("[]", "")


def test_the_log_of_the_program_around_it_has_no_phone_numbers(
    caplog: pytest.LogCaptureFixture, client: httpx.Client, sign: Callable[..., str], now: int
) -> None:
    with caplog.at_level(logging.INFO), Emulator(clock=lambda: now) as emulator:
        headers = {"Authorization": sign()}
        params = {"phoneNumber": "15555550100", "inboxID": "31"}
        assert client.get(f"{emulator.base_url}/v1/messages", params=params, headers=headers).status_code == 200

    of_the_server = [
        record.getMessage() for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))
    ]
    assert any("GET /v1/messages 200" in line for line in of_the_server)
    assert not any("15555550100" in line for line in of_the_server)


def test_it_ends_also_when_a_test_had_frozen_the_time_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    emulator = Emulator()
    with monkeypatch.context() as frozen:
        emulator.__enter__()
        frozen.setattr(time, "monotonic", lambda: 1e12)
        answer = httpx.get(f"{emulator.base_url}/nowhere", trust_env=False)
    ending = threading.Thread(target=emulator.__exit__, args=(None, None, None), daemon=True)
    ending.start()
    ending.join(30)

    assert answer.status_code == 404
    assert not ending.is_alive()
