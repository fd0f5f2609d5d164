"""Deliveries of webhooks, built in one line, for tests of an endpoint that needs no server and no emulator."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from attrs import field, frozen

from heymarket import InvalidRequestError, description, normalize_phone
from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.webhooks.example_events import build_event_data, find_undescribed
from heymarket.testing.receiver import TOKEN

__all__ = ["ExampleDelivery", "delivery"]


@frozen
class ExampleDelivery:
    """A delivery, to be posted to an endpoint. Its repr shows neither the token nor the body.

    Attributes:
        body: The raw body.
        headers: The headers. No header is signed: the token in the body is all that can be verified.
    """

    body: bytes = field(repr=False)
    headers: Mapping[str, str]


def delivery(
    event_type: str,
    event_data: Mapping[str, Any] | None = None,
    *,
    token: str = TOKEN,
    id: int = 91,  # noqa: A002 - the name in the body
    **fields: Any,
) -> ExampleDelivery:
    """A delivery as Heymarket makes it.

        sent = delivery("message_recieved", text="Hello!")
        response = client.post("/heymarket", content=sent.body, headers=sent.headers)

    Args:
        event_type: Such as `message_recieved`, or `target_opt_out`.
        event_data: What it is about; by default the description's example for this type of event, of a message that
            came in for `message_recieved`. May have fields that aren't described.
        token: The token that your endpoint checks; by default that of the fixture `heymarket_webhooks`.
        id: The id of the webhook's configuration.
        fields: Fields of `event_data` to replace. A `phone` or a `target` may be in any notation that the client takes;
            it is delivered as the service writes it.

    Raises:
        ValueError: There is no such type of event; one that you make up needs `event_data`. Or its data has no such
            field, as far as it is described.
    """
    if event_data is None:
        event_data = _build_example(event_type)
    added = [name for name in fields if name not in event_data]
    problem = find_undescribed(description.load(), event_type, added)
    if problem:
        raise ValueError(f"{problem} A field that isn't described goes into event_data.")
    for name in {"phone", "target"} & fields.keys():
        with suppress(InvalidRequestError):
            fields[name] = normalize_phone(fields[name])
    body = {"type": event_type, "id": id, "token": token, "event_data": {**event_data, **fields}}
    return ExampleDelivery(json.dumps(body).encode(), {"Content-Type": "application/json"})


def _build_example(event_type: str) -> Mapping[str, Any]:
    try:
        return build_event_data(description.load(), event_type)
    except EmulatorError as error:
        raise ValueError(str(error)) from None
