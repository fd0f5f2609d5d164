from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ...models.template import Template


def _get_kwargs(
    id: int,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/template/{id}".format(
            id=quote(str(id), safe=""),
        ),
    }

    return _kwargs


def _parse_response(body: Any) -> Template:
    response_200 = Template.from_dict(body)

    return response_200
