"""Events that nothing has happened for, with the description's examples as data: to see whether a receiver works."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from heymarket.emulator.api.schema_examples import build_example
from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["build_event_data", "find_undescribed", "list_event_types", "suggest_event_type"]

_OF_SENT_MESSAGES = frozenset({"local_id", "user", "author", "targets", "media", "link_url", "custom"})
"""Fields of the example of a message that one which came in lacks: it is a text of one contact."""


def list_event_types(description: Mapping[str, Any]) -> tuple[str, ...]:
    """The types of events that a description has.

    Args:
        description: The OpenAPI document.
    """
    schema = _schemas(description).get("WebhookEventType", {})
    return tuple(value for one in (schema, *schema.get("anyOf", ())) for value in one.get("enum", ()))


def build_event_data(description: Mapping[str, Any], event_type: str) -> dict[str, Any]:
    """The data of an event of that type; empty where the data is not documented.

    It is the example of its schema; for `message_recieved`, the example turned into a message that came in.

    Args:
        description: The OpenAPI document.
        event_type: One of `list_event_types`.

    Raises:
        EmulatorError: There is no such type.
    """
    if event_type not in (known := list_event_types(description)):
        hint = suggest_event_type(event_type, known)
        raise EmulatorError(f"There is no such type of event.{hint} There are: {', '.join(known) or 'none at all'}.")
    schema = _schema_name(description, event_type)
    data = dict(build_example({"$ref": f"#/components/schemas/{schema}"}, description)) if schema else {}
    return _turn_into_received(data) if event_type == "message_recieved" else data


def find_undescribed(description: Mapping[str, Any], event_type: str, names: Iterable[str]) -> str | None:
    """What to tell who named a field that the data of such an event lacks; `None` if all may be there.

    Args:
        description: The OpenAPI document.
        event_type: Such as `message_sent`. The data of one that isn't described may have any fields.
        names: The fields.
    """
    schema = _schemas(description).get(_schema_name(description, event_type), {})
    known: Mapping[str, Any] = schema.get("properties", {})
    if not known or schema.get("additionalProperties"):
        return None
    for name in names:
        if name not in known:
            near = next(iter(get_close_matches(name, known, 1, 0.5)), None)
            return f"{event_type} has no field {name}.{f' Did you mean {near}?' if near else ''}"
    return None


def suggest_event_type(event_type: str, known: Iterable[str]) -> str:
    """A sentence with the nearest type of event, to be put behind another one; empty if none is near.

    Args:
        event_type: What was asked for.
        known: The types that there are.
    """
    near = next(iter(get_close_matches(event_type, known, 1, 0.7)), None)
    spelling = ", which the service spells so" if near == "message_recieved" else ""
    return f" Did you mean {near}{spelling}?" if near else ""


def _turn_into_received(example: Mapping[str, Any]) -> dict[str, Any]:
    message = {name: value for name, value in example.items() if name not in _OF_SENT_MESSAGES}
    changes: dict[str, Any] = {"status": "received", "target_errors": {}}
    conversation: Mapping[str, Any] | None = message.get("conversation")
    if conversation:
        direct = {name: value for name, value in conversation.items() if name != "targets"}
        changes |= {"text": direct.get("last_msg"), "conversation": {**direct, "unread": True}}
    return {name: changes.get(name, value) for name, value in message.items()}


def _schema_name(description: Mapping[str, Any], event_type: str) -> str:
    name: str = _schemas(description).get("WebhookEvent", {}).get("x-heymarket-event-data", {}).get(event_type, "")
    return name


def _schemas(description: Mapping[str, Any]) -> Mapping[str, Any]:
    schemas: Mapping[str, Any] = description.get("components", {}).get("schemas", {})
    return schemas
