"""Where the items of a page are in a response, and where the next page begins."""

import math
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from .operation import Paging

T = TypeVar("T")

QUERY = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@/?%\[\]|-]+")
"""A query that can be sent as it is."""


def parse_items(parse: Callable[[Any], T], path: Sequence[str]) -> Callable[[Any], T]:
    """Makes a parser of a whole body from one of the list that is in it."""
    return lambda body: parse(find_items(body, path))


def find_items(body: Any, path: Sequence[str]) -> list[Any]:
    """Finds the list that the names lead to in a body; null is an empty one.

    Raises:
        KeyError: There is none.
        TypeError: It is no list.
    """
    for name in path:
        body = body[name]
    if not isinstance(body, list) and (body is not None or not path):
        raise TypeError("no list")
    return body or []


def next_cursor(paging: Paging, body: Any, link: str, rows: list[dict[str, Any]], cursor: str | None) -> str | None:
    """Returns where the next page begins; `None` where the service says that there is none.

    Args:
        paging: How the pages follow each other.
        body: The decoded body of a page.
        link: Its `Link` header; empty without one.
        rows: Its items, at least one unless the service says itself what follows.
        cursor: Where that page begins; `None` for the beginning of the list.

    Raises:
        ValueError: The response doesn't say it; the message says what is wrong.
    """
    if paging.kind == "link":
        return _find_link(link, paging.source)
    if paging.kind == "next":
        for name in paging.next:
            body = cast("dict[str, Any]", body).get(name) if isinstance(body, dict) else None
        if body and (isinstance(body, bool) or not isinstance(body, str | int)):
            raise ValueError(f"a page has no valid {'.'.join(paging.next)}")
        return str(body) if body else None
    if paging.kind in {"page", "offset"}:
        return str(int(cursor or 0) + (1 if paging.kind == "page" else len(rows)))
    value = rows[-1].get(paging.source)
    if paging.unit == "unix-seconds":
        value = _unix_seconds(value)
    elif paging.unit == "integer" and isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value:
        raise ValueError(f"the last item of a page has no valid {paging.source}")
    return value


def is_number(paging: Paging | None) -> bool:
    """Returns whether a cursor is sent as a number."""
    return paging is not None and (paging.kind in {"page", "offset"} or bool(paging.unit))


def _find_link(header: str, relation: str) -> str | None:
    """The query of the link with that relation. Where else it leads is never followed."""
    for target, parameters in re.findall(r"<([^<>]*)>([^<]*)", header):
        found = re.search(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))', parameters, re.IGNORECASE)
        if found and relation in (found[1] or found[2]).lower().split():
            query: str = urlsplit(target).query
            if not QUERY.fullmatch(query):
                raise ValueError(f"a page has a Link to rel={relation} without a valid query")
            return query
    return None


def _unix_seconds(value: object) -> str | None:
    """A time as Unix seconds, rounded up, so that items of the same second come twice instead of never."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(math.ceil(value))
        time = datetime.fromisoformat(str(value))
        return str(math.ceil((time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()))
    except (ValueError, OverflowError):
        return None
