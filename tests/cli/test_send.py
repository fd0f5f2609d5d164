"""`heymarket send`: what each would get is shown first; nobody is texted twice, or after they opted out."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from heymarket import Heymarket
from heymarket.emulator import Emulator, Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]

FROM = ("--inbox", "31", "--creator", "21")
OPTED_OUT = "15555550107"
NUMBERS = f"""\
name,Phone
a,+1 (555) 556-0001
b,15555560002
c,no number
d,1 555 556 0001
e,{OPTED_OUT}
f,
"""


@pytest.fixture
def numbers(tmp_path: Path, emulator: Emulator) -> Path:
    with Heymarket(**emulator.settings) as hm:
        hm.contacts.batch_create(
            contacts=[
                {"phone": "15555560001", "first": "Zed"},
                {"phone": OPTED_OUT, "is_opted_out": True},
            ],
            overwrite=True,
        )
    emulator.journal.clear()
    file = tmp_path / "numbers.csv"
    file.write_text(NUMBERS, "utf-8")
    return file


def sent(emulator: Emulator) -> Counter[str]:
    """How often a text was sent to each number."""
    calls = (entry for entry in emulator.journal if entry.operation == "messages.send" and entry.status == 200)
    return Counter(call.request_body["phone_number"] for call in calls if not call.repeated)


def test_a_preview_shows_what_each_would_get(run: Run, emulator: Emulator, numbers: Path) -> None:
    command = ("send", "--template", "51", "--to", str(numbers), *FROM, "--preview", "--output", "csv")

    code, out, err = run(*command)

    assert code == 0
    assert err.splitlines() == [
        "line 4: phone is not a phone number. Write it with a plus and its country code.",
        "line 5: the number is that of line 2.",
        "line 6: has opted out.",
        "line 7: there is no number.",
        "Texts: 2, of 2 segments; less than a minute. Left out: 4.",
    ]
    assert out == "phone,segments,text\n15555560001,1,Hello Zed!\n15555560002,1,Hello !\n"
    assert not sent(emulator)


def test_each_is_texted_once_however_often_it_is_run(run: Run, emulator: Emulator, numbers: Path) -> None:
    command = ("send", "--template", "51", "--to", str(numbers), *FROM, "--yes")

    code, out, _ = run(*command)
    assert (code, out.splitlines()[-1]) == (
        0,
        f"Texts accepted: 2. Left out or refused: 4. See {numbers.with_name('numbers.rejected.csv')}.",
    )
    assert "Sent to f" not in numbers.with_name("numbers.rejected.csv").read_text("utf-8")
    code, out, _ = run(*command)
    assert (code, "All of them were sent before" in out) == (0, True)

    numbers.write_text(NUMBERS.replace("no number", "15555560003"), "utf-8")
    assert run(*command).code == 0
    assert sent(emulator) == {"15555560001": 1, "15555560002": 1, "15555560003": 1}


@pytest.mark.parametrize("in_a_file", [True, False])
def test_it_goes_on_after_an_outage(run: Run, emulator: Emulator, tmp_path: Path, in_a_file: bool) -> None:
    phones = [f"1555556{number:04}" for number in range(15)]
    file = tmp_path / "numbers.txt"
    file.write_text("\n".join(phones), "utf-8")
    to = [("--to", str(file))] if in_a_file else [("--to", phone) for phone in phones]
    command = ("send", "--text", "Hi {{first_name}}", *(word for option in to for word in option), *FROM, "--yes")
    emulator.faults.add(Fault("lost_response", operation="messages.send"))

    code, out, _ = run(*command)

    assert (code, out.splitlines()[0]) == (1, "Texts accepted: 0. Left out or refused: 0.")
    assert "Failed for a passing reason: 15; give the same command again." in out
    emulator.faults.clear()
    assert run(*command).code == 0
    assert sent(emulator) == dict.fromkeys(phones, 1)


def test_the_rejected_file_can_be_given_without_a_second_text(run: Run, emulator: Emulator, numbers: Path) -> None:
    command = ("send", "--template", "51", *FROM, "--yes", "--to")
    assert run(*command, str(numbers)).code == 0
    rejected = numbers.with_name("numbers.rejected.csv")
    assert "d,1 555 556 0001" not in rejected.read_text("utf-8")
    rejected.write_text(rejected.read_text("utf-8").replace("no number", "15555560009"), "utf-8")

    run(*command, str(rejected))

    assert sent(emulator) == {"15555560001": 1, "15555560002": 1, "15555560009": 1}


def test_a_refused_text_is_reported_and_tried_again(run: Run, emulator: Emulator, tmp_path: Path) -> None:
    file = tmp_path / "numbers.txt"
    file.write_text("15555560001\n15555560002\n15555560003\n", "utf-8")
    rejected = file.with_name("numbers.rejected.csv")
    command = ("send", "--text", "Hi", "--to", str(file), "--creator-id", "21", "--yes", "--inbox-id")
    emulator.faults.add(Fault("status", status=402, operation="messages.send", count=2))

    code, out, _ = run(*command, "31")

    assert code == 1
    first, second = out.splitlines()
    assert first == f"Texts accepted: 1. Left out or refused: 2. See {rejected}."
    assert second.startswith("Refused: 2: 402"), second
    assert second.endswith(" The same command tries those again, also with another --inbox-id or --creator-id.")
    report = rejected.read_text("utf-8").splitlines()
    assert report[0] == "phone,problem"
    assert [": 402 (request id" in line for line in report[1:]] == [True, True]

    code, out, err = run(*command, "32", "--preview", "--output", "csv")
    assert (code, out.count("\n")) == (0, 4)
    assert "Accepted before: 1, refused: 2: 402" in err
    assert err.endswith(" To be sent now, the refused ones again: 2.\n")
    code, out, _ = run(*command, "32")
    assert (code, out) == (0, "Texts accepted: 3, 1 of them before. Left out or refused: 0.\n")
    assert set(sent(emulator).values()) == {1}
    assert len(sent(emulator)) == 3
    for again in ("31", "32"):
        code, out, _ = run(*command, again)
        assert (code, out.startswith("All of them were sent before, says")) == (0, True)
    code, _, err = run(*command, "31", "--preview")
    assert (code, "All of them were sent before" in err) == (0, True)
    assert len(sent(emulator)) == 3


def test_a_sender_that_is_not_there_is_refused_before_anything_else(
    run: Run, emulator: Emulator, tmp_path: Path
) -> None:
    file = tmp_path / "numbers.txt"
    file.write_text("15555560001\n", "utf-8")
    command = ("send", "--text", "Hi", "--to", str(file), "--yes")

    for mode in ([], ["--preview"]):
        code, _, err = run(*command, "--inbox-id", "33", "--creator-id", "21", *mode)
        assert (code, err) == (
            2,
            "error: --inbox-id: there is no inbox 33. There are: 31 (Front desk), 32 (Support).\n",
        )
        code, _, err = run(*command, "--inbox-id", "32", "--creator-id", "22", *mode)
        assert code == 2
        assert err.startswith("error: --creator-id: 22 isn't a member of the inbox 32. Members of the inbox: 21 (")
        code, _, err = run(*command, "--inbox-id", "32", "--creator-id", "99", *mode)
        assert (code, err.startswith("error: --creator-id: 99 is no member of the team. Members")) == (2, True)
    assert not sent(emulator)
    assert run(*command, "--inbox-id", "31", "--creator-id", "21").code == 0
    assert sent(emulator) == {"15555560001": 1}


def test_a_line_may_be_removed_or_moved_without_a_second_text(run: Run, emulator: Emulator, numbers: Path) -> None:
    command = ("send", "--text", "Hi", "--to", str(numbers), *FROM, "--yes")
    run(*command)

    numbers.write_text("Phone\n15555560003\n15555560002\n15555560001\n", "utf-8")

    assert run(*command).out == "Texts accepted: 3, 2 of them before. Left out or refused: 0.\n"
    assert sent(emulator) == {"15555560001": 1, "15555560002": 1, "15555560003": 1}


def test_one_file_of_results_may_be_for_several_texts(run: Run, emulator: Emulator, numbers: Path) -> None:
    command = ("send", "--to", str(numbers), *FROM, "--yes", "--results", str(numbers.with_name("all.db")))

    assert run(*command, "--text", "Hi").code == 0
    assert run(*command, "--text", "Bye").code == 0
    assert sent(emulator) == {"15555560001": 2, "15555560002": 2}


def test_numbers_may_be_given_themselves(run: Run, emulator: Emulator) -> None:
    code, out, err = run("send", "--text", "Hi", "--to", "+1 555 556 0001", "--to", "15555560002", *FROM, "--yes")

    assert (code, out, err) == (0, "Texts accepted: 2. Left out or refused: 0.\n", "")
    assert set(sent(emulator)) == {"15555560001", "15555560002"}


@pytest.mark.parametrize(
    ("content", "options", "problem"),
    [
        ("a,b\n1,2", ["--text", "Hi"], "Which column of {} has the numbers? Give --column; there are a, b."),
        ("a,b\n1,2", ["--text", "Hi", "--column", "c"], "{} has no column 'c'. It has a, b."),
        ("phone\n", [], "Give --template or --text."),
        ("phone\n", ["--text", "Hi", "--template", "51"], "Give --template or --text."),
        ("phone\n", ["--text", "Hi", "--to", "15555560001"], "--to takes one number or file; for several numbers"),
    ],
)
def test_what_can_t_be_sent_is_refused(
    run: Run, emulator: Emulator, tmp_path: Path, content: str, options: list[str], problem: str
) -> None:
    file = tmp_path / "numbers.csv"
    file.write_text(content, "utf-8")

    code, _, err = run("send", "--to", str(file), *options, *FROM, "--yes")

    assert (code, err.startswith(f"error: {problem.format(file)}")) == (2, True), err
    assert not emulator.journal


@pytest.mark.parametrize("joined", ["15555560001,15555560002", "15555560001, +1 555 556 0002"])
def test_numbers_in_one_argument_are_refused_with_how_to_write_them(run: Run, emulator: Emulator, joined: str) -> None:
    code, _, err = run("send", "--text", "Hi", "--to", joined, *FROM, "--yes")

    assert (code, err) == (
        2,
        "error: --to takes one number or file; for several numbers repeat it: --to A --to B\n",
    )
    assert not emulator.journal


def test_a_number_of_the_command_line_is_called_a_number(run: Run, emulator: Emulator) -> None:
    numbers = ("--to", "15555560001", "--to", "12", "--to", "15555560001")
    err = run("send", "--text", "Hi", *numbers, *FROM, "--preview").err

    assert err.startswith("number 2: phone is not ")
    assert "number 3: the number is that of number 1.\n" in err


def test_nothing_is_sent_without_a_yes(run: Run, emulator: Emulator) -> None:
    code, _, err = run("send", "--text", "Hi", "--to", "15555560001", *FROM)

    assert (code, "--yes" in err) == (2, True)
    assert not sent(emulator)


def test_a_preview_for_programs_is_json(run: Run, emulator: Emulator) -> None:
    out = run("send", "--text", "Hi", "--to", "15555560001", *FROM, "--preview").out

    assert json.loads(out) == [{"phone": "15555560001", "segments": 1, "text": "Hi"}]
