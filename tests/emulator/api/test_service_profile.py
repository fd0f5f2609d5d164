"""An emulator with the profile of a service: what its responses look like."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from starlette.responses import JSONResponse

from heymarket.emulator import create_app
from heymarket.emulator.api.service_profile import ServiceProfile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx


@pytest.mark.parametrize(
    ("change", "result"),
    [
        ({"words": {"kinds[]": "sms"}}, {"kinds": ["sms", "sms"]}),
        ({"fields": {"kinds[]": "integer"}}, {"kinds": [1, 1]}),
        ({"fields": {"kinds[]": "left out"}}, {"kinds": []}),
        ({"fields": {"kinds[]": "sometimes"}}, {"kinds": ["a", "b"]}),
    ],
)
def test_items_of_a_list_are_changed(change: dict[str, Any], result: dict[str, Any]) -> None:
    response = JSONResponse({"kinds": ["a", "b"]})

    ServiceProfile(responses={"tags.get": change}).adapt("tags.get", response, None, 0)

    assert json.loads(bytes(response.body)) == result


def test_the_reset_of_a_limit_goes_by_the_emulators_clock(
    ask: Callable[..., httpx.Response], now: int, tmp_path: Path
) -> None:
    path = tmp_path / "report.json"
    path.write_text(json.dumps({"profile": {"headers": {"x-ratelimit-reset": "reset"}}}), "utf-8")

    response = ask(create_app(profile=path, clock=lambda: now, per=60), "/v1/team")

    assert response.headers["x-ratelimit-reset"] == str(now + 60)
