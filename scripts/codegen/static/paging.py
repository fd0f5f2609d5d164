"""Where the items of a page are in a response, and where the next page begins."""

import json
import math
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast
from urllib.parse import urlsplit

from .lazy import Listed
from .operation import APIResponse, Operation, Page, Paging

T = TypeVar("T")

TOLD = {"next", "link"}
"""The kinds of paging whose responses say whether more follows."""

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


class Iterated(Listed):
    """What is iterated over, and says so if it is taken for a list."""

    __slots__ = ()
    _hint = " Iterate over it (for, or async for): pages are fetched as they are needed, and limit(n) ends early."

    if not TYPE_CHECKING:

        def __bool__(self):
            return True

        def __len__(self):
            raise TypeError(f"{type(self).__name__} has no length.{self._hint}")

        def __getitem__(self, index):
            raise TypeError(f"{type(self).__name__} has no items by number.{self._hint}")


class PageWalk(Generic[T]):
    """The state of one iteration, without any I/O: which page comes next, and which of its items are new.

    Attributes:
        has_more: Whether there is a next page, or a problem to report in its place.
        problem: Why the next page can't be found, with the next step; empty if it can.
    """

    def __init__(
        self, operation: Operation[list[T]], arguments: dict[str, Any], cursor: str | None, max_items: int | None
    ) -> None:
        assert operation.paging is not None  # noqa: S101 - only paginated operations have a pager
        self._paging: Paging = operation.paging
        page_size = getattr(arguments.get("body"), "limit", None)
        self._page_size = page_size if isinstance(page_size, int) else self._paging.size or math.inf
        self._remaining = max_items
        self._seen: set[Any] = set()
        is_counted = self._paging.kind in {"page", "offset"}
        self._cursor = str(self._paging.first) if cursor is None and is_counted else cursor
        self._cursors = {self._cursor}
        self.problem = ""
        self.has_more = max_items != 0

    @property
    def page_fields(self) -> dict[str, Any]:
        """The fields of the next request that select its page."""
        if self._cursor is None:
            return {}
        return {self._paging.name: int(self._cursor) if is_number(self._paging) else self._cursor}

    def advance(self, response: APIResponse[list[T]]) -> Page[T]:
        """Returns the page in a response; afterwards `has_more` and `page_fields` describe the next one."""
        # Parsed items won't do, because parsing a time drops its last digits.
        body: Any = json.loads(response.content)
        rows = [
            cast("dict[str, Any]", row) if isinstance(row, dict) else {} for row in find_items(body, self._paging.items)
        ]
        pairs = zip(response.parsed, rows, strict=True)
        new = [item for item, row in pairs if _item_id(row) is None or _item_id(row) not in self._seen]
        is_told, start = self._paging.kind in TOLD, self._cursor
        cursor = self._find_next(body, response.headers.get("link", ""), rows)
        stuck = bool(rows) and cursor == start
        self._cursors |= {cursor} if is_told else set()
        self._cursor = cursor
        self._seen = {_item_id(row) for row in rows}
        items = new[: self._remaining]
        if self._remaining is not None:
            self._remaining -= len(items)
        goes_on = cursor is not None if is_told else bool(new) and not stuck
        self.has_more = self._remaining != 0 and (bool(self.problem) or goes_on)
        # To resume from a page that is cut short must return the items that are cut off.
        return Page(items, start if len(items) < len(new) or (is_told and cursor is None) else cursor, response)

    def _find_next(self, body: Any, link: str, rows: list[dict[str, Any]]) -> str | None:
        """Where the next page begins; where this one does, if there is a problem."""
        start, is_told = self._cursor, self._paging.kind in TOLD
        if not rows and not is_told:
            return None
        try:
            cursor = next_cursor(self._paging, body, link, rows, start)
        except ValueError as error:
            self.problem = (
                f"{error}, so the next page can't be found. All items so far were returned; the last cursor was "
                f"{start}."
            )
            return start
        if is_told and cursor is not None and cursor in self._cursors:
            self.problem = (
                "the service says that the next page begins where an earlier one did, so the list would never end. "
                "All items so far were returned."
            )
        elif not is_told and cursor == start and len(rows) >= self._page_size:
            self.problem = (
                f"more items have the {'id' if self._paging.unit == 'integer' else 'time'} {cursor} than fit on a "
                "page, so the items after them can't be reached. Ask for larger pages if the method allows it, or "
                "resume from an earlier time."
            )
        return cursor


def _item_id(row: dict[str, Any]) -> int | str | None:
    """An item's id, to recognize it when it comes again; `None` if it has none."""
    item_id = row.get("id")
    return item_id if isinstance(item_id, int | str) else None


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
