"""Recording again what hasn't changed: the same to the byte, whatever other tests wrote and threads race."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from heymarket import Heymarket
from heymarket.emulator import Emulator
from heymarket.testing.cassettes import Cassette

CONTACTS = [f"00000000-0000-4000-8000-00000000000{number}" for number in range(1, 7)]


@pytest.fixture
def emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    monkeypatch.delenv("PYTEST_XDIST_WORKER_COUNT", raising=False)  # each worker here has an emulator of its own
    with Emulator() as emulator:
        for name, value in emulator.environment.items():
            monkeypatch.setenv(name, value)
        yield emulator


def write(hm: Heymarket) -> None:
    sent = hm.messages.send(inbox_id=31, creator_id=21, phone_number="15555550100", text="Hello")
    assert sent.id in [one.id for one in hm.messages.history(phone_number="15555550100", inbox_id=31)]
    hm.tags.create(tag="New")


def read_in_threads(hm: Heymarket) -> None:
    with ThreadPoolExecutor(4) as pool:
        done: list[Future[Any]] = [pool.submit(hm.contacts.get, contact_id) for contact_id in reversed(CONTACTS)]
        done += [pool.submit(hm.team.get), pool.submit(hm.inboxes.list)]
    assert [one.exception() for one in done] == [None] * 8


@pytest.mark.parametrize("act", [write, read_in_threads])
def test_recording_twice_gives_the_same_bytes(
    emulator: Emulator, tmp_path: Path, act: Callable[[Heymarket], Any]
) -> None:
    path = tmp_path / "test_it.yaml"
    texts: list[bytes] = []

    for _ in range(4):
        with (cassette := Cassette(path, record="all")) as hm:
            act(hm)
        texts.append(path.read_bytes())
        path.unlink()

    assert cassette.outcome == "new"
    assert len({*texts}) == 1
    path.write_bytes(texts[0])
    with Cassette(path, strict=True) as hm:
        act(hm)


@pytest.mark.parametrize("step", [1, -1])
def test_writes_race_for_no_id(emulator: Emulator, tmp_path: Path, step: int) -> None:
    """Made one after the other in some order, but in threads: as if they had raced so."""

    def act(hm: Heymarket, step: int) -> None:
        calls: list[Callable[[], Any]] = [
            *(partial(hm.tags.create, tag=f"Tag {letter}") for letter in "abc"),
            *(partial(hm.contacts.create, contact_channels=[{"channel_type": "phone", "channel_id": f"1555555020{n}"}])
              for n in range(3)),
            *(partial(hm.messages.send, inbox_id=31, creator_id=21, phone_number="15555550100", text=f"Hello {n}")
              for n in range(3)),
        ]  # fmt: skip
        with ThreadPoolExecutor(1) as pool:
            made = {number: pool.submit(calls[number]).result() for number in range(len(calls))[::step]}
            pool.submit(hm.tags.get, made[0].id).result()

    texts = []
    for order in (1, step):
        path = tmp_path / f"test_{order}.yaml"
        with Cassette(path, record="all") as hm:
            act(hm, order)
        texts.append(path.read_text("utf-8"))
        with Cassette(path, strict=True) as hm:
            act(hm, order)

    assert texts[0] == texts[1]


def test_tasks_race_for_no_place(emulator: Emulator, tmp_path: Path) -> None:
    async def record(contact_ids: list[str], path: Path) -> bytes:
        async with Cassette(path, record="all") as hm:
            await asyncio.gather(*(hm.contacts.get(one) for one in contact_ids), hm.team.get())
        return path.read_bytes()

    first = asyncio.run(record(CONTACTS, tmp_path / "test_a.yaml"))
    second = asyncio.run(record(CONTACTS[::-1], tmp_path / "test_b.yaml"))

    assert first == second


def test_calls_in_a_row_stay_in_their_order(emulator: Emulator, tmp_path: Path) -> None:
    path = tmp_path / "test_it.yaml"
    with Cassette(path, record="all") as hm:
        hm.team.get()
        hm.contacts.get(CONTACTS[0])

    text = path.read_text("utf-8")
    assert text.index("/v1/team") < text.index(CONTACTS[0])


@pytest.mark.parametrize("frozen", [True, False])
def test_an_emulator_is_left_as_it_was(emulator: Emulator, tmp_path: Path, *, frozen: bool) -> None:
    if frozen:
        emulator.clock.freeze()
    before, state = emulator.clock.time(), emulator.state.document()

    with Cassette(tmp_path / "test_it.yaml", record="all") as hm:
        write(hm)

    assert emulator.clock.frozen is frozen
    assert emulator.clock.time() == pytest.approx(before, abs=30)
    assert emulator.snapshots.ids() == []
    assert state == emulator.state.document()


def test_each_worker_of_xdist_records_what_one_process_does(
    emulator: Emulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = emulator.state.document()
    with Cassette(tmp_path / "test_it.yaml", record="all") as hm:
        write(hm)
    monkeypatch.setenv("PYTEST_XDIST_WORKER_COUNT", "2")

    for worker in ("gw0", "gw1", "gw0"):
        monkeypatch.setenv("PYTEST_XDIST_WORKER", worker)
        with Cassette(tmp_path / f"test_{worker}.yaml", record="all") as hm, Heymarket() as other:
            write(hm)
            assert other.team.get().id == hm.team.get().id
            assert not emulator.clock.frozen
            assert emulator.teams[f"xdist-{worker}"].clock.frozen

    assert {*emulator.teams} == {"xdist-gw0", "xdist-gw1"}
    assert emulator.state.document() == before
    first = (tmp_path / "test_it.yaml").read_text("utf-8")
    interactions = first[first.index("interactions:") : first.index("metadata:")]
    for worker in ("gw0", "gw1"):
        assert (tmp_path / f"test_{worker}.yaml").read_text("utf-8").startswith(interactions)
