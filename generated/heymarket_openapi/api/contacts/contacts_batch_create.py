from __future__ import annotations

from typing import Any

from ...models.contact import Contact
from ...models.contact_v1_write import ContactV1Write
from ...types import UNSET, Unset
from ...variants import as_item


def _get_kwargs(
    *,
    body: list[ContactV1Write],
    overwrite: bool | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    params: dict[str, Any] = {}

    params["overwrite"] = overwrite

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/batch/contacts",
        "params": params,
    }

    _kwargs["json"] = []
    for body_item_data in body:
        body_item = body_item_data.to_dict()
        _kwargs["json"].append(body_item)

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
