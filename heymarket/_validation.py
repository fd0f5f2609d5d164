"""What is checked, and put right, of a request before it is sent: one mechanism for what the description marks.

A text message that goes to the wrong number can't be taken back, and one that the service refuses costs a request. So
phone numbers, times and the choice of a target are checked here, on the wire form of the request. Messages name the
member and say what to do; they never repeat a value.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from heymarket.errors import InvalidRequestError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from heymarket_openapi.operation import ValidationRules

_SEPARATORS = r"[\s().\-/]"
_AHEAD = timedelta(minutes=15)
_RESERVED_HEADERS = frozenset({
    "accept-encoding", "authorization", "connection", "content-length", "content-type", "cookie", "expect", "host",
    "keep-alive", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade",
})  # fmt: skip


def validate(rules: ValidationRules, body: Any, params: dict[str, Any], now: float) -> Any:
    """Check a request, and write its phone numbers as the service wants them.

    Args:
        rules: What is to be checked.
        body: The JSON body; what of it is the caller's stays as it is.
        params: The query; changed in place.
        now: Seconds since the epoch.

    Returns:
        The body to send.

    Raises:
        InvalidRequestError: Something can't be right. The message names it and says what to do.
    """
    body = _copied(body)
    if rules.exactly_one:
        _choose(rules.exactly_one, body)
    if rules.at_least_one and not any(_given(body, name) for name in rules.at_least_one):
        raise InvalidRequestError(f"Give at least one of {_listed(rules.at_least_one)}.")
    for place, most in rules.at_most.items():
        _each(body, params, place, partial(_short, _argument(place), most))
    for place, form in rules.formats.items():
        if form == "channel-value":
            owner, _, member = place.rpartition(".")
            check = partial(_channel, place, member)
            if owner:
                _each(body, params, owner, check)
            else:
                check(body)
        else:
            _each(body, params, place, partial(_FORMS[form], _argument(place), now))
    return body


def phone(place: str, _: float, value: object) -> object:
    """A phone number as the service wants it: E.164 digits without plus.

    A number with a plus may be written in any usual way. Without one it has to begin with its country code, which
    only shows in numbers of 11 digits and more.

    Raises:
        InvalidRequestError: It is no phone number, or could be that of another country.
    """
    if value is None:
        return None
    if not isinstance(value, str):
        raise InvalidRequestError(f"{place} is not a text. Write phone numbers as texts, as in '+1 415 555 0100'.")
    if re.search(r"\(\s*0\s*\)", value):
        raise InvalidRequestError(f"{place} has a (0), which is not dialled from abroad. Leave it out.")
    digits = re.sub(_SEPARATORS, "", value)
    international = digits.startswith("+")
    digits = digits.removeprefix("+")
    if not re.fullmatch(r"[0-9]+", digits, re.ASCII):
        raise InvalidRequestError(f"{place} is not a phone number. Write it with a plus and its country code.")
    if digits.startswith("0") or len(digits) > 15 or len(digits) < 7:
        raise InvalidRequestError(
            f"{place} is not an international phone number: those have 7 to 15 digits and begin with a country code, "
            f"not with 0. Write it with a plus, as in +1 415 555 0100."
        )
    if not international and len(digits) < 11:
        raise InvalidRequestError(
            f"{place} could be a number of several countries: without a plus it is short for one with a country code. "
            f"Write it with both, as in +1 415 555 0100."
        )
    return digits


def _channel(place: str, member: str, channel: Any) -> Any:
    """A channel whose value is a phone number, if its type says so."""
    if isinstance(channel, dict) and cast("dict[str, Any]", channel).get("channel_type") == "phone":
        _each(channel, {}, member, partial(phone, _argument(place), 0.0))
    return channel  # pyright: ignore[reportUnknownVariableType] - any JSON


def _aware(place: str, _: float, value: object) -> object:
    if isinstance(value, str) and _moment(place, value).tzinfo is None:
        raise InvalidRequestError(f"{place} has no time zone. Pass an aware datetime, such as one with tzinfo=UTC.")
    return value


def _quarter_hour(place: str, now: float, value: object) -> object:
    if not isinstance(value, str):
        return value
    _aware(place, now, value)
    moment = _moment(place, value)
    if moment.minute % 15 or moment.second or moment.microsecond:
        raise InvalidRequestError(f"{place} is not on a quarter hour (:00, :15, :30, :45), which Heymarket asks for.")
    if moment < datetime.fromtimestamp(now, UTC) + _AHEAD:
        raise InvalidRequestError(f"{place} is less than 15 minutes ahead, which Heymarket asks for.")
    return value


_FORMS: dict[str, Callable[[str, float, object], object]] = {
    "phone": phone,
    "date-time": _aware,
    "quarter-hour": _quarter_hour,
}


def _moment(place: str, value: str) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        pass  # raised below, without the value
    raise InvalidRequestError(f"{place} is not a time. Pass a datetime with a time zone.")


def _copied(value: Any) -> Any:
    """Containers anew, tuples as the lists that they are in JSON; everything else as it is."""
    if isinstance(value, dict):
        return {name: _copied(member) for name, member in cast("dict[str, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [_copied(item) for item in cast("list[Any]", value)]
    return value


def _short(place: str, most: int, value: Any) -> Any:
    if value is None:
        return None
    count = len(_list(place, value))
    if count > most:
        raise InvalidRequestError(f"{place} has {count} items, and at most {most} are allowed.")
    return value


def _list(place: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise InvalidRequestError(f"{place} has to be a list.")
    return value  # pyright: ignore[reportUnknownVariableType] - any JSON


def _choose(groups: tuple[tuple[str, ...], ...], body: Any) -> None:
    given = [group for group in groups if any(_given(body, name) for name in group)]
    if len(given) != 1:
        choices = _listed(tuple(" with ".join(group) for group in groups))
        got = " and ".join(name for group in given for name in group if _given(body, name)) or "none"
        raise InvalidRequestError(f"Give exactly one of {choices}. Given: {got}.")


def _given(body: Any, name: str) -> bool:
    return isinstance(body, dict) and cast("dict[str, Any]", body).get(name) not in (None, "", [])


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _argument(place: str) -> str:
    """A place as the caller wrote it: `phone_number` for `?phoneNumber`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", place.removeprefix("?")).lower().removeprefix("[].")


def _each(body: Any, params: dict[str, Any], place: str, check: Callable[[object], object]) -> None:
    """Replace every value at a place by what the check makes of it."""
    if place.startswith("?"):
        _at(params, [place[1:]], check, place)
    else:
        _at(body, re.findall(r"\[\]|[^.\[\]]+", place), check, place)


def _at(node: Any, steps: list[str], check: Callable[[Any], Any], place: str) -> None:
    step, *rest = steps
    for key in _keys(node, step, place):
        if rest:
            _at(node[key], rest, check, place)
        else:
            node[key] = check(node[key])


def _keys(node: object, step: str, place: str) -> Iterable[Any]:
    """Where a step leads: to all items of a list, to a member of an object, or nowhere."""
    if step == "[]":
        return () if node is None else range(len(_list(_argument(place.partition("[]")[0]) or "The body", node)))
    return (step,) if isinstance(node, dict) and step in node else ()


def validate_headers(extra: Mapping[str, str]) -> None:
    """Refuse extra headers that can't be sent.

    Raises:
        InvalidRequestError: A name or value has characters that headers can't have, or the name is one that this
            package sets itself.
    """
    if not hasattr(extra, "items"):
        raise InvalidRequestError("extra_headers must be a mapping of names to values.")
    for name, value in extra.items():
        if not isinstance(name, str) or not isinstance(value, str):
            raise InvalidRequestError("extra_headers must map strings to strings.")
        if not name.isascii() or not name.replace("-", "").replace("_", "").isalnum():
            raise InvalidRequestError("extra_headers has a name that no header can have.")
        if name.lower() in _RESERVED_HEADERS:
            raise InvalidRequestError(f"extra_headers can't set {name}: the client or the connection does.")
        if not value.isascii() or not value.isprintable() or value != value.strip():
            raise InvalidRequestError(
                f"extra_headers: the value of {name} must be printable ASCII without spaces around it."
            )
