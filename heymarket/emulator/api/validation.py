"""Validation of requests against the description, before any operation sees them.

What doesn't fit gets a 400 that names the field, as the vendor's pages say, and never shows its value.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import jsonschema_rs
from attrs import frozen

from heymarket.emulator.api import json
from heymarket.emulator.api.absence import BodyFields, is_absent_in_query, masked
from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.api.schema_examples import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from heymarket.description import OperationInfo

__all__ = ["Inputs", "RequestValidator", "is_phone"]

_MANY_VALUES = 500_000
_PHONE = re.compile(r"[1-9][0-9]{6,14}", re.ASCII)


@frozen
class Inputs:
    """What an operation is called with.

    Attributes:
        path: The values of the path's parameters; integers are `int`.
        query: Those of the query that were given, of the types that are described.
        body: The parsed body; `None` without one.
        passed: What was let pass: a line for each field that counts as not given, or may be missing.
    """

    path: Mapping[str, Any]
    query: Mapping[str, Any]
    body: Any
    passed: tuple[str, ...] = ()


class RequestValidator:
    """Validation of the requests for one operation.

    Args:
        operation: The operation.
        document: The description that it is in.
        optional: Fields of query and body that may be missing, although the description requires them.
        strict: Whether nothing is let pass: an empty value is a value, and what is required is required.
    """

    def __init__(
        self,
        operation: OperationInfo,
        document: Mapping[str, Any],
        *,
        optional: Collection[str] = (),
        strict: bool = False,
    ) -> None:
        parameters = [resolve(one, document) for one in operation.spec.get("parameters", [])]
        self._path = {one["name"]: one["schema"] for one in parameters if one["in"] == "path"}
        self._query = {one["name"]: one for one in parameters if one["in"] == "query"}
        body = resolve(operation.spec.get("requestBody", {}), document)
        self._takes_body = bool(body)
        self._needs_body = bool(body.get("required"))
        self._schema = body.get("content", {}).get("application/json", {}).get("schema", {})
        self._rules = resolve(self._schema, document)
        self._document = document
        self._strict = strict
        self._optional = frozenset(() if strict else optional)
        if self._optional:
            required = [name for name in self._rules.get("required", ()) if name not in self._optional]
            self._schema = self._rules = {**self._rules, "required": required}

    def read(self, path: Mapping[str, str], query: Mapping[str, str], body: bytes) -> Inputs:
        """What the request brings.

        Raises:
            APIErrorResponse: 400 if something is missing or doesn't fit, 404 for a path that can't name anything.
        """
        passed: list[str] = []
        return Inputs(
            {name: _path_value(name, value, self._path.get(name, {})) for name, value in path.items()},
            dict(self._queried(query, passed)),
            self._read_body(body, passed),
            tuple(passed),
        )

    def _queried(self, query: Mapping[str, str], passed: list[str]) -> Iterator[tuple[str, Any]]:
        for name, parameter in self._query.items():
            value, schema = query.get(name), parameter["schema"]
            if value is not None and not self._strict and is_absent_in_query(value, schema):
                passed.append(f"{name}: {value or 'empty'}")
                value = None
            if value is not None:
                yield name, _query_value(name, value, schema)
            elif name in self._optional:
                passed.append(f"{name}: missing")
            elif parameter.get("required"):
                raise _unfit(name, "is missing in the query")

    def _read_body(self, raw: bytes, passed: list[str]) -> Any:
        if not self._takes_body:
            return None
        if not raw.strip():
            if self._needs_body:
                raise _unfit("body", "is missing; it has to be JSON")
            return None
        body = _parsed(raw)
        if not self._strict and self._fields is not None:
            body = self._fields.drop_absent(body, passed)
        try:
            self._validator.validate(body)  # stops at the first error; there may be a million
        except jsonschema_rs.ValidationError as error:
            raise _unfit(*_explained(error)) from None
        self._choose(body)
        passed += (
            f"{name}: missing" for name in sorted(self._optional - self._query.keys()) if _lacks(body, name, passed)
        )
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

    @cached_property
    def _validator(self) -> Any:
        schema = {**self._schema, "components": {"schemas": _find_schemas(self._schema, self._document)}}
        return jsonschema_rs.Draft202012Validator(schema, validate_formats=True, formats=_FORMATS)

    @cached_property
    def _fields(self) -> BodyFields | None:
        return BodyFields.of(self._schema, self._document)


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
    if len(raw) > _MANY_VALUES and sum(map(raw.count, (b",", b"[", b"{"))) > _MANY_VALUES:
        raise APIErrorResponse(413, f"body: it has more than {_MANY_VALUES} values, the most that is taken here")
    if raw.startswith(b"\x1f\x8b"):
        raise _unfit("body", "is compressed; it has to be sent as it is")
    try:
        return json.parse(raw)
    except ValueError:
        raise _unfit("body", "is not JSON, is nested too deep, or holds a number or a string that can't be") from None


def _lacks(body: Any, name: str, passed: Collection[str]) -> bool:
    return name not in body and not any(line.startswith(f"{name}: ") for line in passed)


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
    where = ".".join(map(masked, error.instance_path)) or "body"
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
