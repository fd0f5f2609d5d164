"""The state: its pages and snapshots, and its file, which survives, and is refused untouched if it isn't ours."""

from __future__ import annotations

import contextlib
import gc
import os
import sqlite3
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from heymarket.emulator import EmulatorError, create_app
from heymarket.emulator.clock import EmulatorClock
from heymarket.emulator.seeds.built_in import EXAMPLES
from heymarket.emulator.seeds.loader import open_state
from heymarket.emulator.state import Snapshot, State, make_uuid

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PHONE = EXAMPLES["phone"].contact_id


def alter(file: Path, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()


def name(state: State) -> object:
    return (state.contacts.first(uuid=PHONE) or {}).get("first")


def rename(state: State) -> None:
    contact = state.contacts.first(uuid=PHONE)
    assert contact
    state.contacts.change(contact, first="Augusta")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "heymarket.db"


def test_a_file_survives_a_restart(file: Path) -> None:
    state = open_state(file)
    rename(state)
    state.close()
    state = open_state(file)

    assert name(state) == "Augusta"
    state.close()


def test_a_file_is_one_emulators_at_a_time(file: Path) -> None:
    state = open_state(file)
    state.restore(state.snapshot())
    with pytest.raises(EmulatorError, match=r"heymarket\.db can't be used: it is in use by another emulator"):
        create_app(state=file)

    rename(state)
    state.close()
    state = open_state(file)
    assert name(state) == "Augusta"
    state.close()


def test_reset_seeds_a_file_again(file: Path) -> None:
    state = open_state(file)
    rename(state)
    state.reset()

    assert name(state) == "Ada"
    state.close()


def test_an_empty_file_is_seeded(file: Path) -> None:
    file.touch()
    state = open_state(file)

    assert name(state) == "Ada"
    state.close()


def test_what_a_failed_transaction_did_is_gone() -> None:
    state = open_state()
    with contextlib.suppress(ZeroDivisionError), state.transaction():
        rename(state)
        assert name(state) == "Augusta"
        _ = 1 / 0

    assert name(state) == "Ada"


def test_an_older_state_is_brought_back() -> None:
    state = open_state()
    snapshot = state.snapshot()
    rename(state)
    state.restore(snapshot)

    assert name(state) == "Ada"


def test_no_two_times_are_the_same_even_when_the_clock_is_frozen() -> None:
    clock = EmulatorClock()
    clock.freeze(datetime(2026, 1, 1, 23, 59, 59, 999_999, tzinfo=UTC))
    state = open_state(clock=clock)
    times = [state.now() for _ in range(3)]

    assert times == ["2026-01-01T23:59:59.999999Z", "2026-01-02T00:00:00.000000Z", "2026-01-02T00:00:00.000001Z"]


def test_times_follow_a_clock_that_is_set_back() -> None:
    clock = EmulatorClock(datetime(2030, 1, 1, tzinfo=UTC).timestamp)
    state = open_state(clock=clock)
    clock.freeze(datetime(2040, 1, 1, tzinfo=UTC))
    times = [state.now()]
    clock.reset()
    times.append(state.now())
    clock.freeze(datetime(2020, 1, 1, tzinfo=UTC))
    times += [state.now(), state.now()]

    assert [time[:4] for time in times] == ["2040", "2030", "2020", "2020"]
    assert times[2] < times[3]


def in_another_thread(work: Callable[[], object]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def write_unless_locked(state: State) -> None:
    """What another thread does if it gets hold of the database."""
    lock: Any = state._database.lock
    if lock.acquire(blocking=False):
        state.contacts.add({"uuid": "intruder"})
        lock.release()


def test_a_document_is_of_one_point_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    state = seeded(1)
    users = state.users.all

    def read() -> Any:
        in_another_thread(lambda: write_unless_locked(state))
        return users()

    monkeypatch.setattr(state.users, "all", read)

    assert len(state.document()["contacts"]) == 1


@pytest.mark.parametrize("how", ["restore", "replace"])
def test_another_state_has_another_epoch(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    state = seeded(1)
    snapshot, before, seen = state.snapshot(), state.epoch, []
    backup = state._database.restore

    def look() -> None:
        lock: Any = state._database.lock
        if lock.acquire(blocking=False):
            seen.append(state.epoch)
            lock.release()

    def restore(one: Snapshot) -> None:
        backup(one)
        in_another_thread(look)

    monkeypatch.setattr(state._database, "restore", restore)
    if how == "restore":
        state.restore(snapshot)
    else:
        state.replace(lambda _: in_another_thread(look))
    in_another_thread(look)

    assert seen == [before + 1]


def seeded(count: int) -> State:
    contacts = [{"id": number, "uuid": make_uuid(number)} for number in range(1, count + 1)]
    return open_state(seed={"contacts": contacts})


def walked(state: State, size: int, then: Callable[[int], object] = lambda _: None) -> list[int]:
    """The ids on the pages, one after the other, with something done after each."""
    ids: list[int] = []
    while page := state.contacts.page(limit=size, offset=len(ids)):
        ids += [one["id"] for one in page]
        then(len(ids))
    return ids


def test_pages_that_follow_each_other_hold_everything_once() -> None:
    state = seeded(100)

    assert walked(state, 7) == list(range(100, 0, -1))
    assert walked(state, 7) == list(range(100, 0, -1))
    assert [one["id"] for one in state.contacts.page(limit=7, offset=14, ascending=True)] == list(range(15, 22))


def test_pages_hold_records_without_a_time_too() -> None:
    state = seeded(10)
    state.contacts.insert_all({"id": number, "uuid": make_uuid(number)} for number in range(11, 21))

    assert walked(state, 5) == [*range(10, 0, -1), *range(20, 10, -1)]


@pytest.mark.parametrize("undone", [False, True])
def test_a_page_is_what_it_would_be_without_the_ones_before(undone: bool) -> None:
    state = seeded(30)
    snapshot = state.snapshot()

    def expected(offset: int) -> list[int]:
        return [one["id"] for one in state.contacts.query(f"ORDER BY updated DESC, id DESC LIMIT 5 OFFSET {offset}")]

    def disturb(seen: int) -> None:
        with contextlib.suppress(ZeroDivisionError), state.transaction():
            state.contacts.delete(seen)
            state.contacts.page(limit=5, offset=seen)
            if undone:
                _ = 1 / 0
        assert [one["id"] for one in state.contacts.page(limit=5, offset=seen)] == expected(seen)
        if seen == 15:
            state.restore(snapshot)
            assert [one["id"] for one in state.contacts.page(limit=5, offset=seen)] == expected(seen)

    assert walked(state, 5, disturb)


def test_the_last_of_many_pages_costs_what_the_first_one_does() -> None:
    state = seeded(20_000)
    steps = 0

    def counted() -> None:
        nonlocal steps
        steps += 1

    state._database._connection.set_progress_handler(counted, 10)
    costs: list[int] = []
    walked(state, 30, lambda _: costs.append(steps))
    state._database._connection.set_progress_handler(None, 0)

    first, last = costs[9] - costs[4], costs[-2] - costs[-7]
    assert last < 2 * first


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
    open_state(file).close()
    alter(file, "PRAGMA user_version = 99")
    before = file.read_bytes()
    with pytest.raises(EmulatorError, match=r"another version \(state 99, this one has 5\)"):
        create_app(state=file)

    assert file.read_bytes() == before


def test_a_seed_that_does_not_fit_leaves_no_file_behind(file: Path) -> None:
    with pytest.raises(EmulatorError, match=r"The seed doesn't fit: tags, number 1: tag is missing"):
        create_app(state=file, seed={"tags": [{}]})
    with pytest.raises(EmulatorError, match=r"contacts, number 1 \(id 501\): tags names a record"):
        open_state(file, seed={"contacts": [{"phone": "15555550170", "tags": [{"tag_id": 9}]}]})

    assert list(file.parent.iterdir()) == []


def test_a_file_that_was_there_is_kept_when_its_seed_does_not_fit(file: Path) -> None:
    file.touch()
    with pytest.raises(EmulatorError, match=r"contacts, number 1 \(id 501\): tags names a record"):
        open_state(file, seed={"contacts": [{"phone": "15555550170", "tags": [{"tag_id": 9}]}]})
    state = open_state(file)

    assert name(state) == "Ada"
    state.close()


def test_a_replacement_that_does_not_fit_changes_nothing() -> None:
    app = create_app()
    with pytest.raises(EmulatorError, match=r"tags, number 1: tag is missing"):
        app.replace_state({"tags": [{}]})
    with pytest.raises(EmulatorError, match="tags names a record"):
        app.replace_state({"contacts": [{"phone": "15555550170", "tags": [{"tag_id": 9}]}]})

    assert name(app.state) == "Ada"
    app.close()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EmulatorError, match=r"nowhere.*unable to open database file"):
        create_app(state=tmp_path / "nowhere" / "heymarket.db")


def test_an_app_that_is_just_dropped_leaves_nothing_open(file: Path) -> None:
    # An open connection would warn here, and warnings are errors.
    create_app(state=file)
    create_app()
    gc.collect()


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_a_state_file_is_for_its_user_alone(file: Path) -> None:
    app = create_app(state=file)
    app.state.tags.add({"tag": "vip"})

    modes = {
        path.name: path.stat().st_mode & 0o777 for path in file.parent.iterdir() if path.name.startswith(file.name)
    }
    assert len(modes) >= 2
    assert set(modes.values()) == {0o600}
    app.close()


@pytest.mark.skipif(os.name != "posix", reason="links are of POSIX")
@pytest.mark.parametrize("content", [None, b"", b"text"], ids=["nothing", "empty", "text"])
def test_a_link_is_not_followed(file: Path, content: bytes | None) -> None:
    target = file.with_name("target")
    if content is not None:
        target.write_bytes(content)
    file.symlink_to(target)

    with pytest.raises(EmulatorError, match="it is a link"):
        create_app(state=file)
    assert (target.read_bytes() if target.exists() else None) == content
