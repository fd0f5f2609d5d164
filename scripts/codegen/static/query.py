"""The query of a request: each parameter in the style that the description says."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, cast
from urllib.parse import quote, quote_plus
from uuid import UUID

LARGEST_NUMBER = 64
"""Bits of a number. Python refuses to format numbers of thousands of digits, and no id or page is that large."""

DELIMITERS = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}
"""What is between the values of a list, or the names and values of an object, that is one parameter."""

NO_STYLES: Mapping[str, str] = {}


def encode_query(params: Mapping[str, Any], styles: Mapping[str, str] = NO_STYLES) -> str:
    """Encodes parameters. `None` is left out, and so is what is empty.

    Args:
        params: Values by the names that the service knows.
        styles: How lists and objects are sent, for some of the parameters: `form`, `spaceDelimited` or
            `pipeDelimited` (as one value), `deepObject`, `properties` (each under its own name), `json` or
            `encoded` (as it is, without the name). The values
            of other lists are sent one by one.

    Raises:
        ValueError: A value can't be sent in the style of its parameter; the message doesn't repeat it.
    """
    pairs: list[str] = []
    for name, value in params.items():
        try:
            if isinstance(value, list | tuple | dict) or name in styles:
                pairs += _encode_parts(name, cast("Any", value), styles.get(name, ""))
            elif value is not None:
                pairs.append(f"{quote_plus(name)}={quote_plus(_to_string(name, value))}")
        except UnicodeEncodeError:
            where = name if name.isprintable() else "a name"
            raise ValueError(f"{where} holds a lone surrogate. Pass proper strings.") from None
    return "&".join(pairs)


def take_headers(params: dict[str, Any], names: Iterable[str]) -> dict[str, str]:
    """Takes the values of headers, as strings, out of the parameters that a builder returns.

    Raises:
        ValueError: A value can't be sent; the message doesn't repeat it.
    """
    return {name: _to_string(name, params.pop(name)) for name in names if name in params}


def _encode_parts(name: str, value: Any, style: str) -> Iterator[str]:
    if style == "encoded":
        yield value
    elif style == "json":
        if value is not None:
            yield f"{quote_plus(name)}={quote_plus(_to_json(name, value))}"
    elif style in DELIMITERS and isinstance(value, list | tuple | dict):
        if parts := _flatten(name, cast("Any", value)):
            delimiter = DELIMITERS[style]
            if any(delimiter in part for part in parts):  # a comma inside of a value is encoded, and the others aren't
                raise ValueError(f"{name} has a value with the character that separates its values.")
            yield f"{quote_plus(name)}={delimiter.join(parts)}"
    elif isinstance(value, dict) and style:
        for key, part in cast("dict[str, Any]", value).items():
            if part is not None:
                inner = f"{name}[{key}]" if style == "deepObject" else key
                yield f"{quote_plus(inner)}={quote_plus(_to_string(name, part))}"
    else:
        for item in cast("list[Any]", value if isinstance(value, list | tuple) else [value]):
            if item is not None:
                yield f"{quote_plus(name)}={quote_plus(_to_string(name, item))}"


def _flatten(name: str, value: Any) -> list[str]:
    """The encoded values of a list, or names and values of an object."""
    if isinstance(value, dict):
        value = [part for pair in cast("dict[str, Any]", value).items() if pair[1] is not None for part in pair]
    return [quote(_to_string(name, part), safe="") for part in value if part is not None]


def _to_json(name: str, value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError):
        raise ValueError(f"{name} can't be written as JSON.") from None


def _to_string(name: str, value: Any) -> str:
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, bool):
        return "true" if value else "false"
    fits = math.isfinite(value) if isinstance(value, float) else isinstance(value, str | UUID)
    if fits or (isinstance(value, int) and value.bit_length() <= LARGEST_NUMBER):
        return str(value)
    raise ValueError(f"{name} must be a string, a number, a boolean, a UUID, None, or a list of such.")
