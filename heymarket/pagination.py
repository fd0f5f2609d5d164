"""Pagination: the items of a list one by one, each page fetched when its first item is needed.

The service has four styles: a time before which the next page ends (in the body, or as Unix seconds in the query), and
page numbers that start at 0 or at 1. Its responses say neither how many items there are nor whether more follow: the
list ends at a page without new items. The service may return items with the same time twice; pagers yield them once.
"""

from __future__ import annotations

import json
import math
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any, Generic, Self, TypeVar, cast

from attrs import evolve, frozen
from heymarket_openapi.operation import APIResponse, Operation, Page, Paging

from heymarket.errors import InvalidRequestError, PaginationError

T = TypeVar("T")

_MAX_CURSOR_LENGTH = 64


@frozen(eq=False, repr=False)
class _BasePager(Generic[T]):
    """The common part of both pagers: a call, where to begin, and how many items to yield."""

    _sender: Any  # a Sender or an AsyncSender
    _operation: Operation[list[T]]
    _arguments: dict[str, Any]
    _cursor: str | None = None
    _max_items: int | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._operation.name})"

    def limit(self, items: int) -> Self:
        """The same list, limited to a number of items.

        Args:
            items: How many, 0 or more. The size of a page is an argument of the method, if the service has one.
        """
        if isinstance(items, bool) or not isinstance(items, int) or items < 0:
            raise InvalidRequestError("limit takes a whole number of items, 0 or more.")
        return evolve(self, max_items=items)

    def resume(self, cursor: str | None) -> Self:
        """The same list, starting at the `cursor` of a `Page`; `None` is the beginning."""
        if cursor is not None:
            if not isinstance(cursor, str) or not 0 < len(cursor) <= _MAX_CURSOR_LENGTH:
                raise InvalidRequestError("resume takes the cursor of a Page, which is a string.")
            if _is_number(self._operation.paging) and not (cursor.isascii() and cursor.isdecimal()):
                raise InvalidRequestError("resume takes the cursor of a Page, a string of digits for this list.")
        return evolve(self, cursor=cursor)


class Pager(_BasePager[T]):
    """The items of a list. Each iteration starts from the beginning; an error comes after the items before it."""

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.items

    def pages(self) -> Iterator[Page[T]]:
        """The pages, with their cursors and responses.

        Raises:
            PaginationError: The service's response doesn't say where the next page begins.
            APIError: A page could not be fetched.
        """
        walk = _PageWalk(self._operation, self._arguments, self._cursor, self._max_items)
        while walk.has_more:
            page = walk.advance(self._sender.send_raw(self._operation, self._arguments, walk.page_fields()))
            if page.items:
                yield page


class AsyncPager(_BasePager[T]):
    """The items of a list. Each iteration starts from the beginning; an error comes after the items before it."""

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.items:
                yield item

    async def pages(self) -> AsyncIterator[Page[T]]:
        """The pages, with their cursors and responses.

        Raises:
            PaginationError: The service's response doesn't say where the next page begins.
            APIError: A page could not be fetched.
        """
        walk = _PageWalk(self._operation, self._arguments, self._cursor, self._max_items)
        while walk.has_more:
            page = walk.advance(await self._sender.send_raw(self._operation, self._arguments, walk.page_fields()))
            if page.items:
                yield page


class _PageWalk(Generic[T]):
    """The state of one iteration, without any I/O: which page comes next, and which of its items are new."""

    def __init__(
        self, operation: Operation[list[T]], arguments: dict[str, Any], cursor: str | None, max_items: int | None
    ) -> None:
        assert operation.paging is not None  # noqa: S101 - only paginated operations have a pager
        self._name = operation.name
        self._paging: Paging = operation.paging
        page_size = getattr(arguments.get("body"), "limit", None)
        self._page_size = page_size if isinstance(page_size, int) else self._paging.size or math.inf
        self._remaining = max_items
        self._seen: set[Any] = set()
        self._cursor = str(self._paging.first) if cursor is None and not self._paging.source else cursor
        self._error: PaginationError | None = None
        self.has_more: bool = max_items != 0

    def page_fields(self) -> dict[str, Any]:
        """The fields of the next request that select its page.

        Raises:
            PaginationError: The page before, whose items were yielded, doesn't say where the next one begins.
        """
        if self._error is not None:
            raise self._error
        if self._cursor is None:
            return {}
        return {self._paging.name: int(self._cursor) if _is_number(self._paging) else self._cursor}

    def advance(self, response: APIResponse[list[T]]) -> Page[T]:
        """The page in a response; afterwards `has_more` and `page_fields` describe the next one."""
        rows = _rows(response.content)
        pairs = zip(response.parsed, rows, strict=True)
        new = [item for item, row in pairs if _item_id(row) is None or _item_id(row) not in self._seen]
        cursor = self._next(rows) if rows else None
        stuck = rows and cursor == self._cursor
        if stuck and len(rows) >= self._page_size:
            self._error = PaginationError(
                f"{self._name}: more items have the time {cursor} than fit on a page, so the items after them can't be "
                f"reached. Ask for larger pages if the method allows it, or resume from an earlier time."
            )
        start, self._cursor = self._cursor, cursor
        self._seen = {_item_id(row) for row in rows}
        items = new[: self._remaining]
        if self._remaining is not None:
            self._remaining -= len(items)
        self.has_more = self._remaining != 0 and (self._error is not None or (bool(new) and not stuck))
        # To resume from a page that is cut short must return the items that are cut off.
        return Page(items, cursor if len(items) == len(new) else start, response)

    def _next(self, rows: list[dict[str, Any]]) -> str | None:
        if not self._paging.source:
            return str(int(self._cursor or 0) + 1)
        value = rows[-1].get(self._paging.source)
        cursor = _unix_seconds(value) if self._paging.unit else value
        if not isinstance(cursor, str) or not cursor:
            self._error = PaginationError(
                f"{self._name}: the last item of a page has no valid {self._paging.source}, so the next page can't be "
                f"found. All items so far were returned; the last cursor was {self._cursor}."
            )
            return self._cursor
        return cursor


def _is_number(paging: Paging | None) -> bool:
    """Whether a cursor is sent as a number: of a page, or of seconds."""
    return paging is not None and (not paging.source or bool(paging.unit))


def _rows(content: bytes) -> list[dict[str, Any]]:
    """The items as the service sent them. Parsed items won't do, because parsing a time drops its last digits."""
    loaded: Any = json.loads(content)
    return [cast("dict[str, Any]", row) if isinstance(row, dict) else {} for row in loaded]


def _unix_seconds(value: object) -> str | None:
    """A time as Unix seconds, rounded up, so that items of the same second come twice instead of never."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(math.ceil(value))
        time = datetime.fromisoformat(str(value))
        return str(math.ceil((time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()))
    except (ValueError, OverflowError):
        return None


def _item_id(row: dict[str, Any]) -> int | str | None:
    """An item's id, to recognize it when it comes again; `None` if it has none."""
    item_id = row.get("id")
    return item_id if isinstance(item_id, int | str) else None
