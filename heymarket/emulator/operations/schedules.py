"""Schedules: messages that are sent when their time has come."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from heymarket.emulator.api import pagination
from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.api.schema_examples import NO_BODY
from heymarket.emulator.api.validation import is_phone
from heymarket.emulator.clock import format_timestamp
from heymarket.emulator.domain import conversations, messaging
from heymarket.emulator.domain.contacts import get_team_id
from heymarket.emulator.domain.content import build_content
from heymarket.emulator.domain.lookups import get_inbox, get_member, get_owner, require_referred, require_subject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket.emulator.api.validation import Inputs
    from heymarket.emulator.operations._handler import Handler
    from heymarket.emulator.state import Record, State

__all__ = ["HANDLERS", "check", "send_due"]

_LEAD = 15 * 60

_logger = logging.getLogger("heymarket.emulator")


def send_due(state: State) -> int:
    """Send what is due. What was sent is gone; what was refused stays, with the reason, and isn't tried again.

    Args:
        state: Where all that it changes is stored. Each message is a transaction of its own.

    Returns:
        How many were sent.
    """
    sent = 0
    while _due(state):
        # Held over both, and read again, because another thread may send, change or cancel it, or reset everything.
        with state.lock():
            for schedule in _due(state):
                try:
                    with state.transaction():
                        messaging.send(state, _order(schedule))
                        state.schedules.delete(schedule["id"])
                    sent += 1
                except APIErrorResponse as refusal:
                    state.schedules.change(schedule, _error=refusal.reason)
                except Exception:  # any error: the other schedules must still be sent
                    _logger.exception("The emulator failed at a schedule.")
                    state.schedules.change(schedule, _error="crash: the emulator itself failed; its log says where")
    return sent


def _due(state: State) -> list[Record]:
    """The schedule that is next to be sent, if its time has come."""
    unspent = "json_extract(record, '$._error') IS NULL"
    with state.lock():
        now = format_timestamp(state.clock.time())
        return state.schedules.query(f"WHERE execute <= ? AND {unspent} ORDER BY execute, id LIMIT 1", (now,))


def create(state: State, inputs: Inputs) -> Record:
    """`POST /v1/schedule`."""
    schedule = {"team_id": get_team_id(state), **_write(state, inputs.body)}
    return {"id": state.schedules.add(schedule)["id"]}


def check(record: Record) -> Record:
    """A schedule of a seed, if it can be stored.

    Raises:
        APIErrorResponse: 400, what it is for is no phone number.
    """
    to = record.get("meta", {}).get("content", {}).get("to")
    if not all(map(is_phone, record.get("_targets", []))) or (to and not is_phone(to)):
        what = "_targets, and to of meta.content, have to be phone numbers: digits with the country code, without plus"
        raise APIErrorResponse(400, f"bad_data: {what}")
    return record


def get(state: State, inputs: Inputs) -> Record:
    """`GET /v1/schedule/{id}`."""
    return _found(state, inputs)


def update(state: State, inputs: Inputs) -> Record:
    """`PUT /v1/schedule/{id}`: all of it but `local_id` and `user_id`, which stay if they aren't given."""
    schedule = _found(state, inputs)
    given = {"user_id": schedule.get("user_id") or get_owner(state)["id"], **inputs.body}
    return {"id": state.schedules.change(schedule, _error=None, **_write(state, given))["id"]}


def delete(state: State, inputs: Inputs) -> object:
    """`DELETE /v1/schedule/{id}`."""
    state.schedules.delete(_found(state, inputs)["id"])
    return NO_BODY


def _found(state: State, inputs: Inputs) -> Record:
    return require_subject(state.schedules.get(inputs.path["id"]), "schedule")


def _write(state: State, body: Mapping[str, Any]) -> dict[str, Any]:
    """A body as a record, once everything that it refers to is known to be there."""
    execute = pagination.parse_cursor(body, "execute_at")
    assert execute is not None  # noqa: S101 - required
    if execute < format_timestamp(state.clock.time() + _LEAD):
        raise APIErrorResponse(400, "bad_data: execute_at has to be at least 15 minutes ahead")
    inbox = get_inbox(state, body["inbox_id"])
    user = get_member(state, inbox, body["user_id"] if "user_id" in body else get_owner(state)["id"], "user_id")
    record: dict[str, Any] = {
        "execute": execute,
        "inbox_id": inbox["id"],
        "user_id": user["id"],
        "meta": {
            "campaign_id": 0,
            "campaign_step_id": 0,
            "campaign_target_phone": "",
            "conversation_id": 0,
            "list_id": 0,
            "content": dict(body["content"]),
        },
        "_targets": [],
        **({"local_id": body["local_id"]} if "local_id" in body else {}),
    }
    _aim(state, inbox, body, record)
    build_content(state, _order(record))
    return record


def _aim(state: State, inbox: Record, body: Mapping[str, Any], record: Record) -> None:
    """Set whom a schedule is for."""
    meta = record["meta"]
    if "conversation_id" in body:
        conversation = require_referred(
            state.conversations.get(body["conversation_id"]), "conversation_id", "conversation", body["conversation_id"]
        )
        if conversation["inbox"] != inbox["id"] or not conversations.get_phones(conversation):
            raise APIErrorResponse(400, "bad_data: conversation_id names no conversation of text messages of the inbox")
        meta["conversation_id"] = conversation["id"]
    elif "list_id" in body:
        meta["list_id"] = require_referred(state.lists.get(body["list_id"]), "list_id", "list", body["list_id"])["id"]
    elif "phone_number" in body:
        meta["content"]["to"] = body["phone_number"]
        record["_targets"] = [body["phone_number"]]
    else:
        record["_targets"] = [target.get("phone") for target in body["targets"]]
        if not record["_targets"] or not all(isinstance(one, str) and is_phone(one) for one in record["_targets"]):
            raise APIErrorResponse(400, "bad_data: targets takes objects with a phone, digits with the country code")


def _order(schedule: Record) -> dict[str, Any]:
    """A schedule as an order to send: the fields of `MessageWrite`."""
    meta = schedule.get("meta", {})
    content = meta.get("content", {})
    files = [one["url"] for name in ("gallery", "attachments") for one in content.get(name, ()) if "url" in one]
    ends: dict[str, Any] = {
        "chat_id": meta.get("conversation_id"),
        "list_id": meta.get("list_id"),
        "targets": schedule.get("_targets") or ([content["to"]] if content.get("to") else []),
    }
    to = next((name for name, value in ends.items() if value), "targets")
    return {
        "inbox_id": schedule.get("inbox_id", 0),
        "creator_id": schedule.get("user_id", 0),
        to: ends[to],
        **({"text": content["text"]} if "text" in content else {}),
        **({"template_id": content["template"]} if content.get("template") else {}),
        **({"media_url": files[0]} if files else {}),
        **({"local_id": schedule["local_id"]} if "local_id" in schedule else {}),
    }


HANDLERS: Mapping[str, Handler] = {
    "schedules.create": create,
    "schedules.delete": delete,
    "schedules.get": get,
    "schedules.update": update,
}
