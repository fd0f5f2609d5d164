"""The pager of every list that the description calls paged asks for the pages in the way that is described."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from recording import examples

from heymarket import description
from heymarket._messages import Request
from heymarket.description import OperationInfo
from heymarket.emulator.api import schema_examples
from tests.fakes import Door, Script, answer, content_of

MARKER = "x-heymarket-pagination"
PAGED = [operation for operation in description.operations() if MARKER in operation.spec]
NEWER, OLDER = "2024-03-04T05:06:07Z", "2024-03-03T05:06:07Z"


def page_of(operation: OperationInfo, number: int, moment: str) -> list[Any]:
    """A page of one row, which has an id and the time that the next page may go by."""
    (row,) = schema_examples.build_response(operation.spec, description.load()).body
    source = operation.spec[MARKER].get("from")
    return [{**row, "id": number, **({source: moment} if source else {})}]


def asked(send: Request) -> dict[str, Any]:
    """What a request says beside its path."""
    body = json.loads(content_of(send)) if send.body else {}
    return {**dict(parse_qsl(urlsplit(send.url).query)), **body}


@pytest.mark.parametrize("operation", PAGED, ids=lambda operation: operation.name)
def test_every_paged_list_can_be_walked(operation: OperationInfo, door: Door) -> None:
    paging: dict[str, Any] = operation.spec[MARKER]
    moving = paging["cursor"] if "cursor" in paging else paging["page"]
    given = {name: value for name, value in examples.arguments(operation).items() if name != moving}
    script = Script(
        answer(body=page_of(operation, 1, NEWER)), answer(body=page_of(operation, 2, OLDER)), answer(body=[])
    )

    async def listed(pager: Any) -> list[Any]:
        return [item async for item in pager]

    def walk(hm: Any) -> Any:
        pager = getattr(getattr(hm, operation.resource), operation.method_name)(**given)
        return listed(pager) if door.is_async else list(pager)

    items = door(walk, script=script)

    requests = [asked(send) for send in script.sends]
    places = [request.pop(moving, None) for request in requests]
    if paging.get("unit") == "unix-seconds":
        expected: list[Any] = [None, *(str(int(datetime.fromisoformat(one).timestamp())) for one in (NEWER, OLDER))]
    elif "cursor" in paging:
        expected = [None, NEWER, OLDER]
    else:
        expected = [paging["first"], paging["first"] + 1, paging["first"] + 2]
    assert [item.id for item in items] == [1, 2]
    assert places == expected
    assert requests[0] == requests[1] == requests[2]


def test_there_are_lists_of_all_styles() -> None:
    styles = {tuple(sorted({"cursor", "page", "unit"} & operation.spec[MARKER].keys())) for operation in PAGED}

    assert styles == {("cursor",), ("cursor", "unit"), ("page",)}
