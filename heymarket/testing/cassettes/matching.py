"""Whether a request is the recorded one: equal, apart from what placeholders replaced on the cassette.

Where a cassette has a placeholder, a test may send the placeholder, which an earlier response on the cassette gave it,
or a value of its own, which the cassette can't know: a real id in the test, a `local_id` made for each call.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from heymarket.testing.cassettes.scrubber import EMULATED_PLACEHOLDER, PLACEHOLDER, find_key_parameters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Leaves = dict[str, str]
"""All values of a request as strings, by their place, such as `body.text` or `path.3`."""


class RequestMatcher:
    """A comparison of requests with those of one cassette.

    Args:
        bodies: The bodies of its responses.
        emulated: Whether it comes from an emulator, which has placeholders for ids only.
    """

    def __init__(self, bodies: Iterable[bytes], *, emulated: bool) -> None:
        self._placeholder = EMULATED_PLACEHOLDER if emulated else PLACEHOLDER
        self._responded = {leaf for body in bodies for leaf in _read_body(body, "").values()}

    def differences(self, request: Any, recorded: Any) -> list[str]:
        """The places where a request differs from a recorded one.

        Args:
            request: vcrpy's request as the test made it.
            recorded: vcrpy's request as it was recorded.
        """
        ours, theirs = _read_request(request), _read_request(recorded)
        places = [*theirs, *(place for place in ours if place not in theirs)]
        return [place for place in places if not self._matches(ours.get(place), theirs.get(place))]

    def _matches(self, sent: str | None, recorded: str | None) -> bool:
        if sent == recorded:
            return True
        if sent is None or recorded is None or sent in self._responded:
            return False
        parts = self._placeholder.split(recorded)
        return len(parts) > 1 and re.fullmatch(".+".join(map(re.escape, parts)), sent, re.DOTALL) is not None


def _read_request(request: Any) -> Leaves:
    uri: str = request.uri
    parts = urlsplit(uri)
    leaves = {"method": request.method, "host": f"{parts.scheme}://{parts.netloc}"}
    leaves |= {f"path.{number}": unquote(one) for number, one in enumerate(parts.path.split("/"))}
    keys = find_key_parameters()
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in keys]
    leaves |= {f"query.{name}.{number}": value for number, (name, value) in enumerate(sorted(query))}
    return leaves | _read_body(request.body or b"", "body")


def _read_body(body: bytes | str, place: str) -> Leaves:
    try:
        return dict(_flatten(json.loads(body), place))
    except ValueError:  # bytes that are no UTF-8 too
        return {place: repr(body)} if body else {}


def _flatten(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for name, member in cast("dict[str, object]", value).items():
            yield from _flatten(member, f"{place}.{name}")
    elif isinstance(value, list) and value:
        for number, item in enumerate(cast("list[object]", value)):
            yield from _flatten(item, f"{place}.{number}")
    else:
        yield place, value if isinstance(value, str) else json.dumps(value)
