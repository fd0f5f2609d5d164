from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ...models.changed_ref import ChangedRef
from ...models.list_changes_write import ListChangesWrite


def _get_kwargs(
    id: int,
    *,
    body: ListChangesWrite,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v2/lists/{id}".format(
            id=quote(str(id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(body: Any) -> ChangedRef:
    response_200 = ChangedRef.from_dict(body)

    return response_200
