"""Cassettes as files: the requests and responses in them, without replaying any."""

from __future__ import annotations

import difflib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


class RecordedRequest(NamedTuple):
    """A recorded request."""

    method: str
    url: str
    body: bytes

    @property
    def json(self) -> Any:
        """The parsed body; `None` if it isn't JSON."""
        return _parsed(self.body)


class RecordedResponse(NamedTuple):
    """A recorded response, its headers' names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The parsed body; `None` if it isn't JSON."""
        return _parsed(self.body)


class CassetteFile(NamedTuple):
    """A cassette as it is, or will be, in its file.

    Attributes:
        text: All of it.
        metadata: `origin` (`emulator` or `live`), `recorded` (a date) and `description` (a fingerprint).
        requests: The requests, in order.
        responses: The responses, in order.
    """

    text: str
    metadata: Mapping[str, str]
    requests: Sequence[RecordedRequest]
    responses: Sequence[RecordedResponse]

    @classmethod
    def of(cls, text: str) -> CassetteFile:
        """The cassette with this text."""
        document = yaml.safe_load(text)
        said = document["interactions"]
        requests = [_request(one["request"]) for one in said]
        return cls(text, document["metadata"], requests, [_response(one["response"]) for one in said])

    def differences(self, other: CassetteFile) -> str:
        """In what another one differs, the date of recording apart: a unified diff, empty if in nothing."""
        before, after = (
            [line for line in one.text.splitlines() if not line.startswith("  recorded: ")] for one in (self, other)
        )
        return "\n".join(difflib.unified_diff(before, after, "as it is", "as recorded now", lineterm=""))


def read(path: Path) -> CassetteFile:
    """The cassette in a file."""
    return CassetteFile.of(path.read_text("utf-8"))


def _request(request: Mapping[str, Any]) -> RecordedRequest:
    return RecordedRequest(request["method"], request["uri"], body_of(request["body"]))


def _response(response: Mapping[str, Any]) -> RecordedResponse:
    return RecordedResponse(
        response["status"]["code"],
        {name.lower(): ", ".join(values) for name, values in response["headers"].items()},
        body_of(response["body"]["string"]),
    )


def body_of(body: str | bytes) -> bytes:
    """A body as bytes, which vcrpy has as a string if it can."""
    return body if isinstance(body, bytes) else body.encode()


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None
