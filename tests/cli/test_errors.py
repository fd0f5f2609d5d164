"""Wrong command lines: one line that says what to do, and repeats no value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from cyclopts import App, CoercionError

from heymarket.cli.errors import explain

if TYPE_CHECKING:
    from collections.abc import Callable

    from heymarket.emulator import Emulator
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
        ("doctor --secret-key=sesame", "There is no option --secret-key. Credentials are no options: see heymarket"),
        ("doctor --secret-key sesame", "There is no option --secret-key. Credentials are no options: see heymarket"),
        ("doctor --tiemout 3", "There is no option --tiemout. Did you mean --timeout?"),
        ("doctor --timeout soon", "--timeout must be a number."),
        (
            "doctor --timeout",
            "--timeout has no value. One that begins with a hyphen needs an equals sign",
        ),
        ("doctor --timeout 1 --timeout 2", "--timeout is given more than once."),
        ("listen", "There is no command listen. Did you mean webhooks listen? Try: heymarket --help"),
        ("contacts find 15555550100", "There is no command find. Did you mean search? Try: heymarket contacts --help"),
        ("contacts import a.csv", "There is no command import. Did you mean import contacts FILE.csv? Try"),
        ("contacts export", "There is no command export. Did you mean export contacts? Try"),
        ("contacts show 501", "There is no command show. Did you mean get? Try"),
        (
            "contacts create-many",
            "There is no command create-many. Did you mean import contacts FILE.csv? Try",
        ),
        ("contacts send", "There is no command send. Did you mean email send or messages send? Try"),
        ("contact get", "There is no command contact. Did you mean contacts? Try"),
        ("webhooks create", "There is no command create. There is: listen. Webhooks are set up in the Heymarket app"),
        ("messages list --phone 15555550100", "There is no option --phone. Did you mean messages history --phone-numb"),
        ("emulator --seed", "--seed has no value. It takes one: --seed FILE. Try"),
        ("users list", "There is no command list. There are: get, update. Try"),
        ("send", "--to is missing. Try: heymarket send --help"),
        ("messages export", "There is no command export. Did you mean list --all --output csv? Try"),
        ("text", "There is no command text. Did you mean send? Try: heymarket --help"),
        ("inbox list", "There is no command inbox. Did you mean inboxes? Try: heymarket --help"),
        ("contacts list -n 5", "There is no option -n. Did you mean --limit? Try"),
        ("contacts list --phone 1", "There is no option --phone. Did you mean contacts search --contact-channels? Try"),
        ("contacts get --contact-id 1", "There is no option --contact-id. CONTACT_ID comes without an option. Try"),
        ("import contacts --file a.csv", "There is no option --file. FILE comes without an option. Try"),
        (
            "export contacts a.csv",
            "There are more arguments than this command takes. Others are given with options, such as "
            "--to. For several",
        ),
        ("export contacts --output a.csv", "There is no option --output. Did you mean --to? Try"),
        (
            "contacts lookup 1",
            "There are more arguments than this command takes. Others are given with options, such as --phone.",
        ),
        ("ls", "There is no command ls. Did you mean contacts list? Try: heymarket --help"),
        ("whoami", "There is no command whoami. Did you mean doctor? Try: heymarket --help"),
        ("gte", "There is no command gte. There are: api, calibrate, "),
        ("messages send --to 15555550100", "There is no option --to. Did you mean --phone-number? Try"),
        ("contacts list --csv", "There is no option --csv. Did you mean --output csv? Try"),
        ("contacts batch-create --file a.csv", "There is no option --file. Did you mean --contacts @FILE.csv? Try"),
        (
            "contacts search --phone 15555550100",
            'There is no option --phone. Did you mean --contact-channels \'[{"channel_type": "phone", "channel_ids": [',
        ),
        ("conversations list --id 21", '--filters is missing. For example: --filters \'{"inboxes": [31], '),
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
    assert "15555550100" not in err.partition("Did you mean --contact-channels")[0], "an example of the description's"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 407, 409, 418, 422, 429, 503])
def test_the_next_step_is_one_on_the_command_line(run: Run, emulator: Emulator, status: int) -> None:
    emulator.fail_next(status, times=9)

    err = run("team", "get", "--timeout", "1").err

    assert err.startswith(f"error: {status} (request id ")
    assert "error." not in err.removeprefix("error: ")
    assert "Quota" not in err


@pytest.mark.usefixtures("emulator")
def test_verbose_shows_the_body_of_an_error(run: Run) -> None:
    send = [*SEND.replace("--creator-id 21", "--creator-id 99").split(), "--phone-number", "15555550100", "--text", "a"]

    assert run(*send).err.endswith(" --verbose shows the whole response.\n")
    assert '\n  body: {"' in run(*send, "--verbose").err


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
