"""What a description may hold, as data: the checks refuse what isn't in it, and the guide shows it.

Every key has one of three effects. It is *read*; it is *kept*, which means that it is in the packaged description,
where the emulator may use it, and nothing else depends on it; or it is *refused*, with a reason. A key that is missing
here is refused as unknown. To support more, replace the refusal of a row.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

JSON = "application/json"
MULTIPART = "multipart/form-data"
WEB_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Choice:
    """One of some values. Others are refused, some of them for a reason of their own."""

    values: tuple[Any, ...]
    refused: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Pattern:
    """A string of a form, such as a status."""

    regex: str
    form: str
    refused: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Named:
    """Names of any kind, or of a form, and what each of them holds."""

    item: Any
    names: Choice | Pattern | None = None


@dataclass(frozen=True)
class Read:
    """A key that has an effect.

    Attributes:
        form: What it holds: a type, a `Choice` or `Pattern`, `Named`, the name of an object, a list of one of these;
            `None` for data of any kind.
        required: Whether it has to be there.
        places: The only places of schemas where it may be; empty for all.
        advice: What to do instead, elsewhere.
    """

    form: Any
    required: bool = False
    places: tuple[str, ...] = ()
    advice: str = ""


@dataclass(frozen=True)
class Kept:
    """A key that has no effect on the client."""


@dataclass(frozen=True)
class Refused:
    """A key that is refused, and why, or what to write instead."""

    reason: str


Key = Read | Kept | Refused


def _kept(names: str) -> dict[str, Key]:
    return dict.fromkeys(names.split(), Kept())


def _refused(names: str, reason: str) -> dict[str, Key]:
    return dict.fromkeys(names.split(), Refused(reason))


_CHARSET = r"( *; *charset=[\w-]+)?"
_OTHER = "expected a media type, without parameters other than charset"
_STREAMS = dict.fromkeys(
    ("text/event-stream", "application/x-ndjson", "application/jsonl", "application/json-seq"),
    "streams aren't supported yet",
)
_SENT = Pattern(
    rf"(?i:({MULTIPART}|{WEB_FORM}|(?!text/event-stream|multipart/|application/(x-ndjson|jsonl|json-seq))"
    rf"[a-z]+/[\w.+-]+){_CHARSET})",
    f"{JSON}, {MULTIPART}, {WEB_FORM} or application/octet-stream",
    {
        **_STREAMS,
        "multipart/mixed": f"of several parts, only {MULTIPART} is supported",
        "image/*": "say what is sent, such as application/octet-stream",
        "": _OTHER,
    },
)
_RETURNED = Pattern(
    rf"(?i:((?!text/event-stream|multipart/|application/(x-www-form|x-ndjson|jsonl|json-seq))[a-z]+/[\w.+-]+"
    rf"|(image|audio|video|font)/\*){_CHARSET})",
    f"{JSON}, text/csv or image/png",
    {
        **_STREAMS,
        MULTIPART: "responses of several parts aren't supported",
        WEB_FORM: "responses that are forms aren't supported",
        "*/*": "say what it is, such as application/octet-stream",
        "": _OTHER,
    },
)


def find_media_kind(media: str) -> str:
    """What a media type holds: `json`, `text` or `bytes`; for what is sent, also `form` or `web form`."""
    media = media.partition(";")[0].strip().lower()
    if media == JSON or media.endswith("+json"):
        return "json"
    if media in {MULTIPART, WEB_FORM}:
        return "form" if media == MULTIPART else "web form"
    return "text" if re.match(r"text/|application/(xml$|.*\+xml$)", media) else "bytes"


_EVIDENCE: dict[str, Key] = {
    "x-heymarket-confidence": Read(Choice(("high", "medium", "low"))),
    "x-heymarket-sources": Read([str]),
    "x-heymarket-discrepancies": Read(["discrepancy"]),
}
_EXAMPLES: dict[str, Key] = {"example": Read(None), "examples": Read(None)}
_BODY = ("body", "part of a body", "form", "part of a form", "web form", "part of a web form")
_TOP = ("body", "form", "web form", "unused")
_DELIVERY = ("delivery", "unused")
_KEYS = "requests are signed with a bearer token, or with a key in a header or in the query"

OBJECTS: dict[str, dict[str, Key]] = {
    "document": {
        "openapi": Read(
            Pattern(
                r"3\.1\.\d+",
                "3.1.0",
                {
                    "3.0": 'write it as OpenAPI 3.1: `nullable: true` becomes a type list with "null"',
                    "3.2": "write it as OpenAPI 3.1, without what is new in 3.2",
                },
            ),
            required=True,
        ),
        "info": Read("info", required=True),
        "servers": Read(["server"]),
        "security": Read([Named([str])]),
        "tags": Read(["tag"]),
        "paths": Read(Named("path")),
        "webhooks": Read(Named("webhook")),
        "components": Read("components"),
        **_kept("externalDocs"),
        **_refused("jsonSchemaDialect $self", "schemas are written in the dialect of OpenAPI 3.1"),
    },
    "info": {
        "title": Read(str, required=True),
        "version": Read(str, required=True),
        "description": Read(str),
        **_kept("summary termsOfService contact license"),
    },
    "server": {
        "url": Read(str, required=True),
        **_kept("description name"),
        **_refused("variables", "write the URL out; callers set another one with base_url"),
    },
    "tag": {
        "name": Read(str, required=True),
        "description": Read(str),
        **_kept("externalDocs"),
        **_refused("parent kind summary", "it is new in OpenAPI 3.2, and has no effect here"),
    },
    "path": {
        **{
            method: Read("operation")
            for method in ("get", "put", "post", "delete", "options", "head", "patch", "trace")
        },
        "parameters": Read(["parameter"]),
        "servers": Read(["server"]),
        **_kept("summary description"),
        **_refused("query additionalOperations", "it is new in OpenAPI 3.2; use a method of 3.1"),
    },
    "operation": {
        "operationId": Read(str),
        "tags": Read([str]),
        "summary": Read(str),
        "description": Read(str),
        "deprecated": Read(bool),
        "parameters": Read(["parameter"]),
        "requestBody": Read("body"),
        "responses": Read(
            Named(
                "response",
                Pattern(
                    r"2\d\d|[345]\d\d|[45]XX|default",
                    '"200", "4XX" or "default"',
                    {"2": "a success is described by its status, such as 200"},
                ),
            ),
            required=True,
        ),
        **_EVIDENCE,
        "x-heymarket-safe-to-repeat": Read(Choice((True,))),
        "x-heymarket-idempotent-by": Read(str),
        "x-heymarket-pagination": Read("pagination"),
        "x-heymarket-answer": Read(Choice(("nothing", "count"))),
        "x-heymarket-also-answers": Read([str]),
        "x-heymarket-body-name": Read(Pattern(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", "contacts")),
        "servers": Read(["server"]),
        "security": Read([Named([str])]),
        **_kept("externalDocs callbacks"),
    },
    "webhook": {
        "post": Read("delivery", required=True),
        **_kept("summary description"),
        **_refused("get put delete options head patch trace", "a delivery is a POST"),
        **_refused("parameters servers", "only the body of a delivery is read"),
    },
    "delivery": {
        "operationId": Read(str),
        "tags": Read([str]),
        "summary": Read(str),
        "description": Read(str),
        "requestBody": Read("body", required=True),
        **_EVIDENCE,
        **_kept("responses security externalDocs deprecated"),
        **_refused("parameters callbacks servers", "only the body of a delivery is read"),
    },
    "parameter": {
        "name": Read(str, required=True),
        "in": Read(
            Choice(
                ("path", "query", "header"),
                {
                    "cookie": "a parameter is in path, query or header, not in cookie",
                    "querystring": "it is new in OpenAPI 3.2; describe each parameter of the query",
                },
            ),
            required=True,
        ),
        "required": Read(bool),
        "description": Read(str),
        "deprecated": Read(bool),
        "schema": Read("schema"),
        "content": Read(Named("media", Pattern("application/json", JSON))),
        "style": Read(
            Choice(
                ("form", "spaceDelimited", "pipeDelimited", "deepObject", "simple"),
                {"": "only the default style is supported in the path, simple"},
            )
        ),
        "explode": Read(bool),
        "x-heymarket-name": Read(Pattern(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", "page_size")),
        **_EXAMPLES,
        **_refused("allowReserved", "every value is percent-encoded"),
        **_refused("allowEmptyValue", "it was given up by OpenAPI; leave it out"),
    },
    "body": {
        "content": Read(Named("media", _SENT), required=True),
        "required": Read(bool),
        "description": Read(str),
    },
    "response": {
        "description": Read(str, required=True),
        "content": Read(Named("media", _RETURNED)),
        **_kept("headers links"),
        **_refused("summary", "it is new in OpenAPI 3.2: write a description"),
    },
    "media": {
        "schema": Read("schema", required=True),
        **_EXAMPLES,
        **_refused("encoding", "each part is sent as its type asks for: files as such, objects as JSON"),
        **_refused("itemSchema prefixEncoding itemEncoding", "it is new in OpenAPI 3.2: streams aren't supported yet"),
    },
    "components": {
        "schemas": Read(Named("schema")),
        "responses": Read(Named("response")),
        "parameters": Read(Named("parameter")),
        "requestBodies": Read(Named("body")),
        "pathItems": Read(Named("path")),
        "securitySchemes": Read(Named("securityScheme")),
        **_kept("headers examples links callbacks"),
        **_refused("mediaTypes", "it is new in OpenAPI 3.2: write the media type where it is used"),
    },
    "securityScheme": {
        "type": Read(Choice(("http", "apiKey"), {"": _KEYS}), required=True),
        "scheme": Read(Choice(("bearer",), {"": _KEYS})),
        "in": Read(Choice(("header", "query"), {"cookie": _KEYS})),
        "name": Read(Pattern(r"[A-Za-z0-9_-]+", "X-Api-Key")),
        **_kept("bearerFormat description"),
    },
    "schema": {
        "type": Read(None),
        "format": Read(str),
        "enum": Read([None]),
        "const": Read(None),
        "default": Read(None),
        "properties": Read(Named("schema")),
        "required": Read([str]),
        "additionalProperties": Read("schema or boolean"),
        "items": Read("schema"),
        "anyOf": Read(["schema"]),
        "oneOf": Read(["schema"]),
        "allOf": Read(["schema"]),
        "discriminator": Read("discriminator"),
        "description": Read(str),
        "deprecated": Read(bool),
        "minimum": Read(None),
        "maximum": Read(None),
        "maxItems": Read(int),
        "maxLength": Read(int),
        "pattern": Read(str),
        "readOnly": Read(bool),
        "writeOnly": Read(bool),
        "x-heymarket-exactly-one": Read([[str]], places=_TOP, advice="it goes beside a body's properties"),
        "x-heymarket-at-least-one": Read([str], places=_TOP, advice="it goes beside a body's properties"),
        "x-heymarket-columns": Read([str]),
        "x-heymarket-event-data": Read(Named(str), places=_DELIVERY, advice="it goes into a webhook's body"),
        "x-heymarket-name": Read(Pattern(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", "page_size")),
        **_EXAMPLES,
        **_kept(
            "title summary minItems uniqueItems minLength multipleOf exclusiveMinimum exclusiveMaximum minProperties"
        ),
        **_kept("x-heymarket-enforced"),
        **_kept("maxProperties propertyNames dependentRequired externalDocs xml $comment"),
        **_refused("nullable", 'it is of OpenAPI 3.0: write `type: [string, "null"]`, or anyOf with `type: "null"`'),
        **_refused("prefixItems", "a list has one type of items: write `items:`"),
        **_refused("not if then else dependentSchemas contains minContains maxContains", "it has no type in Python"),
        **_refused("patternProperties unevaluatedProperties unevaluatedItems", "use additionalProperties or items"),
        **_refused("contentEncoding contentMediaType contentSchema", "describe the string that is in the JSON"),
        **_refused("$defs definitions $id $anchor $schema", "schemas go under components.schemas"),
        **_refused("$dynamicRef $dynamicAnchor $recursiveRef $vocabulary", "use $ref with #/components/schemas/Name"),
    },
    "discriminator": {
        "propertyName": Read(str, required=True),
        "mapping": Read(Named(str)),
        **_refused("defaultMapping", "it is new in OpenAPI 3.2: an object of an unknown kind is an UnknownVariant"),
    },
    "discrepancy": {"id": Read(str, required=True), "says": Read(str, required=True)},
    "pagination": {
        "cursor": Read(str),
        "from": Read(str),
        "unit": Read(Choice(("unix-seconds",))),
        "page": Read(str),
        "offset": Read(str),
        "link": Read(str),
        "next": Read(str),
        "items": Read(str),
        "limit": Read(str),
        "first": Read(int),
        "size": Read(int),
    },
}
"""What each object of a description may hold, by name."""

REFERENCES = {
    "schema": "schemas",
    "parameter": "parameters",
    "body": "requestBodies",
    "response": "responses",
    "path": "pathItems",
    "securityScheme": "securitySchemes",
}
"""Objects in whose place a `$ref` may be, and where it may lead to under `components`."""

BESIDE_A_REFERENCE = {
    "description", "summary", "title", "example", "examples", "default", "deprecated", "readOnly", "writeOnly",
    "x-heymarket-name",
}  # fmt: skip
"""Keys that may be beside a `$ref`, where they take precedence."""

_SCALARS = ("string", "integer", "number", "boolean")
_ALL = (*_SCALARS, "object", "array", "null")
TYPES: dict[str, tuple[str, ...]] = {
    "path parameter": _SCALARS,
    "query parameter": (*_SCALARS, "array", "object", "null"),
    "header parameter": _SCALARS,
    "part of a query parameter": _SCALARS,
    "JSON parameter": _ALL,
    "part of a JSON parameter": _ALL,
    "body": ("object", "array"),
    "part of a body": _ALL,
    "form": ("object",),
    "part of a form": _ALL,
    "web form": ("object",),
    "part of a web form": (*_SCALARS, "array", "null"),
    "file": ("string",),
    "response": (*_SCALARS, "object", "array"),
    "part of a response": _ALL,
    "delivery": ("object",),
    "part of a delivery": _ALL,
    "unused": _ALL,
}
"""The types that a schema may have, by its place. One that nothing refers to is unused."""

_SENT_OR_RECEIVED = (
    "query parameter", "part of a query parameter", "JSON parameter", "part of a JSON parameter", *_BODY,
)  # fmt: skip
FORMATS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("uuid", "date", "date-time"), ("string",)),
    **dict.fromkeys(("phone", "channel-value", "quarter-hour"), ("string",)),
    **dict.fromkeys(("int32", "int64"), ("integer",)),
    **dict.fromkeys(("float", "double"), ("number",)),
    **dict.fromkeys(
        (
            "email", "idn-email", "uri", "uri-reference", "iri", "url", "hostname", "ipv4", "ipv6", "time", "duration",
            "byte", "binary", "decimal", "password", "json-pointer", "regex",
        ),
        ("string",),
    ),
}  # fmt: skip
"""Formats, and the types that may have them. Of a format that isn't checked, the docstring tells."""

CHECKED_FORMATS: dict[str, tuple[str, ...]] = {
    "phone": _SENT_OR_RECEIVED,
    "channel-value": _BODY,
    "quarter-hour": _SENT_OR_RECEIVED,
    "date-time": _SENT_OR_RECEIVED,
}
"""Formats that the client checks before it sends them, and where."""

BINARY = ("file", "part of a form", "unused")
"""The places that have bytes, which are described by the format `binary`."""

CLASSES = {
    "Any", "APIResponse", "AsyncPager", "AsyncResources", "BinaryIO", "File", "FileContent", "HeymarketDriftWarning",
    "Literal", "Mapping", "Model", "OpenStrEnum", "Operation", "P", "Page", "Pager", "Paging", "Path", "RawSender",
    "Resources", "SecurityScheme", "Sequence", "SupportsAsyncSend", "SupportsSend", "T", "UNSET", "Unset", "Upload",
    "UUID", "UnknownVariant", "ValidationRules",
}  # fmt: skip
"""Names that a schema can't have, because the generated package has them already."""

FILES = "*.yaml"
"""The files of a description; all are in one folder."""
FILE_ENDINGS = (".yaml", ".yml", ".json")
"""Files with these endings that aren't read are refused."""


def render_page() -> str:
    """The lists as Markdown, for the guide."""
    lines = ["| In | Read | Kept, without effect on the client | Refused |", "|---|---|---|---|"]
    for name, keys in OBJECTS.items():
        read = ", ".join(_describe(key, rule) for key, rule in keys.items() if isinstance(rule, Read))
        kept = ", ".join(f"`{key}`" for key, rule in keys.items() if isinstance(rule, Kept))
        by_reason: dict[str, list[str]] = {}
        for key, reason in _refusals(keys):
            by_reason.setdefault(reason, []).append(f"`{key}`")
        refused = "; ".join(f"{', '.join(found)}: {reason}" for reason, found in by_reason.items())
        lines.append("| " + " | ".join(text.replace("|", "\\|") for text in (name, read, kept, refused)) + " |")
    lines += ["", "| Place of a schema | Types |", "|---|---|"]
    lines += [f"| {place} | {', '.join(f'`{kind}`' for kind in kinds)} |" for place, kinds in TYPES.items()]
    by_types: dict[tuple[str, ...], list[str]] = {}
    for form, kinds in FORMATS.items():
        by_types.setdefault(kinds, []).append(f"`{form}`")
    lines += ["", "| Type | Formats |", "|---|---|"]
    lines += [f"| {', '.join(kinds)} | {', '.join(forms)} |" for kinds, forms in by_types.items()]
    lines += [
        "",
        "A `$ref` may be in the place of: " + _spell(REFERENCES) + "; beside it: " + _spell(BESIDE_A_REFERENCE) + ".",
    ]
    lines += ["", "Names that a schema can't have: " + _spell(CLASSES) + ", and those of the resources."]
    return "\n".join(lines) + "\n"


def _spell(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _describe(key: str, rule: Read) -> str:
    """A key with the values it may have."""
    form = rule.form.names if isinstance(rule.form, Named) else rule.form
    match form:
        case Choice(values):
            return f"`{key}` ({', '.join(str(value).lower() if value is True else str(value) for value in values)})"
        case Pattern(_, example):
            return f"`{key}` (such as {example})"
    return f"`{key}`" + (f" (in a {' or '.join(p for p in rule.places if p != 'unused')})" if rule.places else "")


def _refusals(keys: dict[str, Key]) -> Iterator[tuple[str, str]]:
    for key, rule in keys.items():
        if isinstance(rule, Refused):
            yield key, rule.reason
        elif isinstance(rule, Read):
            form = rule.form.names if isinstance(rule.form, Named) else rule.form
            if isinstance(form, Choice | Pattern):
                for value, reason in form.refused.items():
                    yield f"{key}: {value or 'others'}", reason
