"""docs/reference/evidence.md claims nothing that isn't there, and a claim without proof is found."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from heymarket import description
from tests.contract.scenarios import SCENARIOS
from tests.scripts.checkout import ROOT, Checkout

PAGE = (ROOT / "docs/reference/evidence.md").read_text("utf-8")
CASSETTES = ROOT / "tests/contract/cassettes"
OPERATIONS = {operation.name: operation for operation in description.operations()}
CHECKED = {scenario.operation for scenario in SCENARIOS}
PROGRAMS: dict[str, Any] = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / "tests/programs").glob("*.yaml")
}


def rows(page: str) -> dict[str, list[str]]:
    """The cells of each operation."""
    lines = [re.split(r" (?<!\\)\| ", line.strip("| ")) for line in page.splitlines() if line.startswith("| [`")]
    return {re.findall(r"`(.+?)`", cells[0])[0]: cells[1:] for cells in lines}


def statuses(program: str, name: str) -> set[int]:
    """How a program's requests for an operation end, by its data; 200 is a success."""
    operation = OPERATIONS[name]
    path = re.sub(r"{\w+}", "[^/]+", operation.path)
    found = set()
    for request in PROGRAMS.get(program, {"requests": []})["requests"]:
        method, _, target = request["send"].partition(" ")
        if method == operation.http_method and re.fullmatch(path, urlsplit(target).path):
            found.add(request.get("refused", {"status": 200})["status"])
    return found


def find_unproven(page: str) -> list[str]:
    """What a page claims and nothing shows."""
    unproven = []
    for name, (pages, others, confidence, ours, programs, refusals, contract, live) in rows(page).items():
        spec = OPERATIONS[name].spec
        sources = [source.partition(" (") for source in spec["x-heymarket-sources"]]
        shown = {kind for place, _, kinds in sources if "/api-reference/" in place for kind in kinds[:-1].split("; ")}
        cassettes = {path.stem: path.read_text("utf-8") for path in (CASSETTES / name).glob("*.yaml")}
        claims = [
            *((kind, kind in shown) for kind in pages.split("; ") if kind != "no"),
            *((kind, kind in spec["x-heymarket-sources"]) for kind in re.findall(r"/\S+ \(.*?\)", others)),
            (confidence, confidence == spec["x-heymarket-confidence"]),
            *((label, label[0] == "2" and label in cassettes) for label in re.findall(r"`(.+?)`", ours)),
            *((program, 200 in statuses(program, name)) for program in re.findall(r"\[(.+?)\]", programs)),
            *((label, label[0] in "45" and label in cassettes) for label in re.findall(r"`(.+?)`", refusals)),
            *(
                (program, int(status) in statuses(program, name))
                for status, program in re.findall(r"(\d+) to \[(.+?)\]", refusals)
            ),
            (contract, contract == "no" or (contract == "yes" and bool(cassettes) and name in CHECKED)),
            *((label, "\n  origin: live\n" in cassettes.get(label, "")) for label in re.findall(r"`(.+?)`", live)),
            (live, live == "no" or "`" in live),
        ]
        unproven += [f"{name}: {claim}" for claim, proven in claims if not proven]
    return unproven


def test_every_operation_has_a_line_and_every_claim_a_proof() -> None:
    assert rows(PAGE).keys() == OPERATIONS.keys()
    assert find_unproven(PAGE) == []


def test_each_operation_is_driven_by_our_client_and_by_one_that_was_not_written_here() -> None:
    for name, cells in rows(PAGE).items():
        assert "`200-" in cells[3] or "`201-" in cells[3], name
        assert "[" in cells[4], name


@pytest.mark.parametrize(
    ("old", "new", "claim"),
    [
        ("[carpool]", "[nango]", "contacts.get_v1: nango"),
        ("`200-example`", "`200-invented`", "contacts.get_v1: 200-invented"),
        ("generated page", "page of mine", "contacts.get_v1: page of mine"),
        ("| high |", "| certain |", "contacts.get_v1: certain"),
        ("| yes | no |", "| yes | `200-example` |", "contacts.get_v1: 200-example"),
        ("| yes | no |", "| yes | yes |", "contacts.get_v1: yes"),
        ("| no | yes |", "| 400 to [carpool](...) | yes |", "contacts.get_v1: carpool"),
        ("| no | yes |", "| `403-denied` | yes |", "contacts.get_v1: 403-denied"),
    ],
)
def test_a_claim_without_proof_is_found(old: str, new: str, claim: str) -> None:
    (line,) = [line for line in PAGE.splitlines() if line.startswith("| [`contacts.get_v1`]")]

    assert claim in find_unproven(PAGE.replace(line, line.replace(old, new, 1)))


def test_a_checkout_without_tests_has_no_evidence_and_says_so(generated: Checkout) -> None:
    page = (generated.root / "docs/reference/evidence.md").read_text("utf-8")

    assert [cells[3:] for cells in rows(page).values()] == [["no"] * 5]
    assert page.endswith("## Programs\n\nNone.\n")


def test_a_cassette_from_the_service_is_named(checkout: Checkout) -> None:
    folder = checkout.root / "tests/contract/cassettes/contact_channels.get"
    folder.mkdir(parents=True)
    source = CASSETTES / "contact_channels.get/200-phone.yaml"
    (folder / source.name).write_text(source.read_text("utf-8").replace("origin: emulator", "origin: live"), "utf-8")

    assert checkout.regenerate() == 0

    page = (checkout.root / "docs/reference/evidence.md").read_text("utf-8")
    assert rows(page)["contact_channels.get"][3:] == ["`200-phone`", "no", "no", "yes", "`200-phone`"]
