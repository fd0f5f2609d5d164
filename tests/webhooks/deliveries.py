"""Invented deliveries, and the tokens that they are taken with."""

from __future__ import annotations

import json
from typing import Any

TOKEN = "wH7qLm2xVt9RzK4dPs6nB1cJ"
OTHER = "bY3fGh8jNk5MaE2rTu7vXw0Q"
PHONE = "15555550100"
SAID = "Meet me at the pier"
MESSAGE: dict[str, Any] = {"id": 701, "text": SAID, "date": "2024-01-02T03:04:05Z", "target": PHONE}
CONVERSATION: dict[str, Any] = {"id": 601, "inbox": 31, "target": PHONE, "status": "closed", "assigned": 21}
UNSUBSCRIBED: dict[str, Any] = {"phone": PHONE}


def delivery(type_: str = "message_recieved", data: Any = MESSAGE, **members: Any) -> bytes:
    """The body of a delivery; a member that is `...` is left out."""
    whole = {"type": type_, "id": 91, "token": TOKEN, "event_data": data, **members}
    return json.dumps({name: value for name, value in whole.items() if value is not ...}).encode()
