from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from ...models.contact import Contact


def _get_kwargs(
    contact_id: UUID,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v2/contact/{contact_id}".format(
            contact_id=quote(str(contact_id), safe=""),
        ),
    }

    return _kwargs


def _parse_response(body: Any) -> Contact:
    response_200 = Contact.from_dict(body)

    return response_200
