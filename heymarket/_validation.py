"""Validation of requests before they are sent, as the description's extensions ask for it.

A text message to the wrong number can't be taken back, and a request that the service refuses still counts. So phone
numbers, times and the choice of a target are checked here, in the JSON body and the query. Messages name the field and
say what to do; they never repeat a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from heymarket_openapi.operation import ValidationRules

from heymarket.errors import InvalidRequestError

_SEPARATORS = r"[\s().\-/]"
_MIN_AHEAD = timedelta(minutes=15)
_RESERVED_HEADERS = frozenset({
    "accept-encoding", "authorization", "connection", "content-length", "content-type", "cookie", "expect", "host",
    "keep-alive", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade",
})  # fmt: skip


def validate(rules: ValidationRules, body: Any, params: dict[str, Any], now: float) -> Any:
    """Check a request, and write its phone numbers in the service's format.

    Args:
        rules: What to check.
        body: The JSON body; the caller's objects are not changed.
        params: The query; changed in place.
        now: Seconds since the epoch.

    Returns:
        The body to send.

    Raises:
        InvalidRequestError: A field is invalid. The message names it and says what to do.
    """
    body = _copy(body)
    given = {name for name, value in _fields(body).items() if value not in (None, "", [])}
    groups = [group for group in rules.exactly_one if given.intersection(group)]
    if rules.exactly_one and len(groups) != 1:
        choices = _join(tuple(" with ".join(group) for group in rules.exactly_one))
        got = " and ".join(name for group in groups for name in group if name in given) or "none"
        raise InvalidRequestError(f"Give exactly one of {choices}. Given: {got}.")
    if rules.at_least_one and not given.intersection(rules.at_least_one):
        raise InvalidRequestError(f"Give at least one of {_join(rules.at_least_one)}.")
    for path, maximum in rules.at_most.items():
        name = _argument_name(path)
        for holder, key, _ in _find(path, body, params):
            count = len(_items(name, holder[key]))
            if count > maximum:
                raise InvalidRequestError(f"{name} has {count} items, and at most {maximum} are allowed.")
    for path, format_name in rules.formats.items():
        name, check = _argument_name(path), _FORMAT_CHECKS[format_name]
        for holder, key, fields in _find(path, body, params):
            holder[key] = check(name, holder[key], fields, now)
    return body


def normalize_phone(phone: str, name: str = "phone") -> str:
    """A phone number in the service's format, in which messages and events name it: E.164 digits without plus.

        normalize_phone("+1 (555) 555-0100")  # "15555550100"

    A number with a plus may contain spaces, hyphens, dots, slashes and parentheses. So may a number without one, but it
    must begin with its country code, which only numbers of 11 or more digits are sure to do. The methods of the client
    accept and send the same; use this for keys of your own, such as those of a table.

    Args:
        phone: The number.
        name: What to call it in an error.

    Raises:
        InvalidRequestError: It is not a phone number, or could belong to several countries.
    """
    if not isinstance(phone, str):
        raise InvalidRequestError(f"{name} is not a string. Write phone numbers as strings, such as '+1 415 555 0100'.")
    if re.search(r"\(\s*0\s*\)", phone):
        raise InvalidRequestError(f"{name} contains (0), which is not part of an international number. Leave it out.")
    digits = re.sub(_SEPARATORS, "", phone)
    international, digits = digits.startswith("+"), digits.removeprefix("+")
    if not re.fullmatch(r"[0-9]+", digits, re.ASCII):
        raise InvalidRequestError(f"{name} is not a phone number. Write it with a plus and its country code.")
    if digits.startswith("0") or len(digits) > 15 or len(digits) < 7:
        raise InvalidRequestError(
            f"{name} is not an international phone number, which has 7 to 15 digits and begins with a country code, "
            f"not with 0. Write it with a plus, such as +1 415 555 0100."
        )
    if not international and len(digits) < 11:
        raise InvalidRequestError(
            f"{name} has no plus and fewer than 11 digits, so its country is unclear. Write a plus: +1 415 555 0100."
        )
    return digits


def _check_phone(name: str, value: object, *_: object) -> object:
    return None if value is None else normalize_phone(cast("str", value), name)


def _check_channel(name: str, value: object, fields: dict[str, Any], _: float) -> object:
    """Normalize the value of a channel whose type is `phone`."""
    return _check_phone(name, value) if fields.get("channel_type") == "phone" else value


def _check_time(name: str, value: object, *_: object) -> object:
    if isinstance(value, str):
        _parse_time(name, value)
    return value


def _check_quarter_hour(name: str, value: object, _: object, now: float) -> object:
    if isinstance(value, str):
        time = _parse_time(name, value)
        if time.minute % 15 or time.second or time.microsecond:
            raise InvalidRequestError(f"{name} is not on a quarter hour. Heymarket only accepts :00, :15, :30 and :45.")
        if time < datetime.fromtimestamp(now, UTC) + _MIN_AHEAD:
            raise InvalidRequestError(f"{name} is less than 15 minutes ahead. Heymarket only accepts later times.")
    return value


_FORMAT_CHECKS: dict[str, Callable[[str, object, dict[str, Any], float], object]] = {
    "phone": _check_phone,
    "channel-value": _check_channel,
    "date-time": _check_time,
    "quarter-hour": _check_quarter_hour,
}


def _parse_time(name: str, value: str) -> datetime:
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        raise InvalidRequestError(f"{name} is not a time. Pass a datetime with a time zone.") from None
    if time.tzinfo is None:
        raise InvalidRequestError(f"{name} has no time zone. Pass an aware datetime, such as one with tzinfo=UTC.")
    return time


def _copy(value: Any) -> Any:
    """A copy of the containers, with lists in place of tuples."""
    if isinstance(value, dict):
        return {name: _copy(item) for name, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [_copy(item) for item in cast("list[Any]", value)]
    return value


def _items(name: str, value: Any) -> list[Any]:
    items: list[Any] = [] if value is None else value
    if not isinstance(items, list):
        raise InvalidRequestError(f"{name} must be a list.")
    return items


def _join(names: tuple[str, ...]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _argument_name(path: str) -> str:
    """The name of the caller's argument: `phone_number` for `?phoneNumber`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", path.removeprefix("?")).lower().removeprefix("[].") or "The body"


def _find(path: str, body: Any, params: dict[str, Any]) -> list[tuple[Any, Any, dict[str, Any]]]:
    """The places that a path names, such as `targets[].phone` or, in the query, `?phoneNumber`.

    A place is a container, an index or a key of it, and the nearest object around it.
    """
    list_name, name = _argument_name(path.partition("[]")[0]), path.removeprefix("?")
    steps = re.findall(r"\[\]|[^.\[\]]+", path)
    if path.startswith("?"):  # a name in the query may hold brackets and dots of its own
        first = max(filter(name.startswith, params), key=len, default=name)
        steps = [first, *re.findall(r"\[\]|[^.\[\]]+", name[len(first) :])]
    places: list[tuple[Any, Any, dict[str, Any]]] = [([params if path.startswith("?") else body], 0, {})]
    for step in steps:
        values = [(holder[key], fields) for holder, key, fields in places]
        if step == "[]":
            places = [(value, n, fields) for value, fields in values for n in range(len(_items(list_name, value)))]
        else:
            objects = [_fields(value) for value, _ in values]
            places = [(fields, step, fields) for fields in objects if step in fields]
    return places


def _fields(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def validate_headers(extra: Mapping[str, str], what: str = "extra_headers") -> None:
    """Refuse headers that can't be sent.

    Args:
        extra: The headers.
        what: What has them, for messages.

    Raises:
        InvalidRequestError: A name or a value has characters that headers can't have, or this package sets the header
            itself.
    """
    if not hasattr(extra, "items"):
        raise InvalidRequestError(f"{what} must be a mapping of names to values.")
    for name, value in extra.items():
        if not isinstance(name, str) or not isinstance(value, str):
            raise InvalidRequestError(f"{what} must map strings to strings.")
        if not name.isascii() or not name.replace("-", "").replace("_", "").isalnum():
            raise InvalidRequestError(f"{what} has a name with characters that header names can't have.")
        if name.lower() in _RESERVED_HEADERS:
            raise InvalidRequestError(f"{what} can't set {name}: the client or the connection sets it.")
        if not value.isascii() or not value.isprintable() or value != value.strip():
            raise InvalidRequestError(f"{what}: the value of {name} must be printable ASCII without spaces around it.")
