"""What Heymarket sends to a URL of yours: checked by its token, and made into typed events.

    from heymarket.webhooks import MessageEvent, parse

    event = parse(body, token=token)  # the raw request body; several tokens while one replaces another
    if isinstance(event, MessageEvent):
        print(event.message.text)

`heymarket.webhooks.starlette` (FastAPI too), `.flask` and `.django` do that for an endpoint of those frameworks. Which
deliveries are repeated, in which order they come and whether one got lost is the service's affair, and not documented:
`event.dedup_key` tells a repeat.
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
