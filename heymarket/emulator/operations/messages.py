"""Messages: sent, read page by page, and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from heymarket.emulator.api import pagination
from heymarket.emulator.domain import conversations, messaging
from heymarket.emulator.domain.lookups import get_inbox

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket.emulator.api.validation import Inputs
    from heymarket.emulator.operations._handler import Handler
    from heymarket.emulator.state import Record, State


def send(state: State, inputs: Inputs) -> Record:
    """`POST /v1/message/send`."""
    return messaging.send(state, inputs.body)


def history(state: State, inputs: Inputs) -> list[Record]:
    """`GET /v1/messages`: an unknown number has none. Without an inbox: those of all inboxes."""
    named = "inboxID" in inputs.query
    inboxes = [get_inbox(state, inputs.query["inboxID"], "inboxID")] if named else state.inboxes.all()
    before = pagination.parse_cursor(inputs.query, "timestamp")
    there = [conversations.find(state, inbox, [inputs.query["phoneNumber"]]) for inbox in inboxes]
    ids = [conversation["id"] for conversation in there if conversation]
    if not ids:
        return []
    one_or_some = ids[0] if len(ids) == 1 else ids
    found = state.messages.page(order="date", cursor=before, limit=50, conversation_id=one_or_some)
    return conversations.serialize_messages(state, found)


def list_(state: State, inputs: Inputs) -> list[Record]:
    """`POST /v1/messages/all`: `created_at` is a time of the field that `order` names."""
    found = state.messages.page(
        order="updated" if inputs.body.get("order") == "updated_at" else "date",
        cursor=pagination.parse_cursor(inputs.body, "created_at"),
        limit=pagination.parse_limit(inputs.body),
        ascending=inputs.body.get("ascending", False),
    )
    return conversations.serialize_messages(state, found)


def count(state: State, inputs: Inputs) -> str:
    """`POST /v1/messages/all/count`: those before `date`; whatever else is given changes nothing."""
    before = pagination.parse_cursor(inputs.body, "date")
    return str(state.messages.count(before=None if before is None else ("date", before)))


HANDLERS: Mapping[str, Handler] = {
    "messages.count": count,
    "messages.history": history,
    "messages.list": list_,
    "messages.send": send,
}
