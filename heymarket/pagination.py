"""Pagination: the items of a list one by one, each page fetched when its first item is needed.

The service has four styles: a time before which the next page ends (in the body, or as Unix seconds in the query), and
page numbers that start at 0 or at 1. Its responses say neither how many items there are nor whether more follow: the
list ends at a page without new items. The service may return items with the same time twice; pagers yield them once.
A description may also have offsets, ids as cursors, and responses that say themselves where the next page begins.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, Generic, Self, TypeVar

from attrs import evolve, frozen
from heymarket_openapi.operation import Operation, Page
from heymarket_openapi.paging import QUERY, TOLD, Iterated, PageWalk, is_number

from heymarket.errors import InvalidRequestError, PaginationError

T = TypeVar("T")

_MAX_CURSOR_LENGTH = 64
_MAX_TOLD_CURSOR_LENGTH = 8192


@frozen(eq=False, repr=False)
class _BasePager(Iterated, Generic[T]):
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
            longest = _MAX_TOLD_CURSOR_LENGTH if kind in TOLD else _MAX_CURSOR_LENGTH
            is_fit = isinstance(cursor, str) and 0 < len(cursor) <= longest
            if not is_fit or (kind == "link" and not QUERY.fullmatch(cursor)):
                raise InvalidRequestError("resume takes the cursor of a Page, which is a string.")
            if is_number(self._operation.paging) and not (cursor.isascii() and cursor.isdecimal()):
                raise InvalidRequestError("resume takes the cursor of a Page, a string of digits for this list.")
        return evolve(self, cursor=cursor)

    def _begin(self) -> PageWalk[T]:
        return PageWalk(self._operation, self._arguments, self._cursor, self._max_items)

    def _find_page(self, walk: PageWalk[T]) -> dict[str, Any]:
        """The fields of the next request that select its page. The items before it were yielded."""
        if walk.problem:
            raise PaginationError(f"{self._operation.name}: {walk.problem}")
        return walk.page_fields


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
        walk = self._begin()
        while walk.has_more:
            page = walk.advance(self._sender.send_raw(self._operation, self._arguments, self._find_page(walk)))
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
        walk = self._begin()
        while walk.has_more:
            page = walk.advance(await self._sender.send_raw(self._operation, self._arguments, self._find_page(walk)))
            if page.items:
                yield page
