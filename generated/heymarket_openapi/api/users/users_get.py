from __future__ import annotations

from typing import Any

from ...models.team_users import TeamUsers
from ...models.users_query import UsersQuery


def _get_kwargs(
    *,
    body: UsersQuery,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/users/get",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(body: Any) -> TeamUsers:
    response_200 = TeamUsers.from_dict(body)

    return response_200
