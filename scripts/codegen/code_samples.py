"""Code samples: a call of each operation with the description's examples, in Python, as a command and for curl."""

import builtins
import json
import keyword
import re
import shlex
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlencode

from . import destinations, extensions, names
from .bundle import Document, Operation
from .media_types import find_media_kind
from .resources import Method
from .static.query import encode_query

COMMON_OPTIONS = {"all", "base_url", "fields", "help", "json", "output", "profile", "timeout", "verbose", "yes"}
"""Arguments that a command has as `--field-...`, because every command has an option with that name."""

_WIDTH = 100
_BY_FORMAT = {
    "uuid": "00000000-0000-4000-8000-000000000001",
    "date": "2024-01-02",
    "date-time": "2024-01-02T03:04:05Z",
    "quarter-hour": "2030-01-02T09:30:00Z",
    "phone": "15555550100",
    "email": "ada@example.com",
    "uri": "https://example.com/",
}
_BY_TYPE: dict[str, Any] = {"string": "text", "integer": 1, "number": 1.5, "boolean": True, "null": None}


@dataclass(frozen=True)
class Example:
    """What is sent in an example, by the names that the service knows. `body` is None where none is sent.

    Attributes:
        path: The parameters of the path.
        query: The required parameters of the query.
        body: The body, before it is encoded.
        arguments: All that by the names of the method's arguments, without what the client generates itself.
        headers: The required headers.
    """

    path: dict[str, Any]
    query: dict[str, Any]
    body: Any
    arguments: dict[str, Any]
    headers: dict[str, Any] = field(default_factory=dict)


class _Source(str):
    """A value that is Python already."""

    __slots__ = ()


def make_example(document: Document, operation: Operation) -> Example:
    """Makes an example of an operation.

    A list begins at its beginning, so the field that leads to later pages is left out.
    """
    parameters, schema = operation.parameters, operation.body
    required = [p for p in parameters if p.get("required")]
    query = {p["name"]: make_value(p) for p in required if p["in"] == "query"}
    headers = {p["name"]: make_value(p) for p in required if p["in"] == "header"}
    body: Any = copy(make_value(schema)) if schema else None
    generated: set[str] = set()
    if key := operation.item.get("x-heymarket-idempotent-by"):
        header = next((p for p in parameters if p["in"] == "header" and p["name"] == key), None)
        place = body if header is None else headers
        place.setdefault(key, make_value(header or schema["properties"][key]))
        generated.add(key)
    if paging := extensions.read_paging(document, operation):
        moving = query if paging.place == "params" else body
        moving.pop(paging.name, None)
        if paging.kind in {"page", "offset"}:
            moving[paging.name] = paging.first
            generated.add(paging.name)
    if operation.method == "delete" and not body:
        body = None  # the client sends none either
    path = {p["name"]: make_value(p) for p in parameters if p["in"] == "path"}
    sent = {"path": path, "query": query, "header": headers}
    arguments = {
        names.name_parameter(p): sent[p["in"]][p["name"]]
        for p in parameters
        if p["name"] in sent[p["in"]].keys() - generated
    }
    fields = schema.get("properties")
    if fields is not None:
        sent_fields = [name for name in body or {} if name in fields and name not in generated]
        arguments |= {names.name_field(name, fields[name]): body[name] for name in sent_fields}
    elif body is not None:
        arguments[operation.body_name] = body
    return Example(path, query, body, arguments, headers)


def make_value(part: dict[str, Any], around: tuple[dict[str, Any], ...] = ()) -> Any:
    """Makes an example of a parameter or schema: its own, or one for its type. A list of what is around it is empty."""
    inside = (*around, part)
    known = part
    if "schema" in part:
        known = {**part["schema"], **{key: part[key] for key in ("example", "examples") if key in part}}
    if known.get("format") == "binary":
        return b"the content"
    for key in ("example", "const", "default"):
        if key in known:
            return known[key]
    if known.get("examples") and isinstance(known["examples"], list):
        return known["examples"][0]
    if "enum" in known:
        return known["enum"][0]
    if choices := known.get("anyOf") or known.get("oneOf"):
        choice = next((one for one in choices if not _is_one_of(one, inside)), choices[0])
        value, named = make_value(choice, inside), known.get("discriminator", {}).get("propertyName")
        fields = choice.get("properties", {})
        return {named: make_value(fields[named]), **value} if named in fields and isinstance(value, dict) else value
    kind = known.get("type", "object" if "properties" in known else "string")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "array":
        is_open = "items" in known and not _is_one_of(known["items"], inside)
        return [make_value(known["items"], inside)] * max(1, known.get("minItems", 1)) if is_open else []
    if kind == "object":
        needed = [] if _is_one_of(part, around) else known.get("required", [])
        return {name: make_value(known["properties"][name], inside) for name in needed}
    return _make_string(known) if kind == "string" else _make_number(known, _BY_TYPE[kind])


def _make_string(schema: dict[str, Any]) -> str:
    """Makes a string that fits a format, a length, or one of the patterns of plain ids and names."""
    known: str | None = _BY_FORMAT.get(str(schema.get("format")))
    if known is not None and "pattern" not in schema:
        return known
    shortest, longest = schema.get("minLength", 0), schema.get("maxLength", 4)
    samples: list[str] = [
        known or "text".ljust(shortest, "t")[: max(longest, shortest)],
        "1",
        "a",
        "A",
        *("1" * shortest, "a" * shortest),
    ]
    return next((one for one in samples if re.search(schema.get("pattern", ""), one)), samples[0])


def _make_number(schema: dict[str, Any], value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    value = max(value, schema.get("minimum", value))
    return min(value, schema.get("maximum", value))


def _is_one_of(schema: dict[str, Any], others: tuple[dict[str, Any], ...]) -> bool:
    return any(schema is other for other in others)


def write_python(example: Example, method: Method, show: str) -> str:
    """Writes the call in Python.

    Args:
        example: What is sent.
        method: The method.
        show: The field to print of each item of a list; empty for the item itself.
    """
    words = [format_literal(_to_native(a.annotation, example.arguments[a.name]), 4) for a in method.positional]
    named = {argument.name: argument.annotation for argument in method.keyword_only}
    for name, given in example.arguments.items():
        if name in named:
            words.append(f"{name}={format_literal(_to_native(named[name], given), 4)}")
    call = f"hm.{method.operation}"
    if method.item:
        item = _name_variable(method.item)
        lines = [f"for {item} in {call}", f":  # {method.item}", f"    print({item}{'.' * bool(show)}{show})"]
    elif method.result == "None":
        lines = [call, ""]
    else:
        lines = [f"result = {call}", f"  # {method.result}"]
    flat = f"{lines[0]}({', '.join(words)}){lines[1]}"
    if len(flat) > _WIDTH or "\n" in flat:
        flat = "\n".join([f"{lines[0]}(", *(f"    {word}," for word in words), f"){lines[1]}"])
    text = "\n".join([flat, *lines[2:]])
    used = [name for name in ("UTC", "date", "datetime") if re.search(rf"(?<=[=(\[ ]){name}[(,)]", text)]
    return f"from datetime import {', '.join(used)}\n\n{text}" if used else text


def write_command(example: Example, method: Method) -> str:
    """Writes the call for the `heymarket` command.

    Args:
        example: What is sent.
        method: The method.
    """
    words = ["heymarket", *(name.replace("_", "-") for name in method.operation.split("."))]
    options = []
    for name, given in example.arguments.items():
        if name in {argument.name for argument in method.positional}:
            words.append(shlex.quote(str(given)))
            continue
        option = f"--{'field-' * (name in COMMON_OPTIONS)}{name.strip('_').replace('_', '-')}"
        is_plain = isinstance(given, list) and given and not any(isinstance(item, dict | list) for item in given)
        for item in given if is_plain else [given]:
            match item:
                case bool():
                    options.append(option if item else option.replace("--", "--no-", 1))
                case bytes():
                    options.append(f"{option} file")
                case str() | int() | float():
                    options.append(f"{option}{'=' if str(item).startswith('-') else ' '}{shlex.quote(str(item))}")
                case _:
                    options.append(f"{option} {shlex.quote(json.dumps(item, ensure_ascii=False))}")
    if method.http_method == "DELETE":
        options.append("--yes")
    start = " ".join(words)
    flat = " ".join([start, *options])
    return flat if len(flat) <= _WIDTH else " \\\n  ".join([start, *options])


def write_curl(document: Document, operation: Operation, example: Example) -> str:
    """Writes the call for a shell that has curl and the `heymarket` command."""
    path = re.sub(r"{(\w+)}", lambda name: quote(str(example.path[name[1]]), safe=""), operation.path)
    styles = {parameter["name"]: extensions.read_style(parameter) for parameter in operation.parameters}
    query = f"?{encode_query(example.query, styles)}" if example.query else ""
    method = operation.method.upper()
    asked = "" if method == ("GET" if example.body is None else "POST") else f"-X {method} "
    origin, prefix = destinations.split_server(document, operation)
    url = f"{origin or destinations.find_server(document)}{prefix}{path}{query}"
    security = destinations.read_security(document, operation)
    lines = [f"curl {asked}{shlex.quote(url)}"]
    if security is None:
        lines.append('-H "Authorization: Bearer $(heymarket token)"')
    elif security.place == "query":
        key = f"{'&' if query else '?'}{security.name}="
        lines[0] += f'{shlex.quote(key)}"${destinations.name_variable(security.scheme)}"'
    elif security.scheme:
        lines.append(f'-H "{security.name}: {security.prefix}${destinations.name_variable(security.scheme)}"')
    lines += [f"-H {shlex.quote(f'{name}: {_write_plain(given)}')}" for name, given in example.headers.items()]
    kind = find_media_kind(operation.body_media)
    if kind == "form":
        lines += [f"-F {shlex.quote(f'{name}={_write_part(part)}')}" for name, part in _list_parts(example.body or {})]
    elif kind == "web form":
        lines += [f"-d {shlex.quote(urlencode(list(_list_parts(example.body or {}))))}"]
    elif kind in {"text", "bytes"} and operation.body_media:
        lines += [f"-H 'Content-Type: {operation.body_media}'", "--data-binary @file"]
    elif example.body is not None:
        lines += ["-H 'Content-Type: application/json'", f"-d {shlex.quote(format_json(example.body))}"]
    return " \\\n  ".join(lines)


def _list_parts(body: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, given in body.items():
        yield from ((name, item) for item in (given if isinstance(given, list) else [given]))


def _write_part(given: Any) -> str:
    return "@file" if isinstance(given, bytes) else _write_plain(given)


def _write_plain(given: Any) -> str:
    return given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)


def format_json(data: Any, width: int = _WIDTH) -> str:
    """Writes JSON on one line, or on many if that one would be too long."""
    flat = json.dumps(data, ensure_ascii=False)
    return flat if len(flat) <= width else json.dumps(data, ensure_ascii=False, indent=2)


def _to_native(annotation: str, given: Any) -> Any:
    if isinstance(given, list) and "datetime." in annotation:
        return [_to_native(annotation, item) for item in given]
    if not isinstance(given, str) or "datetime." not in annotation:
        return given
    if "datetime.datetime" not in annotation:
        day = date.fromisoformat(given)
        return _Source(f"date({day.year}, {day.month}, {day.day})")
    timestamp = datetime.fromisoformat(given)
    numbers = [timestamp.year, timestamp.month, timestamp.day, timestamp.hour, timestamp.minute]
    numbers += [timestamp.second] if timestamp.second else []
    return _Source(f"datetime({', '.join(map(str, numbers))}, tzinfo=UTC)")


def format_literal(given: Any, indent: int = 0) -> str:
    """Writes a value as Python, on as many lines as needed."""
    flat = _format_flat(given)
    if indent + len(flat) < _WIDTH - 20 or not given or not isinstance(given, dict | list):
        return flat
    inner = " " * (indent + 4)
    if isinstance(given, dict):
        parts = [f"{_format_flat(name)}: {format_literal(part, indent + 4)}" for name, part in given.items()]
    else:
        parts = [format_literal(part, indent + 4) for part in given]
    opening, closing = "{}" if isinstance(given, dict) else "[]"
    return "\n".join([opening, *(f"{inner}{part}," for part in parts), " " * indent + closing])


def _format_flat(given: Any) -> str:
    match given:
        case _Source():
            return given
        case str():
            return json.dumps(given, ensure_ascii=False)
        case dict():
            return "{" + ", ".join(f"{_format_flat(name)}: {_format_flat(part)}" for name, part in given.items()) + "}"
        case list():
            return "[" + ", ".join(map(_format_flat, given)) + "]"
    return repr(given)


def _name_variable(kind: str) -> str:
    """Returns the name of a loop's variable: `contact_tag` for ContactTag."""
    if not kind.isidentifier() or kind.islower():
        return "item"
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", kind).lower()
    return f"{name}_" if keyword.iskeyword(name) or hasattr(builtins, name) or name == "hm" else name
