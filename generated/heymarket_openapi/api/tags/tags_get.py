from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ...models.contact_tag import ContactTag


def _get_kwargs(
    id: int,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/tag/{id}".format(
            id=quote(str(id), safe=""),
        ),
    }

    return _kwargs


def _parse_response(body: Any) -> ContactTag:
    response_200 = ContactTag.from_dict(body)

    return response_200
