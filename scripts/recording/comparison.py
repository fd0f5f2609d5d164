"""Where description, emulator and service differ, field by field."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from heymarket.testing.cassettes.contract import described_fields, fields_of, find_response, fits, kind_of
from recording.scenario import kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from heymarket.description import OperationInfo
    from heymarket.testing.cassettes.recordings import CassetteFile, RecordedResponse
    from recording.cassette import Recording
    from recording.scenario import Scenario

_LEFT_OUT = "left out"
_NOT_DESCRIBED = "not described"
_UNREMARKABLE = {"date", "x-emulator", "x-emulator-refused"}


class Difference(NamedTuple):
    """What each of the three has of one thing."""

    what: str
    described: str
    emulator: str
    service: str

    def __str__(self) -> str:
        return f"{self.what}: {self.described}; emulator: {self.emulator}; service: {self.service}"


class Played(NamedTuple):
    """A scenario, as the emulator played it and as the service did."""

    scenario: Scenario
    emulator: CassetteFile
    service: Recording


def report(operation: OperationInfo, played: Sequence[Played]) -> list[str]:
    """The differences seen in the scenarios of one operation, a line each."""
    seen: dict[str, list[str]] = defaultdict(list)
    for one in played:
        for difference in _differences(operation, one):
            seen[str(difference)].append(one.scenario.name.partition("/")[2])
    lines = [f"{difference} ({', '.join(labels)})" for difference, labels in seen.items()]
    if dropped := sorted({name for one in played for name in one.service.dropped}):
        lines.append(f"headers that no cassette keeps: {', '.join(dropped)}")
    return lines


def _differences(operation: OperationInfo, played: Played) -> Iterator[Difference]:
    emulator, service = played.emulator.responses, played.service.cassette.responses
    ours, theirs = emulator[-1], service[-1]
    statuses = [", ".join(str(one.status) for one in responses) for responses in (emulator, service)]
    described = find_response(operation, theirs.status)
    if statuses[0] != statuses[1] or described is None:
        yield Difference("status", _NOT_DESCRIBED if described is None else "described", *statuses)
    if ours.status == theirs.status:
        expected, result = played.scenario.gives, kind(played.service.outcome)
        if result is not expected:
            yield Difference("result", "described", expected.__name__, result.__name__)
        yield from _headers(described or {}, ours, theirs)
        yield from _fields(operation, ours, theirs)


def _headers(described: Mapping[str, Any], ours: RecordedResponse, theirs: RecordedResponse) -> Iterator[Difference]:
    names = {name.lower() for name in described.get("headers", {})}
    for name in sorted((names | ours.headers.keys() | theirs.headers.keys()) - _UNREMARKABLE):
        emulator, service = (kind_of(one.headers[name]) if name in one.headers else _LEFT_OUT for one in (ours, theirs))
        if emulator != service or (name in names and service == _LEFT_OUT):
            yield Difference(f"header {name}", "described" if name in names else _NOT_DESCRIBED, emulator, service)


def _fields(operation: OperationInfo, ours: RecordedResponse, theirs: RecordedResponse) -> Iterator[Difference]:
    described = described_fields(operation, theirs.status)
    emulator, service = fields_of(ours.json), fields_of(theirs.json)
    for name in sorted({*(described or {}), *emulator, *service}):
        # What is left out where nothing promises it, on both sides, is no difference.
        says = None if described is None else described.get(name, set())
        kinds = service.get(name, set())
        unfit = says is not None and not all(fits(kind, says) for kind in kinds)
        if kinds != emulator.get(name, set()) or unfit:
            yield Difference(
                name or "body",
                f"described as {_listed(says)}" if says else _NOT_DESCRIBED,
                _listed(emulator.get(name, set())) or _LEFT_OUT,
                _listed(kinds) or _LEFT_OUT,
            )


def _listed(kinds: set[str]) -> str:
    return " or ".join(sorted(kinds))
