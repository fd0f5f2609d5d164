"""How answers of every shape are printed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from heymarket.cli.output import show

if TYPE_CHECKING:
    from collections.abc import Callable

LONG = "It was a bright cold day in April, and the clocks were striking thirteen; " * 3


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    def shown(value: Any, *, terminal: bool = True, as_json: bool = False) -> str:
        monkeypatch.setenv("TERM", "dumb")
        monkeypatch.setenv("COLUMNS", "80")
        monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
        show(value, as_json=as_json)
        return "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines())

    return shown


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


def test_a_list_too_wide_for_rows_is_a_block_for_each_item(shown: Callable[..., str]) -> None:
    item = {f"a_rather_long_name_{number}": number for number in range(5)}

    blocks = shown([item, item]).split("\n\n")

    assert len(blocks) == 2
    assert blocks[0].splitlines()[0] == "a_rather_long_name_0  0"


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
    assert shown(value, terminal=False) == text
    assert shown(value, as_json=True) == text


@pytest.mark.parametrize("as_json", [True, False])
def test_nothing_that_a_stranger_wrote_steers_the_terminal(shown: Callable[..., str], as_json: bool) -> None:
    text = shown({"name\x9b2J": "\x1b]0;title\x07 \x9b2J \u202egnp.exe \ud800"}, as_json=as_json)

    assert text.replace("\n", "").isprintable()
    assert r"name\u009b2J" in text
    assert r"\u001b]0;title\u0007 \u009b2J \u202egnp.exe \ud800" in text
