"""`heymarket import contacts`: all rows are checked first, and each is imported, or rejected with its reason, once."""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from heymarket import Heymarket, bulk
from heymarket.cli.commands import import_contacts
from heymarket.emulator import Emulator, Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]

PEOPLE = """\
Mobile,First name,Tier,Born
(555) 556-0001,Zed,Gold,1990
+1 555 556 0002,"Ann, Jr",,1991
12,Bad,,1992

15555560001,Double,,1993
,Nobody,,1994
15555560003,Many,,1995,more
"""
KEPT = "those that had the number already were kept; --overwrite changes them."
MAP = ("--map", "phone=Mobile", "first=First name", "custom.101=Tier")


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE, "utf-8-sig")
    return file


def named(emulator: Emulator, phone: str) -> str | None:
    with Heymarket(**emulator.settings) as hm:
        found = hm.contacts.search(contact_channels=[{"channel_type": "phone", "channel_ids": [phone]}])
    return str(found[0].first) if found else None


def test_a_preview_tells_each_problem_with_its_line_and_sends_nothing(
    run: Run, emulator: Emulator, people: Path
) -> None:
    code, out, err = run("import", "contacts", str(people), *MAP, "--country-code", "1", "--preview")

    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "line 4: phone is not an international phone number, which has 7 to 15 digits and begins with a country code, "
        "not with 0. Write it with a plus, such as +1 415 555 0100.",
        "line 6: the phone number is that of line 2.",
        "line 7: phone is missing.",
        "line 8: there are more cells than columns. Quote cells that contain the separator.",
        "Contacts to import: 2; calls: 1. Rows rejected: 4. Columns that are left out: Born.",
    ]
    assert not emulator.journal
    assert [one.name for one in people.parent.iterdir()] == ["people.csv"]


def test_contacts_are_created_and_rejected_rows_can_be_corrected(run: Run, emulator: Emulator, people: Path) -> None:
    code, out, err = run("import", "contacts", str(people), *MAP, "--country-code=1", "--yes")

    rejected = people.with_name("people.rejected.csv")
    assert (code, err) == (0, "")
    assert out.splitlines()[-2:] == [f"Contacts accepted: 2; {KEPT}", f"Rows rejected: 4, see {rejected}"]
    assert emulator.journal[-1].request_body == [
        {"phone": "15555560001", "first": "Zed", "custom": {"101": "Gold"}},
        {"phone": "15555560002", "first": "Ann, Jr"},
    ]
    assert rejected.read_bytes().startswith(BOM_UTF8)  # as the file that was given, perhaps for Excel
    report = rejected.read_text("utf-8-sig")
    assert report.splitlines()[0] == "Mobile,First name,Tier,Born,problem"
    assert report.splitlines()[3] == ",Nobody,,1994,line 7: phone is missing."

    rejected.write_text(report.replace("\n,Nobody", "\n+15555560009,Somebody"), "utf-8-sig")
    assert run("import", "contacts", str(rejected), *MAP, "--yes").code == 0
    assert named(emulator, "15555560009") == "Somebody"


def test_the_same_command_sends_nothing_twice(run: Run, emulator: Emulator, people: Path) -> None:
    command = ("import", "contacts", str(people), *MAP, "--yes")
    first = run(*command)
    emulator.journal.clear()

    assert run(*command) == first
    assert [entry.operation for entry in emulator.journal] == ["team.get"]


def test_it_goes_on_after_a_failure(run: Run, emulator: Emulator, tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    rows = "".join(f"1555556{number:04},F{number}\n" for number in range(450))
    file.write_text(f"phone,first\n{rows}", "utf-8")
    emulator.faults.add(Fault("status", status=503, operation="contacts.batch_create"))

    code, out, _ = run("import", "contacts", str(file), "--yes")
    assert code == 1
    assert "give the same command again" in out

    emulator.faults.clear()
    code, out, _ = run("import", "contacts", str(file), "--yes")
    assert (code, out.splitlines()[-1]) == (0, f"Contacts accepted: 450; {KEPT}")
    numbers = [
        one["phone"]
        for entry in emulator.journal
        if entry.operation == "contacts.batch_create" and entry.status == 200
        for one in entry.request_body
    ]
    assert len(numbers) == len({*numbers}) == 450


def test_a_refused_contact_costs_the_others_of_its_request_nothing(
    run: Run, emulator: Emulator, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("phone;first;assignee_id\n15555560001;Zed;99\n15555560002;Ann;21\n", "utf-8")

    code, out, _ = run("import", "contacts", str(file), "--yes")

    assert (code, f"Contacts accepted: 1; {KEPT}\nRows rejected: 1, see " in out) == (1, True)
    assert named(emulator, "15555560002") == "Ann"
    report = file.with_name("people.rejected.csv").read_text("utf-8")
    assert report.startswith("phone;first;assignee_id;problem\n15555560001;Zed;99;")
    assert "assignee_id" in report.splitlines()[1].partition(";99;")[2]


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_contact_that_is_there_is_kept_unless_told_otherwise(
    run: Run, emulator: Emulator, tmp_path: Path, overwrite: bool
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("phone,first\n15555550100,Zed\n", "utf-8")
    before = named(emulator, "15555550100")

    code, out, _ = run("import", "contacts", str(file), "--yes", *["--overwrite"] * overwrite)

    said = "those that had the number already were changed." if overwrite else KEPT
    assert (code, out.splitlines()[-1]) == (0, f"Contacts accepted: 1; {said}")
    assert named(emulator, "15555550100") == ("Zed" if overwrite else before)


@pytest.mark.parametrize(
    ("content", "options", "problem"),
    [
        (None, [], "{} can't be read: No such file or directory."),
        (b"", [], "{} is empty. Its first line has the names of the columns."),
        (b"phone\n\xff", [], "{} isn't UTF-8. Save it as CSV UTF-8."),
        (b"phone,phone\n", [], "{} has more than one column called 'phone'. Rename one."),
        (b'phone,first\n1,"x', [], "{} isn't CSV."),
        (b"first\nZed\n", [], '{} has no column phone. Map one: --map phone="first"'),
        (
            b"Mobile,First name,Tier\n",
            [],
            '{} has columns that are no fields: "Mobile", "First name", "Tier". Map those that you want: --map '
            'phone="Mobile" first="First name"',
        ),
        (b"phone\n", ["--map", "frist=phone"], "--map: there is no field frist. Did you mean first?"),
        (b"phone\n", ["--map", "first=Name"], "--map: {} has no column 'Name'. It has phone."),
        (b"phone\n", ["--map", "first"], "--map takes FIELD=COLUMN, such as"),
        (b"phone,A,B\n", ["--map", "first.x=A", "first=B"], "--map: first is no object, so there is no first.x."),
        (b"Mobile\n", ["--map", "phone=Mobile", "last=Mobile"], "--map: column 'Mobile' can't be both phone and last."),
        (b"phone,A,B\n", ["--map", "first=A", "first=B"], "--map names a field twice. A field has one column."),
    ],
)
def test_a_file_that_can_t_be_imported_is_refused(
    run: Run, emulator: Emulator, tmp_path: Path, content: bytes | None, options: list[str], problem: str
) -> None:
    file = tmp_path / "people.csv"
    if content is not None:
        file.write_bytes(content)

    code, _, err = run("import", "contacts", str(file), *options, "--yes")

    assert (code, err.startswith(f"error: {problem.format(file)}")) == (2, True), err
    assert not emulator.journal


def test_without_a_terminal_it_needs_to_be_told_yes(run: Run, emulator: Emulator, people: Path) -> None:
    code, _, err = run("import", "contacts", str(people), *MAP)

    assert (code, "--yes" in err) == (2, True)
    assert [entry.operation for entry in emulator.journal] == ["team.get"]


def test_each_row_is_one_result_in_the_file(run: Run, emulator: Emulator, people: Path, tmp_path: Path) -> None:
    place = tmp_path / "job.db"

    assert run("import", "contacts", str(people), *MAP, "--yes", "--results", str(place)).code == 0
    assert [(result.row, result.error) for result in bulk.results(place)] == [(0, None)]


def test_a_cell_that_is_no_object_has_no_fields(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text('phone,custom,Tier\n15555560001,5,Gold\n15555560002,"{""102"": ""a""}",Gold\n', "utf-8")

    code, out, _ = run("import", "contacts", str(file), "--map", "custom.101=Tier", "--preview")

    assert code == 0
    assert out.splitlines()[0] == "line 2: custom must be a JSON object, since it has custom.101 too."
    assert "Contacts to import: 1;" in out


@pytest.mark.parametrize("option", ["--rejected", "--results"])
@pytest.mark.parametrize("name", ["people.csv", "missing/file"])
def test_a_file_that_can_t_be_written_is_refused_before_anything_is_sent(
    run: Run, emulator: Emulator, people: Path, option: str, name: str
) -> None:
    place = people.parent / name

    code, _, err = run("import", "contacts", str(people), *MAP, option, str(place), "--yes")

    assert (code, err.startswith(f"error: {option}: {place} ")) == (2, True)
    assert [entry.operation for entry in emulator.journal] == ["team.get"]
    assert people.read_text("utf-8-sig") == PEOPLE


@pytest.mark.usefixtures("emulator")
def test_corrections_of_rejected_rows_are_kept(run: Run, people: Path) -> None:
    command = ("import", "contacts", str(people), *MAP, "--yes")
    run(*command)
    rejected = people.with_name("people.rejected.csv")
    rejected.write_text("corrected", "utf-8")

    out = run(*command).out

    assert rejected.read_text("utf-8") == "corrected"
    assert out.splitlines()[-1].endswith(f", see {people.with_name('people.rejected-2.csv')}")


@pytest.fixture
def batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Six contacts, for three calls; one is wrong in each but the last."""
    monkeypatch.setattr(import_contacts, "_BATCH", 2)
    file = tmp_path / "people.csv"
    people = "".join(f"1555556000{number},{99 if number in {0, 2} else 21}\n" for number in range(6))
    file.write_text(f"phone,assignee_id\n{people}", "utf-8")
    return file


def count_calls(emulator: Emulator) -> int:
    return sum(entry.operation == "contacts.batch_create" for entry in emulator.journal)


def test_no_more_than_some_refused_calls_are_made_one_by_one(
    run: Run, emulator: Emulator, batches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_contacts, "_MOST_SPLIT", 1)

    code, out, _ = run("import", "contacts", str(batches), "--yes")

    rejected = batches.with_name("people.rejected.csv")
    assert (code, out.splitlines()[-1]) == (1, f"Rows rejected: 3, see {rejected}")
    assert "Contacts accepted: 3;" in out
    assert count_calls(emulator) == 3 + 2
    report = rejected.read_text("utf-8-sig").splitlines()
    assert [line.partition(",")[0] for line in report[1:]] == ["15555560000", "15555560002", "15555560003"]
    assert "line 5: its call was refused, of 2 contacts: " in report[3]

    assert run("import", "contacts", str(rejected), "--yes").code == 1
    assert named(emulator, "15555560003") is not None


def test_who_may_not_import_makes_no_calls_one_by_one(run: Run, emulator: Emulator, batches: Path) -> None:
    emulator.faults.add(Fault("status", status=403, operation="contacts.batch_create"))

    code, out, _ = run("import", "contacts", str(batches), "--yes")

    assert (code, "Contacts accepted: 0;" in out, "Rows rejected: 6" in out) == (1, True, True)
    assert count_calls(emulator) == 3
