"""A state file survives a kill at any moment: what was acknowledged is in it, and nothing is in it by half."""

from __future__ import annotations

import random
import sqlite3
import sys
import threading
import uuid
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from attrs import Factory, define

from heymarket import Heymarket, HeymarketError
from heymarket.emulator.domain import contacts
from heymarket.emulator.seeds.loader import open_state
from heymarket.emulator.state import State
from heymarket.models import CreatedRef, SendResult
from tests.emulator.processes import emulator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows locks files that a killed process had open")

ROUNDS = 4
WRITERS = 3


@define
class Written:
    """What one writer was told that was done, and the send of which it never heard."""

    contacts: dict[int, str] = Factory(dict)
    messages: dict[str, int] = Factory(dict)
    lists: dict[int, str] = Factory(dict)
    pending: str | None = None
    unexpected: list[Exception] = Factory(list)


def write_until_killed(hm: Heymarket, phones: list[str], written: Written, killing: threading.Event) -> None:
    try:
        for phone in phones:
            written.contacts[id_of(hm.contacts.create_v1(phone=phone, first="Ada"))] = phone
            written.pending = str(uuid.uuid4())
            written.messages[written.pending] = send(hm, phone, written.pending)
            written.pending = None
            listed = hm.lists.create(title="Those of a writer", phones=[phone], local_id=str(uuid.uuid4()))
            written.lists[id_of(listed)] = phone
    except HeymarketError as error:
        if not killing.is_set():
            written.unexpected.append(error)


def send(hm: Heymarket, phone: str, local_id: str) -> int:
    sent = hm.messages.send(inbox_id=31, creator_id=21, phone_number=phone, text="Hello", local_id=local_id)
    return id_of(sent)


def id_of(answer: CreatedRef | SendResult) -> int:
    assert isinstance(answer.id, int)
    return answer.id


def kill_while_writing(file: Path, phones: list[list[str]], writes: int) -> list[Written]:
    """Kill the emulator once so many contacts were made, whatever it is at then."""
    everything = [Written() for _ in phones]
    killing = threading.Event()
    with emulator("--state", str(file), "--limit", "1000000") as running:
        with Heymarket(**running.client_settings, quota=None, max_retries=0, timeout=10) as hm:
            writers = [
                threading.Thread(target=write_until_killed, args=(hm, *one, killing))
                for one in zip(phones, everything, strict=True)
            ]
            for writer in writers:
                writer.start()
            while sum(len(one.contacts) for one in everything) < writes and any(one.is_alive() for one in writers):
                writers[0].join(0.001)
            killing.set()
            running.process.kill()
            for writer in writers:
                writer.join()
    assert [one.unexpected for one in everything] == [[] for _ in phones]
    assert sum(len(one.contacts) for one in everything) >= writes
    return everything


def test_what_was_acknowledged_is_kept_and_nothing_is_there_by_half(tmp_path: Path) -> None:
    file = tmp_path / "heymarket.db"
    chance = random.Random(5)  # noqa: S311 - the same moments in each run, nothing secret
    numbers = count(15555551000)
    everything: list[Written] = []
    for _ in range(ROUNDS):
        phones = [[str(next(numbers)) for _ in range(100)] for _ in range(WRITERS)]
        everything += kill_while_writing(file, phones, chance.randrange(10, 40))
        with closing(sqlite3.connect(file)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        with closing(open_state(file)) as state:
            check_whole(state.document())
            check_acknowledged(state, everything)

    check_repeats(file, everything)


def check_whole(document: dict[str, Any]) -> None:
    """Whatever a write has to leave together is there together."""
    contacts = {contact["id"]: contact for contact in document["contacts"]}
    conversations = {conversation["id"]: conversation for conversation in document["conversations"]}
    for contact in contacts.values():
        values = [one["channel_id"] for one in contact["contact_channels"] if one["channel_type"] == "phone"]
        assert values == ([contact["phone"]] if contact.get("phone") else []), contact
    talked = {message["_conversation_id"] for message in document["messages"]}
    assert talked == set(conversations), "a message lacks its conversation, or a conversation its message"
    for one in document["lists"]:
        assert set(one["_contact_ids"]) <= set(contacts), one
    local_ids = [message["local_id"] for message in document["messages"] if message.get("local_id")]
    assert len(local_ids) == len(set(local_ids)), "a message is there twice"


def check_acknowledged(state: State, everything: list[Written]) -> None:
    for one in everything:
        for contact_id, phone in one.contacts.items():
            contact = state.contacts.get(contact_id)
            assert contact
            assert (contact["phone"], contact["first"]) == (phone, "Ada")
        for local_id, message_id in one.messages.items():
            message = state.messages.get(message_id)
            assert message
            assert (message["local_id"], message["text"]) == (local_id, "Hello")
        for list_id, phone in one.lists.items():
            kept = state.lists.get(list_id)
            assert kept
            assert [one.phone for one in contacts.list_members(state, kept)] == [phone]


def check_repeats(file: Path, everything: list[Written]) -> None:
    """A client that never heard of its send repeats it after the restart: it is sent once, whenever the kill came."""
    with emulator("--state", str(file), "--limit", "1000000") as running:
        with Heymarket(**running.client_settings, quota=None) as hm:
            for one in everything:
                for local_id, message_id in list(one.messages.items())[-2:]:
                    assert send(hm, "15555550100", local_id) == message_id
                if one.pending:
                    phone = list(one.contacts.values())[-1]
                    assert send(hm, phone, one.pending) == send(hm, phone, one.pending)
                    history = list(hm.messages.history(phone_number=phone, inbox_id=31))
                    assert [message.local_id for message in history] == [one.pending]
