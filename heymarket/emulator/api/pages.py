"""Pages of the description's examples, for operations without a handler."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from heymarket.emulator.api.errors import APIErrorResponse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from heymarket.emulator.api.validation import Inputs

__all__ = ["cut_page"]

_START = "emulator_start"
_CURSOR = re.compile(r"next-([0-9]{1,9})", re.ASCII)


def cut_page(paging: Mapping[str, Any], inputs: Inputs, request: Request, body: Any) -> tuple[Any, dict[str, str]]:
    """The page that a request asks for, and headers that say where the next one is.

    Args:
        paging: The operation's `x-heymarket-pagination`.
        inputs: What the request brings.
        request: The request.
        body: The response with all items.

    Raises:
        APIErrorResponse: 400, no page has such a cursor.
    """
    sent: Any = inputs.body
    fields = cast("dict[str, Any]", sent if isinstance(sent, dict) else {})
    given: dict[str, Any] = {**inputs.query, **fields}
    *above, last = ["", *filter(None, paging.get("items", "").split("."))]
    whole = holder = _copy({"": body}, [*above, last])
    for name in above:
        holder = holder[name]
    rows: list[Any] = holder[last]
    size: int = max(given.get(paging.get("limit", ""), paging.get("size") or len(rows)), 1)
    start = _find_start(paging, given, request, rows, size)
    holder[last] = rows[start : start + size]
    more = start + size < len(rows)
    if "next" in paging:
        *path, name = paging["next"].split(".")
        place: Any = whole[""]
        for step in path:
            place[step] = {**(place.get(step) or {})}
            place = place[step]
        is_number = isinstance(place.get(name), int)
        place[name] = (start + size if is_number else f"next-{start + size}") if more else None
    headers: dict[str, str] = {}
    if "link" in paging and more:
        pairs = [pair for pair in request.query_params.multi_items() if pair[0] != _START]
        target = f"{request.url.path}?{urlencode([*pairs, (_START, start + size)])}"
        headers["Link"] = f'<{target}>; rel="{paging["link"]}"'
    return whole[""], headers


def _copy(part: Any, path: list[str]) -> Any:
    """A copy of the objects on the way to a list."""
    if not path:
        return part
    return {**part, path[0]: _copy(part[path[0]], path[1:])}


def _find_start(
    paging: Mapping[str, Any], given: Mapping[str, Any], request: Request, rows: list[Any], size: int
) -> int:
    """How many items are before the page."""
    first = paging.get("first", 0)
    if "page" in paging:
        start = (given.get(paging["page"], first) - first) * size
    elif "offset" in paging:
        start = given.get(paging["offset"], first) - first
    elif "link" in paging:
        sent = request.query_params.get(_START, "0")
        start = int(sent) if sent.isdecimal() else -1
    elif paging["cursor"] not in given:
        start = 0
    elif "next" in paging:
        cursor = given[paging["cursor"]]
        token = _CURSOR.fullmatch(cursor) if isinstance(cursor, str) else None
        start = int(token[1]) if token else cursor if isinstance(cursor, int) else -1
    else:
        places = [n for n, row in enumerate(rows) if str(row.get(paging["from"])) == str(given[paging["cursor"]])]
        start = places[-1] + 1 if places else len(rows)
    if start < 0:
        raise APIErrorResponse(400, "bad_data: no page begins there")
    return int(start)
