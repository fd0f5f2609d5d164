from __future__ import annotations

from typing import Any

from ...models.inbox import Inbox
from ...variants import as_item


def _get_kwargs() -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/inboxes",
    }

    return _kwargs


def _parse_response(body: Any) -> list[Inbox]:
    response_200 = []
    _response_200 = body
    for response_200_item_data in _response_200:
        response_200_item = as_item(Inbox, response_200_item_data)

        response_200.append(response_200_item)

    return response_200
