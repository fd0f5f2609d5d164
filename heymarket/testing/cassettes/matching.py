"""Whether a request is the recorded one: equal, apart from what placeholders replaced on the cassette.

Where a cassette has a placeholder, a test may send the placeholder, which an earlier response on the cassette gave it,
or a value of its own, which the cassette can't know: a real id in the test, a `local_id` made for each call.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from heymarket.testing.cassettes.scrubber import EMULATED_PLACEHOLDER, PLACEHOLDER, find_key_parameters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from heymarket.description import OperationInfo

Leaves = dict[str, Any]
"""All values of a request by their place, such as `body.text` or `path.3`."""

ABSENT = object()
"""In place of a value that one of two requests lacks."""


class Mismatch(NamedTuple):
    """A place where a request differs from a recorded one.

    Attributes:
        place: The place, such as `body.text` or `path.3`.
        sent: The value of the request; `ABSENT` if it has none.
        recorded: The value that was recorded; `ABSENT` if there was none.
    """

    place: str
    sent: Any
    recorded: Any


class RequestMatcher:
    """A comparison of requests with those of one cassette.

    Args:
        bodies: The bodies of its responses.
        emulated: Whether it comes from an emulator, which has placeholders for ids only.
    """

    def __init__(self, bodies: Iterable[bytes], *, emulated: bool) -> None:
        self._placeholder = EMULATED_PLACEHOLDER if emulated else PLACEHOLDER
        self._responded = {_write(leaf) for body in bodies for leaf in _read_body(body, "").values()}

    def mismatches(self, request: Any, recorded: Any) -> list[Mismatch]:
        """Where a request differs from a recorded one.

        Args:
            request: vcrpy's request as the test made it.
            recorded: vcrpy's request as it was recorded.
        """
        ours, theirs = _read_request(request), _read_request(recorded)
        places = [*theirs, *(place for place in ours if place not in theirs)]
        pairs = [Mismatch(place, ours.get(place, ABSENT), theirs.get(place, ABSENT)) for place in places]
        return [pair for pair in pairs if not self._matches(pair.sent, pair.recorded)]

    def _matches(self, sent: Any, recorded: Any) -> bool:
        if sent is ABSENT or recorded is ABSENT or isinstance(sent, str) is not isinstance(recorded, str):
            return False
        ours, theirs = _write(sent), _write(recorded)
        if ours == theirs or ours in self._responded:
            return ours == theirs
        parts = self._placeholder.split(theirs)
        return len(parts) > 1 and re.fullmatch(".+".join(map(re.escape, parts)), ours, re.DOTALL) is not None


def name_argument(operation: OperationInfo | None, place: str) -> str:
    """The argument that a value at a place comes from, as Python has it: `contact_id`, `content.text`, `items[0].tag`.

    Args:
        operation: The operation that is called, if it is known.
        place: The place, as `Mismatch` has it.
    """
    part, _, rest = place.partition(".")
    if operation is None or (not rest and part != "body"):
        return place
    if part == "path":
        segment = (operation.prefix + operation.path).split("/")[int(rest)]
        return _spell(segment.strip("{}")) if segment.startswith("{") else place
    if part == "query":
        return _spell(rest.rpartition(".")[0])
    whole = operation.spec.get("x-heymarket-body-name", "items" if rest else "body")
    named = rest if rest and not rest[0].isdigit() else f"{whole}.{rest}".rstrip(".")
    return re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", named)


def _spell(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


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


def _flatten(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for name, member in cast("dict[str, object]", value).items():
            yield from _flatten(member, f"{place}.{name}")
    elif isinstance(value, list) and value:
        for number, item in enumerate(cast("list[object]", value)):
            yield from _flatten(item, f"{place}.{number}")
    else:
        yield place, value


def _write(leaf: Any) -> str:
    return leaf if isinstance(leaf, str) else json.dumps(leaf)
