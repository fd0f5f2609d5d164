from __future__ import annotations

from typing import Any

from ...models.team_with_members import TeamWithMembers


def _get_kwargs() -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/team",
    }

    return _kwargs


def _parse_response(body: Any) -> TeamWithMembers:
    response_200 = TeamWithMembers.from_dict(body)

    return response_200
