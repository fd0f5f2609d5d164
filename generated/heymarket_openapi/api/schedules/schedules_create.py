from __future__ import annotations

from typing import Any

from ...models.schedule_ref import ScheduleRef
from ...models.schedule_write import ScheduleWrite


def _get_kwargs(
    *,
    body: ScheduleWrite,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/schedule",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(body: Any) -> ScheduleRef:
    response_200 = ScheduleRef.from_dict(body)

    return response_200
