"""Scenarios, cassettes, description and emulator belong together: none of them may move on without the others."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from recording import cassette, examples
from recording.scenario import Scenario
from recording.targets import LocalEmulator

from heymarket import description
from heymarket.emulator.operations import HANDLERS
from heymarket.testing.cassettes import linter as lint
from heymarket.testing.cassettes import recordings
from heymarket.testing.cassettes.body_fields import fields_of
from heymarket.testing.cassettes.contract import fingerprint
from tests.contract.scenarios import SCENARIOS

CASSETTES = Path(__file__).with_name("cassettes")
OPERATIONS = {operation.name: operation for operation in description.operations()}
FILES = sorted(CASSETTES.rglob("*.yaml"))
HOW_TO_MEND = "See what differs, without and then with --overwrite: scripts/record "

for_each_operation = pytest.mark.parametrize("operation", OPERATIONS)
for_each_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)


def successes_of(operation: str) -> list[Scenario]:
    return [one for one in SCENARIOS if one.operation == operation and one.status < 300]


@for_each_operation
def test_every_operation_has_a_success_on_a_cassette(operation: str) -> None:
    successes = successes_of(operation)

    assert successes, f"Add a scenario of {operation} to tests/contract/scenarios.py."
    missing = [one.name for one in successes if not cassette.path_of(CASSETTES, one).exists()]
    assert not missing, f"Run scripts/record {operation}, then look at the cassettes."


@for_each_operation
def test_every_argument_is_on_a_cassette(operation: str) -> None:
    given = {name for one in successes_of(operation) for name in one.arguments}

    assert given == examples.parameters_of(OPERATIONS[operation]).keys()


def test_every_scenario_is_one_of_a_described_operation() -> None:
    assert {scenario.operation for scenario in SCENARIOS} <= OPERATIONS.keys()


def test_everything_that_the_emulator_handles_is_described() -> None:
    assert HANDLERS.keys() <= OPERATIONS.keys()


def test_each_scenario_has_a_cassette_and_each_cassette_a_scenario() -> None:
    names = Counter(scenario.name for scenario in SCENARIOS)

    assert names == Counter(path.relative_to(CASSETTES).with_suffix("").as_posix() for path in FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(CASSETTES).as_posix())
def test_no_cassette_holds_what_it_may_not(path: Path) -> None:
    assert lint.problems(path.read_text("utf-8")) == []


@for_each_scenario
def test_the_cassette_is_as_old_as_the_contract(scenario: Scenario) -> None:
    kept = recordings.read(cassette.path_of(CASSETTES, scenario))

    assert kept.metadata["description"] == fingerprint(OPERATIONS[scenario.operation]), (
        f"The contract of {scenario.operation} has changed since this was recorded. {HOW_TO_MEND}{scenario.operation}"
    )


@for_each_scenario
def test_the_emulator_still_responds_like_the_cassette(scenario: Scenario, emulator: LocalEmulator) -> None:
    kept = recordings.read(cassette.path_of(CASSETTES, scenario))

    with emulator.prepare(scenario) as prepared:
        now = cassette.record(prepared, kept.metadata["description"], kept.metadata["recorded"])

    assert scenario.gave(now.outcome), now.outcome
    assert _shape(now.cassette) == _shape(kept), (
        f"The emulator answers otherwise than when this was recorded. {HOW_TO_MEND}{scenario.name}"
    )


def _shape(kept: recordings.CassetteFile) -> list[tuple[int, dict[str, set[str]]]]:
    return [(response.status, fields_of(response.json)) for response in kept.responses]
