from __future__ import annotations

from typing import Any, cast
from urllib.parse import quote
from uuid import UUID


def _get_kwargs(
    contact_id: UUID,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/v2/contact/{contact_id}".format(
            contact_id=quote(str(contact_id), safe=""),
        ),
    }

    return _kwargs


def _parse_response(body: Any) -> str:
    response_200 = cast(str, body)
    return response_200
