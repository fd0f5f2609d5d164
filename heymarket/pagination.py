"""Pagination: the items of a list one by one, each page fetched when its first item is needed.

The service has four styles: a time before which the next page ends (in the body, or as Unix seconds in the query), and
page numbers that start at 0 or at 1. Its responses say neither how many items there are nor whether more follow: the
list ends at a page without new items. The service may return items with the same time twice; pagers yield them once.
A description may also have offsets, ids as cursors, and responses that say themselves where the next page begins.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from attrs import evolve, frozen
from heymarket_openapi.operation import Page
from heymarket_openapi.paging import QUERY, find_items, is_number, next_cursor

from heymarket.errors import InvalidRequestError, PaginationError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from typing import Self

    from heymarket_openapi.operation import APIResponse, Operation, Paging

T = TypeVar("T")

_MAX_CURSOR_LENGTH = 64
_MAX_TOLD_CURSOR_LENGTH = 8192
_TOLD = {"next", "link"}  # kinds of paging whose responses say whether more follows


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
            kind = self._operation.paging.kind if self._operation.paging else ""
            longest = _MAX_TOLD_CURSOR_LENGTH if kind in _TOLD else _MAX_CURSOR_LENGTH
            is_fit = isinstance(cursor, str) and 0 < len(cursor) <= longest
            if not is_fit or (kind == "link" and not QUERY.fullmatch(cursor)):
                raise InvalidRequestError("resume takes the cursor of a Page, which is a string.")
            if is_number(self._operation.paging) and not (cursor.isascii() and cursor.isdecimal()):
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
        is_counted = self._paging.kind in {"page", "offset"}
        self._cursor = str(self._paging.first) if cursor is None and is_counted else cursor
        self._cursors = {self._cursor}
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
        return {self._paging.name: int(self._cursor) if is_number(self._paging) else self._cursor}

    def advance(self, response: APIResponse[list[T]]) -> Page[T]:
        """The page in a response; afterwards `has_more` and `page_fields` describe the next one."""
        # Parsed items won't do, because parsing a time drops its last digits.
        body: Any = json.loads(response.content)
        rows = [
            cast("dict[str, Any]", row) if isinstance(row, dict) else {} for row in find_items(body, self._paging.items)
        ]
        pairs = zip(response.parsed, rows, strict=True)
        new = [item for item, row in pairs if _item_id(row) is None or _item_id(row) not in self._seen]
        is_told = self._paging.kind in _TOLD
        start = cursor = self._cursor
        try:
            link = response.headers.get("link", "")
            cursor = next_cursor(self._paging, body, link, rows, start) if rows or is_told else None
        except ValueError as error:
            self._error = PaginationError(
                f"{self._name}: {error}, so the next page can't be found. All items so far were returned; the last "
                f"cursor was {start}."
            )
        stuck = bool(rows) and cursor == start
        if self._error is None and is_told and cursor is not None and cursor in self._cursors:
            self._error = PaginationError(
                f"{self._name}: the service says that the next page begins where an earlier one did, so the list would "
                "never end. All items so far were returned."
            )
        elif self._error is None and not is_told and stuck and len(rows) >= self._page_size:
            self._error = PaginationError(
                f"{self._name}: more items have the {'id' if self._paging.unit == 'integer' else 'time'} {cursor} "
                "than fit on a page, so the items after them can't be reached. Ask for larger pages if the method "
                "allows it, or resume from an earlier time."
            )
        self._cursors |= {cursor} if is_told else set()
        self._cursor = cursor
        self._seen = {_item_id(row) for row in rows}
        items = new[: self._remaining]
        if self._remaining is not None:
            self._remaining -= len(items)
        goes_on = cursor is not None if is_told else bool(new) and not stuck
        self.has_more = self._remaining != 0 and (self._error is not None or goes_on)
        # To resume from a page that is cut short must return the items that are cut off.
        return Page(items, start if len(items) < len(new) or (is_told and cursor is None) else cursor, response)


def _item_id(row: dict[str, Any]) -> int | str | None:
    """An item's id, to recognize it when it comes again; `None` if it has none."""
    item_id = row.get("id")
    return item_id if isinstance(item_id, int | str) else None
