"""Cassettes from other recordings: an HTTP archive (HAR), as browsers, proxies and mitmproxy write it.

Only requests of described operations are taken. They are scrubbed and linted as those of a test are.
"""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from heymarket import __version__, config
from heymarket.testing.cassettes.checks import make_contract
from heymarket.testing.cassettes.contract import find_operation
from heymarket.testing.cassettes.errors import CassetteError
from heymarket.testing.cassettes.linter import problems
from heymarket.testing.cassettes.recorder import Recorder
from heymarket.testing.cassettes.recordings import RecordedRequest, RecordedResponse
from heymarket.testing.cassettes.scrubber import LIVE_URL, Scrubber

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

Exchange = tuple[RecordedRequest, RecordedResponse]


def read_har(path: Path, base_url: str = config.DEFAULT_BASE_URL) -> tuple[date, list[Exchange]]:
    """The requests of an archive that call described operations, with the date of the first.

    Args:
        path: The file.
        base_url: The service's base URL in it.

    Raises:
        CassetteError: It is no archive, or has no such request.
    """
    try:
        entries = json.loads(path.read_text("utf-8-sig"))["log"]["entries"]
        found = [
            (str(entry.get("startedDateTime", "")), *_read_entry(entry)) for entry in entries if _is_complete(entry)
        ]
    except OSError as error:
        raise CassetteError(f"{path} can't be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CassetteError(
            f"{path} is no HTTP archive ({type(error).__name__}). Export it as HAR, with content."
        ) from None
    found = [one for one in found if one[1].url.startswith(f"{base_url}/")]
    moved = [(when, _move(request, base_url), response) for when, request, response in found]
    called = [one for one in moved if find_operation(one[1].method, one[1].url)]
    if not called:
        raise CassetteError(f"{path} has no request that calls a described operation at {base_url}. See --base-url.")
    try:
        recorded = datetime.fromisoformat(called[0][0]).date()
    except ValueError:
        recorded = datetime.now(UTC).date()
    return recorded, [(request, response) for _, request, response in called]


def _is_complete(entry: Mapping[str, Any]) -> bool:
    """Whether there was a response; browsers write the status 0 where there was none."""
    return bool(entry["response"]["status"])


def _read_entry(entry: Mapping[str, Any]) -> Exchange:
    request, response = entry["request"], entry["response"]
    content = response.get("content", {})
    text: str = content.get("text") or ""
    body = base64.b64decode(text) if content.get("encoding") == "base64" else text.encode()
    sent: str = request.get("postData", {}).get("text") or ""
    whole: str = request["url"]
    url = urlsplit(whole)._replace(fragment="").geturl()
    return (
        RecordedRequest(request["method"], url, _read_headers(request["headers"]), sent.encode()),
        RecordedResponse(response["status"], _read_headers(response["headers"]), body),
    )


def _read_headers(headers: Iterable[Mapping[str, str]]) -> dict[str, str]:
    # HTTP/2 has pseudo-headers in archives. Bodies are uncompressed there.
    named = {one["name"].lower(): one["value"] for one in headers if not one["name"].startswith(":")}
    return {name: value for name, value in named.items() if name not in {"content-encoding", "content-length"}}


def _move(request: RecordedRequest, base_url: str) -> RecordedRequest:
    return request._replace(url=LIVE_URL + request.url.removeprefix(base_url))


def make_cassettes(exchanges: Iterable[Exchange], recorded: date) -> Iterator[tuple[str, str, list[str]]]:
    """One cassette for each operation: its name, its text, and the reasons why it may not be kept.

    Equal values have equal placeholders in all of them.

    Args:
        exchanges: Requests and responses, in order.
        recorded: The date of the recording.
    """
    recorders: dict[str, Recorder] = defaultdict(Recorder)
    scrubber = Scrubber({}, foreign=True)
    for request, response in exchanges:
        operation = find_operation(request.method, request.url)
        emulated = "x-emulator" in response.headers
        if operation is not None:
            recorders[f"{operation.name}{'-emulated' if emulated else ''}"].add(request, response)
    for name, recorder in recorders.items():
        origin, operations = recorder.origin, recorder.operations
        recorder.scrub(scrubber)
        text = recorder.serialize(
            origin=origin,
            recorded=recorded.isoformat(),
            described_by=f"heymarket {__version__}",
            contract=make_contract(operations),
        )
        yield name, text, problems(text)
