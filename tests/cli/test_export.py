"""`heymarket export`: each item of a list once, in a file of a chosen format; it goes on where it stopped."""

from __future__ import annotations

import csv
import json
import sqlite3
import stat
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from heymarket import Heymarket
from heymarket.emulator import Emulator, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]


@pytest.fixture
def ids(emulator: Emulator) -> list[Any]:
    """The contacts of several pages, as the list has them."""
    people = [{"phone": f"1555556{number:04}", "first": f"F{number}"} for number in range(70)]
    with Heymarket(**emulator.settings) as hm:
        hm.contacts.batch_create(contacts=people)
        found = [contact.id for contact in hm.contacts.list()]
    emulator.journal.clear()
    return found


def read_table(path: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute(query).fetchall()


def test_csv(run: Run, ids: list[Any], tmp_path: Path) -> None:
    file = tmp_path / "contacts.csv"

    code, out, err = run("export", "contacts", "--to", str(file))

    assert (code, out, err) == (0, "", f"{len(ids)} contacts written to {file}.\n")
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["id"] for row in rows] == [str(one) for one in ids]
    assert json.loads(rows[0]["contact_channels"])[0]["channel_id"] == rows[0]["phone"]
    assert [one.name for one in tmp_path.iterdir()] == ["contacts.csv"]


def test_json_lines(run: Run, ids: list[Any], tmp_path: Path) -> None:
    file = tmp_path / "contacts.jsonl"

    assert run("export", "contacts", "--to", str(file)).code == 0
    assert [json.loads(line)["id"] for line in file.read_text("utf-8").splitlines()] == ids


def test_a_sqlite_file_gets_what_is_new_or_changed(
    run: Run, emulator: Emulator, ids: list[Any], tmp_path: Path
) -> None:
    file = tmp_path / "contacts.db"
    assert run("export", "contacts", "--to", str(file)).code == 0
    with Heymarket(**emulator.settings) as hm:
        hm.contacts.patch(ids[3], first="Changed")
        hm.contacts.create_v1(phone="15555569999", first="New")

    assert run("export", "contacts", "--to", str(file)).code == 0
    assert len(read_table(file, "SELECT id FROM contacts")) == len(ids) + 1
    query = "SELECT first FROM contacts WHERE first IN ('Changed', 'New') ORDER BY first"
    assert read_table(file, query) == [("Changed",), ("New",)]


def test_it_goes_on_where_it_failed(run: Run, emulator: Emulator, ids: list[Any], tmp_path: Path) -> None:
    file = tmp_path / "contacts.jsonl"
    emulator.faults.add(Fault("status", status=400, operation="contacts.list", nth=3))
    assert run("export", "contacts", "--to", str(file)).code == 1
    assert not file.exists()
    emulator.faults.clear()
    emulator.journal.clear()

    assert run("export", "contacts", "--to", str(file)).code == 0
    assert [json.loads(line)["id"] for line in file.read_text("utf-8").splitlines()] == ids
    assert emulator.journal[1].request_body["page"] == 2


def test_another_export_is_not_gone_on_with(run: Run, emulator: Emulator, ids: list[Any], tmp_path: Path) -> None:
    file = tmp_path / "all.csv"
    emulator.faults.add(Fault("status", status=400, operation="contacts.list", nth=2))
    assert run("export", "contacts", "--to", str(file)).code == 1
    emulator.faults.clear()

    code, _, err = run("export", "messages", "--to", str(file))

    assert (code, f"{file}.partial is of another export" in err) == (2, True)


def test_the_export_of_another_team_is_not_gone_on_with(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "all.csv"
    with Emulator(teams={"north": {"team": {"id": 8}}}) as emulator:
        emulator.faults.add(Fault("status", status=400, operation="contacts.list"))
        for team, expected in ((emulator, 1), (emulator.teams["north"], 2)):
            for name, value in team.environment.items():
                monkeypatch.setenv(name, value)
            code, _, err = run("export", "contacts", "--to", str(file))
            assert code == expected

    assert f"{file}.partial is of another export" in err


def test_the_export_of_another_service_is_not_gone_on_with(
    run: Run, emulator: Emulator, ids: list[Any], tmp_path: Path
) -> None:
    file = tmp_path / "all.csv"
    emulator.faults.add(Fault("status", status=400, operation="contacts.list", nth=2))
    assert run("export", "contacts", "--to", str(file)).code == 1
    emulator.faults.clear()

    other = emulator.settings["base_url"].replace("127.0.0.1", "localhost")
    code, _, err = run("export", "contacts", "--to", str(file), "--base-url", other)

    assert (code, f"{file}.partial is of another export" in err) == (2, True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes.")
@pytest.mark.usefixtures("emulator")
@pytest.mark.parametrize("ending", ["csv", "jsonl", "db"])
def test_only_the_owner_can_read_what_is_exported(run: Run, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"contacts.{ending}"

    assert run("export", "contacts", "--to", str(file)).code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [*tmp_path.iterdir()] == [file]


def test_since_leaves_out_what_is_older(run: Run, emulator: Emulator, tmp_path: Path) -> None:
    with Heymarket(**emulator.settings) as hm:
        dates: list[Any] = sorted(message.date for message in hm.messages.list())
    file = tmp_path / "messages.jsonl"

    assert run("export", "messages", "--to", str(file), "--since", dates[-3].isoformat()).code == 0

    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    found = [datetime.fromisoformat(line["date"]) for line in lines]
    assert sorted(found) == dates[-3:]


@pytest.mark.usefixtures("emulator")
def test_a_command_for_each_paged_list_has_its_arguments(run: Run, tmp_path: Path) -> None:
    known: Iterable[str] = ("contacts", "conversations", "messages", "tags", "templates", "surveys")
    out = run("export", "--help").out
    assert all(name in out for name in known)

    file = tmp_path / "open.csv"
    code, _, err = run("export", "conversations", "--to", str(file), "--id", "21", "--filters", '{"closed": false}')
    assert (code, err.endswith(f"conversations written to {file}.\n")) == (0, True)


@pytest.mark.usefixtures("emulator")
def test_a_file_that_is_no_database_is_left_alone(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "contacts.db"
    file.write_text("This is something else, and long enough to be read as a header of a file." * 20, "utf-8")

    code, _, err = run("export", "contacts", "--to", str(file))

    assert (code, err.startswith(f"error: {file} can't be written: file is not a database.")) == (2, True)
    assert file.read_text("utf-8").startswith("This is something else")
