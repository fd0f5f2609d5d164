"""Validation of requests against the description, before any operation sees them.

What doesn't fit gets a 400 that names the field, as the vendor's pages say, and never shows its value.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import jsonschema_rs
from attrs import evolve, frozen

from heymarket import InvalidRequestError, normalize_phone
from heymarket.emulator.api import forms, json
from heymarket.emulator.api.absence import BodyFields, is_absent_in_query, masked
from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.api.parameters import read_parameter, split_query, takes_any_name
from heymarket.emulator.api.schema_examples import resolve
from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from heymarket.description import OperationInfo

__all__ = ["Inputs", "RequestValidator", "is_phone", "to_phone"]

_MANY_VALUES = 500_000
_INTEGER = re.compile(r"-?[0-9]{1,100}", re.ASCII)
_MEDIA_NAMES = {"application/json": "JSON"}
_PHONE = re.compile(r"[1-9][0-9]{6,14}", re.ASCII)


@frozen
class Inputs:
    """What an operation is called with.

    Attributes:
        path: The values of the path's parameters; integers are `int`.
        query: Those of the query that were given, of the types that are described.
        body: The parsed body, of a form its fields, of a file its content; `None` without one.
        headers: Those that are described and were given.
        passed: What was let pass: a line for each field that counts as not given, may be missing, or isn't described.
    """

    path: Mapping[str, Any]
    query: Mapping[str, Any]
    body: Any
    headers: Mapping[str, Any]
    passed: tuple[str, ...] = ()


class RequestValidator:
    """Validation of the requests for one operation.

    Args:
        operation: The operation.
        document: The description that it is in.
        optional: Fields of query and body that may be missing, although the description requires them.
        strict: Whether an empty value is a value, and what is required is required. Fields that aren't described are
            let pass all the same: the description allows them.
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
        self._headers = {one["name"]: one for one in parameters if one["in"] == "header"}
        self._query = {one["name"]: one for one in parameters if one["in"] == "query"}
        self._query_names = {name.partition("[")[0] for name in self._query}
        self._takes_any_name = any(takes_any_name(one, document) for one in self._query.values())
        body = resolve(operation.spec.get("requestBody", {}), document)
        self._takes_body = bool(body)
        content: dict[str, Any] = body.get("content", {})
        self._media = next(iter(content), "application/json")
        self._schema = content.get(self._media, {}).get("schema", {})
        self._rules = resolve(self._schema, document)
        # Of a DELETE, a body without fields isn't sent.
        may_miss = operation.http_method == "DELETE" and not self._rules.get("required")
        self._needs_body = bool(body.get("required")) and not may_miss
        paging: Mapping[str, Any] = operation.spec.get("x-heymarket-pagination", {})
        self._zeros = {paging.get("page", paging.get("offset"))} if paging.get("first") == 0 else set[Any]()
        self._document = document
        self._query_validators: dict[str, Any] = {}
        self._strict = strict
        self._optional = frozenset(() if strict else optional)
        if self._optional:
            required = [name for name in self._rules.get("required", ()) if name not in self._optional]
            self._schema = self._rules = {**self._rules, "required": required}

    def read(self, path: Mapping[str, str], query: bytes, body: bytes, headers: Mapping[str, str]) -> Inputs:
        """What the request brings.

        Args:
            path: The values of the path's parameters.
            query: The query as it was sent.
            body: The body as it was sent.
            headers: The headers.

        Raises:
            APIErrorResponse: 400 if something is missing or doesn't fit, 404 for a path that can't name anything.
        """
        passed: list[str] = []
        return Inputs(
            {name: _path_value(name, value, self._path.get(name, {})) for name, value in path.items()},
            dict(self._queried(query, passed)),
            self._read_body(body, headers.get("content-type", ""), passed),
            dict(self._find_headers(headers)),
            tuple(passed),
        )

    def _find_headers(self, headers: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
        for name, parameter in self._headers.items():
            if name in headers:
                yield name, _query_value(name, headers[name], parameter["schema"])
            elif parameter.get("required"):
                raise _unfit(name, "is missing in the headers")

    def _queried(self, query: bytes, passed: list[str]) -> Iterator[tuple[str, Any]]:
        pairs = split_query(query)
        if not self._takes_any_name:
            names = dict.fromkeys(name.partition("[")[0] for name, _ in pairs)
            passed += (f"{masked(name)}: not described" for name in names if name not in self._query_names)
        for name, parameter in self._query.items():
            try:
                value = read_parameter(parameter, pairs, self._document)
            except ValueError:
                raise _unfit(name, "is not JSON") from None
            schema = parameter.get("schema", {})
            is_zero = value == "0" and name in self._zeros
            if isinstance(value, str) and not (self._strict or is_zero) and is_absent_in_query(value, schema):
                passed.append(f"{name}: {value or 'empty'}")
                value = None
            if isinstance(value, str) and schema:
                yield name, _query_value(name, value, schema)
            elif value is not None:
                for error in self._query_validator(name).iter_errors(value):
                    where, why = _explained(error)
                    raise _unfit(name if where == "body" else f"{name}.{where}", why)
                yield name, value
            elif name in self._optional:
                passed.append(f"{name}: missing")
            elif parameter.get("required"):
                raise _unfit(name, "is missing in the query")

    def _query_validator(self, name: str) -> Any:
        """The validator of a list, an object or JSON in the query."""
        if name not in self._query_validators:
            parameter = self._query[name]
            holder = parameter if "schema" in parameter else parameter["content"]["application/json"]
            self._query_validators[name] = self._compile(holder["schema"])
        return self._query_validators[name]

    def _compile(self, schema: Mapping[str, Any]) -> Any:
        whole: Any = _bound({**schema, "components": {"schemas": _find_schemas(schema, self._document)}})
        return jsonschema_rs.Draft202012Validator(whole, validate_formats=True, formats=_FORMATS)

    def _read_body(self, raw: bytes, content_type: str, passed: list[str]) -> Any:
        if not self._takes_body:
            return None
        if not raw.strip():
            if self._needs_body:
                raise _unfit("body", f"is missing; it has to be {_MEDIA_NAMES.get(self._media, self._media)}")
            return None
        body = self._parse(raw, content_type)
        if isinstance(body, bytes):
            return body
        if self._fields is not None:
            passed += self._fields.find_undescribed(body)
            body = body if self._strict else self._fields.drop_absent(body, passed)
        try:
            self._validator.validate(body)  # stops at the first error; there may be a million
        except jsonschema_rs.ValidationError as error:
            raise _unfit(*_explained(error)) from None
        self._choose(body)
        passed += (
            f"{name}: missing" for name in sorted(self._optional - self._query.keys()) if _lacks(body, name, passed)
        )
        return body

    def _parse(self, raw: bytes, content_type: str) -> Any:
        """The body as its media type asks for. Of a form, what stays a string is checked as one."""
        if "json" in self._media:
            return _parsed(raw)
        if not content_type.lower().startswith(self._media):
            raise APIErrorResponse(415, f"media: Content-Type has to be {self._media}")
        if self._media not in forms.FORMS:
            return raw
        try:
            return forms.parse(raw, content_type, resolve(self._schema, self._document), self._document)
        except ValueError:
            raise _unfit("body", f"is no {self._media}") from None

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
        return self._compile(self._schema)

    @cached_property
    def _fields(self) -> BodyFields | None:
        fields = BodyFields.of(self._schema, self._document)
        return fields and evolve(fields, zeros=fields.zeros - self._zeros)  # the first page may be page 0


def _bound(part: Any) -> Any:
    """A schema whose integers have 64 bits, where it says nothing else; as the served description has it."""
    if isinstance(part, list):
        items: list[Any] = part  # pyright: ignore[reportUnknownVariableType] - JSON of any kind
        return [_bound(one) for one in items]
    if not isinstance(part, dict):
        return part
    bounded = {name: _bound(value) for name, value in cast("dict[str, Any]", part).items()}
    if bounded.get("type") in ("integer", ["integer", "null"]):
        bounded = {"minimum": json.SMALLEST, "maximum": json.LARGEST, **bounded}
    return bounded


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
    if _INTEGER.fullmatch(value):
        return min(max(int(value), json.SMALLEST), json.LARGEST)  # no record has an id that is larger
    raise APIErrorResponse(404, f"{name}: the path takes an integer here")


def _query_value(name: str, value: str, schema: Mapping[str, Any]) -> Any:
    match schema.get("type"):
        case "integer":
            if not _INTEGER.fullmatch(value):
                raise _unfit(name, "has to be an integer")
            if not json.SMALLEST <= (number := int(value)) <= json.LARGEST:
                raise _unfit(name, f"has to be {json.SMALLEST} to {json.LARGEST}")
            return number
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
    steps = (f"[{masked(step)}]" if isinstance(step, int) else f".{masked(step)}" for step in error.instance_path)
    where = "".join(steps).removeprefix(".") or "body"
    match type(error.kind).__name__.rpartition("_")[2]:
        case "Required":
            missing = error.kind.property
            return (f"{where}.{missing}" if error.instance_path else missing), "is missing"
        case "Type":
            return where, f"has to be of type {', '.join(error.kind.types)}"
        case "Format":
            return where, f"is no {_NAMES.get(error.kind.format, error.kind.format)}"
        case "Minimum" | "Maximum" as which:
            return where, f"has to be {error.kind.limit} or {'more' if which == 'Minimum' else 'less'}"
        case other:
            return where, f"doesn't fit its description ({other})"


def _unfit(what: str, why: str) -> APIErrorResponse:
    return APIErrorResponse(400, f"{what}: {what} {why}" if what == "body" else f"bad_data: {what} {why}")


def is_phone(value: str) -> bool:
    """Whether a string is a phone number as the API has them: digits with the country code, without plus."""
    return _PHONE.fullmatch(value) is not None


def to_phone(phone: str) -> str:
    """A phone number as the API has them, from any notation that the client takes.

    Raises:
        EmulatorError: It is not a phone number.
    """
    if isinstance(phone, str) and is_phone(phone):
        return phone
    try:
        return normalize_phone(phone)
    except InvalidRequestError:
        raise EmulatorError("phone has to be a number, such as +1 555 555 0100 or 15555550100.") from None


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
