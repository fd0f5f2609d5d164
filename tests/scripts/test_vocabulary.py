"""Every row of the vocabulary: small descriptions that are refused with file, line, path and advice, and some that work."""

from __future__ import annotations

import importlib
import json
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from codegen import build, vocabulary
from codegen.bundle import bundle
from codegen.checks import check, check_vocabulary
from codegen.normalization import normalize
from codegen.problems import DescriptionError
from codegen.vocabulary import OBJECTS, Choice, Named, Pattern, Read, Refused

from tests.scripts.checkout import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAD = """\
openapi: 3.1.0
info: {title: Invented, version: "1"}
servers: [{url: https://api.example.com}]
components: {}
"""
MARKERS = "tags: [things], x-heymarket-confidence: low, x-heymarket-sources: [invented]"


def operation(more: str = "", *, body: str = "", answer: str = "", parameters: str = "", method: str = "post") -> str:
    """A family with one operation, as YAML: its parts are in lines of their own."""
    path = "/v9/things" + ("/{day}" if "in: path" in parameters else "")
    lines = [
        "paths:",
        f"  {path}:",
        f"    {method}:",
        f"      operationId: things.{'do'}",
        *(f"      {marker}" for marker in MARKERS.split(", ")),
        *([f"      parameters: [{parameters}]"] if parameters else []),
        *([f"      requestBody: {{content: {{application/json: {{schema: {body}}}}}}}"] if body else []),
        *([f"      {more}"] if more else []),
    ]
    if not more.startswith("responses"):
        content = f", content: {{application/json: {{schema: {answer}}}}}" if answer else ""
        lines.append(f'      responses: {{"200": {{description: Done.{content}}}}}')
    return "\n".join(lines) + "\n"


def schemas(text: str) -> str:
    return f"components:\n  schemas:\n    {text}\n"


def obj(properties: str, more: str = "") -> str:
    return f"{{type: object, properties: {{{properties}}}{more}}}"


def described(folder: Path, family: str, root: str = HEAD) -> Path:
    openapi = folder / "openapi"
    openapi.mkdir()
    (openapi / "heymarket.yaml").write_text(root, encoding="utf-8")
    (openapi / "things.yaml").write_text(family, encoding="utf-8")
    return openapi


def problems(openapi: Path) -> list[str]:
    """What the checks say, without generating anything."""
    try:
        written = bundle(openapi)
        check_vocabulary(written)
        check(normalize(written))
    except DescriptionError as error:
        return [str(problem) for problem in error.problems]
    return []


@dataclass
class Case:
    """A family, what is said of it, and a word of the line that it is said of."""

    family: str
    message: str
    word: str


def query(rest: str) -> str:
    return operation(parameters=f"{{name: q, in: query, {rest}}}")


def case(family: str, message: str, word: str) -> Case:
    return Case(family, message, word)


REFUSED = {
    "response of CSV": case(
        operation('responses: {"200": {description: d, content: {text/csv: {schema: {type: string}}}}}'),
        "200.content.text/csv: text/csv isn't supported: responses that aren't JSON", "responses:",
    ),
    "two media types": case(
        operation(
            'responses: {"200": {description: d, content: {application/json: {schema: {type: string}}, '
            "application/vnd.x+json: {schema: {type: string}}}}}"
        ),
        "application/vnd.x+json isn't supported: only application/json is supported", "responses:",
    ),
    "no schema": case(
        operation('responses: {"200": {description: d, content: {application/json: {}}}}'),
        "application/json: schema is missing in a media", "responses:",
    ),
    "upload": case(
        operation("requestBody: {content: {multipart/form-data: {schema: {type: object}}}}"),
        "multipart/form-data isn't supported: uploads", "requestBody",
    ),
    "form": case(
        operation("requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object}}}}"),
        "forms aren't supported yet", "requestBody",
    ),
    "binary in JSON": case(operation(body=obj("f: {type: string, format: binary}")), "format: byte is Base64", "requestBody"),
    "union of models in a response": case(
        operation(answer=obj(f"part: {{oneOf: [{obj('a: {type: string}')}, {obj('b: {type: string}')}]}}")),
        "schema.properties.part.oneOf: its variants can't be told apart", "responses",
    ),
    "discriminator": case(
        operation(answer=obj("part: {discriminator: {propertyName: kind}, oneOf: [{type: string}]}")),
        "discriminator isn't supported in a schema: unions are told apart by a property with a `const`", "responses",
    ),
    "union as a body": case(operation(body="{oneOf: [{type: object}, {type: array, items: {}}]}"), "a body's schema needs one type", "requestBody"),
    "union as a response": case(operation(answer="{anyOf: [{type: object}, {type: string}]}"), "a response's schema needs one type", "responses"),
    "scalar body": case(operation(body="{type: string}"), "a body can't be of type string: object or array only", "requestBody"),
    "servers of an operation": case(operation("servers: [{url: https://x.example}]"), "servers isn't supported in an operation: every operation is sent to", "servers"),
    "security of an operation": case(operation("security: []"), "security isn't supported in an operation", "security"),
    "explode: false": case(query("explode: false, schema: {type: array, items: {type: integer}}"), "explode: false isn't supported: leave it out", "parameters"),
    "pipeDelimited": case(query("style: pipeDelimited, schema: {type: array, items: {type: integer}}"), "style: pipeDelimited isn't supported: only the default", "parameters"),
    "deepObject": case(query(f"style: deepObject, schema: {obj('a: {type: string}')}"), "style: deepObject isn't supported", "parameters"),
    "object in the query": case(query(f"schema: {obj('a: {type: string}')}"), "a query parameter can't be of type object", "parameters"),
    "objects of a union in the query": case(query(f"schema: {{oneOf: [{obj('a: {type: string}')}, {{type: string}}]}}"), "oneOf.0.type: a query parameter can't be of type object", "parameters"),
    "style of the other place": case(query("style: simple, schema: {type: string}"), "the only style of a query parameter is form", "parameters"),
    "array in the path": case(
        operation(parameters="{name: day, in: path, required: true, schema: {type: array, items: {type: string}}}"),
        "a path parameter can't be of type array", "parameters",
    ),
    "header parameter": case(operation(parameters="{name: X-A, in: header, schema: {type: string}}"), "not in header; callers pass headers as extra_headers", "parameters"),
    "cookie parameter": case(operation(parameters="{name: a, in: cookie, schema: {type: string}}"), "in: cookie isn't supported", "parameters"),
    "parameter with content": case(operation(parameters="{name: f, in: query, content: {application/json: {schema: {type: object}}}}"), "content isn't supported in a parameter: write `schema:`", "parameters"),
    "parameter described twice": case(operation(parameters="{name: f, in: query, schema: {type: string}}, {name: f, in: query, schema: {type: string}}"), "f is described twice", "parameters"),
    "phone in a union": case(
        operation(body=obj("to: {anyOf: [{type: string, format: phone}, {type: array, items: {type: string, format: phone}}]}")),
        "to.anyOf: phone isn't checked inside of a union", "requestBody",
    ),
    "phone in the path": case(operation(parameters="{name: day, in: path, required: true, schema: {type: string, format: phone}}"), "phone isn't checked in a path", "parameters"),
    "misspelt format": case(operation(body=obj("to: {type: string, format: fone}")), "the format fone isn't known: did you mean phone?", "requestBody"),
    "format of another type": case(operation(body=obj("to: {type: integer, format: phone}")), "phone is a format of type string", "requestBody"),
    "cursor that is a number": case(
        operation("x-heymarket-pagination: {cursor: after, from: id}", body=obj("after: {type: integer}"), answer=f"{{type: array, items: {obj('id: {type: integer}')}}}"),
        "a cursor has to be a string", "pagination",
    ),
    "cursor from nowhere": case(
        operation("x-heymarket-pagination: {cursor: after, from: ID}", body=obj("after: {type: string}"), answer=f"{{type: array, items: {obj('id: {type: string}')}}}"),
        "the items of the response have no ID", "pagination",
    ),
    "pages by offset": case(
        operation("x-heymarket-pagination: {page: offset}", body=obj("offset: {type: integer}"), answer=f"{{type: array, items: {obj('id: {type: string}')}}}"),
        "offset isn't the number of a page: other ways of paging", "pagination",
    ),
    "pages of an object": case(
        operation("x-heymarket-pagination: {page: p}", body=obj("p: {type: integer}"), answer=obj("id: {type: string}")),
        "a response that comes in pages has to be an array", "pagination",
    ),
    "unknown key of a marker": case(operation("x-heymarket-pagination: {page: p, start: 1}"), "pagination.start: start isn't known in a pagination", "pagination"),
    "misspelt marker": case(operation("x-heymarket-pagintaion: {page: p}"), "did you mean x-heymarket-pagination?", "pagintaion"),
    "misspelt marker of ours": case(operation("x-heymraket-answer: count"), "did you mean x-heymarket-answer?", "x-heymraket"),
    "marker in another place": case(operation(body=obj("a: {type: string, x-heymarket-answer: count}")), "it belongs into an operation", "requestBody"),
    "marker of a body in a response": case(operation(answer=obj("a: {type: string}", ", x-heymarket-at-least-one: [a]")), "has no effect in a response", "responses"),
    "value of a marker": case(operation("x-heymarket-answer: nothin"), "expected nothing or count, not nothin", "answer"),
    "idempotent by nothing": case(operation("x-heymarket-idempotent-by: key"), "the body has no string key", "idempotent"),
    "idempotent by a field that is missing": case(operation("x-heymarket-idempotent-by: key", body=obj("a: {type: string}")), "the body has no string key", "idempotent"),
    "idempotent array": case(operation("x-heymarket-idempotent-by: key", body="{type: array, items: {type: string}}"), "the body has no string key", "idempotent"),
    "rules of fields that are missing": case(operation(body=obj("a: {type: string}", ", x-heymarket-at-least-one: [b]")), "the body has no b, which its extensions name", "requestBody"),
    "body name of an object": case(operation("x-heymarket-body-name: things", body=obj("a: {type: string}")), "only a body without properties", "body-name"),
    "body with other fields": case(operation(body=obj("a: {type: string}", ", additionalProperties: true")), "others can't be given: leave additionalProperties out", "requestBody"),
    "readOnly in a body": case(operation(body=obj("id: {type: string, readOnly: true}")), "readOnly has no effect in a part of a body: describe the body without", "requestBody"),
    "writeOnly in a response": case(operation(answer=obj("id: {type: string, writeOnly: true}")), "writeOnly has no effect in a part of a response", "responses"),
    "nullable of 3.0": case(operation(body=obj("id: {type: string, nullable: true}")), "nullable isn't supported in a schema: it is of OpenAPI 3.0: write", "requestBody"),
    "required beside a $ref": case(
        operation(body='{$ref: "#/components/schemas/A", required: [a]}') + schemas(f"A: {obj('a: {type: string}')}"),
        "required beside a $ref has no effect", "requestBody",
    ),
    "required field that is missing": case(operation(body=obj("name: {type: string}", ", required: [nmae]")), "nmae is required, and isn't in properties: did you mean name?", "requestBody"),
    "mixed enum": case(operation(body=obj("a: {enum: [x, 1]}")), "the values of an enum have to be of one type", "requestBody"),
    "const object": case(operation(body=obj("a: {const: {}}")), "a const is a string, an integer or a boolean", "requestBody"),
    "array without items": case(operation(body=obj("a: {type: array}")), "an array needs items", "requestBody"),
    "prefixItems": case(operation(body=obj("a: {type: array, prefixItems: [{type: string}], items: false}")), "prefixItems isn't supported in a schema", "requestBody"),
    "boolean schema": case(operation(body=obj("a: true")), "a schema that is a boolean says nothing", "requestBody"),
    "reference into a schema": case(
        operation(answer='{$ref: "#/components/schemas/A/properties/q"}') + schemas(f"A: {obj('q: {type: string}')}"),
        "a $ref to a schema is written as #/components/schemas/Name", "responses",
    ),
    "reference to another file": case(operation(answer='{$ref: "other.yaml#/A"}'), "other files are bundled, so it needs no file name", "responses"),
    "allOf of scalars": case(operation(answer=obj("a: {allOf: [{type: string}, {type: string, maxLength: 3}]}")), "allOf joins objects with properties, and nothing else", "responses"),
    "allOf that contradicts itself": case(
        operation(answer=f"{{allOf: [{obj('a: {type: string}')}, {obj('a: {type: integer}')}]}}"), "allOf has two descriptions of a", "responses"
    ),
    "allOf of itself": case(operation(answer='{$ref: "#/components/schemas/A"}') + schemas('A: {allOf: [{$ref: "#/components/schemas/A"}, {type: object}]}'), "allOf leads back to itself", "A:"),
    "schema named like our class": case(schemas(f"APIResponse: {obj('q: {type: string}')}"), "APIResponse is a name of the generated package: give", "APIResponse"),
    "schema named like an async resource": case(operation() + schemas(f"AsyncThings: {obj('q: {type: string}')}"), "AsyncThings is the name of a resource's class", "AsyncThings"),
    "two fields of one Python name": case(operation(body=obj("pageSize: {type: string}, page-size: {type: string}")), "'page-size' has the Python name of another one, page_size: add x-heymarket-name", "requestBody"),
    "path parameter with an odd name": case(operation(parameters="{name: the-day, in: path, required: true, schema: {type: string}}"), "the name of a path parameter isn't sent: write another one", "parameters"),
    "webhook without a body": case("webhooks:\n  ping:\n    post: {operationId: things.ping, tags: [things], responses: {}}\n", "requestBody is missing in a delivery", "post"),
    "webhook that is no POST": case("webhooks:\n  ping:\n    get: {tags: [things]}\n    post: {requestBody: {content: {}}}\n", "get isn't supported in a webhook: a delivery is a POST", "get:"),
    "response of HEAD": case(operation(answer="{type: string}", method="head"), "such a response has no body", "responses"),
    "two successes": case(operation('responses: {"200": {description: d}, "201": {description: d}}'), "exactly one success", "responses"),
    "range of successes": case(operation('responses: {"2XX": {description: d}}'), "exactly one success has to be described, by its status", "responses"),
    "misspelt key": case(operation("sumary: x"), "sumary isn't known in an operation: did you mean summary?", "sumary"),
    "method of 3.2": case("paths:\n  /x:\n    query: {}\n", "query isn't supported in a path: it is new in OpenAPI 3.2", "query"),
    "dollar sign alone": case(query("schema: {type: string}").replace("name: q", 'name: "$"'), "'$' can't become a Python name: add x-heymarket-name", "parameters"),
}  # fmt: skip


@pytest.mark.parametrize("given", REFUSED.values(), ids=REFUSED.keys())
def test_refused_with_file_line_path_and_advice(tmp_path: Path, given: Case) -> None:
    (message,) = problems(described(tmp_path, given.family))

    line = next(number for number, line in enumerate(given.family.splitlines(), 1) if given.word in line)
    assert message.startswith(f"openapi/things.yaml:{line}: ")
    assert given.message in message


@pytest.mark.parametrize(
    ("root", "message"),
    [
        (HEAD.replace("3.1.0", "3.0.3"), "heymarket.yaml:1: openapi: 3.0.3 isn't supported: write it as OpenAPI 3.1"),
        (HEAD.replace("3.1.0", "3.2.0"), "heymarket.yaml:1: openapi: 3.2.0 isn't supported: write it as OpenAPI 3.1"),
        (HEAD.replace("servers: [", "servers: [{url: https://b.example.com}, "), "servers: one of servers is supported"),
        (HEAD.replace("url:", "variables: {}, url:"), "variables isn't supported in a server: write the URL out"),
        (f"{HEAD}jsonSchemaDialect: x\n", "jsonSchemaDialect isn't supported in a document"),
        (
            HEAD.replace("{}", "{securitySchemes: {K: {type: apiKey, in: header, name: X}}}"),
            "type: apiKey isn't supported: every operation is sent with the client's bearer token",
        ),
    ],
)
def test_what_the_root_may_not_say(tmp_path: Path, root: str, message: str) -> None:
    assert message in "\n".join(problems(described(tmp_path, operation(), root)))


@pytest.mark.parametrize("name", ["more.yml", "more.json", "folder/more.yaml"])
def test_a_file_that_would_be_ignored_is_refused(tmp_path: Path, name: str) -> None:
    openapi = described(tmp_path, operation())
    (openapi / name).parent.mkdir(exist_ok=True)
    (openapi / name).write_text("paths: {}\n", encoding="utf-8")

    assert problems(openapi) == [f"openapi/{name}:1: only *.yaml in openapi itself is read: rename this file, or move it"]


HOLDERS = {
    "document": (),
    "info": ("info",),
    "server": ("servers", 0),
    "tag": ("tags", 0),
    "path": ("paths", "/x"),
    "operation": ("paths", "/x", "post"),
    "webhook": ("webhooks", "event"),
    "delivery": ("webhooks", "event", "post"),
    "parameter": ("paths", "/x", "post", "parameters", 0),
    "body": ("paths", "/x", "post", "requestBody"),
    "response": ("paths", "/x", "post", "responses", "200"),
    "media": ("paths", "/x", "post", "responses", "200", "content", "application/json"),
    "components": ("components",),
    "securityScheme": ("components", "securitySchemes", "A"),
    "schema": ("components", "schemas", "A"),
    "discrepancy": ("paths", "/x", "post", "x-heymarket-discrepancies", 0),
    "pagination": ("paths", "/x", "post", "x-heymarket-pagination"),
}
"""Where each object is in an otherwise empty description."""


def made(name: str, key: str, value: Any) -> dict[str, Any]:
    """A description that has nothing but one key of one object."""
    document: dict[str, Any] = {}
    part: Any = document
    steps = HOLDERS[name]
    for step, after in zip(steps, [*steps[1:], ""], strict=True):
        inner: Any = [{}] if after == 0 else {}
        if isinstance(part, list):
            part = part[0]
        else:
            part[step] = inner
            part = inner
    (part[0] if isinstance(part, list) else part)[key] = value
    return document


def refusals() -> Iterator[tuple[str, str, Any, str]]:
    """Every refusal of the vocabulary: the object, the key, its value and the reason."""
    for name, keys in OBJECTS.items():
        for key, rule in keys.items():
            if isinstance(rule, Refused):
                yield name, key, {}, rule.reason
            elif isinstance(rule, Read):
                form = rule.form.names if isinstance(rule.form, Named) else rule.form
                for value, reason in form.refused.items() if isinstance(form, Choice | Pattern) else ():
                    given: Any = False if value == "false" else value or "other"
                    yield name, key, {given: {}} if isinstance(rule.form, Named) else given, reason


@pytest.mark.parametrize(("name", "key", "value", "reason"), refusals())
def test_every_row_that_is_refused_says_why(tmp_path: Path, name: str, key: str, value: Any, reason: str) -> None:
    openapi = tmp_path / "openapi"
    openapi.mkdir()
    text = json.dumps(made(name, key, value), indent=1)
    (openapi / "heymarket.yaml").write_text(text, encoding="utf-8")

    found = [message for message in problems(openapi) if reason in message]

    line = next(number for number, line in enumerate(text.splitlines(), 1) if f'"{key}"' in line)
    assert found
    assert re.match(rf"openapi/heymarket\.yaml:({line}|{line + 1}): \S*{re.escape(key)}", found[0])


@pytest.mark.parametrize("name", OBJECTS)
def test_an_unknown_key_of_every_object_is_refused(tmp_path: Path, name: str) -> None:
    openapi = tmp_path / "openapi"
    openapi.mkdir()
    (openapi / "heymarket.yaml").write_text(json.dumps(made(name, "zzz", 1)), encoding="utf-8")

    assert any("zzz isn't known in a" in message for message in problems(openapi))


def test_the_guide_shows_the_vocabulary() -> None:
    guide = (ROOT / "docs/growing-the-api.md").read_text(encoding="utf-8")

    assert vocabulary.render_page() in guide
