"""What a description may hold, as data: the checks refuse what isn't in it, and the guide shows it.

Every key has one of three effects. It is *read*; it is *kept*, which means that it is in the packaged description,
where the emulator may use it, and nothing else depends on it; or it is *refused*, with a reason. A key that is missing
here is refused as unknown. To support more, replace the refusal of a row.
"""

from .forms import Choice, Key, Named, Pattern, Read, keep, refuse
from .media_types import JSON, RETURNED, SENT

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
        **keep("externalDocs"),
        **refuse("jsonSchemaDialect $self", "schemas are written in the dialect of OpenAPI 3.1"),
    },
    "info": {
        "title": Read(str, required=True),
        "version": Read(str, required=True),
        "description": Read(str),
        **keep("summary termsOfService contact license"),
    },
    "server": {
        "url": Read(str, required=True),
        **keep("description name"),
        **refuse("variables", "write the URL out; callers set another one with base_url"),
    },
    "tag": {
        "name": Read(str, required=True),
        "description": Read(str),
        **keep("externalDocs"),
        **refuse("parent kind summary", "it is new in OpenAPI 3.2, and has no effect here"),
    },
    "path": {
        **{
            method: Read("operation")
            for method in ("get", "put", "post", "delete", "options", "head", "patch", "trace")
        },
        "parameters": Read(["parameter"]),
        "servers": Read(["server"]),
        **keep("summary description"),
        **refuse("query additionalOperations", "it is new in OpenAPI 3.2; use a method of 3.1"),
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
        **keep("externalDocs callbacks"),
    },
    "webhook": {
        "post": Read("delivery", required=True),
        **keep("summary description"),
        **refuse("get put delete options head patch trace", "a delivery is a POST"),
        **refuse("parameters servers", "only the body of a delivery is read"),
    },
    "delivery": {
        "operationId": Read(str),
        "tags": Read([str]),
        "summary": Read(str),
        "description": Read(str),
        "requestBody": Read("body", required=True),
        **_EVIDENCE,
        **keep("responses security externalDocs deprecated"),
        **refuse("parameters callbacks servers", "only the body of a delivery is read"),
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
        **refuse("allowReserved", "every value is percent-encoded"),
        **refuse("allowEmptyValue", "it was given up by OpenAPI; leave it out"),
    },
    "body": {
        "content": Read(Named("media", SENT), required=True),
        "required": Read(bool),
        "description": Read(str),
    },
    "response": {
        "description": Read(str, required=True),
        "content": Read(Named("media", RETURNED)),
        **keep("headers links"),
        **refuse("summary", "it is new in OpenAPI 3.2: write a description"),
    },
    "media": {
        "schema": Read("schema", required=True),
        **_EXAMPLES,
        **refuse("encoding", "each part is sent as its type asks for: files as such, objects as JSON"),
        **refuse("itemSchema prefixEncoding itemEncoding", "it is new in OpenAPI 3.2: streams aren't supported yet"),
    },
    "components": {
        "schemas": Read(Named("schema")),
        "responses": Read(Named("response")),
        "parameters": Read(Named("parameter")),
        "requestBodies": Read(Named("body")),
        "pathItems": Read(Named("path")),
        "securitySchemes": Read(Named("securityScheme")),
        **keep("headers examples links callbacks"),
        **refuse("mediaTypes", "it is new in OpenAPI 3.2: write the media type where it is used"),
    },
    "securityScheme": {
        "type": Read(Choice(("http", "apiKey"), {"": _KEYS}), required=True),
        "scheme": Read(Choice(("bearer",), {"": _KEYS})),
        "in": Read(Choice(("header", "query"), {"cookie": _KEYS})),
        "name": Read(Pattern(r"[A-Za-z0-9_-]+", "X-Api-Key")),
        **keep("bearerFormat description"),
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
        **keep(
            "title summary minItems uniqueItems minLength multipleOf exclusiveMinimum exclusiveMaximum minProperties"
        ),
        **keep("x-heymarket-enforced"),
        **keep("maxProperties propertyNames dependentRequired externalDocs xml $comment"),
        **refuse("nullable", 'it is of OpenAPI 3.0: write `type: [string, "null"]`, or anyOf with `type: "null"`'),
        **refuse("prefixItems", "a list has one type of items: write `items:`"),
        **refuse("not if then else dependentSchemas contains minContains maxContains", "it has no type in Python"),
        **refuse("patternProperties unevaluatedProperties unevaluatedItems", "use additionalProperties or items"),
        **refuse(
            "contentEncoding contentMediaType contentSchema",
            "write format: byte for Base64 in JSON, or format: binary for a file",
        ),
        **refuse("$defs definitions $id $anchor $schema", "schemas go under components.schemas"),
        **refuse("$dynamicRef $dynamicAnchor $recursiveRef $vocabulary", "use $ref with #/components/schemas/Name"),
    },
    "discriminator": {
        "propertyName": Read(str, required=True),
        "mapping": Read(Named(str)),
        **refuse("defaultMapping", "it is new in OpenAPI 3.2: an object of an unknown kind is an UnknownVariant"),
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
    "Any", "APIResponse", "AsyncPager", "AsyncResources", "AuthenticatedClient", "BinaryIO", "Cast", "Client", "File",
    "FileContent", "HeymarketDriftWarning", "HTTPStatus", "Literal", "Mapping", "Model", "OpenStrEnum", "Operation",
    "P", "Page", "Pager", "Paging", "Path", "RawSender", "Resources", "Response", "SecurityScheme", "Sequence",
    "SupportsAsyncSend", "SupportsSend", "T", "TypeVar", "UnknownVariant", "Unset", "UNSET", "Upload", "UUID",
    "ValidationRules",
}  # fmt: skip
"""Names that a schema can't have, because the generated package has them already."""

FILES = "*.yaml"
"""The files of a description; all are in one folder."""
FILE_ENDINGS = (".yaml", ".yml", ".json")
"""Files with these endings that aren't read are refused."""
