"""Validation of requests against the description, before any operation sees them.

What doesn't fit gets a 400 that names the field, as the vendor's pages say, and never shows its value.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import jsonschema_rs
from attrs import frozen

from heymarket.emulator.api import json
from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.api.schema_examples import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from heymarket.description import OperationInfo

__all__ = ["Inputs", "RequestValidator", "is_phone"]

_PHONE = re.compile(r"[1-9][0-9]{6,14}", re.ASCII)


@frozen
class Inputs:
    """What an operation is called with.

    Attributes:
        path: The values of the path's parameters; integers are `int`.
        query: Those of the query that were given, of the types that are described.
        body: The parsed body; `None` without one.
    """

    path: Mapping[str, Any]
    query: Mapping[str, Any]
    body: Any


class RequestValidator:
    """Validation of the requests for one operation.

    Args:
        operation: The operation.
        document: The description that it is in.
    """

    def __init__(self, operation: OperationInfo, document: Mapping[str, Any]) -> None:
        parameters = [resolve(one, document) for one in operation.spec.get("parameters", [])]
        self._path = {one["name"]: one["schema"] for one in parameters if one["in"] == "path"}
        self._query = {one["name"]: one for one in parameters if one["in"] == "query"}
        body = resolve(operation.spec.get("requestBody", {}), document)
        self._takes_body = bool(body)
        self._needs_body = bool(body.get("required"))
        self._schema = body.get("content", {}).get("application/json", {}).get("schema", {})
        self._rules = resolve(self._schema, document)
        self._document = document
        self._compiled: Any = None

    def read(self, path: Mapping[str, str], query: Mapping[str, str], body: bytes) -> Inputs:
        """What the request brings.

        Raises:
            APIErrorResponse: 400 if something is missing or doesn't fit, 404 for a path that can't name anything.
        """
        return Inputs(
            {name: _path_value(name, value, self._path.get(name, {})) for name, value in path.items()},
            dict(self._queried(query)),
            self._read_body(body),
        )

    def _queried(self, query: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
        for name, parameter in self._query.items():
            if name in query:
                yield name, _query_value(name, query[name], parameter["schema"])
            elif parameter.get("required"):
                raise _unfit(name, "is missing in the query")

    def _read_body(self, raw: bytes) -> Any:
        if not self._takes_body:
            return None
        if not raw.strip():
            if self._needs_body:
                raise _unfit("body", "is missing; it has to be JSON")
            return None
        body = _parsed(raw)
        for error in self._validator.iter_errors(body):
            raise _unfit(*_explained(error))
        self._choose(body)
        return body

    def _choose(self, body: Any) -> None:
        """Of some fields, at least one is required; of others, exactly one."""
        if groups := self._rules.get("x-heymarket-exactly-one"):
            given = [group for group in groups if any(name in body for name in group)]
            if len(given) != 1:
                names = ", ".join(" with ".join(group) for group in groups)
                raise _unfit("body", f"has to have exactly one of {names}, not {len(given)}")
        some = self._rules.get("x-heymarket-at-least-one", [])
        if some and not any(name in body for name in some):
            raise _unfit("body", f"has to have at least one of {', '.join(some)}")

    @property
    def _validator(self) -> Any:
        if self._compiled is None:
            schema = {**self._schema, "components": {"schemas": _find_schemas(self._schema, self._document)}}
            self._compiled = jsonschema_rs.Draft202012Validator(schema, validate_formats=True, formats=_FORMATS)
        return self._compiled


def _find_schemas(schema: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """The schemas that one refers to, directly or by others: all of them would be too many for each operation."""
    known: Mapping[str, Any] = document.get("components", {}).get("schemas", {})
    found: dict[str, Any] = {}
    waiting: list[Any] = [schema]
    while waiting:
        for name in re.findall(r"#/components/schemas/([^'/]+)", repr(waiting.pop())):
            if name in known and name not in found:
                found[name] = known[name]
                waiting.append(known[name])
    return found


def _parsed(raw: bytes) -> Any:
    try:
        return json.parse(raw)
    except ValueError:
        raise _unfit("body", "is not JSON, is nested too deep, or holds a number or a string that can't be") from None


def _path_value(name: str, value: str, schema: Mapping[str, Any]) -> Any:
    if schema.get("type") != "integer":
        return value
    if re.fullmatch(r"-?[0-9]{1,18}", value, re.ASCII):
        return int(value)
    raise APIErrorResponse(404, f"{name}: the path takes an integer here")


def _query_value(name: str, value: str, schema: Mapping[str, Any]) -> Any:
    match schema.get("type"):
        case "integer":
            if not re.fullmatch(r"-?[0-9]{1,18}", value, re.ASCII):
                raise _unfit(name, "has to be an integer")
            return int(value)
        case "boolean":
            if value not in {"true", "false"}:
                raise _unfit(name, "has to be true or false")
            return value == "true"
        case _:
            check = _FORMATS.get(schema.get("format", ""))
            if check and not check(value):
                raise _unfit(name, f"is no {_NAMES[schema['format']]}")
            return value


def _explained(error: Any) -> tuple[str, str]:
    """The field that an error is about, and what is wrong with it."""
    where = ".".join(map(_masked, error.instance_path)) or "body"
    match type(error.kind).__name__.rpartition("_")[2]:
        case "Required":
            missing = error.kind.property
            return (f"{where}.{missing}" if error.instance_path else missing), "is missing"
        case "Type":
            return where, f"has to be of type {', '.join(error.kind.types)}"
        case "Format":
            return where, f"is no {_NAMES.get(error.kind.format, error.kind.format)}"
        case other:
            return where, f"doesn't fit its description ({other})"


def _masked(step: str | int) -> str:
    """A step on the way to a field, which may be a key that the caller chose, such as a phone number."""
    text = re.sub(r"[0-9]{5,}", "...", str(step))
    return ascii(text)[1:-1][:60]


def _unfit(what: str, why: str) -> APIErrorResponse:
    return APIErrorResponse(400, f"{what}: {what} {why}" if what == "body" else f"bad_data: {what} {why}")


def is_phone(value: str) -> bool:
    """Whether a string is a phone number as the API has them: digits with the country code, without plus."""
    return _PHONE.fullmatch(value) is not None


def _is_quarter_hour(value: str) -> bool:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return False
    return moment.tzinfo is not None and not (moment.minute % 15 or moment.second or moment.microsecond)


_FORMATS: dict[str, Callable[[str], bool]] = {"phone": is_phone, "quarter-hour": _is_quarter_hour}
_NAMES = {
    "phone": "phone number (digits with the country code, without plus)",
    "quarter-hour": "time on a quarter hour with a time zone (RFC 3339)",
    "date-time": "time with a time zone (RFC 3339)",
    "email": "email address",
    "uri": "URL",
    "uuid": "UUID",
}
