from __future__ import annotations

from typing import Any

from ...models.contact_bulk_result import ContactBulkResult
from ...models.contact_bulk_upsert_write import ContactBulkUpsertWrite


def _get_kwargs(
    *,
    body: ContactBulkUpsertWrite,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v2/contacts",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(body: Any) -> ContactBulkResult:
    response_200 = ContactBulkResult.from_dict(body)

    return response_200
