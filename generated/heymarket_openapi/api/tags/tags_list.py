from __future__ import annotations

from typing import Any

from ...models.contact_tag import ContactTag
from ...models.tag_list_query import TagListQuery
from ...variants import as_item


def _get_kwargs(
    *,
    body: TagListQuery,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/tags",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(body: Any) -> list[ContactTag]:
    response_200 = []
    _response_200 = body
    for response_200_item_data in _response_200:
        response_200_item = as_item(ContactTag, response_200_item_data)

        response_200.append(response_200_item)

    return response_200
