from __future__ import annotations

from typing import Any, cast

from ...models.contact_bulk_delete_write import ContactBulkDeleteWrite


def _get_kwargs(
    *,
    body: ContactBulkDeleteWrite,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/v2/contacts",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(body: Any) -> str:
    response_200 = cast(str, body)
    return response_200
