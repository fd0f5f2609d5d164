"""Cassettes as files: the requests and responses in them, without replaying any."""

from __future__ import annotations

import difflib
import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from heymarket.testing.cassettes.contract import find_operation
from heymarket.testing.cassettes.errors import CassetteError
from heymarket.testing.cassettes.linter import load_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_CURE = "Delete it, and record its test again, with --heymarket-record=new."

UNDESCRIBED = "undescribed"
"""In place of the operation that a request calls, if the description has none."""


class RecordedRequest(NamedTuple):
    """A recorded request, its headers' names in lower case."""

    method: str
    url: str
    headers: Mapping[str, str]
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
        metadata: `origin` (`emulator` or `live`), `recorded` (a date), and the contract of the operations: in
            `contract`, with `described_by`, or in the project's own cassettes `description`, a fingerprint.
        requests: The requests, in order.
        responses: The responses, in order.
    """

    text: str
    metadata: Mapping[str, Any]
    requests: Sequence[RecordedRequest]
    responses: Sequence[RecordedResponse]

    @classmethod
    def of(cls, text: str) -> CassetteFile:
        """The cassette with this text."""
        document = load_yaml(text)
        said = document["interactions"]
        requests = [_request(one["request"]) for one in said]
        return cls(text, document["metadata"], requests, [_response(one["response"]) for one in said])

    @property
    def operations(self) -> list[str]:
        """The operations that its requests call, each once."""
        found = (find_operation(one.method, one.url) for one in self.requests)
        return list(dict.fromkeys(one.name if one else UNDESCRIBED for one in found))

    def age(self, today: date) -> int:
        """The days since it was recorded, by its own date."""
        return (today - date.fromisoformat(self.metadata["recorded"])).days

    def differences(self, other: CassetteFile, names: tuple[str, str] = ("as it is", "as recorded now")) -> str:
        """In what another one differs, the date of recording apart: a unified diff, empty if in nothing.

        Args:
            other: The other one.
            names: How the diff calls the two.
        """
        before, after = (without_circumstances(one.text).splitlines() for one in (self, other))
        return "\n".join(difflib.unified_diff(before, after, *names, lineterm=""))


def without_circumstances(text: str) -> str:
    """A cassette without what is of no account to the next: when it was recorded, and with which version."""
    return re.sub(r"^  (?:recorded|described_by): .*\n", "", text, flags=re.MULTILINE)


def read(path: Path) -> CassetteFile:
    """The cassette in a file.

    Raises:
        CassetteError: It isn't one.
    """
    try:
        return CassetteFile.of(read_text(path))
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        why = type(error).__name__
        raise CassetteError(f"{path} is not a cassette ({why}). {_CURE}") from None


def read_text(path: Path) -> str:
    """The content of a cassette's file.

    Raises:
        CassetteError: It is empty, isn't UTF-8, or has the marks of a merge.
    """
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise CassetteError(f"{path} is not a cassette (it isn't UTF-8). {_CURE}") from None
    if not text.strip():
        raise CassetteError(f"{path} is not a cassette (it is empty). {_CURE}")
    if re.search(r"^(?:<{7}|>{7})(?: |$)", text, re.MULTILINE):
        raise CassetteError(
            f"{path} is not a cassette (it has the marks of a merge conflict). Take one side whole, with git checkout "
            "--ours or --theirs, or delete it, and record its test with --heymarket-record=new."
        )
    return text


def find_paths(places: Iterable[Path]) -> list[Path]:
    """The cassettes among files and in folders.

    Args:
        places: Files; and folders, in which every YAML file below a folder called `cassettes` is one.

    Raises:
        CassetteError: There is nothing at a place.
    """
    found: dict[Path, None] = {}
    for place in places:
        if not place.exists():
            raise CassetteError(f"There is no {place}.")
        inside = [one for one in sorted(place.rglob("*.yaml")) if not _is_hidden(one, place)]
        cassettes = [one for one in inside if "cassettes" in one.absolute().parts]
        found |= dict.fromkeys(cassettes if place.is_dir() else [place])
    return list(found)


def _is_hidden(path: Path, place: Path) -> bool:
    """Whether a file is in a folder such as `.tox`, with the cassettes of others."""
    return any(part.startswith(".") for part in path.relative_to(place).parts)


def _request(request: Mapping[str, Any]) -> RecordedRequest:
    headers = _join(request["headers"])
    return RecordedRequest(request["method"], request["uri"], headers, body_of(request["body"] or ""))


def _join(headers: Mapping[str, Any]) -> dict[str, str]:
    return {name.lower(): values if isinstance(values, str) else ", ".join(values) for name, values in headers.items()}


def _response(response: Mapping[str, Any]) -> RecordedResponse:
    return RecordedResponse(
        response["status"]["code"],
        _join(response["headers"]),
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
