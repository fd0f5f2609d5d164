"""`heymarket emulator`."""

from __future__ import annotations

import contextlib
import signal
import sqlite3
import ssl
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from heymarket import Heymarket
from heymarket.cli.commands.emulator import _introduce
from heymarket.emulator import Emulator, Webhook, create_app
from heymarket.emulator.seeds.built_in import EXAMPLES, LEGACY
from heymarket.emulator.webhooks.records import TOKEN
from heymarket.testing import WebhookReceiver
from tests.cli.conftest import CALLER, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ends by a signal that Windows lacks")


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_program_that_reads_its_settings_can_use_it_until_a_signal(ending: signal.Signals, tmp_path: Path) -> None:
    command = [*CALLER, "emulator", "--port", "0", "--state", str(tmp_path / "state.sqlite")]
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        settings = dict(process.stdout.readline().rstrip().split("=") for _ in range(4))
        try:
            assert list(settings)[:3] == ["HEYMARKET_BASE_URL", "HEYMARKET_SECRET_ID", "HEYMARKET_SECRET_KEY"]
            assert settings["HEYMARKET_TEAM_KEY"] == LEGACY.key
            with Heymarket(*list(settings.values())[1:3], base_url=settings["HEYMARKET_BASE_URL"]) as hm:
                channel = hm.contact_channels.get("00000000-0000-4000-8000-000000000001", "phone")
            assert channel.channel_id == "15555550100"
        finally:
            process.send_signal(ending)
        out, err = process.communicate(timeout=60)

    assert (process.returncode, out, err) == (0, "", "")


def test_a_taken_port_is_reported(run: Run, emulator: Emulator) -> None:
    port = emulator.base_url.rpartition(":")[2]

    assert run("emulator", "--port", port) == (
        2,
        "",
        f"error: Port {port} of 127.0.0.1 is taken. Name another one, or 0 for a free one.\n",
    )


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ("--port 99999", "A port is a number from 0 to 65535"),
        ("--port 0 --limit 0", "The limit has to be at least 1"),
        ("--port 0 --per 0", "The limit has to be at least 1"),
        ("--port 0 --state {tmp_path}", "The state file"),
        ("--port 0 --state {tmp_path}/nowhere/state.sqlite", "The state file"),
        ("--port -1", "A port is a number from 0 to 65535"),
        ("--port x", "--port"),
        ("--host 192.0.2.1 --port 0", "Can't listen on port 0 of 192.0.2.1"),
        ("--port 0 --planted", "There is no option --planted"),
        ("--port 0 --webhook ftp://example.com", "A webhook takes a URL"),
        ("--port 0 --webhook-token planted", "--webhook-token needs --webhook"),
        ("--port 0 --seed {tmp_path}/nowhere.yaml", ""),
        ("--port 0 --seed {tmp_path}", ""),
        ("--port 0 --team North", "A team's name has 1 to 40 characters"),
        ("--port 0 --team north --team north={tmp_path}", "--team names a team twice."),
        ("--port 0 --team north={tmp_path}/nowhere.yaml", ""),
    ],
)
def test_an_impossible_option_is_reported(run: Run, tmp_path: Path, options: str, problem: str) -> None:
    code, out, err = run("emulator", *options.format(tmp_path=tmp_path).split())

    assert (code, out) == (2, "")
    assert err.startswith(f"error: {problem}")
    assert err.count("\n") == 1


SEED = """
contacts:
- {phone: "15555550177", first: Ada}
"""


@contextmanager
def running(*options: str, lines: int = 4) -> Iterator[dict[str, str]]:
    """The settings of an emulator in a process of its own."""
    command = [*CALLER, "emulator", "--port", "0", *options]
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield dict(process.stdout.readline().rstrip().split("=") for _ in range(lines))
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)


def get(url: str) -> httpx.Response:
    return httpx.get(url, headers={"Authorization": f"Bearer {LEGACY.key}"}, trust_env=False, timeout=60)


def test_a_seed_file_is_what_a_fresh_state_holds(tmp_path: Path) -> None:
    (tmp_path / "seed.yaml").write_text(SEED)
    with running("--seed", str(tmp_path / "seed.yaml")) as settings:
        document = get(settings["HEYMARKET_BASE_URL"] + "/_emulator/state").json()

    assert [contact["phone"] for contact in document["contacts"]] == ["15555550177"]


def test_our_own_command_line_sees_one_credential_in_what_is_printed(call: Run, emulator: Emulator) -> None:
    code, out, err = call("team", "get", **emulator.environment)

    assert (code, err) == (0, "")
    assert "Example Inc." in out


def test_with_tls_the_ca_file_is_among_the_settings() -> None:
    with running("--tls", lines=7) as settings:
        assert settings["HEYMARKET_BASE_URL"].startswith("https://127.0.0.1:")
        context = ssl.create_default_context(cafile=settings["SSL_CERT_FILE"])
        answer = httpx.get(settings["HEYMARKET_BASE_URL"] + "/nowhere", verify=context, trust_env=False, timeout=60)
        assert answer.status_code == 404
        assert {settings["CURL_CA_BUNDLE"], settings["NODE_EXTRA_CA_CERTS"]} == {settings["SSL_CERT_FILE"]}


def test_a_webhook_is_where_events_go() -> None:
    with running("--webhook", "http://127.0.0.1:1/hook", "--webhook-token", "mine") as settings:
        webhook = get(settings["HEYMARKET_BASE_URL"] + "/_emulator/webhook")

    assert webhook.json()["url"] == "http://127.0.0.1:1/hook"
    assert "mine" not in webhook.text


def test_a_made_up_token_is_among_the_settings_and_what_deliveries_carry() -> None:
    with WebhookReceiver() as receiver, running("--webhook", receiver.url, lines=5) as settings:
        receiver.token = settings["HEYMARKET_WEBHOOK_TOKEN"]
        reply = {"phone": "15555550100", "text": "Hello!"}
        httpx.post(settings["HEYMARKET_BASE_URL"] + "/_emulator/reply", json=reply, trust_env=False, timeout=60)
        receiver.wait(of_type="message_recieved")
        webhook = get(settings["HEYMARKET_BASE_URL"] + "/_emulator/webhook").json()

    assert webhook["token"] == receiver.token
    assert not receiver.refused


@pytest.mark.parametrize(("token", "shown"), [(TOKEN, True), ("mine", False)])
def test_on_a_terminal_a_made_up_token_is_a_line_to_paste(
    capsys: pytest.CaptureFixture[str], token: str, shown: bool
) -> None:
    with Emulator(webhook=Webhook("http://127.0.0.1:1/hook", token)) as emulator:
        _introduce(emulator)
    greeting = capsys.readouterr().out

    assert ("\nexport HEYMARKET_WEBHOOK_TOKEN=Emulator" in greeting) is shown
    assert "mine" not in greeting


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("contacts: [{phone: x}]", "phone"),
        ("contacts: 7", "contacts"),
        ("planted: []", "a field that no seed has"),
        ("[", ""),
        ("", ""),
    ],
)
def test_an_unfit_seed_is_reported_and_leaves_no_state_file(
    run: Run, tmp_path: Path, content: str, problem: str
) -> None:
    seed, state = tmp_path / "seed.yaml", tmp_path / "state.sqlite"
    seed.write_text(content)
    code, out, err = run("emulator", "--port", "0", "--seed", str(seed), "--state", str(state))

    assert (code, out) == (2, "")
    assert err.startswith("error: ")
    assert problem in err
    assert err.count("\n") == 1
    assert not state.exists()


def test_the_file_of_another_program_is_reported_and_left_alone(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE notes (note TEXT)")
        connection.commit()
    before = file.read_bytes()
    code, out, err = run("emulator", "--port", "0", "--state", str(file))

    assert (code, out) == (2, "")
    assert "it is the database of another program" in err
    assert err.count("\n") == 1
    assert file.read_bytes() == before


def test_the_state_of_another_version_is_reported_and_left_alone(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "state.sqlite"
    create_app(state=file).close()
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.commit()
    before = file.read_bytes()
    code, out, err = run("emulator", "--port", "0", "--state", str(file))

    assert (code, out) == (2, "")
    assert "it was written by another version" in err
    assert err.count("\n") == 1
    assert file.read_bytes() == before


def test_a_state_file_in_use_is_reported(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "state.sqlite"
    with contextlib.closing(create_app(state=file)):
        code, out, err = run("emulator", "--port", "0", "--state", str(file))

    assert (code, out) == (2, "")
    assert "it is in use by another emulator" in err
    assert err.count("\n") == 1


def test_a_taken_port_makes_no_state_file(run: Run, emulator: Emulator, tmp_path: Path) -> None:
    port = emulator.base_url.rpartition(":")[2]
    code, _, err = run("emulator", "--port", port, "--state", str(tmp_path / "state.sqlite"))

    assert (code, err.count("\n")) == (2, 1)
    assert not list(tmp_path.iterdir())


def test_a_seed_beside_a_state_file_that_is_there_is_reported(tmp_path: Path) -> None:
    create_app(state=tmp_path / "state.sqlite").close()
    (tmp_path / "seed.yaml").write_text(SEED)
    options = ["--port", "0", "--state", str(tmp_path / "state.sqlite"), "--seed", str(tmp_path / "seed.yaml")]
    with subprocess.Popen(
        [*CALLER, "emulator", *options], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().rstrip().partition("=")[2]
        contacts = get(f"{url}/_emulator/state").json()["contacts"]
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=60)

    assert len(contacts) == len(EXAMPLES)
    assert err.endswith("is used as it is; the seed applies at the next reset.\n")


def test_the_greeting_names_contacts_that_are_there_only(capsys: pytest.CaptureFixture[str]) -> None:
    with Emulator() as emulator:
        _introduce(emulator)
        assert EXAMPLES["phone"].contact_id in capsys.readouterr().out
        emulator.replace_state({"contacts": [{"phone": "15555550177"}]})
        _introduce(emulator)

    greeting = capsys.readouterr().out
    assert "Contacts to try" not in greeting
    assert "contact-channels" not in greeting
    assert "HEYMARKET_SECRET_KEY" in greeting


def test_the_greeting_says_how_a_program_is_led_here(capsys: pytest.CaptureFixture[str]) -> None:
    with Emulator(tls=True) as emulator:
        _introduce(emulator)
        greeting = capsys.readouterr().out

        assert f"export HTTPS_PROXY={emulator.proxy}\n" in greeting
        assert f"until it stops: {emulator.ca_file}\n" in greeting


def test_each_team_is_named_and_no_program_sees_two_credentials(tmp_path: Path) -> None:
    seed = tmp_path / "seed.yaml"
    seed.write_text("team: {id: 9, name: South West}")
    with running("--team", "north", "--team", f"south-west={seed}", lines=10) as settings:
        names = ("HEYMARKET_SECRET_ID", "HEYMARKET_SECRET_KEY", "HEYMARKET_TEAM_KEY")
        assert [*settings] == [
            "HEYMARKET_BASE_URL",
            *names,
            *(f"NORTH_{name}" for name in names),
            *(f"SOUTH_WEST_{name}" for name in names),
        ]
        keys = settings["SOUTH_WEST_HEYMARKET_SECRET_ID"], settings["SOUTH_WEST_HEYMARKET_SECRET_KEY"]
        with Heymarket(*keys, base_url=settings["HEYMARKET_BASE_URL"]) as hm:
            assert hm.team.get().name == "South West"


def test_on_a_terminal_each_team_has_lines_to_paste(capsys: pytest.CaptureFixture[str]) -> None:
    with Emulator(teams=["north"]) as emulator:
        _introduce(emulator)
    told = capsys.readouterr().out

    assert "For the team north, replace the credentials:" in told
    assert "export HEYMARKET_SECRET_ID=EmulatorSecretIdOfNorth\n" in told
