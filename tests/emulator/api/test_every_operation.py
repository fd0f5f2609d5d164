"""The whole API, on a running server: every operation answers, and bodies come where other APIs have none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from recording import examples

from heymarket import description
from heymarket.description import OperationInfo
from heymarket.emulator import Emulator
from heymarket.emulator.seeds.built_in import BUILT_IN
from tests.fakes import Door

OPERATIONS = description.operations()
PAGED = [operation for operation in OPERATIONS if "x-heymarket-pagination" in operation.spec]
WITHOUT_FILTERS = {"conversations.list": {"id": 0, "filters": {}}}
MANY = list(range(50_000))
UUIDS = [f"00000000-0000-4000-9000-{number:012}" for number in MANY]


@pytest.fixture(scope="module")
def running() -> Iterator[Emulator]:
    with Emulator(limit=10_000) as emulator:
        yield emulator


@pytest.fixture
def emulator(running: Emulator) -> Emulator:
    running.reset()
    return running


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_it_responds_as_described(operation: OperationInfo, door: Door, emulator: Emulator) -> None:
    def call(hm: Any) -> Any:
        resource = getattr(hm, operation.resource).with_raw_response
        return getattr(resource, operation.method_name)(**examples.arguments(operation))

    response = door(call, **emulator.settings)

    assert type(response.parsed) is examples.result_of(operation)
    assert [(one.operation, one.status) for one in emulator.journal] == [(operation.name, response.status_code)]


def a_lot() -> dict[str, Any]:
    """A seed with more of everything than a page holds; no two records changed at the same time."""

    def times(number: int) -> dict[str, str]:
        moment = f"2025-01-15T09:{number // 60 + 30}:{number % 60:02}.000000Z"
        return {"created": moment, "updated": moment}

    def many(first: int, members: Callable[[int], Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [{"id": first + number, **times(number), **members(number)} for number in range(70)]

    return {
        **{name: BUILT_IN[name] for name in ("team", "users", "inboxes", "fields")},
        "contacts": many(501, lambda number: {"phone": f"155555501{number:02}", "contact_channels": []}),
        "tags": many(71, lambda number: {"tag": f"tag {number}", "color": "#FFD700"}),
        "lists": many(41, lambda number: {"name": f"List {number}", "_contact_ids": [501]}),
        "templates": many(51, lambda number: {"name": f"Template {number}", "content": {"text": "Hello"}}),
        "surveys": many(81, lambda number: {"name": f"Survey {number}", "type": "nps", "question": "How was it?"}),
        "conversations": many(601, lambda number: {"inbox": 31, "target": f"155555501{number:02}", "status": "open"}),
        "messages": many(701, lambda number: {"date": times(number)["created"], "_conversation_id": 601}),
    }


@pytest.mark.parametrize("operation", PAGED, ids=lambda operation: operation.name)
def test_a_list_of_many_pages_gives_each_item_once(operation: OperationInfo, door: Door, emulator: Emulator) -> None:
    emulator.replace_state(a_lot())
    paging = operation.spec["x-heymarket-pagination"]
    given = {**examples.arguments(operation), **WITHOUT_FILTERS.get(operation.name, {})}
    given.pop(paging.get("cursor", paging.get("page")), None)

    async def listed(pager: Any) -> list[Any]:
        return [item async for item in pager]

    def walk(hm: Any) -> Any:
        pager = getattr(getattr(hm, operation.resource), operation.method_name)(**given)
        return listed(pager) if door.is_async else list(pager)

    found = [item.id for item in door(walk, **emulator.settings)]

    assert sorted(found) == [record["id"] for record in getattr(emulator.state, operation.resource).all()]
    assert len(emulator.journal) > 2


@pytest.mark.parametrize(
    ("operation", "call"),
    [
        ("users.get", lambda hm: hm.users.get(email=["mary@example.com"] * 5_000)),
        ("lists.delete", lambda hm: hm.lists.delete(41, contact_ids=MANY)),
        (
            "contacts.bulk_delete",
            lambda hm: hm.contacts.bulk_delete(contact_channels=[{"channel_type": "id", "channel_ids": UUIDS}]),
        ),
    ],
)
def test_a_get_and_a_delete_may_have_a_large_body(
    door: Door, emulator: Emulator, operation: str, call: Callable[[Any], Any]
) -> None:

    door(call, **emulator.settings)

    assert [(one.operation, one.status) for one in emulator.journal] == [(operation, 200)]
