from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from ...models.contact_changes_write import ContactChangesWrite
from ...models.created_ref import CreatedRef
from ...types import UNSET, Unset


def _get_kwargs(
    contact_id: UUID,
    *,
    body: ContactChangesWrite,
    overwrite: bool | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    params: dict[str, Any] = {}

    params["overwrite"] = overwrite

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v2/contact/{contact_id}".format(
            contact_id=quote(str(contact_id), safe=""),
        ),
        "params": params,
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(body: Any) -> CreatedRef:
    response_200 = CreatedRef.from_dict(body)

    return response_200
