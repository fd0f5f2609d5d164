"""`heymarket doctor`."""

from __future__ import annotations

import copy
import json
import os
import time
from typing import TYPE_CHECKING, Any

import pytest

from heymarket import config, description
from heymarket.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]


def checks(outcome: Outcome) -> dict[str, tuple[str, str]]:
    report = json.loads(outcome.out)
    assert report["ok"] is (outcome.code == 0)
    return {check["name"]: (check["status"], check["says"]) for check in report["checks"]}


def use(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in emulator.environment.items():
        monkeypatch.setenv(name, value)


def test_all_is_well(run: Run, emulator: Emulator) -> None:
    outcome = run("doctor")

    assert (outcome.code, outcome.err) == (0, "")
    report = checks(outcome)
    assert {status for status, _ in report.values()} == {"ok"}
    assert report["base URL"][1] == f"{emulator.base_url}, from HEYMARKET_BASE_URL"
    assert report["credentials"][1] == f"API Secret with the ID {emulator.secret_id[:4]}..., from the environment"
    assert report["sign-in"][1].endswith(" returned 200: the credentials are accepted.")
    assert "httpx" in report["versions"][1]


def test_the_report_is_readable_on_a_terminal(on_terminal: Run, emulator: Emulator) -> None:
    code, out, _ = on_terminal("doctor")

    assert code == 0
    assert [line.split()[0] for line in out.splitlines() if not line.startswith(" ")] == ["ok"] * 5
    assert max(map(len, out.splitlines())) <= 80


def test_the_call_that_the_vendor_documents_for_it_is_asked_first(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with_inboxes: dict[str, Any] = copy.deepcopy(description.load())
    with_inboxes["paths"]["/v1/inboxes"] = {
        "get": {"operationId": "inboxes.list", "responses": {"200": {"content": {"application/json": {}}}}}
    }
    monkeypatch.setattr(description, "load", lambda: with_inboxes)
    with Emulator() as emulator:
        use(emulator, monkeypatch)

        outcome = run("doctor")

        assert checks(outcome)["sign-in"] == ("ok", "GET /v1/inboxes returned 200: the credentials are accepted.")
        assert len(emulator.journal) == 1


def test_a_wrong_key_is_a_problem(run: Run, emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEYMARKET_SECRET_KEY", "AnotherKeyThanTheOneThatIsKnownThere")

    outcome = run("doctor")

    assert outcome.code == 1
    status, says = checks(outcome)["sign-in"]
    assert status == "problem"
    assert "401 (request id " in says
    assert "AnotherKey" not in outcome.out


def test_a_403_proves_that_the_credentials_are_accepted(
    run: Run, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEYMARKET_SECRET_ID", emulator.denied.secret_id)
    monkeypatch.setenv("HEYMARKET_SECRET_KEY", emulator.denied.secret_key)

    status, says = checks(run("doctor"))["sign-in"]

    assert status == "ok"
    assert says.endswith("returned 403: the credentials are accepted, but may not do this.")


def test_a_404_proves_nothing(run: Run, emulator: Emulator) -> None:
    outcome = run("doctor", "--base-url", f"{emulator.base_url}/elsewhere")

    assert outcome.code == 1
    status, says = checks(outcome)["sign-in"]
    assert status == "problem"
    assert says.endswith("returned 404, which proves nothing about the credentials. Check the base URL.")


def test_no_response_is_a_problem_and_leaves_the_clock_unchecked(run: Run, emulator: Emulator) -> None:
    report = checks(run("doctor", "--base-url", "http://127.0.0.1:1"))

    assert report["base URL"] == ("ok", "http://127.0.0.1:1, from --base-url")
    assert report["sign-in"][0] == "problem"
    assert report["clock"][0] == "skipped"


@pytest.mark.parametrize(("ahead", "says"), [(120, "120 s behind"), (-100, "100 s ahead of")])
def test_a_clock_that_is_off_is_a_problem(run: Run, monkeypatch: pytest.MonkeyPatch, ahead: int, says: str) -> None:
    now = int(time.time())  # one time for both, or the seconds would depend on the machine's pace
    monkeypatch.setattr(time, "time", lambda: float(now))
    with Emulator(clock=lambda: now + ahead) as emulator:
        use(emulator, monkeypatch)

        outcome = run("doctor")

    report = checks(outcome)
    assert outcome.code == 1
    assert report["sign-in"][0] == "ok"
    assert report["clock"][0] == "problem"
    assert report["clock"][1].startswith(f"{says} the service's.")


@pytest.mark.parametrize("ahead", [2 * 86_400, -2 * 86_400, 10 * 365 * 86_400])
def test_a_clock_that_is_days_off_is_said_to_be_why_nothing_signs_in(
    run: Run, monkeypatch: pytest.MonkeyPatch, ahead: int
) -> None:
    now = int(time.time())
    monkeypatch.setattr(time, "time", lambda: float(now))
    with Emulator(clock=lambda: now + ahead) as emulator:
        use(emulator, monkeypatch)
        report = checks(run("doctor"))

    assert report["sign-in"][0] == "problem"
    assert "no call can sign in: set this machine's clock" in report["clock"][1]
    assert "corrects for it" not in report["clock"][1]


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
@pytest.mark.parametrize(("mode", "status"), [(0o600, "ok"), (0o666, "problem"), (0o640, "problem")])
def test_a_settings_file_that_others_can_use_is_a_problem(
    run: Run, emulator: Emulator, profiles: Callable[[str], None], mode: int, status: str
) -> None:
    profiles(f'[profiles.old]\napi_key = "{emulator.api_key}"\n')
    config.config_file().chmod(mode)

    found = checks(run("doctor", "--profile", "old")).get("profiles", ("ok", ""))

    assert found[0] == status
    assert ("chmod 600" in found[1]) is (status == "problem")


def test_missing_settings_are_a_problem(run: Run) -> None:
    outcome = run("doctor")

    assert outcome.code == 1
    assert checks(outcome)["settings"][0] == "problem"
    assert "HEYMARKET_SECRET_ID" in outcome.out


def test_a_profile_is_named_with_its_file(
    run: Run, emulator: Emulator, profiles: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    profiles(f'[profiles.old]\napi_key = "{emulator.api_key}"\n')

    report = checks(run("doctor", "--profile", "old"))

    assert report["credentials"][1].startswith("legacy team key, from profile 'old' in ")
    assert report["credentials"][1].endswith("config.toml")
    assert report["sign-in"][0] == "ok"


def test_no_secret_is_shown(run: Run, on_terminal: Run, emulator: Emulator) -> None:
    shown = "".join([*map(str, run("doctor")), *map(str, on_terminal("doctor")), *map(str, run("doctor", "--json"))])

    assert emulator.secret_key not in shown
    assert emulator.secret_id not in shown
