"""Replays of a program that makes other requests than the recorded ones, and hides it."""

from __future__ import annotations

import asyncio
import re
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from heymarket import AsyncHeymarket, Heymarket, HeymarketDriftWarning, __version__, description
from heymarket.emulator import Emulator
from heymarket.testing.cassettes import Cassette, CassetteError
from heymarket.testing.cassettes.matching import name_argument

CONTACT_ID = "00000000-0000-4000-8000-000000000001"
REFUSED = "The cassette test_mine/test_it.yaml has no response to this tags.get."


def send(hm: Heymarket, **changes: Any) -> None:
    hm.messages.send(
        **{"inbox_id": 31, "creator_id": 21, "phone_number": "15555550100", "text": "Hello", "local_id": "a", **changes}
    )


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def path(tmp_path: Path, emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cassette of an emulator: the team, a contact's channel, a text."""
    emulator.reset()
    path = tmp_path / "test_mine/test_it.yaml"
    with monkeypatch.context() as patch:
        for name, value in emulator.environment.items():
            patch.setenv(name, value)
        with Cassette(path, record="all") as hm:
            hm.team.get()
            hm.contact_channels.get(CONTACT_ID, "phone")
            send(hm)
    return path


def make_recorded_calls(hm: Heymarket) -> None:
    hm.team.get()
    hm.contact_channels.get(CONTACT_ID, "phone")
    send(hm)


def replay(path: Path, *acts: Callable[[Heymarket], object]) -> None:
    with Cassette(path) as hm:
        for act in acts:
            act(hm)


def swallow(hm: Heymarket) -> None:
    with suppress(Exception):
        hm.tags.get(71)


def swallow_in_thread(hm: Heymarket) -> None:
    thread = threading.Thread(target=swallow, args=(hm,))
    thread.start()
    thread.join()


def swallow_in_pool(hm: Heymarket) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(hm.tags.get, 71)


def swallow_in_pytest(hm: Heymarket) -> None:
    with pytest.raises(CassetteError):
        hm.tags.get(71)


@pytest.mark.parametrize(
    ("act", "called"),
    [
        (swallow, "in swallow: hm.tags.get(71)"),
        (swallow_in_thread, "in swallow: hm.tags.get(71)"),
        (swallow_in_pool, "a thread, ThreadPoolExecutor"),
        (swallow_in_pytest, "in swallow_in_pytest: hm.tags.get(71)"),
    ],
)
def test_a_refused_request_fails_the_block_though_the_program_caught_it(
    path: Path, act: Callable[[Heymarket], None], called: str
) -> None:
    with pytest.raises(CassetteError) as raised:
        replay(path, make_recorded_calls, act)

    first, second, *rest = str(raised.value).splitlines()
    assert first == REFUSED
    assert second.startswith("  Called by ")
    assert second.endswith(called)
    assert rest == [
        "  Not requested yet: nothing.",
        "  If the program should not make this call, fix the program. Otherwise, run the test with "
        "--heymarket-record=all.",
    ]


async def gather(hm: AsyncHeymarket) -> None:
    await asyncio.gather(hm.tags.get(71), return_exceptions=True)


async def group(hm: AsyncHeymarket) -> None:
    with suppress(BaseExceptionGroup):
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(hm.tags.get(71))


async def forget(hm: AsyncHeymarket) -> None:
    await asyncio.wait([asyncio.create_task(hm.tags.get(71))])


@pytest.mark.parametrize("act", [gather, group, forget])
def test_tasks_hide_nothing(path: Path, act: Callable[[AsyncHeymarket], Any]) -> None:
    cassette = Cassette(path)

    async def main() -> None:
        async with cassette as hm:
            await act(hm)

    with pytest.raises(CassetteError) as raised:
        asyncio.run(main())

    assert str(raised.value).startswith(REFUSED)
    assert f", in {act.__name__}: " in str(raised.value)
    assert "hm.tags.get(71)" in str(raised.value)
    assert cassette.refused == [str(raised.value)]
    assert sys.get_coroutine_origin_tracking_depth() == 0


def test_another_error_stays_and_gets_a_note(path: Path) -> None:
    def act(hm: Heymarket) -> None:
        try:
            hm.tags.get(71)
        except CassetteError:
            raise RuntimeError("no table") from None

    with pytest.raises(RuntimeError, match="no table") as raised:
        replay(path, act)

    (note,) = raised.value.__notes__
    assert note.startswith(REFUSED)


def test_the_first_of_several_is_raised_and_the_others_are_in_its_note(path: Path) -> None:
    def send_another(hm: Heymarket) -> None:
        with suppress(CassetteError):
            send(hm, text="Bye")

    with pytest.raises(CassetteError, match=r"to this tags\.get") as raised:
        replay(path, send_another, lambda hm: hm.tags.get(71))

    (note,) = raised.value.__notes__
    assert '    text: "Bye" was sent, "Hello" was recorded' in note
    assert REFUSED in note


def test_a_refusal_alone_needs_no_note(path: Path) -> None:
    with pytest.raises(CassetteError) as raised, Cassette(path) as hm:
        hm.tags.get(71)

    assert not hasattr(raised.value, "__notes__")


def test_a_request_that_is_tried_again_is_reported_once(path: Path) -> None:
    with pytest.raises(CassetteError) as raised:
        replay(path, swallow, swallow, swallow)

    assert str(raised.value).count(REFUSED) == 1
    assert str(raised.value).endswith("This happened 3 times.")


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda hm: send(hm, inbox_id=32), ["inbox_id: 32 was sent, 31 was recorded"]),
        (lambda hm: send(hm, private=True), ["private: true was sent, nothing was recorded"]),
        (lambda hm: send(hm, text="é" * 500), [f'text: "{"é" * 119}... was sent']),
        (
            lambda hm: hm.contact_channels.get(CONTACT_ID, "email"),
            ['channel_type: "email" was sent, "phone" was recorded', "request 2 of 3"],
        ),
        (
            lambda hm: hm.contact_channels.get(CONTACT_ID[:-1] + "2", "phone"),
            [f'contact_id: "{CONTACT_ID[:-1]}2" was sent, "{CONTACT_ID}" was recorded'],
        ),
        (lambda hm: send(hm, phone_number="14155552671"), ["phone_number: a string of 11 characters was sent"]),
    ],
)
def test_what_differs_is_named_as_the_argument_with_both_values(
    path: Path, act: Callable[[Heymarket], None], said: list[str]
) -> None:
    with pytest.raises(CassetteError) as raised:
        replay(path, act)

    assert [one for one in said if one not in str(raised.value)] == []
    assert "If the program should still send what was recorded, fix the program." in str(raised.value)
    assert "14155552671" not in str(raised.value)


def test_a_number_sent_as_a_string_differs(path: Path) -> None:
    body = {"inbox_id": "31", "creator_id": 21, "phone_number": "15555550100", "text": "Hello", "local_id": "a"}

    with pytest.raises(CassetteError, match='inbox_id: "31" was sent, 31 was recorded'), Cassette(path) as hm:
        hm.request("POST", "/v1/message/send", json=body)


def test_a_live_cassettes_values_are_masked(path: Path) -> None:
    text = path.read_text("utf-8").replace("origin: emulator", "origin: live").replace("x-emulator", "date")
    path.write_text(text.replace("http://emulator.localhost", "https://heymarket.invalid"), "utf-8")

    with pytest.raises(CassetteError) as raised, Cassette(path) as hm:
        send(hm, text="Dear Ada", creator_id=70001, local_id="phone")

    assert "creator_id: another number was sent, 21 was recorded" in str(raised.value)
    assert "text: a string of 8 characters was sent, a string of 5 characters was recorded" in str(raised.value)
    assert 'local_id: "phone" was sent, a string of 1 characters was recorded' in str(raised.value)


def test_of_two_threads_that_want_one_response_one_gets_it(path: Path) -> None:
    together = threading.Barrier(8)

    def get(hm: Heymarket) -> None:
        together.wait()
        hm.team.get()

    def act(hm: Heymarket) -> None:
        with ThreadPoolExecutor(8) as pool:
            done = [pool.submit(get, hm) for _ in range(8)]
        assert [one.exception() for one in done].count(None) == 1

    with pytest.raises(CassetteError) as raised:
        replay(path, act)

    assert "The cassette has 1 of them, which the program used before." in str(raised.value)
    assert "The nearest recording is request 1 of 3. It is the same." in str(raised.value)
    assert "This happened 7 times." in str(raised.value)


def test_other_services_are_left_alone(path: Path, emulator: Emulator) -> None:
    with Cassette(path) as hm:
        make_recorded_calls(hm)
        assert httpx.get(f"{emulator.base_url}/v1/none", trust_env=False).status_code == 404


CHANGES = {
    "type": ("response.200.body.id: integer", "response.200.body.id: string", "it was: string; it is: integer"),
    "field": ("response.200.body.id: integer", "response.200.body.gone: integer", "it is gone; it was: integer"),
    "enum": (
        "enum=phone|email|facebook",
        "enum=phone|email",
        "it was: required anyOf(enum=phone|email string; string)",
    ),
    "marker": ("        request: GET", "        operation.paging: size=5\n        request: GET", "it was: size=5"),
}


@pytest.mark.parametrize(("now", "then", "said"), CHANGES.values(), ids=CHANGES)
def test_a_stale_cassette_warns_or_fails_and_names_the_change(path: Path, now: str, then: str, said: str) -> None:
    text = path.read_text("utf-8")
    assert text.count("fingerprint: ") == 3
    at = text.index("contact_channels.get:")
    changed = re.sub("fingerprint: '?.{4}", "fingerprint: '0000", text[at:], count=1).replace(now, then, 1)
    path.write_text(re.sub("(fingerprint: '0000.{12})'?", r"\1'", text[:at] + changed), "utf-8")

    with pytest.warns(HeymarketDriftWarning, match="contact_channels.get, ") as warned:
        replay(path, make_recorded_calls)
    with pytest.raises(CassetteError) as raised, Cassette(path, strict=True):
        pass

    for message in (str(warned[0].message), str(raised.value)):
        assert said in message
        assert message.startswith(
            f"The cassette test_mine/test_it.yaml, recorded with heymarket {__version__}, isn't as"
        )
        assert message.endswith("See whether the program still fits. Then run the test with --heymarket-record=all.")
    assert warned[0].filename == __file__


EDITS = {
    "a type": ('"id":1001', '"id":"x1001"', "contact_channels.get, 2.response.body.id: "),
    "null": ('"channel_id":"15555550100"', '"channel_id":null', "contact_channels.get, 2.response.body.channel_id: "),
    "a date": ('"created":"', '"created":"on ', "contact_channels.get, 2.response.body.created: "),
    "a request": ('"inbox_id":31', '"inbox_id":"31"', "messages.send, 3.request.body.inbox_id: "),
    "no contract": ("      fingerprint: ", "      other: ", "is not a summary of a description"),
}


@pytest.mark.parametrize(("old", "new", "said"), EDITS.values(), ids=EDITS)
def test_what_is_not_as_described_is_noticed_on_replay(path: Path, old: str, new: str, said: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")

    with pytest.raises((CassetteError, HeymarketDriftWarning), match=re.escape(said)):
        replay(path)


@pytest.mark.parametrize(
    ("operation", "place", "named"),
    [
        ("contact_channels.get", "path.3", "contact_id"),
        ("contact_channels.get", "path.2", "path.2"),
        ("messages.history", "query.phoneNumber.0", "phone_number"),
        ("messages.send", "body.targets.0.phone", "targets[0].phone"),
        ("contacts.batch_create", "body.0.first", "contacts[0].first"),
        ("messages.send", "body", "body"),
        ("messages.send", "method", "method"),
        ("", "path.3", "path.3"),
    ],
)
def test_places_have_the_names_of_arguments(operation: str, place: str, named: str) -> None:
    known = {one.name: one for one in description.operations()}

    assert name_argument(known.get(operation), place) == named
