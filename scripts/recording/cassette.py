"""Cassettes: recorded with vcrpy, scrubbed before they are written, each with its origin in its metadata."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import vcr
from attrs import evolve

from heymarket._transports.httpx import HttpxTransport
from heymarket.testing.cassettes.recorder import Recorder
from heymarket.testing.cassettes.recordings import CassetteFile, body_of
from heymarket.testing.cassettes.scrubber import Scrubber
from recording.scenario import play

if TYPE_CHECKING:
    from pathlib import Path

    from heymarket._messages import Request, Response, TransportFailure
    from recording.scenario import Outcome, Scenario
    from recording.targets import PreparedScenario


class Recording(NamedTuple):
    """The result of playing a scenario.

    Attributes:
        outcome: What the client returned or raised.
        cassette: The requests and responses.
        dropped: Names of the response headers that the cassette doesn't keep.
    """

    outcome: Outcome
    cassette: CassetteFile
    dropped: frozenset[str]


def record(prepared: PreparedScenario, fingerprint: str, today: str) -> Recording:
    """Play a scenario and record it.

    Args:
        prepared: The scenario and what to play it against.
        fingerprint: That of the operation's part of the description.
        today: The date that the cassette gets.
    """
    recorder = Recorder()
    vcrpy = vcr.VCR(record_mode="all")
    vcrpy.register_persister(recorder)
    with vcrpy.use_cassette(prepared.scenario.name):
        transport = _UncompressedTransport(prepared.settings["base_url"])
        outcome = play(prepared.scenario, prepared.settings, prepared.time, _transport=transport)
    origin, sent = recorder.origin, _names(recorder)
    recorder.scrub(Scrubber(prepared.replacements))
    text = recorder.serialize(origin=origin, recorded=today, description=fingerprint)
    return Recording(outcome, CassetteFile.of(text), sent - _names(recorder))


def _names(recorder: Recorder) -> frozenset[str]:
    return frozenset(name.lower() for response in recorder.responses for name in response["headers"])


def replay(path: Path) -> Any:
    """A `with` block in which vcrpy replays a cassette, each response once, and refuses every other request."""
    vcrpy = vcr.VCR(record_mode="none", match_on=("method", "scheme", "host", "port", "path", "query", "content"))
    vcrpy.register_matcher("content", _match_content)
    return vcrpy.use_cassette(str(path))


def _match_content(sent: Any, recorded: Any) -> None:
    """Compare bodies; the boundary of a form is another one each time."""
    bodies = [re.sub(rb"(?m)^--[0-9a-f]{32}", b"--", body_of(request.body or b"")) for request in (sent, recorded)]
    if bodies[0] != bodies[1]:
        raise AssertionError("another body")


class _UncompressedTransport:
    """The default transport, asking for bodies that can be read, scrubbed and linted."""

    def __init__(self, base_url: str) -> None:
        self._transport = HttpxTransport(base_url)
        self.close = self._transport.close

    def send(self, request: Request) -> Response | TransportFailure:
        others = [header for header in request.headers if header[0] != "Accept-Encoding"]
        return self._transport.send(evolve(request, headers=[*others, ("Accept-Encoding", "identity")]))


def path_of(folder: Path, scenario: Scenario) -> Path:
    """The file of a scenario's cassette."""
    return folder / f"{scenario.name}.yaml"
