from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from ...models.contact_channel import ContactChannel
from ...variants import as_item


def _get_kwargs(
    contact_id: UUID,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v2/contact/{contact_id}/channels".format(
            contact_id=quote(str(contact_id), safe=""),
        ),
    }

    return _kwargs


def _parse_response(body: Any) -> list[ContactChannel]:
    response_200 = []
    _response_200 = body
    for response_200_item_data in _response_200:
        response_200_item = as_item(ContactChannel, response_200_item_data)

        response_200.append(response_200_item)

    return response_200
