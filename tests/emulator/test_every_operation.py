"""The whole API, on a running server: every operation answers, and bodies come where other APIs have none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from recording import examples

from heymarket import description
from heymarket.description import OperationInfo
from heymarket.emulator import Emulator
from tests.lab import Door

OPERATIONS = description.operations()
PAGED = [operation for operation in OPERATIONS if "x-heymarket-pagination" in operation.spec]
MANY = list(range(50_000))


@pytest.fixture(scope="module")
def running() -> Iterator[Emulator]:
    with Emulator(limit=10_000) as emulator:
        yield emulator


@pytest.fixture
def emulator(running: Emulator) -> Emulator:
    running.reset()
    return running


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_it_answers_with_what_is_described(operation: OperationInfo, door: Door, emulator: Emulator) -> None:
    def call(hm: Any) -> Any:
        resource = getattr(hm, operation.resource).with_raw_response
        return getattr(resource, operation.method_name)(**examples.arguments(operation))

    response = door(call, **emulator.settings)

    assert type(response.parsed) is examples.result_of(operation)
    assert [(one.operation, one.status) for one in emulator.journal] == [(operation.name, response.status_code)]


@pytest.mark.parametrize("operation", PAGED, ids=lambda operation: operation.name)
def test_a_list_has_one_page_and_an_end(operation: OperationInfo, door: Door, emulator: Emulator) -> None:
    paging = operation.spec["x-heymarket-pagination"]
    given = examples.arguments(operation)
    given.pop(paging.get("cursor", paging.get("page")), None)

    async def listed(pager: Any) -> list[Any]:
        return [item async for item in pager]

    def walk(hm: Any) -> Any:
        pager = getattr(getattr(hm, operation.resource), operation.method_name)(**given)
        return listed(pager) if door.is_async else list(pager)

    assert len(door(walk, **emulator.settings)) == 1
    assert len(emulator.journal) == 2


@pytest.mark.parametrize("engine", [None, "fast"])
@pytest.mark.parametrize(
    ("operation", "call"),
    [
        ("users.get", lambda hm: hm.users.get(email=["ada@example.com"] * 5_000)),
        ("lists.delete", lambda hm: hm.lists.delete(41, contact_ids=MANY)),
        ("contacts.bulk_delete", lambda hm: hm.contacts.bulk_delete(contact_channels=[{"channel_ids": MANY}])),
    ],
)
def test_a_get_and_a_delete_may_have_a_large_body(
    door: Door, emulator: Emulator, operation: str, call: Callable[[Any], Any], engine: str | None
) -> None:
    if engine:
        pytest.importorskip("pyreqwest", reason="the extra fast is not installed")

    door(call, **emulator.settings, engine=engine)

    assert [(one.operation, one.status) for one in emulator.journal] == [(operation, 200)]
