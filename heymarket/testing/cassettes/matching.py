"""Whether a request is the one that was recorded: the same, but for what was replaced on the cassette.

Where a cassette has a stand-in, the test may say the stand-in, because an earlier answer on the cassette gave it that,
or its own value, which the cassette can't know: a real id in the test, a `local_id` made for each call.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from heymarket.testing.cassettes.scrubber import EMULATED_STAND_IN, STAND_IN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Leaves = dict[str, str]
"""Texts, numbers and so on as texts, by the place where they stand, such as `body.text` or `path.3`."""


class Matching:
    """Compares requests with those of one cassette.

    Args:
        answers: The bodies that the cassette answers.
        emulated: Whether it comes from an emulator, whose numbers and addresses are nobody's stand-ins.
    """

    def __init__(self, answers: Iterable[bytes], *, emulated: bool) -> None:
        self._stand_in = EMULATED_STAND_IN if emulated else STAND_IN
        self._told = {leaf for body in answers for leaf in _of_body(body, "").values()}

    def differences(self, request: Any, recorded: Any) -> list[str]:
        """The places in which a request isn't the recorded one; none, if it is.

        Args:
            request: vcrpy's request, as it was made.
            recorded: vcrpy's request, as it was recorded.
        """
        ours, theirs = leaves_of(request), leaves_of(recorded)
        places = [*theirs, *(place for place in ours if place not in theirs)]
        return [place for place in places if not self._same(ours.get(place), theirs.get(place))]

    def _same(self, said: str | None, recorded: str | None) -> bool:
        if said == recorded:
            return True
        if said is None or recorded is None or said in self._told:
            return False
        parts = self._stand_in.split(recorded)
        return len(parts) > 1 and re.fullmatch(".+".join(map(re.escape, parts)), said, re.DOTALL) is not None


def leaves_of(request: Any) -> Leaves:
    """All that a request says."""
    uri: str = request.uri
    parts = urlsplit(uri)
    leaves = {"method": request.method, "host": f"{parts.scheme}://{parts.netloc}"}
    leaves |= {f"path.{number}": unquote(one) for number, one in enumerate(parts.path.split("/"))}
    query = parse_qsl(parts.query, keep_blank_values=True)
    leaves |= {f"query.{name}.{number}": value for number, (name, value) in enumerate(sorted(query))}
    return leaves | _of_body(request.body or b"", "body")


def _of_body(body: bytes | str, place: str) -> Leaves:
    try:
        return dict(_leaves(json.loads(body), place))
    except ValueError:  # also of bytes that are no text
        return {place: repr(body)} if body else {}


def _leaves(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value:
        for name, member in cast("dict[str, object]", value).items():
            yield from _leaves(member, f"{place}.{name}")
    elif isinstance(value, list) and value:
        for number, item in enumerate(cast("list[object]", value)):
            yield from _leaves(item, f"{place}.{number}")
    else:
        yield place, value if isinstance(value, str) else json.dumps(value)
