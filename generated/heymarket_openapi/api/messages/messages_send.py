from __future__ import annotations

from typing import Any

from ...models.message_write import MessageWrite
from ...models.send_result import SendResult


def _get_kwargs(
    *,
    body: MessageWrite,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/message/send",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(body: Any) -> SendResult:
    response_200 = SendResult.from_dict(body)

    return response_200
