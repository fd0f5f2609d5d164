"""What may stand in a path: values that can't leave their segment, and whole paths for `client.request`.

Refused before anything is sent, because a value such as `..` would reach another endpoint with valid credentials,
and proxies differ in what they make of encoded ones.
"""

from __future__ import annotations

import re
from enum import Enum
from urllib.parse import quote, unquote
from uuid import UUID

from heymarket.errors import InvalidRequestError

_CONTROLS = r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]"
_UNSAFE_IN_PATH = r"[\x00-\x20\x7f-\x9f\\?#\ud800-\udfff]"
_LONGEST = 2048

LARGEST_NUMBER = 64
"""Bits. Python refuses to write out numbers of thousands of digits, and no id or page is that large."""


def path_value(name: str, value: object) -> str:
    """The text to put, percent-encoded, in place of a path parameter.

    Args:
        name: The argument's name, for the error message.
        value: A `str`, `UUID`, `int` or a member of an enum of such.

    Raises:
        InvalidRequestError: The value has another type, is empty, is `.` or `..` (also encoded), or holds a slash,
            a backslash, a control character or half a surrogate pair. The message does not repeat the value.
    """
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        if value.bit_length() > LARGEST_NUMBER:
            raise InvalidRequestError(f"{name} is a number of more than {LARGEST_NUMBER} bits, which no id has.")
        return str(value)
    if not isinstance(value, str):
        raise InvalidRequestError(f"{name} must be a str, UUID or int, not {type(value).__name__}.")
    if not value.strip():
        raise InvalidRequestError(f"{name} is empty. Every call names what it is about; pass the value.")
    if len(value) > _LONGEST:
        raise InvalidRequestError(f"{name} is longer than {_LONGEST} characters. Pass the plain value.")
    if "/" in value or "\\" in value or (not value.isprintable() and re.search(_CONTROLS, value)):
        raise InvalidRequestError(
            f"{name} holds a slash, a backslash, a control character or half a surrogate pair. "
            f"Pass the plain value; was it read from a file without stripping the newline?"
        )
    if _is_dots(value):
        raise InvalidRequestError(f"{name} is a relative path segment ('.' or '..'). Pass the plain value.")
    return value


def looks_like_uuid(text: str) -> bool:
    """Whether a text has the shape of a UUID."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def request_path(path: str) -> str:
    """A whole path as `client.request` takes it, ready to be put behind the base URL.

    Raises:
        InvalidRequestError: It does not begin with one slash, has a query, a fragment, blanks, control characters,
            a backslash, or segments that are `.`, `..` or empty.
    """
    if not isinstance(path, str) or not path.startswith("/"):
        raise InvalidRequestError("path must be a text that begins with a slash, such as '/v1/inboxes'.")
    if re.search(_UNSAFE_IN_PATH, path):
        raise InvalidRequestError(
            "path holds a query, a fragment, a blank, a backslash or a control character. "
            "Pass query parameters as params=, and percent-encode values with urllib.parse.quote(value, safe='')."
        )
    decoded = unquote(path)
    if "\\" in decoded or re.search(_CONTROLS, decoded) or decoded.count("/") != path.count("/"):
        raise InvalidRequestError("path holds an encoded slash, backslash or control character, which servers undo.")
    segments = path[1:].split("/")
    if any(_is_dots(segment) for segment in segments) or "" in segments[:-1]:
        raise InvalidRequestError("path has a segment that is empty, '.' or '..'. Pass the path of one endpoint.")
    return quote(path, safe="/%:@!$&'()*+,;=-._~")


def _is_dots(segment: str) -> bool:
    return len(segment) <= len("%2e%2e") and segment.lower().replace("%2e", ".") in {".", ".."}
