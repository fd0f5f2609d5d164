"""How answers of every shape are printed."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from heymarket.cli.output import Output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONG = "It was a bright cold day in April, and the clocks were striking thirteen; " * 3


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    def shown(value: Any, *, format_name: str = "table", terminal: bool = True, **options: Any) -> str:
        monkeypatch.setenv("TERM", "dumb")
        monkeypatch.setenv("COLUMNS", "80")
        monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
        Output(format=format_name, **options).show(value)
        return "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines())

    return shown


@pytest.fixture
def on_screen(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "80")
    return lambda: "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines())


def test_a_list_is_a_row_for_each_item(shown: Callable[..., str]) -> None:
    assert shown([{"id": 1, "name": "Ada"}, {"id": 2, "extra": True}]) == (
        "id  name  extra\n"
        "1   Ada\n"
        "2         true"
    )  # fmt: skip


def test_a_long_text_folds_in_its_column(shown: Callable[..., str]) -> None:
    lines = shown([{"id": 1, "text": LONG}]).splitlines()

    assert lines[0] == "id  text"
    assert all(line.startswith("    ") for line in lines[2:])
    assert " ".join(" ".join(lines[1:]).split()) == f"1 {LONG.strip()}"
    assert max(map(len, lines)) <= 80


def test_a_list_too_wide_has_the_columns_that_fit_and_names_the_others(shown: Callable[..., str]) -> None:
    item = {"empty": "", "object": {"a": 1}} | {f"a_rather_long_name_{number}": number for number in range(1, 6)}

    lines = shown([{**item, "id": 7}, item]).splitlines()

    assert lines[0].split() == ["id", *(f"a_rather_long_name_{number}" for number in (1, 2, 3))]
    assert lines[1].split() == ["7", "1", "2", "3"]
    assert " ".join(lines[4:]) == (
        "More fields, for --fields or --output json: empty, object, a_rather_long_name_4, a_rather_long_name_5"
    )
    assert max(map(len, lines)) <= 80


def test_columns_of_the_description_come_first_those_of_the_user_before_them(shown: Callable[..., str]) -> None:
    items = [{"id": 1, "rev": 2, "content": {"text": "Hello!"}, "at": "2025-01-15T09:30:00.000001Z"}]

    assert shown(items, columns=("id", "content.text", "at", "unheard_of")).splitlines()[:2] == [
        "id  content.text  at",
        "1   Hello!        2025-01-15T09:30:00Z",
    ]
    assert shown(items, columns=("id",), fields=("rev", "content")).splitlines() == [
        "rev  content",
        '2    {"text": "Hello!"}',
    ]


def test_a_long_value_of_a_record_is_counted_unless_it_is_chosen(shown: Callable[..., str]) -> None:
    record = {"id": 1, "targets": {str(number): {"f": "Ada"} for number in range(200)}}

    assert shown(record) == "id       1\ntargets  200 fields; --fields targets shows them"
    assert shown(record, fields=("targets",)).count("Ada") == 200


def test_fields_are_chosen_in_every_format(shown: Callable[..., str]) -> None:
    items = [{"id": 1, "name": "Ada", "content": {"text": "a,b"}}, {"id": 2, "name": None}]
    fields = ("name", "content.text")

    assert shown(items, format_name="jsonl", fields=fields) == '{"name": "Ada", "content.text": "a,b"}\n{"name": null}'
    assert shown(items, format_name="csv", fields=fields) == 'name,content.text\nAda,"a,b"\n,'
    assert shown(items[1], format_name="json", fields=fields) == '{\n  "name": null\n}'


def test_a_field_that_is_nowhere_is_said_once(shown: Callable[..., str], capsys: pytest.CaptureFixture[str]) -> None:
    Output(format="jsonl", fields=("nmae",), described=("id", "name")).show([{"id": 1}, {"id": 2}])
    Output(format="jsonl", fields=("name",), described=("id", "name")).show([{"id": 1}])

    assert capsys.readouterr().err == "warning: there is no field nmae. Did you mean name?\n"


def test_csv_has_the_described_fields_and_those_of_the_first_page(capsys: pytest.CaptureFixture[str]) -> None:
    output = Output(format="csv", described=("id", "custom"))

    output.show_pages([[{"id": 1, "extra": True}], [{"id": 2, "custom": {"a": 1}, "later": 5}]])
    written = capsys.readouterr()
    assert written.out == 'id,custom,extra\n1,,true\n2,"{""a"": 1}",\n'
    assert written.err == "Not written, because the first page lacked them: later.\n"
    output.show_pages([])
    assert capsys.readouterr().out == "id,custom\n"


def test_pages_are_written_as_they_come(capsys: pytest.CaptureFixture[str]) -> None:
    def pages() -> Iterator[list[Any]]:
        yield [{"id": 1}]
        assert '"id": 1' in capsys.readouterr().out
        yield [{"id": 2}]

    for format_name in ("json", "jsonl"):
        Output(format=format_name).show_pages(pages())

    capsys.readouterr()
    Output(format="json").show_pages([[{"id": 1}], [], [{"id": [2]}]])
    assert capsys.readouterr().out == json.dumps([{"id": 1}, {"id": [2]}], indent=2) + "\n"


def test_columns_of_later_pages_stay_below_those_of_the_first(
    shown: Callable[..., str], on_screen: Callable[[], str]
) -> None:
    Output(format="table", fields=("id", "phone")).show_pages(
        [[{"id": 1000, "phone": "15"}], [{"id": 2, "phone": "16"}]]
    )

    assert on_screen() == "id    phone\n1000  15\n2     16"


def test_a_value_without_spaces_folds_too(shown: Callable[..., str]) -> None:
    lines = shown({"token": "x" * 200}).splitlines()

    assert max(map(len, lines)) <= 80
    assert "".join(lines).count("x") == 200


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "Done."),
        ([], "No results."),
        ("ok", "ok"),
        (3, "3"),
        (["a", 2], "a\n2"),
        ({}, ""),
        ({"none": None, "no": False, "empty": ""}, "none   null\nno     false\nempty"),
        ({"nested": {"name": "Zoë"}}, 'nested  {"name": "Zoë"}'),
        ({"markup": "[bold]no[/bold] :smile:"}, "markup  [bold]no[/bold] :smile:"),
    ],
)
def test_other_shapes_are_readable(shown: Callable[..., str], value: Any, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ([], "[]"),
        ("ok", '"ok"'),
        ({"a": [1]}, '{\n  "a": [\n    1\n  ]\n}'),
        ({"é": "🙂"}, '{\n  "é": "🙂"\n}'),
    ],
)
def test_json_is_indented_and_nothing_is_nothing(shown: Callable[..., str], value: Any, text: str) -> None:
    assert shown(value, format_name="json", terminal=False) == text
    assert shown(value, format_name="json") == text


@pytest.mark.parametrize("format_name", ["json", "jsonl", "table"])
def test_nothing_that_a_stranger_wrote_steers_the_terminal(shown: Callable[..., str], format_name: str) -> None:
    text = shown({"name\x9b2J": "\x1b]0;title\x07 \x9b2J \u202egnp.exe \ud800"}, format_name=format_name)

    assert text.replace("\n", "").isprintable()
    assert r"name\u009b2J" in text
    assert r"\u001b]0;title\u0007 \u009b2J \u202egnp.exe \ud800" in text
