"""Requests that a machine invents, fitting and unfitting ones, for every operation: each gets a response as described.

A fixed set of some hundreds. `FUZZ=1000 pytest tests/emulator/api/test_schemathesis.py` invents others, as many as that
for each operation, the description's examples, and all that lies at a boundary of the schema; the nightly workflow
does so.
"""

from __future__ import annotations

import os
import random
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

pytest.importorskip("schemathesis", reason="schemathesis is not installed")

import schemathesis
from hypothesis import strategies as st
from schemathesis.checks import CHECKS

from heymarket import description
from heymarket.emulator import Emulator, create_app
from heymarket.emulator.api import schema_examples
from heymarket.testing.cassettes.contract import resolve

FUZZ = int(os.environ.get("FUZZ", "0"))
OPERATIONS = {(one.http_method, one.path): one for one in description.operations()}
DOCUMENT = description.load()

schemathesis.openapi.format("phone", st.integers(10**6, 10**15 - 1).map(str))
schemathesis.openapi.format(
    "quarter-hour",
    st.builds(
        "20{}-{:02}-{:02}T{:02}:{:02}:00Z".format,
        st.integers(10, 99),
        st.integers(1, 12),
        st.integers(1, 28),
        st.integers(0, 23),
        st.sampled_from([0, 15, 30, 45]),
    ),
)
# Boundaries and examples are invented while tests are collected, by every worker. Other tests send the examples.
PHASES = {} if FUZZ else {"coverage": {"enabled": False}, "examples": {"enabled": False}}
schema = schemathesis.openapi.from_dict(
    DOCUMENT,
    config=schemathesis.Config.from_dict(
        {
            "phases": PHASES,
            "generation": {
                "mode": "all",
                "max-examples": FUZZ or 5,
                "deterministic": not FUZZ,
                # Parameters that nobody described are ignored, and each request is signed below.
                "allow-extra-parameters": False,
                "with-security-parameters": False,
            },
        }
    ),
)
served = schemathesis.openapi.from_dict(
    {**create_app().openapi},
    config=schemathesis.Config.from_dict(
        {"phases": PHASES, "generation": {"max-examples": FUZZ or 3, "deterministic": not FUZZ}}
    ),
)
# A request that fits its schema may still name what isn't there, or more targets than one: 400 is described for that.
NOT_ASKED: list[Any] = [CHECKS.get_one("positive_data_acceptance")]


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator(limit=10**9, strict=True) as running:
        yield running


@pytest.fixture(scope="module")
def lenient_emulator() -> Iterator[Emulator]:
    with Emulator(limit=10**9) as running:
        yield running


@schema.parametrize()
def test_the_response_is_as_described(case: schemathesis.Case[Any], emulator: Emulator) -> None:
    emulator.reset()
    if case.meta and case.meta.generation.mode.is_positive:
        aim(case)
    case.call_and_validate(
        base_url=emulator.base_url,
        headers={"Authorization": f"Bearer {emulator.api_key}"},
        excluded_checks=NOT_ASKED,
    )


REFUSED_FOR_WHAT_IS_STORED = re.compile(
    r"names no |there is no |belongs to another contact|names the inbox that|names an inbox that has"
    r"|at least 15 minutes ahead|is missing, and the contact has one|names a conversation of|toll-free number"
    r"|has to have a channel"
)
"""What no schema can say: what is referred to isn't there, or is in the way; the time is over."""


@served.parametrize()
def test_what_is_served_says_all_that_is_enforced_and_let_pass(
    case: schemathesis.Case[Any], lenient_emulator: Emulator
) -> None:
    lenient_emulator.reset()
    response = case.call_and_validate(
        base_url=lenient_emulator.base_url,
        headers={"Authorization": f"Bearer {lenient_emulator.api_key}"},
        excluded_checks=NOT_ASKED,
    )
    if case.meta and case.meta.generation.mode.is_positive and response.status_code == 400:
        assert REFUSED_FOR_WHAT_IS_STORED.search(response.json()["message"])


def aim(case: schemathesis.Case[Any]) -> None:
    """Have most of the fitting requests name what is there, so that they get beyond the first look-up.

    Each value gives way to the description's example, or doesn't: by a chance that is the same for the same request.
    """
    operation = OPERATIONS[case.method.upper(), case.path]
    seed = zlib.crc32(repr((case.path_parameters, case.query, case.body)).encode(errors="replace"))
    chance = random.Random(seed)  # noqa: S311 - to spread, not to hide
    for parameter in map(resolve, operation.spec.get("parameters", [])):
        given = case.path_parameters if parameter["in"] == "path" else case.query
        if parameter["name"] in given and chance.random() < 0.8:
            given[parameter["name"]] = str(example(parameter))
    if not isinstance(case.body, dict):
        return
    fitting = resolve(operation.spec["requestBody"])["content"]["application/json"]["schema"]
    members = resolve(fitting).get("properties", {})
    for name in members.keys() & case.body.keys():
        if chance.random() < 0.6:
            case.body[name] = example(members[name])
    if groups := resolve(fitting).get("x-heymarket-exactly-one"):
        chosen = chance.choice(groups)
        for name in {name for group in groups for name in group}:
            if name not in chosen:
                case.body.pop(name, None)
            elif name not in case.body:
                case.body[name] = example(members[name])


def example(node: Mapping[str, Any]) -> Any:
    return node["example"] if "example" in node else schema_examples.build_example(node.get("schema", node), DOCUMENT)
