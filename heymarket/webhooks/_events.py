"""Events, and which type of delivery becomes which.

Reading a delivery is lenient, as everywhere in this package: unknown and ill-typed fields are kept, and never prevent
an event. A repr shows the kind of an event and none of its content: messages and phone numbers don't belong in logs.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from attrs import field, frozen

from heymarket import models

_RECEIVED = frozenset({"message_recieved", "message_received"})
_MESSAGES = _RECEIVED | {"message_sent"}
_CONVERSATIONS = frozenset(
    {"chat_reassigned", "chat_closed", "chat_opened", "chat_pending", "chat_transferred", "chat_updated"}
)
_OPTS = frozenset({"target_opt_out", "target_opt_in", "target_double_opt_in", "target_double_opt_restricted"})
_OLD_TYPES = frozenset({"message_received", "chat_updated"})  # of an earlier guide (D34)
_SAFE_IN_KEY = re.compile(r"[A-Za-z0-9_.-]{1,64}")


@frozen(kw_only=True)
class _Delivery:
    """The attributes of all events."""

    type: str
    """What happened, as it was sent; empty if it wasn't a string."""
    configuration_id: int | str | None
    """Id of the webhook's configuration in the app. It is the same in every delivery."""
    dedup_key: str
    """A key that a delivery shares with its repeats only. Its parts depend on the event; its length is bounded."""
    is_old_shape: bool = False
    """Whether the delivery has the shape of an earlier guide: `event` for `type`, or a type of its own (D34)."""
    data: Mapping[str, Any] = field(repr=False)
    """`event_data` as it was sent; empty if it wasn't an object."""
    additional_properties: Mapping[str, Any] = field(factory=dict[str, Any], repr=False)
    """The other fields of the delivery, without the token."""


@frozen(kw_only=True)
class MessageEvent(_Delivery):
    """A message was sent or received: `message_sent`, `message_recieved`; an earlier guide has `message_received`.

    `dedup_key` is the type (the same for both spellings) and the message's id; without an id, a hash of `data`.
    """

    message: models.Message = field(repr=False)
    """The message. Its missing fields are `UNSET`."""

    @property
    def is_received(self) -> bool:
        """Whether the message came from the contact, in either spelling."""
        return self.type in _RECEIVED


@frozen(kw_only=True)
class ConversationEvent(_Delivery):
    """Something happened to a conversation: `chat_opened`, `chat_closed`, `chat_pending`, `chat_reassigned`, ...

    `dedup_key` is the type, the conversation's id and a hash of `data`: a conversation can be opened twice, so its id
    alone doesn't identify a repeat.
    """

    conversation: models.Conversation = field(repr=False)
    """The conversation. Its missing fields are `UNSET`."""


@frozen(kw_only=True)
class OptEvent(_Delivery):
    """A contact opted in or out: `target_opt_out`, `target_opt_in`, and two of the double opt-in.

    The fields of `data` are not documented. `dedup_key` is the type, the `id` in `data` if there is one, and a hash
    of `data`.
    """


@frozen(kw_only=True)
class CallEvent(_Delivery):
    """A call came in: `incoming_call`.

    The fields of `data` are not documented. `dedup_key` is made as for an `OptEvent`.
    """


@frozen(kw_only=True)
class UnknownEvent(_Delivery):
    """A delivery of an undescribed type, or one whose `event_data` doesn't fit its type.

    `dedup_key` is made as for an `OptEvent`.
    """


Event: TypeAlias = MessageEvent | ConversationEvent | OptEvent | CallEvent | UnknownEvent
"""Any of the events."""


def make_event(delivery: Mapping[str, Any]) -> Event:
    """Make the event of a verified delivery.

    Args:
        delivery: The fields of the body.
    """
    rest = {name: value for name, value in delivery.items() if name != "token"}
    type_, of_old_name = _take_type(rest)
    configuration_id = rest.pop("id") if _is_id(rest.get("id")) else None
    data = rest.pop("event_data") if isinstance(rest.get("event_data"), dict) else None
    common: dict[str, Any] = {
        "type": type_,
        "configuration_id": configuration_id,
        "dedup_key": _dedup_key(type_, data or {}, rest),
        "is_old_shape": of_old_name or type_ in _OLD_TYPES,
        "data": data or {},
        "additional_properties": rest,
    }
    try:
        if type_ in _MESSAGES and data is not None:
            return MessageEvent(message=models.Message.from_dict(data), **common)
        if type_ in _CONVERSATIONS and data is not None:
            return ConversationEvent(conversation=models.Conversation.from_dict(data), **common)
    except (TypeError, ValueError, KeyError, AttributeError):
        return UnknownEvent(**common)
    if type_ in _OPTS:
        return OptEvent(**common)
    if type_ == "incoming_call":
        return CallEvent(**common)
    return UnknownEvent(**common)


def _take_type(rest: dict[str, Any]) -> tuple[str, bool]:
    """Remove the type, and return it with whether it had the name of the earlier guide."""
    for name in ("type", "event"):
        if isinstance(rest.get(name), str):
            return rest.pop(name), name == "event"
    return "", False


def _is_id(value: object) -> bool:
    return isinstance(value, int | str) and not isinstance(value, bool) and value != ""


def _dedup_key(type_: str, data: Mapping[str, Any], rest: Mapping[str, Any]) -> str:
    """A key that a delivery shares with its repeats only.

    A message is sent or received once, so its id is enough. A conversation can be closed twice, and a contact can opt
    out twice: with the id alone, a program that remembers keys would drop the second event.
    """
    parts = ["message_recieved" if type_ in _RECEIVED else type_]
    inner_id = data.get("id")
    if _is_id(inner_id):
        parts.append(str(inner_id))
    if type_ not in _MESSAGES or not _is_id(inner_id):
        parts.append(_digest(data or rest))
    return ":".join(part if _SAFE_IN_KEY.fullmatch(part) else _digest(part) for part in parts)


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))  # ASCII, so that lone surrogates survive
    return hashlib.sha256(text.encode()).hexdigest()[:32]
