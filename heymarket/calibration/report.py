"""The report of a calibration: where service, description and emulator differ, and which unknowns are settled.

It is made from what the cassette keeps, so it holds no more than that, and can be published as it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from heymarket import __version__
from heymarket.calibration.errors import CalibrationError
from heymarket.calibration.profile import make_profile
from heymarket.calibration.questions import QUESTIONS
from heymarket.description import OperationInfo
from heymarket.testing.cassettes import comparison
from heymarket.testing.cassettes.checks import make_contract
from heymarket.testing.cassettes.contract import find_operation
from heymarket.testing.cassettes.linter import problems
from heymarket.testing.cassettes.recorder import Recorder
from heymarket.testing.cassettes.recordings import CassetteFile
from heymarket.testing.cassettes.scrubber import EMULATOR_URL, LIVE_URL, Scrubber, is_kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from heymarket.calibration.runner import Exchange, Run
    from heymarket.testing.cassettes.recordings import RecordedResponse

__all__ = ["Report", "make_report", "scrub"]

_UNDESCRIBED = OperationInfo("", "", "", "", "", {"responses": {"default": {}}})


class Report(NamedTuple):
    """What a calibration found.

    Attributes:
        document: All of it, as JSON: `differences`, `unknowns`, `profile` and more.
        cassette: The calls, scrubbed.
    """

    document: dict[str, Any]
    cassette: str

    def to_markdown(self) -> str:
        """The report for people."""
        return "\n".join(_write(self.document))


class _Scrubbed(NamedTuple):
    cassette: CassetteFile
    responses: Mapping[str, RecordedResponse]
    withheld: list[str]


def scrub(run: Run, base_url: str, number: str = "") -> _Scrubbed:
    """The calls as a cassette keeps them. Those that the linter refuses are left out.

    Args:
        run: The calls.
        base_url: Where they went.
        number: The user's phone number.
    """
    exchanges, withheld = run.exchanges, list[str]()
    cassette = CassetteFile.of(_serialize(exchanges, base_url, number))
    wrong = problems(cassette.text)
    found = (re.match(r"interactions\.(\d+)\.", one) for one in wrong)
    if refused := {int(match[1]) for match in found if match}:
        withheld = [one.step.name for index, one in enumerate(exchanges) if index in refused]
        exchanges = [one for index, one in enumerate(exchanges) if index not in refused]
        cassette = CassetteFile.of(_serialize(exchanges, base_url, number))
        wrong = problems(cassette.text)
    if wrong:
        raise CalibrationError(f"Nothing was written, because it would hold what it may not: {'; '.join(wrong)}")
    responses = {one.step.name: kept for one, kept in zip(exchanges, cassette.responses, strict=True)}
    return _Scrubbed(cassette, responses, withheld)


def _serialize(exchanges: list[Exchange], base_url: str, number: str) -> str:
    recorder = Recorder()
    for one in exchanges:
        url = LIVE_URL + one.request.url.removeprefix(base_url)
        recorder.add(one.request._replace(url=url), one.response)
    origin, operations = recorder.origin, recorder.operations
    recorder.scrub(Scrubber({number: "15555550000"} if number else {}))
    return recorder.serialize(
        origin=origin,
        recorded=datetime.now(UTC).date().isoformat(),
        described_by=f"heymarket {__version__}",
        contract=make_contract(operations),
    )


def _keep_headers(response: RecordedResponse) -> RecordedResponse:
    """A response of the emulator, which is made up, with the headers that a cassette keeps."""
    return response._replace(headers={name: value for name, value in response.headers.items() if is_kept(name)})


def make_report(run: Run, base_url: str, reference: Run, number: str = "") -> Report:
    """Compare what came of a plan at the service with what comes of it at an emulator.

    Args:
        run: At the service.
        base_url: Its base URL.
        reference: At the emulator.
        number: The user's phone number.

    Raises:
        CalibrationError: The scrubber left something that may not be published.
    """
    service = scrub(run, base_url, number)
    emulator = {one.step.name: _keep_headers(one.response) for one in reference.exchanges}
    steps = {one.step.name: one.request for one in run.exchanges}
    differences: dict[comparison.Difference, list[str]] = defaultdict(list)
    found: list[tuple[str, str, comparison.Difference]] = []
    for name in service.responses.keys() & emulator.keys():
        operation = find_operation(steps[name].method, EMULATOR_URL + urlsplit(steps[name].url).path) or _UNDESCRIBED
        compared = comparison.compare(operation, [emulator[name]], [service.responses[name]])
        found += [(operation.name, name, one) for one in compared]
    order = [*steps]
    for operation_name, name, one in sorted(found, key=lambda entry: order.index(entry[1])):
        differences[one._replace(what=f"{operation_name or 'any path'}: {one.what}")].append(name)
    document: dict[str, Any] = {
        "heymarket": __version__,
        "date": datetime.now(UTC).date().isoformat(),
        "origin": service.cassette.metadata["origin"],
        "calls": len(run.exchanges),
        "differences": [{**one._asdict(), "steps": names} for one, names in differences.items()],
        "unknowns": list(_answer(service.responses, emulator)),
        "skipped": run.skipped,
        "withheld": service.withheld,
        "left": run.left,
        "profile": make_profile(service.responses, emulator, found),
    }
    return Report(document, service.cassette.text)


def _answer(
    service: Mapping[str, RecordedResponse], emulator: Mapping[str, RecordedResponse]
) -> Iterator[dict[str, str]]:
    for question in QUESTIONS:
        if said := question.find(service):
            assumed = question.find(emulator)
            yield {"number": question.number, "about": question.about, "emulator": assumed, "service": said}


def _write(document: Mapping[str, Any]) -> Iterator[str]:
    yield f"# Calibration of heymarket {document['heymarket']}, {document['date']}"
    yield ""
    yield f"{document['calls']} calls; the responses come from {_ORIGINS[document['origin']]}."
    yield from ("", "## Where service, description and emulator differ", "")
    yield from _table(
        ["operation and field", "described", "emulator", "service", "seen in"],
        [[*(one[name] for name in ("what", "described", "emulator", "service")), ", ".join(one["steps"])]
         for one in document["differences"]],
        "Nowhere.",
    )  # fmt: skip
    yield from ("", "## What was unknown", "")
    rows = [[one["number"], one["about"], one["emulator"], one["service"]] for one in document["unknowns"]]
    yield from _table(["", "question", "emulator", "service"], rows, "Nothing was settled.")
    yield from ("", "## What was not done", "")
    skipped = [[name, why] for name, why in document["skipped"].items()]
    skipped += [[name, "the linter refused to publish it"] for name in document["withheld"]]
    skipped += [
        [name, "it failed: look for a record that is named heymarket calibration, and delete it"]
        for name in document["left"]
    ]
    yield from _table(["step", "why"], skipped, "All of the plan was done.")
    yield ""


_ORIGINS = {"live": "a live service", "emulator": "an emulator"}


def _table(names: list[str], rows: list[list[str]], nothing: str) -> Iterator[str]:
    if not rows:
        yield nothing
        return
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"
    for row in rows:
        cells = (re.sub(r"\s+", " ", cell).replace("|", "\\|") for cell in row)
        yield f"| {' | '.join(cells)} |"
