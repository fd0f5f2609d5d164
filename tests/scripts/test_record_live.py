"""scripts/record --live, against a service that is made up here: what is kept of it, and what is said about it."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from attrs import evolve
from heymarket_openapi import drift
from recording import bootstrap, command
from recording.scenario import Scenario

from heymarket import description
from heymarket.emulator import Emulator
from heymarket.testing.cassettes import recordings
from tests.contract.scenarios import SCENARIOS
from tests.fakes import SECRET_ID, SECRET_KEY

CONTACT = "5c9d3a1e-77b0-4f0e-9d2c-3f1a8b6e4d21"
PERSONAL = ("14155552671", "ada.lovelace", "analytical.engine", "Lovelace", CONTACT, "83177", "8f14e45f", SECRET_ID)
CHANNEL = {
    "id": "8f14e45f-ceea-467f-a0e6-1c1f8f2a9d3b",
    "team_id": 83177,
    "contact_id": 501,
    "channel_type": "phone",
    "channel_id": "14155552671",
    "info_channel": None,
    "channel_handle": "Ada Lovelace",
    "created": "2024-03-04T05:06:07.891Z",
    "updated": "yesterday",
    "also": ["14155552671", "ada.lovelace@analytical.engine", "+1 (415) 555-2671"],
}
REFUSAL = {"error": "Nobody has 14155552671 or ada.lovelace@analytical.engine", "code": 404}
GET = "contact_channels.get"


class Service(BaseHTTPRequestHandler):
    """Answers all but one contact with 404, says more than it should, and compresses email addresses unasked."""

    encodings: ClassVar[set[str | None]] = set()

    def do_GET(self) -> None:
        self.encodings.add(self.headers["Accept-Encoding"])
        found = self.path == f"/v2/contact/{CONTACT}/channel/phone"
        body = json.dumps(CHANNEL if found else REFUSAL).encode()
        compressed = self.path.endswith("/email")
        if compressed:
            body = gzip.compress(body)
        self.send_response(200 if found else 404)
        for name, value in {
            "Content-Encoding": "gzip" if compressed else "identity",
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "Set-Cookie": "session=c2Vzc2lvbiBvZiBhZGE0MTU1NTUyNjcx",
            "X-Powered-By": "steam",
            "X-Request-Id": "not-a-uuid",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class has it so
        """Nothing."""


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def account(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEYMARKET_BASE_URL", service)
    monkeypatch.setenv("HEYMARKET_SECRET_ID", SECRET_ID)
    monkeypatch.setenv("HEYMARKET_SECRET_KEY", SECRET_KEY)
    monkeypatch.setenv("HEYMARKET_CONTACTS", f"phone={CONTACT}")
    monkeypatch.setattr(drift, "_warned", set())  # a warning here is not to spare another test its own


def named(name: str) -> Scenario:
    return next(scenario for scenario in SCENARIOS if scenario.name == name)


def record(root: Path, *arguments: str, scenarios: tuple[Scenario, ...] = SCENARIOS) -> int:
    return command.run(bootstrap.parse_arguments(list(arguments)), scenarios, root)


def text_of(root: Path, scenario: str) -> str:
    return (root / f"tests/contract/live/{scenario}.yaml").read_text("utf-8")


@pytest.mark.usefixtures("account")
def test_nothing_personal_and_nothing_secret_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record(tmp_path, "--live", f"{GET}/200-phone", f"{GET}/404-unknown-contact")

    shown = capsys.readouterr().out
    for kept in (shown, text_of(tmp_path, f"{GET}/200-phone"), text_of(tmp_path, f"{GET}/404-unknown-contact")):
        assert not [text for text in PERSONAL if text in kept]
        assert "authorization" not in kept.lower()
        assert "session=" not in kept


@pytest.mark.usefixtures("account")
def test_what_is_replaced_keeps_its_kind_and_stays_the_same_throughout(tmp_path: Path) -> None:
    record(tmp_path, "--live", f"{GET}/200-phone")

    kept = recordings.CassetteFile.of(text_of(tmp_path, f"{GET}/200-phone"))
    assert kept.metadata["origin"] == "live"
    assert kept.responses[0].json == {
        "id": "00000000-0000-4000-8000-000000009001",
        "team_id": 100001,
        "contact_id": 501,
        "channel_type": "phone",
        "channel_id": "15555550001",
        "info_channel": None,
        "channel_handle": "text-1",
        "created": "2024-03-04T05:06:07.891Z",
        "updated": "text-2",
        "also": ["15555550001", "person1@example.com", "15555550002"],
    }
    assert f"/v2/contact/{named(f'{GET}/200-phone').arguments['contact_id']}/channel/phone" in kept.text


@pytest.mark.usefixtures("account")
def test_of_an_error_the_wording_is_kept(tmp_path: Path) -> None:
    record(tmp_path, "--live", f"{GET}/404-unknown-contact")

    (answer,) = recordings.CassetteFile.of(text_of(tmp_path, f"{GET}/404-unknown-contact")).responses
    assert answer.json == {"error": "Nobody has 15555550001 or person1@example.com", "code": 404}


@pytest.mark.usefixtures("account")
def test_bodies_are_asked_for_uncompressed(tmp_path: Path) -> None:
    Service.encodings.clear()

    record(tmp_path, "--live", f"{GET}/200-phone")

    assert Service.encodings == {"identity"}


@pytest.mark.usefixtures("account")
def test_what_cannot_be_read_is_not_recorded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert record(tmp_path, "--live", f"{GET}/200-email", "--contact", f"email={CONTACT}") == 1

    assert "was the body compressed?" in capsys.readouterr().out
    assert not list(tmp_path.rglob("*.yaml"))


@pytest.mark.usefixtures("account")
def test_differences_are_reported_by_operation_and_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record(tmp_path)
    capsys.readouterr()

    assert (
        record(
            tmp_path,
            "--live",
            f"{GET}/200-phone",
            f"{GET}/404-unknown-contact",
            f"{GET}/401-expired",
            "--report",
            str(tmp_path / "report.json"),
        )
        == 1
    )
    assert capsys.readouterr().out.partition("\n\n")[2].splitlines() == [
        "contact_channels.get, compared in 3 scenarios:",
        "  header x-request-id: described; emulator: uuid; service: string (200-phone, 404-unknown-contact)",
        "  also: not described; emulator: left out; service: array (200-phone)",
        "  also[]: not described; emulator: left out; service: string (200-phone)",
        "  id: described as integer; emulator: integer; service: uuid (200-phone)",
        "  info_channel: described as string; emulator: string; service: null (200-phone)",
        "  updated: described as date-time; emulator: date-time; service: string (200-phone)",
        "  code: not described; emulator: left out; service: integer (404-unknown-contact)",
        "  error: not described; emulator: left out; service: string (404-unknown-contact)",
        "  error_code: not described; emulator: string; service: left out (404-unknown-contact)",
        "  message: not described; emulator: string; service: left out (404-unknown-contact)",
        "  status: described; emulator: 401, 401; service: 200 (401-expired)",
        "  headers that no cassette keeps: set-cookie, x-powered-by",
    ]
    (report,) = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert {key: report[key] for key in ("operation", "scenarios")} == {"operation": GET, "scenarios": 3}
    assert report["differences"][3] == {
        "what": "id",
        "described": "described as integer",
        "emulator": "integer",
        "service": "uuid",
        "scenarios": ["200-phone"],
    }


@pytest.mark.usefixtures("account")
def test_what_cannot_or_may_not_be_done_live_is_skipped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    record(tmp_path, "--live")
    shown = capsys.readouterr().out

    assert f"{GET}/200-email: skipped, it needs --contact email=UUID, a contact with an email address\n" in shown
    assert f"{GET}/403-denied: skipped, it needs HEYMARKET_DENIED_SECRET_ID" in shown
    assert f"{GET}/429-limit: skipped" in shown
    assert f"{GET}/500-breakdown: skipped" in shown
    assert "tags.get/200-example: skipped, it reads what is in the description's examples" in shown
    assert "tags.create/200-example: skipped, it writes" in shown
    assert "tags.list/200-example: skipped" not in shown
    assert not (tmp_path / "tests/contract/cassettes").exists()

    writes = [evolve(operation, http_method="POST") for operation in description.operations()]
    monkeypatch.setattr(description, "operations", lambda: writes)
    record(tmp_path, "--live", f"{GET}/200-phone")
    assert f"{GET}/200-phone: skipped, it writes" in capsys.readouterr().out


@pytest.mark.usefixtures("account")
def test_an_earlier_recording_is_not_overwritten_unasked(tmp_path: Path) -> None:
    assert record(tmp_path, "--live", f"{GET}/200-phone") == 0
    assert record(tmp_path, "--live", f"{GET}/200-phone") == 0
    path = tmp_path / f"tests/contract/live/{GET}/200-phone.yaml"
    path.write_text(path.read_text("utf-8").replace("text-1", "text-7"), "utf-8")

    assert record(tmp_path, "--live", f"{GET}/200-phone") == 1

    assert "text-7" in path.read_text("utf-8")


def test_an_emulator_behind_the_base_url_is_not_taken_for_the_service(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Emulator() as emulator:
        for name, value in emulator.environment.items():
            monkeypatch.setenv(name, value)
        contact = f"phone={emulator.examples['phone'].contact_id}"
        assert record(tmp_path, "--live", f"{GET}/200-phone", f"{GET}/401-expired", "--contact", contact) == 0

    assert "they come from an emulator" in capsys.readouterr().out
    for scenario in (f"{GET}/200-phone", f"{GET}/401-expired"):
        assert recordings.CassetteFile.of(text_of(tmp_path, scenario)).metadata["origin"] == "emulator"


@pytest.mark.parametrize(
    ("environment", "arguments", "said"),
    [
        ({}, [], "HEYMARKET_SECRET_ID"),
        ({"HEYMARKET_API_KEY": "TeamKeyOfNoValue"}, [], "--live needs an API Secret"),
        (
            {"HEYMARKET_SECRET_ID": SECRET_ID, "HEYMARKET_SECRET_KEY": SECRET_KEY},
            ["--contact", "fax=1"],
            "NAME=UUID, where NAME is one of phone, email",
        ),
    ],
)
def test_missing_and_wrong_settings_are_said_before_any_call(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    arguments: list[str],
    said: str,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert record(tmp_path, "--live", *arguments) == 1

    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.out == ""


def test_a_service_that_does_not_respond_is_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEYMARKET_BASE_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("HEYMARKET_SECRET_ID", SECRET_ID)
    monkeypatch.setenv("HEYMARKET_SECRET_KEY", SECRET_KEY)

    assert record(tmp_path, "--live", f"{GET}/404-unknown-contact") == 1

    assert f"{GET}/404-unknown-contact: no response: " in capsys.readouterr().out
