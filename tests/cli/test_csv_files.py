"""CSV files of people: what a phone number is, and where files may be written."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from heymarket.cli.csv_files import CSVFile, check_outputs, complete_phone, is_number
from heymarket.errors import InvalidRequestError


@pytest.mark.parametrize("phone", ["(555) 555-0100", "555.555.0100", "555/555 0100", " 5555550100"])
def test_a_number_without_its_country_code_gets_one(phone: str) -> None:
    assert complete_phone(phone, "1") == "15555550100"


@pytest.mark.parametrize(
    "phone",
    [
        "555-1234 x567",
        "5555550100 or Ann",
        "x5555550100",
        "555555\u0660100",
        "555,555,0100",
        "555;0100",
        "()",
        "++5555550100",
    ],
)
def test_nothing_but_a_number_gets_a_country_code(phone: str) -> None:
    with pytest.raises(InvalidRequestError):
        complete_phone(phone, "1")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+1 (555) 555-0100", True),
        ("(+1) 555/555.0100", True),
        ("12", True),
        ("20250115-customers.csv", False),
        ("555-1234 x567", False),
        ("", False),
        ("-", False),
    ],
)
def test_a_number_has_digits_and_separators_alone(text: str, expected: bool) -> None:
    assert is_number(text) is expected


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text("phone,first\n12,Zed\n13,Ann\n", "utf-8")
    return file


def test_a_rejected_file_that_was_changed_is_kept(people: Path) -> None:
    file = CSVFile(people)
    lines = [(line, "wrong.") for line in file]
    place = people.with_name("rejected.csv")
    assert file.write_rejected(place, lines) == file.write_rejected(place, lines) == place
    place.write_text("corrected", "utf-8")

    other = place.with_name("rejected-2.csv")
    assert file.write_rejected(place, lines) == file.write_rejected(place, lines) == other
    assert place.read_text("utf-8") == "corrected"
    assert other.read_text("utf-8-sig").splitlines()[1:] == ["12,Zed,line 2: wrong.", "13,Ann,line 3: wrong."]
    assert {one.name for one in people.parent.iterdir()} == {"people.csv", "rejected.csv", "rejected-2.csv"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes.")
def test_only_the_owner_can_read_a_rejected_file(people: Path) -> None:
    place = CSVFile(people).write_rejected(people.with_name("rejected.csv"), [])

    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_a_rejected_file_that_can_t_be_written_is_named(people: Path) -> None:
    place = people / "rejected.csv"

    with pytest.raises(NotADirectoryError) as caught:
        CSVFile(people).write_rejected(place, [])
    assert str(caught.value.strerror).startswith(f"{place}: ")


@pytest.mark.parametrize("name", ["people.csv", "link.csv", "folder", "missing/rejected.csv", "results.db"])
def test_a_file_that_can_t_be_written_is_refused(people: Path, name: str) -> None:
    folder = people.parent
    (folder / "folder").mkdir()
    (folder / "link.csv").symlink_to(people)
    place = folder / name

    with pytest.raises(InvalidRequestError) as caught:
        check_outputs(people, {"--results": folder / "results.db", "--rejected": place})
    assert str(caught.value).startswith(f"--rejected: {place} ")


def test_files_that_can_be_written_leave_nothing_behind(people: Path) -> None:
    before = people.read_bytes()

    check_outputs(people, {"--results": people.with_name("results.db"), "--rejected": people.with_name("people.txt")})
    check_outputs(None, {"--results": people})

    assert [*people.parent.iterdir()] == [people]
    assert people.read_bytes() == before
