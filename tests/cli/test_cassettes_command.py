"""`heymarket cassettes`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Outcome

Run = Callable[..., Outcome]

RECORDED = Path(__file__).parents[1] / "contract/cassettes"
CHANNEL = RECORDED / "contact_channels.get/200-phone.yaml"
SENT = RECORDED / "messages.send/200-example.yaml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two cassettes, YAML that isn't one, and a cassette of others."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "tests/cassettes/test_mine"
    folder.mkdir(parents=True)
    (tmp_path / "settings.yaml").write_text("a: 1\n")
    (tmp_path / ".tox/cassettes").mkdir(parents=True)
    (tmp_path / ".tox/cassettes/others.yaml").write_text("a: 1\n")
    for name, source in {"test_channel": CHANNEL, "test_sent": SENT}.items():
        (folder / f"{name}.yaml").write_text(source.read_text("utf-8"), "utf-8")
    return folder


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def rows(outcome: Outcome, code: int) -> list[dict[str, Any]]:
    assert (outcome.code, outcome.err) == (code, "")
    found: list[dict[str, Any]] = json.loads(outcome.out)
    return found


def date(days_ago: int) -> str:
    return (datetime.now(UTC).date() - timedelta(days=days_ago)).isoformat()


def set_date(path: Path, days_ago: int) -> None:
    lines = path.read_text("utf-8").splitlines()
    changed = [f"  recorded: '{date(days_ago)}'" if line.startswith("  recorded: ") else line for line in lines]
    path.write_text("\n".join(changed) + "\n", "utf-8")


def test_list_goes_by_the_date_in_the_cassette(run: Run, folder: Path) -> None:
    set_date(folder / "test_channel.yaml", 40)

    found = rows(run("cassettes", "list"), 0)

    assert [one["cassette"] for one in found] == [
        "tests/cassettes/test_mine/test_channel.yaml",
        "tests/cassettes/test_mine/test_sent.yaml",
    ]
    assert found[0] == {
        "cassette": "tests/cassettes/test_mine/test_channel.yaml",
        "origin": "emulator",
        "recorded": date(40),
        "days": 40,
        "stale": False,
        "operations": "contact_channels.get",
    }


def test_list_says_which_are_stale(run: Run, folder: Path) -> None:
    edit(folder / "test_channel.yaml", "description: ", "description: 0")

    found = rows(run("cassettes", "list"), 1)

    assert [one["stale"] for one in found] == [True, False]


def test_list_is_a_table_on_a_terminal(on_terminal: Run, folder: Path) -> None:
    outcome = on_terminal("cassettes", "list", str(folder), "--fields", "origin,operations")

    assert (outcome.code, outcome.err) == (0, "")
    assert "emulator  messages.send" in outcome.out


def test_lint_shows_where_and_what_kind_but_no_value(run: Run, folder: Path) -> None:
    assert rows(run("cassettes", "lint"), 0) == []
    edit(folder / "test_channel.yaml", "15555550100", "14155552671")

    outcome = run("cassettes", "lint", "--output", "json")

    assert {one["cassette"] for one in rows(outcome, 1)} == {"tests/cassettes/test_mine/test_channel.yaml"}
    assert "what may be a phone or account number" in outcome.out
    assert "14155552671" not in outcome.out


def test_lint_reads_what_is_no_text(run: Run, folder: Path) -> None:
    (folder / "test_sent.yaml").write_bytes(b"\xff\x00")

    (found,) = rows(run("cassettes", "lint"), 1)

    assert found["problem"].startswith("this is not a cassette")


def test_all_cassettes_of_the_project_are_as_described(run: Run) -> None:
    assert rows(run("cassettes", "check", str(RECORDED)), 0) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        ("test_channel", '"id":1001', '"id":"x1001"', "1.response.body.id"),
        ("test_channel", '"channel_id":"15555550100"', '"channel_id":null', "1.response.body.channel_id"),
        ("test_channel", '"created":"', '"created":"on ', "1.response.body.created"),
        ("test_channel", "code: 200", "code: 299", "1.response.status"),
        ("test_channel", "/v2/contact/", "/v9/contact/", "1.request"),
        ("test_channel", "description: ", "description: 0", "metadata.description"),
        ("test_sent", '"inbox_id":31', '"inbox_id":"31"', "1.request.body.inbox_id"),
        ("test_sent", '"inbox_id":31', '"inbox_id":31,"inbox":31', "1.request.body.inbox"),
    ],
)
def test_check_names_the_place_that_is_not_as_described(
    run: Run, folder: Path, name: str, old: str, new: str, place: str
) -> None:
    edit(folder / f"{name}.yaml", old, new)

    found = rows(run("cassettes", "check"), 1)

    assert place in [one["place"] for one in found]
    assert {one["cassette"] for one in found} == {f"tests/cassettes/test_mine/{name}.yaml"}
    assert "x1001" not in str(found)


def test_check_reports_undescribed_fields_of_responses_if_asked(run: Run, folder: Path) -> None:
    edit(folder / "test_channel.yaml", '"id":1001', '"id":1001,"verified":true')
    assert rows(run("cassettes", "check"), 0) == []

    (found,) = rows(run("cassettes", "check", "--strict"), 1)

    assert (found["operation"], found["place"]) == ("contact_channels.get", "1.response.body.verified")
    assert found["problem"] == "not described"


def test_the_emulator_responds_as_all_cassettes_of_the_project_say(run: Run) -> None:
    assert rows(run("cassettes", "check", "--emulator", str(RECORDED)), 0) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("test_channel", '"team_id":7,', "", "described as integer; emulator: integer; recorded: left out"),
        (
            "test_channel",
            '"id":1001',
            '"id":1001,"verified":true',
            "not described; emulator: left out; recorded: boolean",
        ),
        ("test_channel", "code: 200", "code: 404", "described; emulator: 200; recorded: 404"),
        ("test_sent", '"creator_id":21', '"creator_id":9', "described; emulator: 400; recorded: 200"),
    ],
)
def test_check_asks_the_emulator_too(run: Run, folder: Path, name: str, old: str, new: str, problem: str) -> None:
    edit(folder / f"{name}.yaml", old, new)

    found = rows(run("cassettes", "check", "--emulator"), 1)

    assert problem in [one["problem"] for one in found]


def test_unused_lists_what_no_test_opened(run: Run, folder: Path, tmp_path: Path) -> None:
    used = tmp_path / "used.txt"
    used.write_text(f"{folder / 'test_sent.yaml'}\n{folder / 'test_sent.yaml'}\n", "utf-8")

    (found,) = rows(run("cassettes", "unused", "--used", str(used)), 1)

    assert found == {"cassette": "tests/cassettes/test_mine/test_channel.yaml"}
    used.write_text(used.read_text("utf-8") + f"{folder / 'test_channel.yaml'}\n", "utf-8")
    assert rows(run("cassettes", "unused", "--used", str(used)), 0) == []


def test_unused_needs_a_run_of_the_tests(run: Run, folder: Path) -> None:
    outcome = run("cassettes", "unused", "--used", "none.txt")

    assert outcome.code == 2
    assert "pytest --heymarket-used=none.txt" in outcome.err


@pytest.mark.parametrize("content", [b"\xff\x00", b"", b"<<<<<<< ours\n", b"- 1\n"])
def test_what_is_no_cassette_says_how_to_go_on(run: Run, folder: Path, content: bytes) -> None:
    (folder / "test_sent.yaml").write_bytes(content)

    (found,) = rows(run("cassettes", "check"), 1)
    outcome = run("cassettes", "list")

    assert found["problem"].endswith("with --heymarket-record=new.")
    assert outcome.code == 2
    assert outcome.err.startswith("error: tests/cassettes/test_mine/test_sent.yaml is not a cassette (")


def test_expire_lists_and_deletes_the_old_ones(run: Run, folder: Path) -> None:
    old, fresh = folder / "test_channel.yaml", folder / "test_sent.yaml"
    set_date(old, 91)
    set_date(fresh, 90)

    (found,) = rows(run("cassettes", "expire", "--older-than", "90d"), 1)
    assert (found["cassette"], found["days"]) == ("tests/cassettes/test_mine/test_channel.yaml", 91)
    assert rows(run("cassettes", "expire", "--older-than", "13w"), 0) == []
    assert old.exists()

    assert run("cassettes", "expire", "--older-than", "90d", "--delete").code == 2
    assert old.exists()

    assert run("cassettes", "expire", "--older-than", "90d", "--delete", "--yes").code == 1
    assert not old.exists()
    assert fresh.exists()


@pytest.mark.parametrize("age", ["90", "d", "-1d", "9y"])
def test_an_age_has_a_unit(run: Run, folder: Path, age: str) -> None:
    outcome = run("cassettes", "expire", f"--older-than={age}")

    assert outcome.code == 2
    assert "such as 90d or 12w" in outcome.err


def test_diff_leaves_out_the_date(run: Run, on_terminal: Run, folder: Path) -> None:
    first, second = folder / "test_channel.yaml", folder / "other.yaml"
    second.write_text(first.read_text("utf-8"), "utf-8")
    set_date(second, 500)
    assert on_terminal("cassettes", "diff", str(first), str(second)) == Outcome(0, "No difference.\n", "")

    edit(second, '"id":1001', '"id":1002')
    code, out, _ = on_terminal("cassettes", "diff", str(first), str(second))
    assert code == 1
    assert out.startswith(f"--- {first}\n+++ {second}\n")
    assert f"--- {first}" in json.loads(run("cassettes", "diff", str(first), str(second)).out)


@pytest.mark.parametrize("arguments", [("list", "none"), ("diff", "none", "none")])
def test_a_missing_place_is_named(run: Run, folder: Path, arguments: tuple[str, ...]) -> None:
    assert run("cassettes", *arguments) == Outcome(2, "", "error: There is no none.\n")


def test_without_the_extra_its_installation_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in sys.modules if one.startswith("heymarket.testing.cassettes")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "yaml", None)

    outcome = run("cassettes", "list")

    assert outcome.code == 2
    assert 'Install it with: pip install "heymarket[testing]"' in outcome.err
