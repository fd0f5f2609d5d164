"""Calls in any order: whatever was done before, both versions tell the same, counts fit lists, and nothing is lost.

A fixed set of sequences; `FUZZ=1000 pytest tests/emulator/test_sequences.py` tries as many others.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import Factory, define
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from heymarket import BadRequestError, Heymarket, NotFoundError, PermissionDeniedError
from heymarket.emulator import Emulator

FUZZ = int(os.environ.get("FUZZ", "0"))
SETTINGS = settings(
    max_examples=FUZZ or 5,
    stateful_step_count=25,
    derandomize=not FUZZ,
    deadline=None,
    database=None,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
INBOX, SENDER = 31, 21

phones = st.sampled_from([f"1555555{number}" for number in range(1900, 1905)])
emails = st.sampled_from([f"{name}@example.com" for name in ("ada2", "grace2", "alan2")])
names = st.sampled_from(["", "Ada", "Zoë 李", "<b>&amp;</b>", "O'Hara; DROP TABLE contact"])
pick = st.integers(0, 99)


@define(eq=False)
class Known:
    """A contact as it has to be."""

    id: int
    uuid: str
    rev: int
    first: str
    channels: dict[str, str] = Factory(dict)
    opted_out: bool = False
    texts: list[str] = Factory(list)


class Company(RuleBasedStateMachine):
    """What a company does all day."""

    emulator: Emulator

    def __init__(self) -> None:
        super().__init__()
        self.emulator.reset()
        self.hm: Any = Heymarket(**self.emulator.settings, quota=None, max_retries=0)
        self.contacts: list[Known] = []
        self.lists: dict[int, set[int]] = {}
        self.seeded = {contact.id for contact in self.hm.contacts.list()}

    def teardown(self) -> None:
        self.hm.close()

    def at(self, channel_type: str, value: str) -> Known | None:
        return next((one for one in self.contacts if one.channels.get(channel_type) == value), None)

    def chosen(self, number: int) -> Known:
        return self.contacts[number % len(self.contacts)]

    def note(self, contact: Known, rev: object) -> None:
        assert isinstance(rev, int)
        assert rev > contact.rev, "a write didn't raise the revision"
        contact.rev = rev

    @rule(phone=phones, first=names)
    def make_by_number(self, phone: str, first: str) -> None:
        self.made(self.at("phone", phone), self.hm.contacts.create_v1(phone=phone, first=first), first, "phone", phone)

    @rule(email=emails, first=names)
    def make_by_address(self, email: str, first: str) -> None:
        channels = [{"channel_type": "email", "channel_id": email}]
        ref = self.hm.contacts.create(contact_channels=channels, first=first)
        self.made(self.at("email", email), ref, first, "email", email)

    def made(self, known: Known | None, ref: object, first: str, channel_type: str, value: str) -> None:
        id_, uuid, rev = (getattr(ref, name) for name in ("id", "uuid", "rev"))
        if known is None:
            assert id_ not in {one.id for one in self.contacts} | self.seeded
            self.contacts.append(Known(id_, str(uuid), rev, first, {channel_type: value}))
        else:
            assert (known.id, known.uuid) == (id_, str(uuid)), "one who is known was created again"
            self.note(known, rev)
            known.first = first

    @precondition(lambda self: self.contacts)
    @rule(number=pick, first=names, by_uuid=st.booleans())
    def rename(self, number: int, first: str, by_uuid: bool) -> None:
        contact = self.chosen(number)
        phone = contact.channels.get("phone")
        if by_uuid or phone is None:
            extra = {"phone": phone} if phone else {}
            ref = self.hm.contacts.update(contact.uuid, first=first, **extra)
        else:
            ref = self.hm.contacts.update_v1(contact.id, phone=phone, first=first)
        self.note(contact, ref.rev)
        contact.first = first

    @precondition(lambda self: self.contacts)
    @rule(number=pick, phone=phones)
    def take_a_number(self, number: int, phone: str) -> None:
        contact = self.chosen(number)
        if self.at("phone", phone) not in {None, contact}:
            with pytest.raises(BadRequestError):
                self.hm.contacts.update_v1(contact.id, phone=phone, first=contact.first)
            return
        ref = self.hm.contacts.update_v1(contact.id, phone=phone, first=contact.first)
        self.note(contact, ref.rev)
        if contact.channels.get("phone") != phone:
            contact.texts = []
        contact.channels["phone"] = phone

    @precondition(lambda self: self.contacts)
    @rule(number=pick, email=emails)
    def add_an_address(self, number: int, email: str) -> None:
        contact = self.chosen(number)
        if "email" in contact.channels or self.at("email", email):
            return
        channels = self.hm.contact_channels.create(contact.uuid, channel_type="email", channel_id=email)
        contact.channels["email"] = email
        assert {one.channel_type: one.channel_id for one in channels} == contact.channels

    @precondition(lambda self: self.contacts)
    @rule(number=pick, email=emails)
    def change_the_address(self, number: int, email: str) -> None:
        contact = self.chosen(number)
        if "email" not in contact.channels:
            with pytest.raises(NotFoundError):
                self.hm.contact_channels.update(contact.uuid, channel_type="email", channel_id=email)
        elif self.at("email", email) in {None, contact}:
            self.hm.contact_channels.update(contact.uuid, channel_type="email", channel_id=email)
            contact.channels["email"] = email

    @precondition(lambda self: self.contacts)
    @rule(number=pick)
    def drop_the_address(self, number: int) -> None:
        contact = self.chosen(number)
        if contact.channels.pop("email", None):
            self.hm.contact_channels.delete(contact.uuid, "email")
        with pytest.raises(NotFoundError):
            self.hm.contact_channels.get(contact.uuid, "email")

    @precondition(lambda self: self.contacts)
    @rule(number=pick, way=st.sampled_from(["v1", "v2", "bulk"]))
    def forget(self, number: int, way: str) -> None:
        contact = self.chosen(number)
        match way:
            case "v1":
                self.hm.contacts.delete_v1(contact.id)
            case "v2":
                self.hm.contacts.delete(contact.uuid)
            case _:
                self.hm.contacts.bulk_delete(contact_channels=[{"channel_type": "id", "channel_ids": [contact.uuid]}])
        self.contacts.remove(contact)
        for members in self.lists.values():
            members.discard(contact.id)
        with pytest.raises(NotFoundError):
            self.hm.contacts.get_v1(contact.id)
        with pytest.raises(NotFoundError):
            self.hm.contacts.get(contact.uuid)

    @precondition(lambda self: self.contacts)
    @rule(number=pick, out=st.booleans(), by_phone=st.booleans())
    def unsubscribe(self, number: int, out: bool, by_phone: bool) -> None:
        contact = self.chosen(number)
        phone = contact.channels.get("phone")
        whom = {"phone": phone} if by_phone and phone else {"id": contact.id}
        self.hm.contacts.set_status(status="unsubscribed" if out else "subscribed", **whom)
        contact.opted_out = out

    @rule(phone=phones, text=names.map(lambda name: f"Hello {name}"))
    def text(self, phone: str, text: str) -> None:
        contact = self.at("phone", phone)
        if contact and contact.opted_out:
            with pytest.raises(PermissionDeniedError):
                self.hm.messages.send(inbox_id=INBOX, creator_id=SENDER, phone_number=phone, text=text)
            return
        self.hm.messages.send(inbox_id=INBOX, creator_id=SENDER, phone_number=phone, text=text)
        self.met(phone).texts.append(text)

    @rule(phone=phones, text=st.sampled_from(["Thanks!", "Stop", " START "]))
    def answer(self, phone: str, text: str) -> None:
        self.emulator.reply(phone, text)
        contact = self.met(phone)
        contact.texts.append(text)
        if text == "Stop":
            contact.opted_out = True
        elif text == " START ":
            contact.opted_out = False

    @precondition(lambda self: self.lists)
    @rule(number=pick)
    def text_a_list(self, number: int) -> None:
        list_id, members = list(self.lists.items())[number % len(self.lists)]
        reached = [one for one in self.contacts if one.id in members and "phone" in one.channels and not one.opted_out]
        if not reached:
            with pytest.raises(BadRequestError):
                self.hm.messages.send(inbox_id=INBOX, creator_id=SENDER, list_id=list_id, text="To all")
            return
        self.hm.messages.send(inbox_id=INBOX, creator_id=SENDER, list_id=list_id, text="To {{first_name}}!")
        for contact in reached:
            contact.texts.append(f"To {contact.first}!")

    @rule(phone=phones)
    def text_later(self, phone: str) -> None:
        quarter = 900
        due = datetime.fromtimestamp((self.emulator.clock.time() // quarter + 2) * quarter, UTC)
        content = {"text": "As agreed"}
        self.hm.schedules.create(inbox_id=INBOX, phone_number=phone, execute_at=due, content=content)
        self.emulator.advance(2 * quarter)
        contact = self.at("phone", phone)
        if contact is None or not contact.opted_out:
            self.met(phone).texts.append("As agreed")

    @rule(some=st.lists(phones, min_size=1, max_size=3, unique=True))
    def make_a_list(self, some: list[str]) -> None:
        ref = self.hm.lists.create(title="Some", phones=some)
        self.lists[ref.id] = {self.met(phone).id for phone in some}

    def met(self, phone: str) -> Known:
        """The contact at a number, which may have been made just now."""
        contact = self.at("phone", phone)
        if contact is None:
            found = self.hm.contacts.search(contact_channels=[{"channel_type": "phone", "channel_ids": [phone]}])[0]
            contact = Known(found.id, str(found.uuid), found.rev, found.first or "", {"phone": phone})
            self.contacts.append(contact)
        return contact

    @precondition(lambda self: self.lists)
    @rule(number=pick, phone=phones, way=st.sampled_from(["add", "remove", "add v1", "remove v1"]))
    def change_a_list(self, number: int, phone: str, way: str) -> None:
        list_id, members = list(self.lists.items())[number % len(self.lists)]
        match way:
            case "add":
                self.hm.lists.update(list_id, add_phones=[phone])
            case "remove":
                self.hm.lists.update(list_id, remove_phones=[phone])
            case "add v1":
                self.hm.lists.update_v1(list_id, title="Some", add_phone=phone)
            case _:
                self.hm.lists.update_v1(list_id, title="Some", remove_phone=phone)
        if way.startswith("add"):
            members.add(self.met(phone).id)
        elif contact := self.at("phone", phone):
            members.discard(contact.id)

    @precondition(lambda self: self.lists)
    @rule(number=pick)
    def drop_a_list(self, number: int) -> None:
        list_id = list(self.lists)[number % len(self.lists)]
        assert self.hm.lists.delete(list_id).deleted
        del self.lists[list_id]

    @invariant()
    def both_versions_tell_the_same(self) -> None:
        old = {contact.id: contact for contact in self.hm.contacts.list_v1(limit=4)}
        new = {contact.id: contact for contact in self.hm.contacts.list(limit=3)}
        assert old.keys() == new.keys() == {one.id for one in self.contacts} | self.seeded
        assert self.hm.contacts.count() == len(old)
        for known in self.contacts:
            for contact in (old[known.id], new[known.id]):
                assert contact.first == known.first or (not contact.first and not known.first)
                assert (contact.phone or None) == known.channels.get("phone")
                assert contact.rev == old[known.id].rev >= known.rev
                assert contact.is_opted_out is known.opted_out
            channels = new[known.id].contact_channels or []
            assert {one.channel_type: one.channel_id for one in channels} == known.channels

    @invariant()
    def lists_have_their_members(self) -> None:
        listed = {one.id: one for one in self.hm.lists.list_v1()}
        for list_id, members in self.lists.items():
            numbers = {one.channels.get("phone") for one in self.contacts if one.id in members} - {None}
            assert set(listed[list_id].targets.additional_properties) == numbers

    @invariant()
    def messages_are_counted_and_found(self) -> None:
        assert self.hm.messages.count() == len({message.id for message in self.hm.messages.list(limit=7)})
        talks = {one.id: one for one in self.hm.conversations.list(id=0, filters={})}
        assert self.hm.conversations.count() == len(talks)
        last = {one.target: one.last_msg for one in talks.values() if one.inbox == INBOX}
        for known in self.contacts:
            if known.texts and "phone" in known.channels:
                history = self.hm.messages.history(phone_number=known.channels["phone"], inbox_id=INBOX)
                assert [message.text for message in history][: len(known.texts)] == known.texts[::-1]
                assert last[known.channels["phone"]] == known.texts[-1]


@pytest.fixture(scope="module")
def running() -> Iterator[Emulator]:
    with Emulator(limit=10**9, strict=True) as emulator:
        yield emulator


def test_any_order_of_calls_keeps_things_together(running: Emulator) -> None:
    Company.emulator = running
    run_state_machine_as_test(Company, settings=SETTINGS)
