from __future__ import annotations

from typing import Any

from ...models.template import Template
from ...models.template_list_query import TemplateListQuery
from ...variants import as_item


def _get_kwargs(
    *,
    body: TemplateListQuery,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/templates",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(body: Any) -> list[Template]:
    response_200 = []
    _response_200 = body
    for response_200_item_data in _response_200:
        response_200_item = as_item(Template, response_200_item_data)

        response_200.append(response_200_item)

    return response_200
