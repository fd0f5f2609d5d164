"""The page docs/reference/evidence.md: what is known of each operation, and from where, one by one.

Nothing is added up and nothing is judged: a cell names what there is, or says no. The evidence is the description's
sources, the cassettes in tests/contract/cassettes, and the requests of other programs in tests/programs. A checkout
without these folders has no evidence.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import yaml_reader
from .bundle import Document, Operation

_VENDOR_PAGE = "/api-reference/"


@dataclass(frozen=True)
class Evidence:
    """What there is of one operation.

    Attributes:
        name: The operationId.
        tag: The resource.
        confidence: How certain the description is.
        pages: The kinds of vendor pages about it, such as "generated page".
        others: The vendor's other pages.
        successes: Names of cassettes, which our client recorded, with a result.
        refusals: Names of those with an error.
        live: Names of those that come from the live service.
        programs: Names of programs that aren't ours and got a result.
        refused: Names of programs that were refused, with the status.
    """

    name: str
    tag: str
    confidence: str
    pages: list[str]
    others: list[str]
    successes: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    live: list[str] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)
    refused: list[tuple[str, int]] = field(default_factory=list)


def read_programs(tests: Path) -> dict[str, dict[str, Any]]:
    """Reads what other programs send, by the names of their files."""
    files = sorted((tests / "programs").glob("*.yaml"))
    return {file.stem: yaml_reader.read(file, f"tests/programs/{file.name}").data for file in files}


def collect(document: Document, programs: dict[str, dict[str, Any]], tests: Path) -> list[Evidence]:
    """Collects the evidence of all operations, in the order of the description.

    Args:
        document: The description.
        programs: The programs, from `read_programs`.
        tests: The folder of the tests.
    """
    operations = list(document.operations())
    found = {operation.item["operationId"]: _begin(operation) for operation in operations}
    for name, evidence in found.items():
        for cassette in sorted((tests / "contract/cassettes" / name).glob("*.yaml")):
            (evidence.successes if cassette.stem[0] == "2" else evidence.refusals).append(cassette.stem)
            if re.search(r"^  origin: live$", cassette.read_text(encoding="utf-8"), re.MULTILINE):
                evidence.live.append(cassette.stem)
    for program, data in programs.items():
        for request in data["requests"]:
            if (operation := find_operation(operations, request["send"])) is None:
                continue
            evidence = found[operation.item["operationId"]]
            if refused := request.get("refused"):
                evidence.refused.append((program, refused["status"]))
            elif program not in evidence.programs:
                evidence.programs.append(program)
    return list(found.values())


def find_operation(operations: list[Operation], request: str) -> Operation | None:
    """Finds the operation of a request such as `GET /v1/contact/501?limit=1`."""
    method, _, target = request.partition(" ")
    path = target.partition("?")[0]
    same = [operation for operation in operations if operation.method.upper() == method]
    fitting = [o for o in same if re.fullmatch(re.sub(r"{\w+}", "[^/]+", o.path), path)]
    return min(fitting, key=lambda operation: operation.path.count("{"), default=None)


def _begin(operation: Operation) -> Evidence:
    item = operation.item
    pages: list[str] = []
    others: list[str] = []
    for source in item["x-heymarket-sources"]:
        place, _, kind = source.partition(" (")
        if place.startswith(_VENDOR_PAGE):
            pages += [name for name in kind.removesuffix(")").split("; ") if name not in pages]
        elif place.startswith("/"):
            others.append(source)
    return Evidence(item["operationId"], item["tags"][0], item["x-heymarket-confidence"], pages, others)
