"""The state file: survives, and is refused untouched if it isn't one of ours."""

from __future__ import annotations

import contextlib
import gc
import sqlite3
from typing import TYPE_CHECKING

import pytest

from heymarket.emulator import EmulatorError, create_app
from heymarket.emulator.seed import EXAMPLES
from heymarket.emulator.state import State

if TYPE_CHECKING:
    from pathlib import Path

PHONE = EXAMPLES["phone"].contact_id


def alter(file: Path, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()


def handle(state: State) -> str:
    channels = state.channels(PHONE)
    assert channels
    return str(channels[0]["channel_handle"])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "heymarket.db"


def test_a_file_survives_a_restart(file: Path) -> None:
    State(file).close()
    alter(file, "UPDATE channel SET channel_handle = 'changed'")
    state = State(file)

    assert handle(state) == "changed"
    state.close()


def test_reset_seeds_a_file_anew(file: Path) -> None:
    state = State(file)
    alter(file, "UPDATE channel SET channel_handle = 'changed'")
    state.reset()

    assert handle(state) == "ada"
    state.close()


def test_an_empty_file_is_seeded(file: Path) -> None:
    file.touch()
    state = State(file)

    assert handle(state) == "ada"
    state.close()


def test_an_unknown_contact_has_no_channels_at_all() -> None:
    state = State()

    assert state.channels("nobody") is None
    assert state.channels(EXAMPLES["none"].contact_id) == []


def test_a_file_that_is_no_database_is_refused_untouched(file: Path) -> None:
    file.write_bytes(b"my notes, not a database, " * 100)
    before = file.read_bytes()
    with pytest.raises(EmulatorError, match=r"heymarket\.db can't be used: file is not a database\. Name another file"):
        create_app(state=file)

    assert file.read_bytes() == before


def test_the_database_of_another_program_is_refused_untouched(file: Path) -> None:
    alter(file, "CREATE TABLE mine (it INTEGER)")
    before = file.read_bytes()
    with pytest.raises(EmulatorError, match="the database of another program"):
        create_app(state=file)

    assert file.read_bytes() == before


def test_the_state_of_another_version_is_refused_untouched(file: Path) -> None:
    State(file).close()
    alter(file, "PRAGMA user_version = 99")
    before = file.read_bytes()
    with pytest.raises(EmulatorError, match=r"another version \(state 99, this one has 1\)"):
        create_app(state=file)

    assert file.read_bytes() == before


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmulatorError, match=r"nowhere.*unable to open database file"):
        create_app(state=tmp_path / "nowhere" / "heymarket.db")


def test_an_app_that_is_just_dropped_leaves_nothing_open(file: Path) -> None:
    # An open connection would warn here, and warnings are errors.
    create_app(state=file)
    create_app()
    gc.collect()
