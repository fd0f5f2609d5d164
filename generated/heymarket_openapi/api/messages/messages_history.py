from __future__ import annotations

from typing import Any

from ...models.message import Message
from ...types import UNSET, Unset
from ...variants import as_item


def _get_kwargs(
    *,
    phone_number: str,
    inbox_id: int,
    timestamp: int | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["phoneNumber"] = phone_number

    params["inboxID"] = inbox_id

    params["timestamp"] = timestamp

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/messages",
        "params": params,
    }

    return _kwargs


def _parse_response(body: Any) -> list[Message]:
    response_200 = []
    _response_200 = body
    for response_200_item_data in _response_200:
        response_200_item = as_item(Message, response_200_item_data)

        response_200.append(response_200_item)

    return response_200
