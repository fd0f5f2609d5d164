"""What scripts/record does: plays scenarios, shows what would change, writes cassettes, reports differences."""

from __future__ import annotations

import os
import sys
import warnings
from collections import defaultdict
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

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
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager

    from heymarket.description import OperationInfo
    from heymarket.testing.cassettes.recordings import CassetteFile
    from recording.cassette import Recording
    from recording.scenario import Scenario
    from recording.targets import Target

CASSETTES = Path("tests/contract/cassettes")
LIVE = Path("tests/contract/live")


def run(options: argparse.Namespace, scenarios: Sequence[Scenario], root: Path = _venv.ROOT) -> int:
    """Does what the arguments ask for.

    Args:
        options: The arguments, as `bootstrap.parse_arguments` returns them.
        scenarios: All scenarios.
        root: The checkout.

    Returns:
        The exit status: 0, or 1 when a cassette could not be recorded, or would change and was left.
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
    if options.live:
        _report_differences(session.recorded, root / CASSETTES)
    return 1 if session.failed else 0


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


def _report_differences(recorded: Mapping[Scenario, Recording], emulated: Path) -> None:
    if any(recording.cassette.metadata["origin"] == "emulator" for recording in recorded.values()):
        print("\nThese responses have X-Emulator: they come from an emulator. Their cassettes say so.")
    for operation in description.operations():
        played = [
            (scenario, recordings.read(path), recording)
            for scenario, recording in recorded.items()
            if scenario.operation == operation.name and (path := cassette.path_of(emulated, scenario)).exists()
        ]
        if played:
            lines = _list_differences(operation, played) or ["no differences"]
            print("\n  ".join([f"\n{operation.name}, compared in {len(played)} scenarios:", *lines]))


def _list_differences(
    operation: OperationInfo, played: Sequence[tuple[Scenario, CassetteFile, Recording]]
) -> list[str]:
    """The differences seen in the scenarios of one operation, a line each."""
    seen: dict[str, list[str]] = defaultdict(list)
    for scenario, emulated, recording in played:
        emulator, service = emulated.responses, recording.cassette.responses
        differences = [*comparison.compare(operation, emulator, service)]
        result = kind(recording.outcome)
        if emulator[-1].status == service[-1].status and result is not scenario.gives:
            differences.append(comparison.Difference("result", "described", scenario.gives.__name__, result.__name__))
        for difference in differences:
            seen[str(difference)].append(scenario.name.partition("/")[2])
    lines = [f"{difference} ({', '.join(labels)})" for difference, labels in seen.items()]
    if dropped := sorted({name for *_, recording in played for name in recording.dropped}):
        lines.append(f"headers that no cassette keeps: {', '.join(dropped)}")
    return lines


def _fail(text: str) -> int:
    print(text, file=sys.stderr)
    return 1
