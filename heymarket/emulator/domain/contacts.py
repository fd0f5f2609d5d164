"""Contacts by their phone numbers, whether they may be messaged, and who is on a list.

A contact is one record for v1 and v2. Its channels are records of their own: `phone` is always the value of one of
them; `email` may be one of the contact's own, and is that of its first email channel otherwise.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.api.validation import is_phone
from heymarket.emulator.state import Record, make_uuid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from heymarket.emulator.state import State

__all__ = [
    "Member",
    "attach_channels",
    "build",
    "build_channel",
    "check_channel",
    "create",
    "find_by_email",
    "find_by_phone",
    "find_or_create",
    "find_phone_and_email",
    "get_display_name",
    "get_team_id",
    "is_blocked",
    "is_opted_out",
    "join_names",
    "leave_lists",
    "list_members",
]


_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")

_EMPTY: Record = {"first": "", "last": "", "custom": {}, "tags": [], "is_opted_out": False, "shared": True}
"""The fields that a contact has even when it was given none."""


def find_by_phone(state: State, phone: str) -> Record | None:
    """The contact with this number, be it the first one or another; digits without plus."""
    return _with_channel(state, "phone", phone)


def find_by_email(state: State, email: str) -> Record | None:
    """The contact with this address, as a channel or as its `email`."""
    return _with_channel(state, "email", email) or state.contacts.first(email=email)


def find_or_create(state: State, phone: str, **fields: Any) -> Record:
    """The contact with this number. Where there is none one is created.

    Args:
        state: Where it is stored.
        phone: Digits without plus.
        fields: What is known of a contact that has to be created.
    """
    return find_by_phone(state, phone) or create(state, [build_channel(state, "phone", phone)], **fields)


def create(state: State, channels: Iterable[Mapping[str, Any]], **fields: Any) -> Record:
    """Create a contact; see `build`."""
    known = {"id": state.contacts.next_id(), "team_id": get_team_id(state)}
    contact, own = build(channels, **known, **fields)
    contact = state.contacts.add(contact)
    for channel in own:
        state.channels.insert(channel)
    return contact


def build(channels: Iterable[Mapping[str, Any]], **fields: Any) -> tuple[Record, list[Record]]:
    """A new contact and its channels, as they are stored.

    Args:
        channels: `channel_type`, `channel_id`, and what else they have. One for the contact's number is added where
            there is none.
        fields: The contact's `id` and `team_id`, and whatever else isn't left at nothing.

    Raises:
        APIErrorResponse: 400, a channel's value can't be of its type.
    """
    name = join_names(fields.get("first", ""), fields.get("last", ""))
    contact: Record = {"display_name": name, **_EMPTY, **fields}
    contact["uuid"] = contact["uuid"].lower() if "uuid" in contact else make_uuid(contact["id"])
    own = list(channels)
    phone = contact.get("phone")
    if phone and not any(one["channel_type"] == "phone" and one["channel_id"] == phone for one in own):
        own.insert(0, {"channel_type": "phone", "channel_id": phone, "info_channel": "", "channel_handle": ""})
    for channel in own:
        check_channel(channel)
    contact |= _find_phone_and_email(contact, own)
    ends = {"team_id": contact["team_id"], "contact_id": contact["id"]}
    return contact, [{**ends, **channel, "contact_id": contact["id"]} for channel in own]


def check_channel(channel: Mapping[str, Any]) -> None:
    """See that a channel's value can be of its type.

    Raises:
        APIErrorResponse: 400, it can't.
    """
    kind, value = channel["channel_type"], channel["channel_id"]
    if kind == "phone" and not is_phone(value):
        raise APIErrorResponse(
            400, "bad_data: channel_id is no phone number (digits with the country code, without plus)"
        )
    if kind == "email" and not _EMAIL.fullmatch(value):
        raise APIErrorResponse(400, "bad_data: channel_id is no email address")
    if not value:
        raise APIErrorResponse(400, "bad_data: channel_id is empty")


def build_channel(state: State, channel_type: str, channel_id: str, **fields: str) -> Record:
    """A channel that no contact has yet, with all fields that a channel has.

    Args:
        state: Tells the time.
        channel_type: Such as `phone`.
        channel_id: Its value.
        fields: What else is known of it.
    """
    now = state.now()
    known = {"channel_type": channel_type, "channel_id": channel_id, "info_channel": "", "channel_handle": ""}
    return {**known, "created": now, "updated": now, **fields}


def find_phone_and_email(state: State, contact: Record) -> dict[str, str]:
    """What `phone` and `email` of a contact have to be, given its channels."""
    return _find_phone_and_email(contact, state.channels.all(contact_id=contact["id"]))


def _find_phone_and_email(contact: Mapping[str, Any], channels: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    values: dict[str, list[str]] = {"phone": [], "email": []}
    for channel in channels:
        if channel["channel_type"] in values:
            values[channel["channel_type"]].append(channel["channel_id"])
    phone, email = contact.get("phone", ""), contact.get("email", "")
    first_phone, first_email = next(iter(values["phone"]), ""), next(iter(values["email"]), "")
    return {"phone": phone if phone in values["phone"] else first_phone, "email": email or first_email}


def attach_channels(state: State, contacts: Sequence[Record]) -> list[Record]:
    """These contacts, each with its `contact_channels`."""
    channels: dict[int, list[Record]] = {contact["id"]: [] for contact in contacts}
    for channel in state.channels.all(contact_id=list(channels)):
        channels[channel["contact_id"]].append(channel)
    return [{**contact, "contact_channels": channels[contact["id"]]} for contact in contacts]


def get_display_name(contact: Record) -> str:
    """What the inbox shows: the name, else the number, else the address; empty for a contact that has none of them."""
    name = contact.get("display_name") or join_names(contact.get("first", ""), contact.get("last", ""))
    return str(name or contact.get("phone") or contact.get("email") or "")


def join_names(first: str, last: str) -> str:
    """First and last name, as far as there are any."""
    return f"{first} {last}".strip()


def is_opted_out(contact: Record) -> bool:
    """Whether it is not to be messaged, by its own will or the team's."""
    return bool(contact.get("is_opted_out"))


def is_blocked(contact: Record) -> bool:
    """Whether the team blocked it."""
    return bool(contact.get("_blocked"))


def leave_lists(state: State, contact: Record) -> None:
    """Take a contact off all lists."""
    for one in state.lists.query(
        "WHERE ? IN (SELECT value FROM json_each(record, '$._contact_ids'))", (contact["id"],)
    ):
        state.lists.change(one, _contact_ids=[id_ for id_ in one["_contact_ids"] if id_ != contact["id"]])


class Member(NamedTuple):
    """One of a list's members, as a broadcast needs it."""

    phone: str
    first: str
    last: str
    contact: Record


def list_members(state: State, list_record: Record) -> list[Member]:
    """The members of a list that have a phone number, in the order in which the contacts were made.

    A list holds the ids of contacts (`_contact_ids`).

    Args:
        state: Where they are stored.
        list_record: The list.
    """
    contacts = state.contacts.all(id=list_record.get("_contact_ids", []))
    return [
        Member(one["phone"], one.get("first", ""), one.get("last", ""), one) for one in contacts if one.get("phone")
    ]


def get_team_id(state: State) -> int:
    """The id of the one team there is."""
    team = state.team.first()
    return int(team["id"]) if team else 0


def _with_channel(state: State, kind: str, value: str) -> Record | None:
    channel = state.channels.first(channel_id=value, channel_type=kind)
    return channel and state.contacts.get(channel["contact_id"])
