from __future__ import annotations

from typing import Any, cast

from ...models.message_count_query import MessageCountQuery


def _get_kwargs(
    *,
    body: MessageCountQuery,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/messages/all/count",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(body: Any) -> str:
    response_200 = cast(str, body)
    return response_200
