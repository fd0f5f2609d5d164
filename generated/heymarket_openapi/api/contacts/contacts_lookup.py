from __future__ import annotations

from typing import Any

from ...models.contact import Contact
from ...models.contact_lookup_query import ContactLookupQuery


def _get_kwargs(
    *,
    body: ContactLookupQuery,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/contact/get",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(body: Any) -> Contact:
    response_200 = Contact.from_dict(body)

    return response_200
