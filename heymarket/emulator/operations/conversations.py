"""Conversations: listed, counted, opened and closed, marked as read, assigned to another user."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from heymarket.emulator.api import pagination
from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.domain import conversations
from heymarket.emulator.domain.lookups import get_inbox, get_member, require_referred, require_subject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket.emulator.api.validation import Inputs
    from heymarket.emulator.operations._handler import Handler
    from heymarket.emulator.state import Record, State


def list_(state: State, inputs: Inputs) -> list[Record]:
    """`POST /v1/conversations`: `closed` has the closed ones alone or the others, and both where it isn't given."""
    body = inputs.body
    conditions, values = _wanted(state, body)
    ascending = body.get("ascending", False)
    if cursor := pagination.parse_cursor(body, "date"):
        conditions.append(f"updated {'>' if ascending else '<'} ?")
        values.append(cursor)
    direction = "ASC" if ascending else "DESC"
    found = state.conversations.query(
        f"WHERE {' AND '.join(conditions)} ORDER BY updated {direction}, id {direction} LIMIT ?",
        (*values, pagination.parse_limit(body)),
    )
    return conversations.serialize_all(state, found)


def _wanted(state: State, body: Mapping[str, Any]) -> tuple[list[str], list[Any]]:
    """The conditions for a conversation to be listed, and the values for their question marks."""
    conditions, values = ["true"], list[Any]()
    filters, user_id = body.get("filters", {}), body["id"]
    if user_id != 0:
        user = require_referred(state.users.get(user_id), "id", "user", user_id)
        own = [inbox["id"] for inbox in state.inboxes.all() if user["id"] in inbox.get("members", ())]
        conditions.append("inbox IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(own))
    if filters.get("inboxes"):
        conditions.append("inbox IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(filters["inboxes"]))
    if "closed" in filters:
        conditions.append("status IS 'closed'" if filters["closed"] else "status IS NOT 'closed'")
    if filters.get("unread"):
        unread = "SELECT value FROM json_each(record, '$.unread_users')"
        conditions.append(f"EXISTS ({unread} WHERE value = ? OR ? = 0)")
        values += [user_id, user_id]
    if "assigned" in body:
        conditions.append("json_extract(record, '$.assigned') = ?")
        values.append(body["assigned"])
    return conditions, values


def count(state: State, inputs: Inputs) -> str:
    """`POST /v1/conversations/count`."""
    before = pagination.parse_cursor(inputs.body, "date")
    return str(state.conversations.count(before=None if before is None else ("updated", before)))


def get(state: State, inputs: Inputs) -> Record:
    """`GET /v1/conversations/{id}`."""
    return conversations.serialize(state, require_subject(state.conversations.get(inputs.path["id"]), "conversation"))


def open_(state: State, inputs: Inputs) -> str:
    """`POST /v1/conversations/open`."""
    _, conversation, user = _named(state, inputs.body)
    conversations.reopen(state, conversation, user["id"])
    return "ok"


def close(state: State, inputs: Inputs) -> str:
    """`POST /v1/conversations/close`."""
    _, conversation, _ = _named(state, inputs.body)
    conversations.close(state, conversation)
    return "ok"


def mark_read(state: State, inputs: Inputs) -> str:
    """`POST /v1/conversations/read`; `reassign_id` has no effect."""
    _, conversation, user = _named(state, inputs.body)
    conversations.mark_read(state, conversation, user["id"])
    return "ok"


def mark_unread(state: State, inputs: Inputs) -> str:
    """`POST /v1/conversations/unread`; `reassign_id` has no effect."""
    _, conversation, user = _named(state, inputs.body)
    conversations.mark_unread(state, conversation, user["id"])
    return "ok"


def reassign(state: State, inputs: Inputs) -> str:
    """`POST /v1/conversations/reassign`: `user_id` acts, and need not be who has the conversation now (D38)."""
    inbox, conversation, _ = _named(state, inputs.body)
    to = get_member(state, inbox, inputs.body["reassign_id"], "reassign_id")
    conversations.assign(state, conversation, to["id"])
    return "ok"


def transfer(state: State, inputs: Inputs) -> str:
    """`POST /v1/conversations/transfer`: users who aren't members of the other inbox lose it."""
    for name in ("conversation_id", "transfer_inbox_id"):
        if name not in inputs.body:
            raise APIErrorResponse(400, f"bad_data: {name} is missing")
    conversation = require_subject(state.conversations.get(inputs.body["conversation_id"]), "conversation")
    inbox = get_inbox(state, inputs.body["transfer_inbox_id"], "transfer_inbox_id")
    if inbox["id"] == conversation["inbox"]:
        raise APIErrorResponse(400, "bad_data: transfer_inbox_id names the inbox that the conversation is in")
    phones = conversations.get_phones(conversation)
    if phones and conversations.find(state, inbox, phones):
        raise APIErrorResponse(
            400, "bad_data: transfer_inbox_id names an inbox that has a conversation with the same target"
        )
    members = inbox.get("members", [])
    moved = {
        "inbox": inbox["id"],
        "assigned": conversation.get("assigned", 0) if conversation.get("assigned") in members else 0,
        "unread_users": [user for user in conversation.get("unread_users", ()) if user in members],
    }
    rest = {name: value for name, value in conversation.items() if name != "members"}
    conversations.notify(state, "chat_transferred", state.conversations.change(rest, **moved))
    return "ok"


def _named(state: State, body: Mapping[str, Any]) -> tuple[Record, Record, Record]:
    """The inbox, the conversation and the user that a body names."""
    inbox = get_inbox(state, body["inbox_id"])
    user = get_member(state, inbox, body["user_id"], "user_id")
    if "chat_id" in body:
        conversation = require_subject(state.conversations.get(body["chat_id"]), "conversation")
        if conversation["inbox"] != inbox["id"]:
            raise APIErrorResponse(400, "bad_data: chat_id names a conversation of another inbox")
    else:
        phones = body["targets"] if "targets" in body else [body["target"]]
        conversation = require_subject(conversations.find(state, inbox, phones), "conversation")
    return inbox, conversation, user


HANDLERS: Mapping[str, Handler] = {
    "conversations.close": close,
    "conversations.count": count,
    "conversations.get": get,
    "conversations.list": list_,
    "conversations.mark_read": mark_read,
    "conversations.mark_unread": mark_unread,
    "conversations.open": open_,
    "conversations.reassign": reassign,
    "conversations.transfer": transfer,
}
