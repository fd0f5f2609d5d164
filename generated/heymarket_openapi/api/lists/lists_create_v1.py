from __future__ import annotations

from typing import Any

from ...models.created_ref import CreatedRef
from ...models.list_v1_write import ListV1Write


def _get_kwargs(
    *,
    body: ListV1Write,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/list",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(body: Any) -> CreatedRef:
    response_200 = CreatedRef.from_dict(body)

    return response_200
