from __future__ import annotations

from typing import Any

from ...models.custom_field import CustomField
from ...models.custom_field_write import CustomFieldWrite
from ...variants import as_item


def _get_kwargs(
    *,
    body: list[CustomFieldWrite],
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/contacts/fields",
    }

    _kwargs["json"] = []
    for body_item_data in body:
        body_item = body_item_data.to_dict()
        _kwargs["json"].append(body_item)

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(body: Any) -> list[CustomField]:
    response_200 = []
    _response_200 = body
    for response_200_item_data in _response_200:
        response_200_item = as_item(CustomField, response_200_item_data)

        response_200.append(response_200_item)

    return response_200
