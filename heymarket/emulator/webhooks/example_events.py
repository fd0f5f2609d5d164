"""Events that nothing has happened for, with the description's examples as data: to see whether a receiver works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heymarket.emulator.api.schema_examples import build_example
from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["build_event_data", "list_event_types"]


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
        raise EmulatorError(f"There is no such type of event. There are: {', '.join(known) or 'none at all'}.")
    schema = _schemas(description).get("WebhookEvent", {}).get("x-heymarket-event-data", {}).get(event_type)
    return dict(build_example({"$ref": f"#/components/schemas/{schema}"}, description)) if schema else {}


def _schemas(description: Mapping[str, Any]) -> Mapping[str, Any]:
    schemas: Mapping[str, Any] = description.get("components", {}).get("schemas", {})
    return schemas
