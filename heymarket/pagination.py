"""Lists that come in pages: items one after the other, each page fetched when its first item is asked for.

The service has four styles: a time that the next page ends before (in the body, or as Unix seconds in the query), and
page numbers from 0 or from 1. It says neither how many there are nor whether there is more: a page without items, or
without any that are new, is the end. Items that share a time may come twice; they are given once.
"""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from attrs import evolve, frozen
from heymarket_openapi.operation import Page

from heymarket.errors import InvalidRequestError, PaginationError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from typing import Self

    from heymarket_openapi.operation import APIResponse, Operation, Paging

T = TypeVar("T")

_LONGEST_CURSOR = 64


@frozen(eq=False, repr=False)
class _List(Generic[T]):
    """What both pagers are: a call, where to begin, and how many items are wanted."""

    _sender: Any  # a Sender or an AsyncSender
    _operation: Operation[list[T]]
    _arguments: dict[str, Any]
    _cursor: str | None = None
    _most: int | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._operation.name})"

    def limit(self, items: int) -> Self:
        """The same list, ended after so many items.

        Args:
            items: How many, 0 or more. The size of a page is an argument of the method, where it can be chosen.
        """
        if isinstance(items, bool) or not isinstance(items, int) or items < 0:
            raise InvalidRequestError("limit takes a whole number of items, 0 or more.")
        return evolve(self, most=items)

    def resume(self, cursor: str | None) -> Self:
        """The same list, from the `cursor` of a `Page` on; `None` is the beginning."""
        paging = self._operation.paging
        counts = paging is not None and (not paging.source or paging.unit)
        if cursor is None:
            return evolve(self, cursor=None)
        if not isinstance(cursor, str) or not 0 < len(cursor) <= _LONGEST_CURSOR:
            raise InvalidRequestError("resume takes the cursor of a Page, which is a text.")
        if counts and not (cursor.isascii() and cursor.isdecimal()):
            raise InvalidRequestError("resume takes the cursor of a Page, which is a whole number here.")
        return evolve(self, cursor=cursor)


class Pager(_List[T]):
    """The items of a list. Every iteration begins anew; an error ends it, after the items before it."""

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.items

    def pages(self) -> Iterator[Page[T]]:
        """The pages, with their cursors and responses.

        Raises:
            PaginationError: The next page can't be told from the one before.
            APIError: A page could not be had.
        """
        trail = Trail(self._operation, self._arguments, self._cursor, self._most)
        while trail.goes_on:
            page = trail.turn(self._sender.send_raw(self._operation, self._arguments, trail.place()))
            if page.items:
                yield page


class AsyncPager(_List[T]):
    """The items of a list. Every iteration begins anew; an error ends it, after the items before it."""

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.items:
                yield item

    async def pages(self) -> AsyncIterator[Page[T]]:
        """The pages, with their cursors and responses.

        Raises:
            PaginationError: The next page can't be told from the one before.
            APIError: A page could not be had.
        """
        trail = Trail(self._operation, self._arguments, self._cursor, self._most)
        while trail.goes_on:
            page = trail.turn(await self._sender.send_raw(self._operation, self._arguments, trail.place()))
            if page.items:
                yield page


class Trail(Generic[T]):
    """From page to page, without any I/O: where to look next, and what of it is new."""

    def __init__(
        self, operation: Operation[list[T]], arguments: dict[str, Any], cursor: str | None, most: int | None
    ) -> None:
        assert operation.paging is not None  # noqa: S101 - only such operations have a pager
        self._name = operation.name
        self._paging: Paging = operation.paging
        chosen = getattr(arguments.get("body"), "limit", None)
        self._full = chosen if isinstance(chosen, int) else self._paging.size or math.inf
        self._left = most
        self._seen: set[Any] = set()
        self._numbered = not self._paging.source
        self._cursor = str(self._paging.first) if self._numbered and cursor is None else cursor
        self._trouble: PaginationError | None = None
        self.goes_on: bool = most != 0

    def place(self) -> dict[str, Any]:
        """The members of the request that say which page is wanted.

        Raises:
            PaginationError: That can't be told from the page before, whose items were given.
        """
        if self._trouble is not None:
            raise self._trouble
        if self._cursor is None:
            return {}
        counts = self._numbered or self._paging.unit
        return {self._paging.name: int(self._cursor) if counts else self._cursor}

    def turn(self, response: APIResponse[list[T]]) -> Page[T]:
        """The page that an answer brought; afterwards `goes_on` and `place` are about the next one."""
        rows = _rows(response.content)
        pairs = zip(response.parsed, rows, strict=True)
        new = [item for item, row in pairs if _id(row) is None or _id(row) not in self._seen]
        cursor = self._next(rows) if rows else None
        stuck = rows and cursor == self._cursor
        if stuck and len(rows) >= self._full:
            self._trouble = PaginationError(
                f"{self._name}: more items share the time {cursor} than a page holds, so that those behind can't be "
                f"reached. Ask for larger pages if that is possible, or resume from an earlier time."
            )
        began, self._cursor = self._cursor, cursor
        self._seen = {_id(row) for row in rows}
        self.goes_on = self._trouble is not None or (bool(new) and not stuck)
        if self._left is not None:
            if len(new) > self._left:  # whoever resumes from here has to get what is cut off
                new = new[: self._left]
                cursor = began
            self._left -= len(new)
            self.goes_on = self.goes_on and self._left > 0
        return Page(new, cursor, response)

    def _next(self, rows: list[dict[str, Any]]) -> str | None:
        if self._numbered:
            return str(int(self._cursor or 0) + 1)
        value = rows[-1].get(self._paging.source)
        moment = _moment(value) if self._paging.unit else value
        if not isinstance(moment, str) or not moment:
            self._trouble = PaginationError(
                f"{self._name}: the last item of a page has no usable {self._paging.source} to find the next page by. "
                f"The items so far were given; the last cursor was {self._cursor}."
            )
            return self._cursor
        return moment


def _rows(content: bytes) -> list[dict[str, Any]]:
    """The items as they came. Parsed ones won't do: a time that is read loses its last digits."""
    loaded: Any = json.loads(content)
    return [cast("dict[str, Any]", row) if isinstance(row, dict) else {} for row in loaded]


def _moment(value: object) -> str | None:
    """A time as Unix seconds, rounded up: what shares its second comes once more, instead of never."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(math.ceil(value))
        moment = datetime.fromisoformat(str(value))
        return str(math.ceil((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()))
    except (ValueError, OverflowError):
        return None


def _id(row: dict[str, Any]) -> int | str | None:
    """An item's id, if it has one to know it again by."""
    found = row.get("id")
    return found if isinstance(found, int | str) else None
