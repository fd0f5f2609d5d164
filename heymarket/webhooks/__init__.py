"""Webhooks: deliveries of Heymarket to a URL of yours, verified by their token and parsed into typed events.

    from heymarket.webhooks import MessageEvent, parse

    event = parse(body, token=token)  # the raw request body; several tokens during a rotation
    if isinstance(event, MessageEvent):
        print(event.message.text)

`heymarket.webhooks.starlette` (FastAPI too), `.flask` and `.django` provide endpoints for those frameworks. Whether the
service repeats, reorders or loses deliveries is not documented; compare `event.dedup_key` to recognize a repeat.
"""

from heymarket.webhooks._events import (
    CallEvent,
    ConversationEvent,
    Event,
    MessageEvent,
    OptEvent,
    UnknownEvent,
)
from heymarket.webhooks._parsing import WebhookParseError, WebhookVerificationError, parse

__all__ = [
    "CallEvent",
    "ConversationEvent",
    "Event",
    "MessageEvent",
    "OptEvent",
    "UnknownEvent",
    "WebhookParseError",
    "WebhookVerificationError",
    "parse",
]
