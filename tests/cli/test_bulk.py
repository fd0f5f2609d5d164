"""Work with many: bodies from files, all pages, and what can't be undone."""

from __future__ import annotations

import csv
import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from heymarket.emulator import Emulator
    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]

PEOPLE = [{"phone": f"1555556{number:04}", "first": f"F{number}"} for number in range(40)]


@pytest.fixture
def people(tmp_path: Path) -> str:
    (tmp_path / "people.json").write_text(json.dumps(PEOPLE), "utf-8-sig")
    return f"@{tmp_path / 'people.json'}"


@pytest.mark.parametrize("from_stdin", ["-", "@-", ""])
def test_a_body_comes_from_a_file_or_from_stdin(
    run: Run, emulator: Emulator, people: str, from_stdin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(PEOPLE)))

    code, out, err = run("contacts", "batch-create", "--contacts", from_stdin or people)

    assert (code, err) == (0, "")
    assert [person["first"] for person in json.loads(out)] == [person["first"] for person in PEOPLE]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "--contacts names {}, which can't be read: No such file or directory."),
        (b'[{"phone": "sesame"} 7]', "--contacts needs JSON, and {} isn't: line 1, column 22."),
        (b" ", "--contacts needs JSON, and {} is empty."),
        (b"\xff\xfe", "--contacts names {}, which isn't UTF-8."),
        (b'{"phone": "sesame"}', "--contacts must be a JSON list, each item of it a JSON object."),
    ],
)
def test_a_file_that_is_no_body_is_refused(
    run: Run, emulator: Emulator, tmp_path: Path, content: bytes | None, problem: str
) -> None:
    file = tmp_path / "people.json"
    if content is not None:
        file.write_bytes(content)

    code, _, err = run("contacts", "batch-create", "--contacts", f"@{file}")

    assert code == 2
    assert err.startswith(f"error: {problem.format(file)}")
    assert "sesame" not in err
    assert not emulator.journal


TABLE = """\
phone,first,is_opted_out,tags,assignee_id,custom
15555560001,"[VIP] Zed, Jr",TRUE,"[{""tag_id"": 71}]",21,
15555560002,Ann,,,,"{""101"": ""Gold""}"
"""


@pytest.mark.usefixtures("emulator")
def test_a_list_of_models_comes_from_a_csv_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "people.CSV"
    file.write_text(TABLE, "utf-8-sig", newline="\r\n")

    code, out, err = run("contacts", "batch-create", "--contacts", f"@{file}")

    assert (code, err) == (0, "")
    zed, ann = json.loads(out)
    assert (zed["first"], zed["is_opted_out"], zed["assigned_user_id"]) == ("[VIP] Zed, Jr", True, 21)
    assert [tag["tag_id"] for tag in zed["tags"]] == [71]
    assert (ann["first"], ann["custom"]) == ("Ann", {"101": "Gold"})


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("phone,first_name\n1,sesame", "--contacts[0].first_name is not described. Did you mean first?"),
        ("phone,first\n1,sesame,sesame", "--contacts has a row with a value in a column that has no name."),
        ("phone,is_opted_out\n1,sesame", "--contacts has a row whose is_opted_out must be JSON, such as 21, true or"),
        ('phone,first\n1,"sesame', "--contacts names {}, which isn't CSV."),
    ],
)
def test_a_csv_file_that_is_no_list_is_refused(
    run: Run, emulator: Emulator, tmp_path: Path, table: str, problem: str
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(table, "utf-8")

    code, _, err = run("contacts", "batch-create", "--contacts", f"@{file}")

    assert (code, err.startswith(f"error: {problem.format(file)}")) == (2, True), err
    assert "sesame" not in err
    assert not emulator.journal


def test_the_values_of_a_list_come_from_a_file_or_from_stdin(
    run: Run, emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "phones").write_text("15555560001\r\n\n+1 (555) 556-0002\n", "utf-8-sig")
    monkeypatch.setattr(sys, "stdin", io.StringIO("501\n502"))

    assert (
        run("lists", "create", "--title", "A", "--phones", f"@{tmp_path / 'phones'}", "--phones", "15555560003")[0] == 0
    )
    assert run("lists", "create", "--title", "B", "--contacts", "@-")[0] == 0

    emulator.verify("lists.create", phones=["15555560001", "15555560002", "15555560003"])
    emulator.verify("lists.create", contacts=[501, 502])


@pytest.mark.parametrize(
    ("option", "content", "problem"),
    [
        ("--phones", None, "--phones names {}, which can't be read: No such file or directory."),
        ("--phones", b"\xff\xfe", "--phones names {}, which isn't UTF-8."),
        ("--contacts", b"sesame", "--contacts must be a whole number."),
    ],
)
def test_a_file_without_values_is_refused(
    run: Run, tmp_path: Path, option: str, content: bytes | None, problem: str
) -> None:
    file = tmp_path / "values"
    if content is not None:
        file.write_bytes(content)

    code, _, err = run("lists", "create", "--title", "A", option, f"@{file}")

    assert (code, err.startswith(f"error: {problem.format(file)}")) == (2, True), err
    assert "sesame" not in err


def test_all_pages_are_exported_once_each(run: Run, emulator: Emulator, people: str) -> None:
    assert run("contacts", "batch-create", "--contacts", people).code == 0
    count = int(run("contacts", "count").out)

    rows = list(csv.DictReader(io.StringIO(run("contacts", "list", "--all", "--output", "csv").out)))
    assert len({row["id"] for row in rows}) == len(rows) == count
    assert len(run("contacts", "list").out.split('"uuid"')) == 31, "one page without --all"
    assert len(json.loads(run("contacts", "list-v1", "--all").out)) == count
    last = run("contacts", "list", "--all", "--page", "1", "--output", "jsonl", "--fields", "id").out
    assert len(last.splitlines()) == count - 30


def test_all_is_for_lists_only(run: Run, emulator: Emulator) -> None:
    assert run("contacts", "get-v1", "501", "--all").code == 2


def test_a_count_is_a_number(run: Run, emulator: Emulator) -> None:
    assert json.loads(run("contacts", "count").out) == len(json.loads(run("contacts", "list").out))


def test_a_patch_keeps_what_it_does_not_name(run: Run, emulator: Emulator) -> None:
    contact_id = emulator.examples["phone"].contact_id

    assert run("contacts", "patch", contact_id, "--last", "Lovelace").code == 0
    assert run("contacts", "patch", "501", "--custom", '{"101": "Silver"}').code == 0

    contact = json.loads(run("contacts", "get-v1", "501").out)
    assert (contact["first"], contact["last"], contact["email"]) == ("Ada", "Lovelace", "ada@example.com")
    assert contact["custom"] == {"101": "Silver"}
    code, _, err = run("contacts", "patch", "501")
    assert code == 2
    assert "needs at least one change. It takes --phone, --first, " in err


def test_the_helper_that_finds_prints_null_for_nothing(run: Run, emulator: Emulator) -> None:
    contact_id = emulator.examples["phone"].contact_id

    assert json.loads(run("contact-channels", "find", contact_id, "phone").out)["channel_id"] == "15555550100"
    assert run("contact-channels", "find", contact_id, "whatsapp") == (0, "", "")


def test_what_cant_be_undone_needs_yes_without_a_terminal(run: Run, emulator: Emulator) -> None:
    for argv in (["contacts", "delete-v1", "501"], ["api", "DELETE", "/v1/contact/501"]):
        code, _, err = run(*argv)
        assert code == 2
        assert "--yes" in err
    assert not emulator.journal
    assert run("contacts", "delete-v1", "501", "--yes") == (0, "", "")


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("YES\n", 0), ("n\n", 2), ("\n", 2), ("", 2)])
def test_on_a_terminal_it_asks(
    run: Run, emulator: Emulator, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)

    outcome = run("contacts", "delete-v1", "501")

    assert outcome.code == code
    assert "for good (v1).\nThis can't be undone. Continue? [y/N] " in outcome.err
    assert len(emulator.journal) == (code == 0)


def test_any_endpoint_can_be_called(run: Run, emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"phone": "15555550100"}'))

    assert json.loads(run("api", "GET", "/v1/inboxes", "--fields", "id").out) == [{"id": 31}, {"id": 32}]
    assert json.loads(run("api", "post", "/v1/contact/get", "--body", "-").out)["id"] == 501
    history = run("api", "GET", "/v1/messages", "--query", "phoneNumber=15555550100", "--query", "inboxID=31")
    assert history.code == 0
    assert run("api", "GET", "/v1/nowhere").code == 4
    assert run("api", "GET", "/v1/messages", "--query", "inboxID").err.startswith("error: --query takes NAME=VALUE")
    assert run("api", "GET", "v1/inboxes").code == 2


def test_names_are_as_they_are_typed(run: Run, emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    send = ("messages", "send", "--inbox-id", "31", "--creator-id", "21")

    assert run(*send, "--phone-number", "555", "--text", "a").err.startswith("error: --phone-number is not an inter")
    assert "Give exactly one of --phone-number, --chat-id, --list-id and --targets." in run(*send, "--text", "a").err
    assert "Exactly one of --phone-number, --chat-id, --list-id and --targets is required." in run(*send, "--help").out
    assert (
        "--contact-channels[].channel_id has no plus"
        in run(
            "contacts", "create", "--contact-channels", '[{"channel_type": "phone", "channel_id": "5555550100"}]'
        ).err
    )


def test_the_help_of_json_has_an_example_and_no_numbers_of_contradictions(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    out = run("users", "update", "--help").out
    assert 'For example: [{"id": 21,' in out
    assert "Fields: id" in out
    assert "@FILE.csv has a column for each field." in " ".join(out.replace("│", " ").split())
    assert "or pass @FILE with one on each line." in " ".join(
        run("users", "get", "--help").out.replace("│", " ").split()
    )
    for resource in ("contacts", "messages", "conversations", "lists"):
        for command in [line.split()[1] for line in run(resource, "--help").out.splitlines() if line.startswith("│ ")]:
            if command[0].islower():
                assert "(D" not in run(resource, command, "--help").out, (resource, command)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            ["contacts", "batch-create", "--contacts", '[{"phone": "15555550555", "first_name": "Zed"}]'],
            "--contacts[0].first_name is not described. Did you mean first? To send it all the same, pass "
            "--allow-undescribed.",
        ),
        (
            ["conversations", "list", "--id", "21", "--filters", '{"clsoed": true}'],
            "--filters.clsoed is not described. Did you mean closed?",
        ),
        (
            ["conversations", "list", "--all", "--id", "21", "--filters", '{"clsoed": true}'],
            "--filters.clsoed is not described. Did you mean closed?",
        ),
        (
            ["contacts", "search", "--contact-channels", '[{"channel_type": "sms", "channel_ids": [], "value": "1"}]'],
            "--contact-channels[0].value is not described.",
        ),
    ],
)
def test_a_misspelt_field_is_noticed_before_anything_is_sent(
    run: Run, emulator: Emulator, line: list[str], problem: str
) -> None:
    code, out, err = run(*line)

    assert (code, out) == (2, "")
    assert err.startswith(f"error: {problem}")
    assert not emulator.journal


def test_a_new_field_can_be_sent(run: Run, emulator: Emulator) -> None:
    contacts = '[{"phone": "15555550555", "first": "Zed", "vip": true}]'

    assert run("contacts", "batch-create", "--contacts", contacts, "--allow-undescribed").code == 0

    assert emulator.journal[-1].request_body[0]["vip"] is True
    assert list(emulator.journal[-1].passed) == ["[].vip: not described"]
    assert "--allow-undescribed" in run("contacts", "batch-create", "--help").out
    assert "--allow-undescribed" not in run("contacts", "get", "--help").out
