from __future__ import annotations

from typing import Any

from ...models.contact import Contact
from ...models.contact_list_v1_query import ContactListV1Query
from ...variants import as_item


def _get_kwargs(
    *,
    body: ContactListV1Query,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/contacts",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(body: Any) -> list[Contact]:
    response_200 = []
    _response_200 = body
    for response_200_item_data in _response_200:
        response_200_item = as_item(Contact, response_200_item_data)

        response_200.append(response_200_item)

    return response_200
