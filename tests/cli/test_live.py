"""What goes on until Ctrl-C: `conversations watch` and `webhooks listen`, in processes of their own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from heymarket import Heymarket
from heymarket.testing import WebhookReceiver
from tests.cli.conftest import CALLER, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from heymarket.emulator import Emulator
    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]

TOKEN = "a-token-of-no-value-for-tests"


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a command whose output goes to pipes."""
    started: list[subprocess.Popen[str]] = []

    def start(*argv: str, **settings: str) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        env = {**environment(), **settings}
        started.append(subprocess.Popen([*CALLER, *argv], env=env, stdout=pipe, stderr=pipe, text=True))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate(timeout=60)


def listen(start: Callable[..., subprocess.Popen[str]], *argv: str, **settings: str) -> tuple[Any, str]:
    process: Any = start("webhooks", "listen", "--port", "0", *argv, **settings)
    return process, process.stderr.readline().split()[2].rstrip(".")


def test_deliveries_are_printed_and_forwarded(start: Callable[..., subprocess.Popen[str]], emulator: Emulator) -> None:
    with WebhookReceiver(TOKEN) as receiver:
        process, url = listen(start, "--forward-to", receiver.url, HEYMARKET_WEBHOOK_TOKEN=TOKEN)
        emulator.set_webhook(url, TOKEN)
        emulator.reply("15555550100", "Hello!")

        delivery = json.loads(process.stdout.readline())
        assert (delivery["type"], delivery["event_data"]["text"]) == ("message_recieved", "Hello!")
        assert "token" not in delivery
        assert receiver.wait()[0].data["text"] == "Hello!"
        receiver.respond_with(503, times=1)
        assert httpx.post(url, json={"token": TOKEN, "type": "x"}).status_code == 503


def test_deliveries_without_the_token_are_refused(start: Callable[..., subprocess.Popen[str]]) -> None:
    process, url = listen(start, HEYMARKET_WEBHOOK_TOKEN=TOKEN)

    assert httpx.post(url, json={"token": "sesame", "type": "x"}).status_code == 401
    assert httpx.post(url, content=b"sesame").status_code == 400
    assert process.stderr.readline() == "Refused a delivery with 401: its token is missing or wrong.\n"
    assert process.stderr.readline() == "Refused a delivery with 400: its body is no delivery.\n"


def test_without_a_token_all_deliveries_are_taken(start: Callable[..., subprocess.Popen[str]]) -> None:
    process, url = listen(start, "--forward-to", "http://127.0.0.1:1/")

    assert httpx.post(url, json={"type": "x", "token": "any"}).status_code == 502
    assert process.stderr.readline() == "The delivery can't be forwarded (ConnectError).\n"
    assert json.loads(process.stdout.readline()) == {"type": "x"}


def test_a_port_that_is_taken_is_said(run: Run, start: Callable[..., subprocess.Popen[str]]) -> None:
    _, url = listen(start)

    code, _, err = run("webhooks", "listen", "--port", url.rstrip("/").rpartition(":")[2])
    assert code == 2
    assert "Choose another --port." in err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_ctrl_c_is_how_listening_ends(start: Callable[..., subprocess.Popen[str]]) -> None:
    process, _ = listen(start)

    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0


@pytest.fixture
def polls(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Says what happens before each poll; after the last one comes Ctrl-C."""

    def polls(*steps: Callable[[], object]) -> None:
        left = iter(steps)

        def sleep(seconds: float) -> None:
            assert seconds == 5
            step = next(left, None)
            if step is None:
                raise KeyboardInterrupt
            step()

        monkeypatch.setattr("heymarket.cli.commands.watch.time.sleep", sleep)

    return polls


def test_new_messages_are_shown_once_oldest_first(run: Run, emulator: Emulator, polls: Callable[..., None]) -> None:
    def two() -> None:
        emulator.reply("15555550100", "one")
        emulator.reply("15555550100", "two")

    polls(two, lambda: None, lambda: emulator.reply("15555550102", "three"))
    code, out, err = run("conversations", "watch", "--fields", "text")

    assert (code, err) == (0, "")
    assert [json.loads(line) for line in out.splitlines()] == [{"text": "one"}, {"text": "two"}, {"text": "three"}]


def test_more_messages_than_a_page_are_shown(run: Run, emulator: Emulator, polls: Callable[..., None]) -> None:
    polls(lambda: [emulator.reply("15555550100", str(number)) for number in range(65)])

    out = run("conversations", "watch", "--output", "csv", "--fields", "text").out
    assert out.splitlines() == ["text", *map(str, range(65))]


def test_replies_are_what_no_user_sent(run: Run, emulator: Emulator, polls: Callable[..., None]) -> None:
    def both() -> None:
        with Heymarket(**emulator.settings) as hm:
            hm.messages.send(inbox_id=31, creator_id=21, phone_number="15555550100", text="from the team")
        emulator.reply("15555550100", "a reply")

    polls(both)
    assert json.loads(run("conversations", "watch", "--replies").out)["text"] == "a reply"


def test_a_service_that_fails_is_asked_again(run: Run, emulator: Emulator, polls: Callable[..., None]) -> None:
    polls(lambda: emulator.fail_next(503, times=3), lambda: emulator.reply("15555550100", "back"))

    code, out, err = run("conversations", "watch", "--timeout", "3")
    assert code == 0
    assert json.loads(out)["text"] == "back"
    assert err.endswith("Trying again.\n")


def test_the_interval_leaves_room_for_others(run: Run, emulator: Emulator) -> None:
    code, _, err = run("conversations", "watch", "--interval", "0.1")

    assert code == 2
    assert err.startswith("error: --interval must be 1 or more")
    assert not emulator.journal
