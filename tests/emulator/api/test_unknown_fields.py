"""Members that the description doesn't know change nothing, whatever they are called: neither records nor answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest

from heymarket import description
from heymarket.description import OperationInfo
from heymarket.emulator import create_app
from heymarket.emulator.api import schema_examples
from heymarket.testing.cassettes.contract import resolve

DOCUMENT = description.load()
HOSTILE = {
    "id": 1001,
    "uuid": "00000000-0000-4000-8000-000000000009",
    "contact_id": 509,
    "team_id": 9,
    "rev": 99,
    "created": "1999-01-01T00:00:00Z",
    "state": None,
    "self": [],
    "_blocked": True,
    "_contact_ids": [501],
    "": {},
}
WITH_BODIES = [operation for operation in description.operations() if "requestBody" in operation.spec]


def call(operation: OperationInfo, body: Any, sign: Callable[..., str], now: int) -> tuple[Any, dict[str, Any]]:
    """Status and answer, and all that there is afterwards."""
    parameters = [resolve(one) for one in operation.spec.get("parameters", [])]
    path = operation.path.format_map({one["name"]: one["example"] for one in parameters if one["in"] == "path"})
    app = create_app(clock=lambda: now)

    async def send() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://emulator") as client:
            headers = {"Authorization": sign()}
            return await client.request(operation.http_method, path, json=body, headers=headers)

    answer = asyncio.run(send())
    document = app.state.document()
    app.close()
    return (answer.status_code, answer.content), document


def burdened(value: Any, node: Mapping[str, Any]) -> Any:
    """The value, with unknown members in all objects whose members are described."""
    node = resolve(node)
    if isinstance(value, list):
        return [burdened(item, node.get("items", {})) for item in value]
    if not isinstance(value, dict) or "properties" not in node:
        return value
    members = node["properties"]
    # What is written as the content of a template or a schedule is read as it was written.
    known = {name: part if name == "content" else burdened(part, members.get(name, {})) for name, part in value.items()}
    return {**{name: part for name, part in HOSTILE.items() if name not in members}, **known}


@pytest.mark.parametrize("known", [True, False], ids=["of-known", "of-new"])
@pytest.mark.parametrize("operation", WITH_BODIES, ids=lambda operation: operation.name)
def test_they_change_nothing(operation: OperationInfo, known: bool, sign: Callable[..., str], now: int) -> None:
    node = resolve(operation.spec["requestBody"])["content"]["application/json"]["schema"]
    example = schema_examples.build_example(node, DOCUMENT)
    if not known:
        text = json.dumps(example).replace("1555555010", "1555555019").replace("ada@", "ada2@")
        example = json.loads(text)
    plain = call(operation, example, sign, now)

    assert plain[0][0] == 200 or not known
    assert call(operation, burdened(example, node), sign, now) == plain
