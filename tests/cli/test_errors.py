"""Wrong command lines: one line that says what to do, and repeats no value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from cyclopts import App, CoercionError

from heymarket.cli.errors import explain

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]

GET = "contact-channels get"
SEND = "messages send --inbox-id 31 --creator-id 21"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("doktor", "There is no command doktor. Did you mean doctor? Try: heymarket --help"),
        ("contact-channels gte", "There is no command gte. Did you mean get? Try: heymarket contact-channels --help"),
        ("--profile=work doctor", "There is no option --profile here. Options come after the command."),
        ("doctor --secret-key=sesame", "There is no option --secret-key. Try: heymarket doctor --help"),
        ("doctor --secret-key sesame", "There is no option --secret-key. Try: heymarket doctor --help"),
        ("doctor --tiemout 3", "There is no option --tiemout. Did you mean --timeout?"),
        ("doctor --timeout soon", "--timeout must be a number."),
        (
            "doctor --timeout",
            "--timeout has no value. One that begins with a hyphen needs an equals sign",
        ),
        ("doctor --timeout 1 --timeout 2", "--timeout is given more than once."),
        ("listen", "There is no command listen. Did you mean webhooks listen? Try: heymarket --help"),
        (f"{SEND} --phone sesame", "There is no option --phone. Did you mean --phone-number?"),
        ("messages send --inbox-id 31 --text -", "--text has no value. One that begins with a hyphen needs an equals"),
        ("contacts list --output sesame", "--output must be one of table, json, jsonl, csv."),
        ("doctor sesame", "There are more arguments than this command takes."),
        ("emulator --port eighty", "--port must be a whole number."),
        ("15555550100", "There is no command like that."),
        ("doctor --15555550100", "There is no option like that."),
        (f"{GET} a", "CHANNEL_TYPE is missing."),
        (f"{GET} 15555550100 phone sesame", "There are more arguments than this command takes."),
        (f"{GET} 15555550100 phone --json=sesame", "--json must be true or false."),
    ],
)
def test_what_is_wrong_is_said_in_one_line(run: Run, line: str, problem: str) -> None:
    code, out, err = run(*line.split())

    assert (code, out) == (2, "")
    assert err.startswith(f"error: {problem}")
    assert err.count("\n") == 1
    assert "sesame" not in err
    assert "15555550100" not in err


def test_a_choice_of_numbers_is_named() -> None:
    app = App()

    @app.default
    def command(*, size: Literal[2, 3]) -> None:
        raise AssertionError(size)

    with pytest.raises(CoercionError) as caught:
        app(["--size", "4"], exit_on_error=False, print_error=False)
    assert explain(caught.value) == (2, "--size must be one of 2, 3. Try: heymarket --help")


@pytest.mark.parametrize("line", ["", "--help", "contact-channels", "contact-channels --help"])
def test_help_is_at_hand(run: Run, line: str) -> None:
    code, out, err = run(*line.split())

    assert (code, err) == (0, "")
    assert out.startswith("Usage: heymarket")


def test_the_help_of_the_program_has_the_exit_codes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    out = " ".join(run("--help").out.split())

    assert "0 success; 1 refused by the service" in out
    assert "4 not found (404); 130 interrupted" in out
