from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ...models.survey import Survey


def _get_kwargs(
    id: int,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/survey/{id}".format(
            id=quote(str(id), safe=""),
        ),
    }

    return _kwargs


def _parse_response(body: Any) -> Survey:
    response_200 = Survey.from_dict(body)

    return response_200
