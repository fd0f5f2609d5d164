from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ...models.created_ref import CreatedRef
from ...models.list_changes_v1_write import ListChangesV1Write


def _get_kwargs(
    id: int,
    *,
    body: ListChangesV1Write,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v1/list/{id}".format(
            id=quote(str(id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(body: Any) -> CreatedRef:
    response_200 = CreatedRef.from_dict(body)

    return response_200
