"""The scenarios that are made of the description: the arguments that methods take, and what they give."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from attrs import evolve
from recording import examples

from heymarket import description, models
from heymarket.emulator.seeds.built_in import EXAMPLES

OPERATIONS = {operation.name: operation for operation in description.operations()}


def made(operation: str) -> dict[str, dict[str, Any]]:
    return {scenario.label: dict(scenario.arguments) for scenario in examples.successes(OPERATIONS[operation])}


def test_arguments_have_the_names_and_types_of_python() -> None:
    history = examples.arguments(OPERATIONS["messages.history"])
    assert history == {"phone_number": "15555550100", "inbox_id": 31}

    execute_at = examples.arguments(OPERATIONS["schedules.create"])["execute_at"]
    assert isinstance(execute_at, dt.datetime)
    assert execute_at.tzinfo is not None

    assert "filter_" in examples.arguments(OPERATIONS["messages.count"], every=True)


def test_a_body_that_is_an_array_is_one_argument() -> None:
    assert examples.arguments(OPERATIONS["contacts.create_fields"]) == {"fields": [{"title": "Membership"}]}


def test_what_a_call_is_known_again_by_is_always_given() -> None:
    operation = OPERATIONS["email.send"]
    markers = {**OPERATIONS["lists.create_v1"].spec, "x-heymarket-idempotent-by": "local_id"}

    assert "local_id" in examples.arguments(operation)
    assert "local_id" in examples.arguments(evolve(OPERATIONS["lists.create_v1"], spec=markers))


def test_each_way_to_name_a_target_has_a_scenario_of_its_own() -> None:
    calls = made("messages.send")
    targets = {"phone_number", "chat_id", "list_id", "targets"}

    assert {label: given.keys() & targets for label, given in calls.items()} == {
        "example": {"phone_number"},
        "every-argument": {"phone_number"},
        "by-chat-id": {"chat_id"},
        "by-list-id": {"list_id"},
        "by-targets": {"targets"},
    }
    assert calls["example"].keys() < calls["every-argument"].keys()


def test_a_call_without_choices_has_one_scenario() -> None:
    assert made("tags.get") == {"example": {"id": 71}}


@pytest.mark.parametrize(
    ("operation", "result"),
    [
        ("contacts.get", models.Contact),
        ("tags.list", list),
        ("contacts.count", int),
        ("tags.delete", type(None)),
        ("conversations.close", type(None)),
    ],
)
def test_what_is_given_is_what_is_described(operation: str, result: type[object]) -> None:
    assert examples.result_of(OPERATIONS[operation]) is result


def test_a_response_without_a_name_makes_no_scenario() -> None:
    content = {"application/json": {"schema": {"type": "object", "properties": {"id": {"type": "integer"}}}}}
    nameless = evolve(
        OPERATIONS["tags.get"], spec={**OPERATIONS["tags.get"].spec, "responses": {"200": {"content": content}}}
    )

    assert list(examples.successes(nameless)) == []


def test_what_no_account_has_is_said_to_be_made_up() -> None:
    made_up = {one.name: one.made_up for operation in OPERATIONS.values() for one in examples.successes(operation)}

    assert [made_up[f"{name}/200-example"] for name in ("tags.list", "team.get", "contacts.list")] == [False] * 3
    assert [made_up[f"{name}/200-example"] for name in ("tags.get", "users.get", "contacts.search")] == [True] * 3
    assert examples.arguments(OPERATIONS["contacts.get"]) == {"contact_id": EXAMPLES["phone"].contact_id}
    assert not made_up["contacts.get/200-example"]
