"""Requests that were made at the same time, as if no race had decided: their order, and the ids that writes got.

Which of two writes gets the next id, a race decides. The ids of a cassette are dealt out again, in the order of the
requests, if a write returned them, and if two operations didn't take theirs from the same numbers.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from heymarket.testing.cassettes.contract import find_operation
from heymarket.testing.cassettes.scrubber import NOW, UUID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Pair = tuple[Any, Any]
Id = int | str

_STAMP = re.compile(f"({datetime.fromtimestamp(NOW, UTC):%Y-%m-%dT%H:%M:%S})\\.\\d{{6}}".encode())
_NAMES_AN_ID = re.compile(r"(?:^|\.|_)(?:id|uuid)$")


def settle(pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs of vcrpy's requests and responses, ordered by what they are, with their ids in that order.

    Args:
        pairs: The pairs, in the order of their responses.
    """
    ordered = sorted(pairs, key=_read_content)
    dealt = _deal_ids(ordered)
    for request, response in ordered:
        request.uri = re.sub(r"(?<=/)[^/?]+", lambda match: str(dealt.get(_parse(match[0]), match[0])), request.uri)
        request.body = _level(_replace_ids(request.body, dealt))
        response["body"]["string"] = _level(_replace_ids(response["body"]["string"], dealt))
    return ordered


def _level(body: Any) -> Any:
    """A body without the microseconds by which an emulator, though its time stands still, tells writes apart."""
    if isinstance(body, bytes):
        return _STAMP.sub(rb"\1.000000", body)
    return _level(body.encode()).decode() if isinstance(body, str) else body


def _read_content(pair: Pair) -> tuple[str, ...]:
    """What doesn't differ each time: operation, address, and body without ids."""
    request = pair[0]
    operation = find_operation(request.method, request.uri)
    body = request.body or b""
    text = body if isinstance(body, str) else body.decode("utf-8", "replace")
    return operation.name if operation else "", request.method, request.uri, re.sub(UUID, "", text)


def _deal_ids(pairs: Iterable[Pair]) -> dict[Id, Id]:
    """By each id that writes got, the one that they get in their order."""
    got: dict[tuple[str, str], list[Id]] = defaultdict(list)
    for request, response in pairs:
        operation = find_operation(request.method, request.uri)
        if operation is None or request.method != "POST" or operation.spec.get("x-heymarket-safe-to-repeat"):
            continue
        sent = {*_read_ids(request.body).values(), *map(_parse, urlsplit(request.uri).path.split("/"))}
        for place, value in _read_ids(response["body"]["string"]).items():
            if value not in sent:
                got[operation.name, re.sub(r"\.\d+", "", place)].append(value)
    dealt: dict[Id, Id] = {}
    for values in got.values():
        in_order = [*dict.fromkeys(values)]
        for value, new in zip(in_order, sorted(in_order, key=lambda one: (str(type(one)), one)), strict=True):
            dealt.setdefault(value, new)
    # Where two kinds of records have an id in common, it may be dealt out twice; then all stays as it is.
    return dealt if {*dealt} == {*dealt.values()} else {}


def _parse(text: str) -> Id:
    return int(text) if text.isdecimal() else text


def _read_ids(body: bytes | str | None) -> dict[str, Id]:
    try:
        return dict(_find_ids(json.loads(body or b"null"), ""))
    except ValueError:  # no JSON
        return {}


def _find_ids(value: Any, place: str) -> Iterator[tuple[str, Id]]:
    if isinstance(value, dict):
        for name, one in cast("dict[str, object]", value).items():
            yield from _find_ids(one, f"{place}.{name}")
    elif isinstance(value, list):
        for number, one in enumerate(cast("list[object]", value)):
            yield from _find_ids(one, f"{place}.{number}")
    elif _NAMES_AN_ID.search(place) and isinstance(value, int | str) and not isinstance(value, bool) and value:
        yield place, value


def _replace_ids(body: Any, dealt: dict[Id, Id]) -> Any:
    def change(value: Any, place: str) -> Any:
        if isinstance(value, dict):
            return {name: change(one, f"{place}.{name}") for name, one in cast("dict[str, object]", value).items()}
        if isinstance(value, list):
            return [change(one, place) for one in cast("list[object]", value)]
        return dealt.get(value, value) if _NAMES_AN_ID.search(place) and isinstance(value, int | str) else value

    return _rewrite(body, lambda value: change(value, ""))


def _rewrite(body: Any, change: Callable[[Any], Any]) -> Any:
    try:
        value = json.loads(body or b"null")
    except ValueError:  # no JSON
        return body
    changed = change(value)
    if changed == value:
        return body
    text = json.dumps(changed, ensure_ascii=False, separators=(",", ":"))
    return text.encode() if isinstance(body, bytes) else text
