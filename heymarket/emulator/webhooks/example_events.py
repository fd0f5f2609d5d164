"""Events that nothing has happened for, with the description's examples as data: to see whether a receiver works."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from heymarket.emulator.api.schema_examples import build_example
from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["build_event_data", "list_event_types", "suggest_event_type"]


def list_event_types(description: Mapping[str, Any]) -> tuple[str, ...]:
    """The types of events that a description has.

    Args:
        description: The OpenAPI document.
    """
    schema = _schemas(description).get("WebhookEventType", {})
    return tuple(value for one in (schema, *schema.get("anyOf", ())) for value in one.get("enum", ()))


def build_event_data(description: Mapping[str, Any], event_type: str) -> dict[str, Any]:
    """The data of an event of that type; empty where the data is not documented.

    Args:
        description: The OpenAPI document.
        event_type: One of `list_event_types`.

    Raises:
        EmulatorError: There is no such type.
    """
    if event_type not in (known := list_event_types(description)):
        hint = suggest_event_type(event_type, known)
        raise EmulatorError(f"There is no such type of event.{hint} There are: {', '.join(known) or 'none at all'}.")
    schema = _schemas(description).get("WebhookEvent", {}).get("x-heymarket-event-data", {}).get(event_type)
    return dict(build_example({"$ref": f"#/components/schemas/{schema}"}, description)) if schema else {}


def suggest_event_type(event_type: str, known: Iterable[str]) -> str:
    """A sentence with the nearest type of event, to be put behind another one; empty if none is near.

    Args:
        event_type: What was asked for.
        known: The types that there are.
    """
    near = next(iter(get_close_matches(event_type, known, 1, 0.7)), None)
    spelling = ", which the service spells so" if near == "message_recieved" else ""
    return f" Did you mean {near}{spelling}?" if near else ""


def _schemas(description: Mapping[str, Any]) -> Mapping[str, Any]:
    schemas: Mapping[str, Any] = description.get("components", {}).get("schemas", {})
    return schemas
