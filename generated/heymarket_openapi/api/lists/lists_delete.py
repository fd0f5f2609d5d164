from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ...models.list_delete_write import ListDeleteWrite
from ...models.list_deleted import ListDeleted
from ...types import UNSET, Unset


def _get_kwargs(
    id: int,
    *,
    body: ListDeleteWrite | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/v2/lists/{id}".format(
            id=quote(str(id), safe=""),
        ),
    }

    if not isinstance(body, Unset):
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(body: Any) -> ListDeleted:
    response_200 = ListDeleted.from_dict(body)

    return response_200
