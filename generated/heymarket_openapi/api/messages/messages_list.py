from __future__ import annotations

from typing import Any

from ...models.message import Message
from ...models.message_list_query import MessageListQuery
from ...variants import as_item


def _get_kwargs(
    *,
    body: MessageListQuery,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/messages/all",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(body: Any) -> list[Message]:
    response_200 = []
    _response_200 = body
    for response_200_item_data in _response_200:
        response_200_item = as_item(Message, response_200_item_data)

        response_200.append(response_200_item)

    return response_200
