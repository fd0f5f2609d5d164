from __future__ import annotations

from typing import Any

from ...models.contact_status import ContactStatus
from ...models.contact_status_query import ContactStatusQuery


def _get_kwargs(
    *,
    body: ContactStatusQuery,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/contact/status",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(body: Any) -> ContactStatus:
    response_200 = ContactStatus.from_dict(body)

    return response_200
