"""A page of the vendor's reference, as it is copied from a browser.

It has method and path, a title, a curl command with a response, and sections with one block for each field: name, type,
remarks such as `required`, an empty line, and the meaning.
"""

import re
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from . import curl
from .endpoint import Endpoint, InputError, Parameter, Schema, decide
from .infer import apply_meaning, complete

_METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}
_SECTIONS = {
    "authorizations": "", "authorization": "", "headers": "", "header parameters": "", "cookies": "",
    "path parameters": "path", "query parameters": "query", "body": "body", "request body": "body",
    "body parameters": "body", "response": "response", "responses": "response", "response body": "response",
}  # fmt: skip
"""Headings, and what the fields under them are; nothing is read of those that are empty."""

_NAME = re.compile(r"[A-Za-z_$@][\w$@-]*(?:(?:\[\])?\.[\w$@-]+)*(?:\[\])?")
_TYPE = re.compile(
    r"(?P<kind>string|integer|number|boolean|object|array|file|any|enum<(?P<of>\w+)>)(?:<(?P<form>[\w-]+)>)?"
    r"(?P<many>\[\])?(?P<null> \| null)?"
)
_REMARK = re.compile(r"required|optional|deprecated|read-only|write-only|header|default:\s*(?P<default>.*)")
_STATUS = re.compile(r"([1-5]\d\d)(?: - (.*))?")
_MEDIA = re.compile(r"[a-z]+/[a-z.+-]+")
_NOISE = re.compile(
    r"skip to main content|copy(?: page)?|try it|(?:show|hide) child attributes|was this page helpful.*|", re.I
)
_TOOLS = {"cURL", "Python", "JavaScript", "PHP", "Go", "Java", "Ruby", "Node"}


@dataclass
class _Field:
    name: str
    schema: Schema
    required: bool = False
    default: str = ""
    words: list[str] = field(default_factory=list)

    @property
    def meaning(self) -> str:
        """The words about it as one paragraph."""
        words = [*self.words, *([f"By default {self.default}."] if self.default else [])]
        return " ".join([*(line if line.endswith((".", ")", "!")) else f"{line}." for line in words[:-1]), *words[-1:]])


def is_page(text: str) -> bool:
    """Whether a text looks like a page of a reference, not like a command alone."""
    lines = [line.strip() for line in text.splitlines()]
    return any(line in _METHODS for line in lines) or sum(line.lower() in _SECTIONS for line in lines) > 1


def read(text: str, paths: list[str]) -> Endpoint:
    """Reads a page.

    Args:
        text: The page, copied from a browser.
        paths: Paths that are described already.

    Raises:
        InputError: When method, path or a section can't be found.
    """
    text = text.replace("\u200b", "")  # the links beside headings
    found = curl.find_command(text)
    head = text[: found[0]] if found else text
    method, path, title = _read_head(head)
    if found:
        endpoint = curl.read_command(text[slice(*found)], paths)
        endpoint.kind = "page"
        rest = curl.read_response(endpoint, text[found[1] :])
    else:
        endpoint = Endpoint(method.lower(), path, "page")
        rest = text[text.index(title) + len(title) :] if title else text
    if not (method or found) or not (path or endpoint.path):
        raise InputError("The page has no method and path: copy it from its top, where they are.")
    endpoint.method = (method or endpoint.method).lower()
    if path:
        endpoint.path = path
    endpoint.title = title
    description, sections = _split_sections(rest)
    endpoint.description = " ".join(description)
    if not sections:
        raise InputError("The page has no section such as Path Parameters, Body or Response: copy the whole page.")
    for name, lines in sections:
        _read_section(endpoint, name, lines)
    in_path = re.findall(r"\{(\w+)\}", endpoint.path)
    endpoint.parameters = [p for p in endpoint.parameters if p.place != "path" or p.name in in_path]
    return endpoint


def _read_head(text: str) -> tuple[str, str, str]:
    """Method, path and title, each empty if it isn't there. Each part of the path may be on a line of its own."""
    lines = [line.strip() for line in text.splitlines() if not _NOISE.fullmatch(line.strip())]
    lines = [line for line in lines if line not in _TOOLS]
    at = next((index for index, line in enumerate(lines) if line.split(" ")[0] in _METHODS), None)
    if at is None:
        return "", "", lines[-1] if lines else ""
    method, _, path = lines[at].partition(" ")
    end = at + 1
    while end < len(lines) and (lines[end].startswith("/") or path.endswith("/")):
        path += lines[end]
        end += 1
    rest = [*lines[:at], *lines[end:]]
    return method, path.rstrip("/"), rest[-1] if rest else ""


def _split_sections(text: str) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """The words before the first section, and the lines of each section."""
    before: list[str] = []
    sections: list[tuple[str, list[str]]] = []
    for raw in text.splitlines():
        line = raw.strip()
        if line.lower() in _SECTIONS:
            sections.append((_SECTIONS[line.lower()], []))
        elif sections:
            sections[-1][1].append(line)
        elif not _NOISE.fullmatch(line) and not _STATUS.fullmatch(line):
            before.append(line)
    return before, sections


def _read_section(endpoint: Endpoint, section: str, lines: list[str]) -> None:
    words, fields = _read_fields(lines)
    if section in {"path", "query"}:
        for one in fields:
            _add_parameter(endpoint, section, one)
    elif section == "body":
        endpoint.body_type = next((word for word in words if _MEDIA.fullmatch(word)), endpoint.body_type)
        if fields:
            stated = _build(fields, required=True)
            endpoint.body = complete(stated, endpoint.body or {})
    elif section == "response":
        for word in words:
            if match := _STATUS.fullmatch(word):
                endpoint.status = match[1] if match[1].startswith("2") else endpoint.status
            elif _MEDIA.fullmatch(word):
                endpoint.response_type = word
            elif not re.fullmatch(_TYPE, word):
                endpoint.response_description = word
        if fields:
            stated = _build(fields, required=False)
            if (endpoint.response or {}).get("type") == "array":
                stated = {"type": "array", "items": stated}
            endpoint.response = complete(stated, endpoint.response or {})


def _add_parameter(endpoint: Endpoint, place: str, one: _Field) -> None:
    sample = next((p for p in endpoint.parameters if (p.name, p.place) == (one.name, place)), None)
    if sample is not None:
        endpoint.parameters.remove(sample)
        one.schema = complete(one.schema, sample.schema)
    endpoint.parameters.append(Parameter(one.name, place, one.schema, place == "path" or one.required, one.meaning))


def _read_fields(lines: list[str]) -> tuple[list[str], list[_Field]]:
    """What a section says before its first field, and its fields."""
    rest = deque(line for line in lines if not _NOISE.fullmatch(line))
    words: list[str] = []
    fields: list[_Field] = []
    while rest:
        line = rest.popleft()
        kind = _TYPE.fullmatch(rest[0]) if rest else None
        if kind and _NAME.fullmatch(line):
            fields.append(_Field(line, _read_type(kind)))
            rest.popleft()
            while rest and (remark := _REMARK.fullmatch(rest[0])):
                fields[-1].required |= rest.popleft() == "required"
                fields[-1].default = remark["default"] or fields[-1].default
        elif not fields:
            words.append(line)
        else:
            _read_remark(fields[-1], line, rest)
    for one in fields:
        _read_meaning(one)
    return words, fields


def _read_type(match: re.Match[str]) -> Schema:
    kind = match["of"] or match["kind"]
    schema: Schema = (
        {"type": "string", "format": "binary"} if kind == "file" else {} if kind == "any" else {"type": kind}
    )
    if match["form"]:
        schema["format"] = match["form"]
    if match["null"]:
        schema["type"] = [schema["type"], "null"]
    return {"type": "array", "items": schema} if match["many"] else schema


def _read_remark(one: _Field, line: str, rest: deque[str]) -> None:
    """Reads a line about a field, and those after it that belong to it."""
    title, _, value = line.partition(":")
    if title not in {"Available options", "Example", "Examples"}:
        one.words.append(line)
        return
    values = [value.strip() or (rest.popleft() if rest else "")]
    while values[-1].endswith(",") and rest:
        values.append(rest.popleft())
    target = one.schema["items"] if one.schema.get("type") == "array" else one.schema
    if title == "Available options":
        target["enum"] = [text for text in re.split(r",\s*", ",".join(part.strip("`, ") for part in values)) if text]
    elif len(values) == 1:
        target["example"] = _read_value(target, values[0])


def _read_value(schema: Schema, written: str) -> Any:
    kind = schema.get("type")
    if kind in {"integer", "number"} and re.fullmatch(r"-?\d+(\.\d+)?", written):
        return int(written) if kind == "integer" and "." not in written else float(written)
    return written == "true" if kind == "boolean" else written.strip('"')


def _read_meaning(one: _Field) -> None:
    stated = "enum" in one.schema
    apply_meaning(one.schema, re.split(r"[.\[]", one.name)[-1], one.meaning)
    if "enum" in one.schema and not stated:
        decide(one.schema, "enum", "the page names these values: are there others?")
    if one.meaning:
        one.schema["description"] = one.meaning


def _build(fields: list[_Field], *, required: bool) -> Schema:
    """The object that has the fields; `a.b` and `a[].b` are fields of fields."""
    root: Schema = {"type": "object", "properties": {}}
    for one in fields:
        *above, name = one.name.replace("[]", "").split(".")
        parent = root
        for step in above:
            parent = parent.setdefault("properties", {}).setdefault(step, {"type": "object"})
            parent = parent.setdefault("items", {"type": "object"}) if parent.get("type") == "array" else parent
        parent.setdefault("properties", {})[name] = one.schema
        if required and one.required:
            parent.setdefault("required", []).append(name)
    return root
