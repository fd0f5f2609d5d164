"""What scripts/record does: plays scenarios, shows what would change, writes cassettes, reports differences."""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections import defaultdict
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import _venv

from heymarket import ConfigurationError, HeymarketDriftWarning, description
from heymarket.testing.cassettes import comparison, recordings
from heymarket.testing.cassettes import linter as lint
from heymarket.testing.cassettes.contract import fingerprint
from recording import cassette
from recording.scenario import kind, outcome_status
from recording.targets import LiveService, LocalEmulator, NotPlayableError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from heymarket.description import OperationInfo
    from heymarket.testing.cassettes.recordings import CassetteFile
    from recording.cassette import Recording
    from recording.scenario import Scenario
    from recording.targets import Target

CASSETTES = Path("tests/contract/cassettes")
LIVE = Path("tests/contract/live")
_UNREMARKABLE = {"connection", "content-encoding", "content-length", "server", "transfer-encoding", "vary"}
"""Headers that say how a response was carried."""


def run(options: argparse.Namespace, scenarios: Sequence[Scenario], root: Path = _venv.ROOT) -> int:
    """Does what the arguments ask for.

    Args:
        options: The arguments, as `bootstrap.parse_arguments` returns them.
        scenarios: All scenarios.
        root: The checkout.

    Returns:
        The exit status: 0, or 1 when a cassette could not be recorded, or would change and was left, or when the
        service differs.
    """
    unknown = set(options.names) - {name for one in scenarios for name in (one.name, one.operation)}
    if unknown:
        return _fail(f"No scenario and no operation: {', '.join(sorted(unknown))}. See tests/contract/scenarios.py.")
    chosen = [one for one in scenarios if not options.names or {one.name, one.operation} & set(options.names)]
    try:
        with _target(options) as target:
            session = Session(target, root / (LIVE if options.live else CASSETTES), overwrite=options.overwrite)
            for scenario in chosen:
                print(f"{scenario.name}: {session.record(scenario)}", flush=True)
    except ConfigurationError as error:
        return _fail(str(error))
    differs = False
    if options.live:
        report = list_differences(session.recorded, root / CASSETTES)
        differs = any(one["differences"] for one in report)
        show_differences(report, emulated=_any_emulated(session.recorded))
        if options.report:
            options.report.write_text(f"{json.dumps(report, indent=2)}\n", "utf-8")
    return 1 if session.failed or differs else 0


def _target(options: argparse.Namespace) -> AbstractContextManager[Target]:
    return nullcontext(LiveService.of(os.environ, options.contact)) if options.live else LocalEmulator()


class Session:
    """One run: where it records, what it has recorded, and whether anything failed."""

    def __init__(self, target: Target, folder: Path, *, overwrite: bool) -> None:
        self.recorded: dict[Scenario, Recording] = {}
        self.failed = False
        self._target = target
        self._folder = folder
        self._overwrite = overwrite
        self._today = datetime.now(UTC).date().isoformat()
        self._operations = {operation.name: operation for operation in description.operations()}

    def record(self, scenario: Scenario) -> str:
        """Play a scenario, write its cassette if that is allowed, and return a line about it."""
        contract = fingerprint(self._operations[scenario.operation])
        try:
            with self._target.prepare(scenario) as prepared, warnings.catch_warnings():
                warnings.simplefilter("ignore", HeymarketDriftWarning)  # the report says more
                recording = cassette.record(prepared, contract, self._today)
        except NotPlayableError as why:
            return f"skipped, {why}"
        if outcome_status(recording.outcome) is None:
            return self._failed(f"no response: {recording.outcome}")
        if isinstance(self._target, LocalEmulator) and not scenario.gave(recording.outcome):
            got = f"{kind(recording.outcome).__name__} {outcome_status(recording.outcome)}"
            return self._failed(
                f"not recorded, it returned {got} instead of {scenario.gives.__name__} {scenario.status}"
            )
        if found := lint.problems(recording.cassette.text):
            return self._failed("\n  ".join(["not recorded, the cassette would contain what is not allowed:", *found]))
        self.recorded[scenario] = recording
        return self._write(cassette.path_of(self._folder, scenario), recording.cassette)

    def _write(self, path: Path, new: CassetteFile) -> str:
        changes = recordings.read(path).differences(new) if path.exists() else None
        if changes == "":
            return "unchanged"
        if changes and not self._overwrite:
            return self._failed(f"differs, left as it is; --overwrite replaces it\n{changes}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(new.text, "utf-8", newline="\n")
        return f"replaced\n{changes}" if changes else "new"

    def _failed(self, what: str) -> str:
        self.failed = True
        return what


def list_differences(recorded: Mapping[Scenario, Recording], emulated: Path) -> list[dict[str, Any]]:
    """What differs at the service, for each operation that was played.

    Args:
        recorded: What was recorded.
        emulated: The folder of the emulator's cassettes.
    """
    report: list[dict[str, Any]] = []
    for operation in description.operations():
        played = [
            (scenario, recordings.read(path), recording)
            for scenario, recording in recorded.items()
            if scenario.operation == operation.name and (path := cassette.path_of(emulated, scenario)).exists()
        ]
        seen: dict[comparison.Difference, list[str]] = defaultdict(list)
        for one in played:
            for difference in _compare(operation, *one):
                seen[difference].append(one[0].name.partition("/")[2])
        if played:
            report.append(
                {
                    "operation": operation.name,
                    "scenarios": len(played),
                    "differences": [{**one._asdict(), "scenarios": labels} for one, labels in seen.items()],
                    "dropped_headers": sorted({name for *_, one in played for name in one.dropped} - _UNREMARKABLE),
                }
            )
    return report


def _compare(
    operation: OperationInfo, scenario: Scenario, emulated: CassetteFile, recording: Recording
) -> Iterator[comparison.Difference]:
    emulator, service = emulated.responses, recording.cassette.responses
    yield from comparison.compare(operation, emulator, service)
    result = kind(recording.outcome)
    if emulator[-1].status == service[-1].status and result is not scenario.gives:
        yield comparison.Difference("result", "described", scenario.gives.__name__, result.__name__)


def show_differences(report: Sequence[Mapping[str, Any]], *, emulated: bool) -> None:
    """Print a report.

    Args:
        report: As `list_differences` returns it.
        emulated: Whether the responses come from an emulator.
    """
    if emulated:
        print("\nThese responses have X-Emulator: they come from an emulator. Their cassettes say so.")
    for one in report:
        lines = [
            f"{comparison.Difference(*(found[name] for name in comparison.Difference._fields))}"
            f" ({', '.join(found['scenarios'])})"
            for found in one["differences"]
        ] or ["no differences"]
        if one["dropped_headers"]:
            lines.append(f"headers that no cassette keeps: {', '.join(one['dropped_headers'])}")
        print("\n  ".join([f"\n{one['operation']}, compared in {one['scenarios']} scenarios:", *lines]))


def _any_emulated(recorded: Mapping[Scenario, Recording]) -> bool:
    return any(recording.cassette.metadata["origin"] == "emulator" for recording in recorded.values())


def _fail(text: str) -> int:
    print(text, file=sys.stderr)
    return 1
