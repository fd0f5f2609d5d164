"""docs/emulator.md: its tables of settings are those of the emulator."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from heymarket.emulator.domain.team_settings import CarrierRule, TeamSettings, list_settings

PAGE = Path(__file__).parents[2] / "docs/emulator.md"


def default(value: object) -> str:
    return f"`{json.dumps(value)}`" if value not in {"", ()} else "none"


def settings_table() -> str:
    rows = [
        f"| `{one.name}` | {one.about} | {default(one.default)} | {one.source} |" for one in list_settings(TeamSettings)
    ]
    return "\n".join(["| setting | what it does | default | source |", "|---|---|---|---|", *rows])


def rules_table() -> str:
    rows = []
    for one in list_settings(CarrierRule):
        about = one.about + (f": {', '.join(f'`{choice}`' for choice in one.choices)}" if one.choices else "")
        rows.append(f"| `{one.name}` | {about} | {default(one.default)} |")
    return "\n".join(["| field of a rule | what it says | default |", "|---|---|---|", *rows])


@pytest.mark.parametrize("table", [settings_table(), rules_table()], ids=["settings", "carriers"])
def test_the_page_has_each_setting_as_the_emulator_has_it(table: str) -> None:
    assert table in PAGE.read_text("utf-8"), f"Put this into docs/emulator.md:\n\n{table}"
