"""Conversations: found, begun, changed, and shown as the API returns them, with their messages.

There is one for each inbox and phone number, and one for each inbox and group of numbers. An email that isn't a reply
begins one of its own. What follows from other records (name, members, whether the contact is blocked) is not stored in
the conversation but looked up, so that it is never out of date.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.api.validation import is_phone
from heymarket.emulator.domain.contacts import find_by_phone, get_display_name, is_blocked
from heymarket.emulator.state import to_public

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from heymarket.emulator.state import Record, State

__all__ = [
    "assign",
    "build",
    "close",
    "create",
    "find",
    "get_phones",
    "mark_read",
    "mark_unread",
    "notify",
    "reopen",
    "serialize",
    "serialize_all",
    "serialize_messages",
]


_NEW: Record = {
    "channel": "sms",
    "status": "open",
    "assigned": 0,
    "creator": 0,
    "unread_users": [],
    "replied": False,
    "last_inbound": 0,
    "last_msg": "",
}


def find(state: State, inbox: Record, phones: Iterable[str]) -> Record | None:
    """The conversation of an inbox with a contact, or with a group."""
    return state.conversations.first(key=_key(sorted(set(phones))), inbox=inbox["id"])


def get_phones(conversation: Record) -> list[str]:
    """The phone numbers at its other end; none, if it is one of emails."""
    if conversation.get("channel") == "email":
        return []
    return [conversation["target"]] if conversation.get("target") else list(conversation.get("targets", ()))


def create(state: State, inbox: Record, targets: Sequence[str], **fields: Any) -> Record:
    """A new conversation, which is open; the webhook is not notified yet.

    Args:
        state: Where it is stored.
        inbox: Its inbox.
        targets: Whom it is with: phone numbers, or what an email says of its recipients.
        fields: What else it is to have: `channel`, which is `sms` otherwise, the user who begins it as `creator`, ...
    """
    return state.conversations.add(build({"inbox": inbox["id"], "targets": targets, **fields}))


def build(record: Record) -> Record:
    """A conversation as it is stored. Fields that are missing are as for a new one.

    Raises:
        APIErrorResponse: 400, its other end is none.
    """
    fields: Record = {**_NEW, **record}
    email = fields["channel"] == "email"
    targets = [fields["target"]] if "target" in fields else list(fields.pop("targets", ()))
    if email and not targets:
        raise APIErrorResponse(400, "bad_data: targets is missing")
    if not email:
        targets = sorted(set(targets))
        if not targets or not all(map(is_phone, targets)):
            what = "target, or targets, has to be phone numbers: digits with the country code, without plus"
            raise APIErrorResponse(400, f"bad_data: {what}")
    alone = len(targets) == 1
    fields |= {"target": targets[0]} if alone and not email else {"targets": targets}
    return {"type": "direct" if alone else "group", **fields}


def reopen(state: State, conversation: Record, by: int) -> Record:
    """Open a conversation again; if it is open, nothing happens."""
    if conversation.get("status", "open") == "open":
        return conversation
    return notify(state, "chat_opened", state.conversations.change(conversation, status="open", _opened_by=by))


def close(state: State, conversation: Record, *, silently: bool = False) -> Record:
    """Close a conversation; if it is closed, nothing happens. The webhook is notified, unless it is done silently."""
    if conversation.get("status") == "closed":
        return conversation
    closed = state.conversations.change(conversation, status="closed")
    return closed if silently else notify(state, "chat_closed", closed)


def assign(state: State, conversation: Record, user_id: int) -> Record:
    """Assign a conversation to a user, or to an AI agent, which is none; 0 for nobody."""
    return notify(state, "chat_reassigned", state.conversations.change(conversation, assigned=user_id))


def notify(state: State, event_type: str, conversation: Record) -> Record:
    """Notify the webhook of what happened to a conversation."""
    state.emit(event_type, serialize(state, conversation))
    return conversation


def mark_read(state: State, conversation: Record, user_id: int) -> Record:
    """Mark a conversation as read by a user."""
    others = [one for one in conversation.get("unread_users", ()) if one != user_id]
    return state.conversations.change(conversation, unread_users=others)


def mark_unread(state: State, conversation: Record, user_id: int) -> Record:
    """Mark a conversation as unread by a user."""
    users = sorted({*conversation.get("unread_users", ()), user_id})
    return state.conversations.change(conversation, unread_users=users)


def serialize(state: State, conversation: Record) -> Record:
    """A conversation as the API returns it."""
    return serialize_all(state, [conversation])[0]


def serialize_all(state: State, conversations: Iterable[Record]) -> list[Record]:
    """Conversations as the API returns them."""
    members: dict[int, list[Record]] = {}
    answer: list[Record] = []
    for conversation in conversations:
        number = conversation["inbox"]
        if number not in members:
            inbox = state.inboxes.get(number) or {}
            users = state.users.all(id=inbox.get("members", []))
            members[number] = [{"id": user["id"], "name": user.get("name", "")} for user in users]
        answer.append(_serialize_conversation(state, conversation, members[number]))
    return answer


def serialize_messages(state: State, messages: Sequence[Record]) -> list[Record]:
    """Messages as the API returns them, each with its conversation."""
    found = state.conversations.all(id=list({message["_conversation_id"] for message in messages}))
    conversations = {conversation["id"]: conversation for conversation in serialize_all(state, found)}
    return [_serialize_message(message, conversations.get(message["_conversation_id"])) for message in messages]


def _serialize_conversation(state: State, conversation: Record, members: list[Record]) -> Record:
    contacts = {phone: find_by_phone(state, phone) for phone in get_phones(conversation)}
    unread = conversation.get("unread_users", [])
    record = {name: value for name, value in to_public(conversation).items() if name != "rev"}
    return {
        "channel": "sms",
        "status": "open",
        "name": ", ".join(
            (get_display_name(contact) if contact else "") or phone for phone, contact in contacts.items()
        ),
        "members": members,
        "assigned": 0,
        "read": 0 if unread else 1,
        "unread": bool(unread),
        "unread_users": unread,
        "replied": False,
        "last_msg": "",
        "blocked": any(contact is not None and is_blocked(contact) for contact in contacts.values()),
        "muted": False,
        "email_noti": True,
        "noreply": "",
        "snooze_till": "",
        "support": False,
        "super": 0,
        **record,
    }


def _serialize_message(message: Record, conversation: Record | None) -> Record:
    record = {name: value for name, value in to_public(message).items() if name not in {"created", "op", "rev"}}
    return {
        "broadcast_id": 0,
        "flagged": False,
        "hidden": False,
        "raw_error": "",
        "target_errors": {},
        "super": 0,
        "support": False,
        **record,
        **({"conversation": conversation} if conversation else {}),
    }


def _key(phones: Sequence[str]) -> str:
    return phones[0] if len(phones) == 1 else json.dumps(phones, separators=(",", ":"))
