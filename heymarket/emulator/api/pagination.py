"""Pagination: which page of a list a request asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.clock import format_timestamp

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["parse_cursor", "parse_limit", "parse_offset"]

_LARGEST = 2**62
"""More than any list has, and no more than SQLite takes."""


def parse_cursor(given: Mapping[str, Any], name: str) -> str | None:
    """The time that a page begins at, in the form of `format_timestamp`; `None` where none is given.

    Args:
        given: The body or the query.
        name: The field: a time in RFC 3339, or in Unix seconds.

    Raises:
        APIErrorResponse: 400, there is no such time.
    """
    if name not in given:
        return None
    try:
        return format_timestamp(given[name])
    except (ValueError, OverflowError):
        raise APIErrorResponse(400, f"bad_data: {name} is no time that there can be") from None


def parse_limit(given: Mapping[str, Any], default: int = 30) -> int:
    """How many records a page has.

    Args:
        given: The body, with or without a `limit`.
        default: How many without one.

    Raises:
        APIErrorResponse: 400, it is less than one.
    """
    limit: int = given.get("limit", default)
    if limit < 1:
        raise APIErrorResponse(400, "bad_data: limit has to be 1 or more")
    return int(min(limit, _LARGEST))


def parse_offset(given: Mapping[str, Any], limit: int, *, first: int) -> int:
    """How many records are before a page that is asked for by number.

    Args:
        given: The body, with or without a `page`.
        limit: The size of a page.
        first: The number of the first page.

    Raises:
        APIErrorResponse: 400, the number is less than that.
    """
    page: int = given.get("page", first)
    if page < first:
        raise APIErrorResponse(400, f"bad_data: page has to be {first} or more")
    return int(min((page - first) * limit, _LARGEST))
