"""Validation of path parameters, and of whole paths for `client.request`.

Unsafe values are refused before anything is sent: a value such as `..` would reach another endpoint with valid
credentials, and proxies decode encoded values in different ways.
"""

from __future__ import annotations

import re
from enum import Enum
from urllib.parse import quote, unquote
from uuid import UUID

from heymarket_openapi.query import LARGEST_NUMBER

from heymarket.errors import InvalidRequestError

_CONTROLS = r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]"
_UNSAFE_IN_PATH = r"[\x00-\x20\x7f-\x9f\\?#\ud800-\udfff]"
_UUID = r"(?i)[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}"


def path_value(name: str, value: object) -> str:
    """The string that replaces a path parameter, once it is percent-encoded.

    Args:
        name: The argument's name, for the error message.
        value: A `str`, `UUID` or `int`, or a member of an enum of these.

    Raises:
        InvalidRequestError: The value has another type, is empty, is `.` or `..` (also encoded), or holds a slash,
            a backslash, a control character or a lone surrogate. The message does not repeat the value.
    """
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        if value.bit_length() > LARGEST_NUMBER:
            raise InvalidRequestError(f"{name} is a number of more than {LARGEST_NUMBER} bits. No id is that large.")
        return str(value)
    if not isinstance(value, str):
        raise InvalidRequestError(f"{name} must be a str, UUID or int, not {type(value).__name__}.")
    if not value.strip():
        raise InvalidRequestError(f"{name} is empty. Pass the value.")
    if len(value) > 2048:
        raise InvalidRequestError(f"{name} is longer than 2048 characters. Pass the plain value.")
    if "/" in value or "\\" in value or (not value.isprintable() and re.search(_CONTROLS, value)):
        raise InvalidRequestError(
            f"{name} holds a slash, a backslash, a control character or a lone surrogate. "
            f"Pass the plain value; was it read from a file without stripping the newline?"
        )
    if _is_dots(value):
        raise InvalidRequestError(f"{name} is a relative path segment ('.' or '..'). Pass the plain value.")
    return value


def looks_like_uuid(value: str) -> bool:
    """Whether a string has the format of a UUID."""
    return bool(re.fullmatch(_UUID, value))


def request_path(path: str) -> str:
    """A whole path of `client.request`, ready to be appended to the base URL.

    Raises:
        InvalidRequestError: It does not begin with one slash, has a query, a fragment, spaces, control characters,
            a backslash, or segments that are `.`, `..` or empty.
    """
    if not isinstance(path, str) or not path.startswith("/"):
        raise InvalidRequestError("path must be a string that begins with a slash, such as '/v1/inboxes'.")
    if re.search(_UNSAFE_IN_PATH, path):
        raise InvalidRequestError(
            "path holds a query, a fragment, a space, a backslash or a control character. "
            "Pass query parameters as params=, and percent-encode values with urllib.parse.quote(value, safe='')."
        )
    decoded = unquote(path)
    if "\\" in decoded or re.search(_CONTROLS, decoded) or decoded.count("/") != path.count("/"):
        raise InvalidRequestError("path holds an encoded slash, backslash or control character, which servers decode.")
    segments = path[1:].split("/")
    if any(_is_dots(segment) for segment in segments) or "" in segments[:-1]:
        raise InvalidRequestError("path has a segment that is empty, '.' or '..'. Pass the path of one endpoint.")
    return quote(path, safe="/%:@!$&'()*+,;=-._~")


def mask_path(path: str) -> str:
    """A path without what may be a value: only words in lower case and versions are kept."""
    return re.sub(r"(?<=/)(?!(?:v[0-9]|[a-z_-]{1,32})(?:/|$))[^/]+", "...", path)


def _is_dots(segment: str) -> bool:
    return len(segment) <= len("%2e%2e") and segment.lower().replace("%2e", ".") in {".", ".."}
