from __future__ import annotations

from typing import Any

from ...models.conversation import Conversation
from ...models.conversation_list_query import ConversationListQuery
from ...variants import as_item


def _get_kwargs(
    *,
    body: ConversationListQuery,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/conversations",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(body: Any) -> list[Conversation]:
    response_200 = []
    _response_200 = body
    for response_200_item_data in _response_200:
        response_200_item = as_item(Conversation, response_200_item_data)

        response_200.append(response_200_item)

    return response_200
