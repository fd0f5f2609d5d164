"""Commands made from the description: what they print, and how they fail."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from heymarket import ConflictError
from heymarket.cli.errors import explain

if TYPE_CHECKING:
    from collections.abc import Callable

    from heymarket.emulator import Emulator
    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]


def get(emulator: Emulator, example: str = "phone", channel_type: str = "phone") -> tuple[str, ...]:
    return ("contact-channels", "get", emulator.examples[example].contact_id, channel_type)


def test_without_a_terminal_the_response_is_printed_as_json(run: Run, emulator: Emulator) -> None:
    code, out, err = run(*get(emulator))

    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "id": 1001,
        "team_id": 7,
        "contact_id": 501,
        "channel_type": "phone",
        "channel_id": "15555550100",
        "channel_handle": "ada",
        "info_channel": "",
        "created": "2025-01-15T09:30:00Z",
        "updated": "2025-01-15T09:30:00Z",
    }
    assert out.startswith('{\n  "')


def test_json_is_what_the_service_sent_with_undocumented_fields_and_without_missing_ones(
    run: Run, emulator: Emulator
) -> None:
    assert json.loads(run(*get(emulator, "extra_field")).out)["verified"] is True
    assert "created" not in json.loads(run(*get(emulator, "missing")).out)
    assert json.loads(run(*get(emulator, "unknown_type", "whatsapp")).out)["channel_type"] == "whatsapp"


def test_on_a_terminal_the_response_is_a_table(on_terminal: Run, emulator: Emulator) -> None:
    code, out, err = on_terminal(*get(emulator, "non_ascii"))

    assert (code, err) == (0, "")
    assert "channel_id      15555550102\n" in out
    assert "channel_handle  Zoë Åström 李小龍 🙂\n" in out
    assert "info_channel\n" in out


def test_the_table_leaves_missing_fields_out_and_shows_undocumented_ones(on_terminal: Run, emulator: Emulator) -> None:
    assert "created" not in on_terminal(*get(emulator, "missing")).out
    assert "verified        true\n" in on_terminal(*get(emulator, "extra_field")).out


def test_json_can_be_printed_on_a_terminal(on_terminal: Run, run: Run, emulator: Emulator) -> None:
    assert on_terminal(*get(emulator), "--json").out == run(*get(emulator)).out


def test_a_missing_channel_has_an_exit_code_of_its_own(run: Run, emulator: Emulator) -> None:
    code, out, err = run(*get(emulator, "none"))

    assert (code, out) == (4, "")
    assert err.startswith("error: 404 (request id ")
    assert ': "' in err
    assert '" (code not_found). ' in err
    assert err.count("\n") == 1


def test_the_service_s_message_is_shown_whole() -> None:
    said = 'no "Ada Lovelace" with\nthe number +15555550199\x1b[31m'
    error = ConflictError('409: notes.create: it conflicts: "... ...0199" (code x). Wait.', message=said)
    nothing_said = ConflictError("409: notes.create: it conflicts. Read it.")

    assert explain(error) == (
        1,
        r'409: notes.create: it conflicts: "no "Ada Lovelace" with the number +15555550199\u001b[31m" (code x). Wait.',
    )
    assert explain(nothing_said) == (1, "409: notes.create: it conflicts. Read it.")


def test_verbose_shows_request_id_attempts_and_headers(run: Run, emulator: Emulator) -> None:
    emulator.fail_next(409)

    code, out, err = run(*get(emulator), "--verbose")
    lines = err.splitlines()
    assert (code, out) == (1, "")
    assert lines[0].startswith("error: 409 (request id ")
    assert lines[1].removeprefix("  request id: ") in lines[0]
    assert {"  attempts: 1", "  content-type: application/json"} <= {*lines}

    code, out, err = run(*get(emulator), "--verbose")
    assert (code, json.loads(out)["channel_type"]) == (0, "phone")
    assert "  attempts: 1" in err
    assert "uthorization" not in err


def test_verbose_without_a_response_shows_the_attempts(run: Run, emulator: Emulator) -> None:
    _, _, err = run(*get(emulator), "--base-url", "http://127.0.0.1:1", "--timeout", "0.2", "--verbose")
    assert err.splitlines()[1] == "  request id: none"


@pytest.mark.parametrize("status", [400, 401, 403, 500])
def test_a_refusal_is_one_line_and_exit_code_1(run: Run, emulator: Emulator, status: int) -> None:
    emulator.fail_next(status, times=9)

    code, out, err = run(*get(emulator))

    assert (code, out) == (1, "")
    assert err.startswith(f"error: {status} (request id ")
    assert err.count("\n") == 1


def test_no_response_is_exit_code_1(run: Run, emulator: Emulator) -> None:
    code, _, err = run(*get(emulator), "--base-url", "http://127.0.0.1:1", "--timeout", "0.2")

    assert code == 1
    assert err.startswith("error: No response from 127.0.0.1 ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("contact_id", "problem"),
    [("", "CONTACT_ID is empty."), ("..", "CONTACT_ID is a relative path segment"), ("a/b", "CONTACT_ID holds")],
)
def test_a_value_that_cant_be_sent_is_exit_code_2(run: Run, emulator: Emulator, contact_id: str, problem: str) -> None:
    code, out, err = run("contact-channels", "get", contact_id, "phone")

    assert (code, out) == (2, "")
    assert err.startswith(f"error: {problem}")
    assert not emulator.journal


def test_missing_credentials_are_exit_code_2(run: Run) -> None:
    code, out, err = run("contact-channels", "get", "a", "phone")

    assert (code, out) == (2, "")
    assert err.startswith("error: No credentials. Set HEYMARKET_SECRET_ID")


def test_a_profile_is_used(
    run: Run, emulator: Emulator, monkeypatch: pytest.MonkeyPatch, profiles: Callable[[str], None]
) -> None:
    profiles(
        f'[profiles.local]\nbase_url = "{emulator.base_url}"\n'
        f'secret_id = "{emulator.secret_id}"\nsecret_key = "{emulator.secret_key}"\n'
    )
    for name in emulator.environment:
        monkeypatch.delenv(name)

    assert run(*get(emulator), "--profile", "local").code == 0
    assert run(*get(emulator), "--profile", "other").code == 2


def test_help_does_not_spell_a_value_as_an_option(run: Run) -> None:
    out = run("messages", "list", "--help").out
    assert "`created_at` by default" in out
    assert "use --created-at for the next" in " ".join(out.split())


def test_help_says_what_the_docstring_says(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    code, out, err = run("contact-channels", "get", "--help")

    assert (code, err) == (0, "")
    assert "Usage: heymarket contact-channels get [OPTIONS] CONTACT_ID CHANNEL_TYPE" in out
    assert "Retrieve one channel of a contact, by its type." in out
    assert "UUID of the contact." in out
    assert 'Known values: "phone",' in out
    assert "GET /v2/contact/{contactID}/channel/{channelType}, described with high" in out
    assert all(option in out for option in ("--json", "--profile", "--base-url", "--timeout"))
    assert not any(section in out for section in ("Returns", "Raises", "Sources", "--secret"))
    assert max(map(len, out.splitlines())) <= 80
