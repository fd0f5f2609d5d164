"""Checks of a description: that all of it is in the vocabulary, and that a good client can be generated from it."""

import builtins
import difflib
import json
import keyword
import os
import re
from collections.abc import Iterator
from typing import Any

# The same messages whatever else is installed: by default it uses jsonschema-rs where there is one.
os.environ["OPENAPI_SPEC_VALIDATOR_SCHEMA_VALIDATOR_BACKEND"] = "jsonschema"

import jsonschema_rs
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator, schemas

from . import extensions, names
from .bundle import Document, Operation
from .destinations import check_destinations, split_server
from .problems import DescriptionError, Path, Problem
from .schemas import PYTHON_TYPES, UNIONS, find_types, walk
from .unions import Match, find_unions, list_objects, tell_apart
from .vocabulary import (
    BESIDE_A_REFERENCE,
    BINARY,
    CHECKED_FORMATS,
    CLASSES,
    FORMATS,
    OBJECTS,
    REFERENCES,
    TYPES,
    Choice,
    Named,
    Pattern,
    Read,
    Refused,
    find_media_kind,
)  # fmt: skip

_SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_PASCAL_CASE = re.compile(r"[A-Z][A-Za-z0-9]*")
_PATH_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_HEADER_NAME = re.compile(r"[A-Za-z0-9_-]+")
_IN_BRACES = re.compile(r"{([^}]*)}")
_JSON_SCHEMA = Draft202012Validator(Draft202012Validator.META_SCHEMA)
_IS_JSON_SCHEMA = jsonschema_rs.Draft202012Validator(Draft202012Validator.META_SCHEMA).is_valid
_SAYS = {str: "a string", bool: "true or false", int: "an integer", dict: "keys and values", list: "a list"}
_PAGE = "docs/growing-the-api.md has the list of what may be here"
_NOT_APART = "its variants can't be told apart: let the objects differ by a discriminator's property"
_WHOLE = {"body", "form", "web form", "file", "response", "delivery"}
_UNIONS = {"body", "response"}
_NOT_CHECKED = {"path parameter", "header parameter"}
_RESERVED_HEADERS = frozenset({
    "accept", "accept-encoding", "authorization", "connection", "content-length", "content-type", "cookie", "expect",
    "host", "keep-alive", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade",
})  # fmt: skip
_NO_NAME = "can't become a Python name"
_OURS = sorted({key for keys in OBJECTS.values() for key in keys if key.startswith("x-")})


def check_vocabulary(document: Document) -> None:
    """Checks that a description, as it is written, has nothing but what is supported.

    Raises:
        DescriptionError: With everything that isn't, or with what isn't OpenAPI.
    """
    for stage in (_check_references, _check_vocabulary, _check_shape):
        _raise(stage(document))


def check(document: Document) -> None:
    """Checks the whole description, once it is normalized.

    Raises:
        DescriptionError: With all mistakes of the first stage that finds any.
    """
    # Each stage relies on the stages before it.
    for stage in (_check_operations, _check_names, _check_values, _check_unions, _check_markers):
        _raise(stage(document))


def _raise(found: Iterator[Problem]) -> None:
    if problems := list(found):
        raise DescriptionError(problems)


def _check_vocabulary(document: Document) -> Iterator[Problem]:
    visitor = _Visitor(document)
    visitor.visit("document", document.data, (), "")
    yield from visitor.problems


class _Visitor:
    """Visits every part of a description, with the place of the request or response that it describes."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._seen: set[tuple[Path, str]] = set()
        self.problems: list[Problem] = []

    def visit(self, form: Any, part: Any, path: Path, place: str) -> None:
        match form:
            case None:
                pass  # of any form
            case "schema or boolean" if isinstance(part, bool):
                pass  # nothing is in it
            case str():
                self._visit_object(form.partition(" ")[0], part, path, place)
            case [item]:
                if self._has_type(part, list, path):
                    for index, value in enumerate(part):
                        self.visit(item, value, (*path, index), place)
            case Named(item, keys):
                if self._has_type(part, dict, path):
                    for key, value in part.items():
                        if keys is None or place == "failure" or self._check_value(keys, key, (*path, key)):
                            self.visit(item, value, (*path, key), _enter(place, path, key))
            case Choice() | Pattern():
                self._check_value(form, part, path)
            case _:
                self._has_type(part, form, path)

    def _visit_object(self, name: str, part: Any, path: Path, place: str) -> None:
        if name == "schema" and isinstance(part, bool):
            self._report(path, "a schema that is a boolean says nothing: describe what it is")
            return
        if not self._has_type(part, dict, path):
            return
        if name == "parameter":
            place = f"{'JSON' if 'content' in part else part.get('in')} parameter"
        if name in REFERENCES and "$ref" in part:
            self._follow(name, part, path, place)
            part = {key: value for key, value in part.items() if key != "$ref"}
            for key in part.keys() - BESIDE_A_REFERENCE:
                self._report((*path, key), f"{key} beside a $ref has no effect: write it in what the $ref leads to")
            return
        keys, meant, before = OBJECTS[name], {*part}, len(self.problems)
        for key, value in part.items():
            rule = keys.get(key)
            match rule:
                case Refused(reason):
                    self._report((*path, key), f"{key} isn't supported in {_spell(name)}: {reason}")
                case Read(form, places=places, advice=advice):
                    if places and place not in places:
                        self._report((*path, key), f"{key} has no effect in a {place}: {advice}")
                    if not (place == "failure" and key == "content"):  # the client passes it on as a string
                        self.visit(form, value, (*path, key), _enter(place, path, key))
                case None:
                    meant.add(self._report_unknown(name, key, path))
        if name == "media" and find_media_kind(str(path[-1])) in {"text", "bytes"}:
            meant.add("schema")  # there is but one
        for key, rule in keys.items():
            if isinstance(rule, Read) and rule.required and key not in meant:
                self._report(path, f"{key} is missing in {_spell(name)}")
        if name == "parameter" and not part.keys() & {"schema", "content", "$ref"}:
            self._report(path, "schema is missing in a parameter")
        content = part.get("content")
        if name in {"body", "response"} and place != "failure" and isinstance(content, dict) and len(content) != 1:
            self._report(path, "content has to have one media type, such as application/json")
        if name == "body" and place == "delivery" and isinstance(content, dict):
            for media in content:
                if find_media_kind(str(media)) != "json":
                    self._report((*path, "content", media), "a delivery is JSON: only application/json is read")
        if name == "schema" and place in TYPES and len(self.problems) == before:
            self.problems += _check_schema(self._document, part, path, place)

    def _follow(self, name: str, part: dict[str, Any], path: Path, place: str) -> None:
        target = tuple(str(part["$ref"]).removeprefix("#/").replace("~1", "/").split("/"))
        if target[:2] != ("components", REFERENCES[name]) or len(target) != 3:  # section and name
            expected = f"#/components/{REFERENCES[name]}/Name"
            self._report((*path, "$ref"), f"a $ref to {_spell(name)} is written as {expected}: describe it there")
        elif (target, place) not in self._seen:
            self._seen.add((target, place))
            self.visit(name, self._document.target(part["$ref"]), target, place)

    def _has_type(self, part: Any, kind: type, path: Path) -> bool:
        fits = isinstance(part, kind) and (kind is bool or not isinstance(part, bool))
        if not fits:
            self._report(path, f"expected {_SAYS[kind]}, not {_write(part)}")
        return fits

    def _check_value(self, form: Choice | Pattern, value: Any, path: Path) -> bool:
        text = value if isinstance(value, str) else _write(value)
        if isinstance(form, Choice):
            fits, expected = value in form.values, _join(tuple(map(_write_plain, form.values)))
        else:
            fits, expected = isinstance(value, str) and bool(re.fullmatch(form.regex, text)), f"such as {form.form}"
        if not fits:
            reason = next((why for start, why in form.refused.items() if text.startswith(start)), "")
            self._report(path, f"{text} isn't supported: {reason}" if reason else f"expected {expected}, not {text}")
        return fits

    def _report_unknown(self, name: str, key: str, path: Path) -> str:
        """Reports a key, unless it is an extension of someone else, and returns the one that was probably meant."""
        known = _OURS if key.startswith("x-") else [k for k, r in OBJECTS[name].items() if not isinstance(r, Refused)]
        similar = difflib.get_close_matches(key, known, 1, 0.8 if key.startswith("x-") else 0.7)
        if key.startswith("x-") and not (similar or key.startswith("x-heymarket")):
            return ""
        if key in similar:
            homes = " or ".join(_spell(home) for home, keys in OBJECTS.items() if key in keys)
            advice = f"it belongs into {homes}"
        else:
            advice = f"did you mean {similar[0]}?" if similar else _PAGE
        self._report((*path, key), f"{key} isn't known in {_spell(name)}: {advice}")
        return similar[0] if similar else ""

    def _report(self, path: Path, text: str) -> None:
        self.problems.append(self._document.problem(path, text))


def _enter(place: str, path: Path, key: str) -> str:
    """The place of what a key holds."""
    if (
        key in {"properties", "items", "additionalProperties", "allOf"}
        and place in TYPES
        and path[-1:] != ("properties",)
    ):
        return f"part of a {place}" if f"part of a {place}" in TYPES else place
    if path[-1:] == ("content",) and place in {"body", "response"} and (kind := find_media_kind(key)) != "json":
        return kind if kind in TYPES else "file"
    if key == "requestBody":
        return "delivery" if path[:1] == ("webhooks",) else "body"
    if path[-1:] == ("responses",):
        return "response" if key[:1] == "2" and path[:1] != ("components",) else "failure"
    if path[:1] == ("components",) and len(path) == 1:
        return "failure" if key == "responses" else "unused"
    return place


def _check_schema(document: Document, schema: dict[str, Any], path: Path, place: str) -> Iterator[Problem]:
    """What the vocabulary says of types, formats and unions by their place."""
    kinds = find_types(schema)
    unions = [key for key in UNIONS if key in schema]
    if place in _WHOLE and not _is_one_type(document, schema, place):
        others = "or objects that can be told apart" if place in _UNIONS else "no union, no null"
        yield document.problem(path, f"a {place}'s schema needs one type, such as object or array; {others}")
    for kind in kinds:
        if kind in PYTHON_TYPES and kind not in TYPES[place]:
            text = f"a {place} can't be of type {kind}: {_join(TYPES[place])} only"
            yield document.problem((*path, "type") if "type" in schema else path, text)
    values = schema.get("enum", [])
    if not isinstance(schema.get("type"), str) and len({type(value) for value in values} - {type(None)}) > 1:
        yield document.problem((*path, "enum"), "the values of an enum have to be of one type")
    if not isinstance(schema.get("const", ""), str | int):
        yield document.problem((*path, "const"), "a const is a string, an integer or a boolean")
    if "array" in kinds and "items" not in schema:
        yield document.problem(path, "an array needs items: say what it has")
    known = _properties(schema)
    missing = [name for name in schema.get("required", ()) if name not in known] if known else []
    if missing and "allOf" not in schema and path[-2:-1] != ("allOf",):
        text = f"{missing[0]} is required, and isn't in properties{_suggest(missing[0], known)}"
        yield document.problem((*path, "required"), text)
    if (
        place in {"body", "form", "web form"}
        and "properties" in schema
        and schema.get("additionalProperties", False) is not False
    ):
        text = "a body's properties are arguments, so others can't be given: leave additionalProperties out"
        yield document.problem((*path, "additionalProperties"), text)
    yield from _check_format(document, schema, path, place)
    for key in unions:
        if isinstance(schema[key], list):
            yield from _check_union(document, schema, (*path, key), place)
    if isinstance(schema.get("allOf"), list):
        yield from _check_all_of(document, schema, path)


def _check_format(document: Document, schema: dict[str, Any], path: Path, place: str) -> Iterator[Problem]:
    form, at = schema.get("format"), (*path, "format")
    if not isinstance(form, str):
        return
    kinds = set(find_types(schema)) - {"null"}
    if form == "binary" and place not in BINARY:
        yield document.problem(at, "there are no bytes in JSON: format: byte is Base64")
    elif form not in FORMATS:
        yield document.problem(at, f"the format {form} isn't known{_suggest(form, FORMATS) or f': {_PAGE}'}")
    elif not kinds <= {*FORMATS[form]} or not kinds:
        yield document.problem(at, f"{form} is a format of type {_join(FORMATS[form])}")
    elif form in CHECKED_FORMATS and place not in CHECKED_FORMATS[form] and place in _NOT_CHECKED:
        if form != "date-time":
            yield document.problem(at, f"{form} isn't checked in a {place}: describe it as a string")
    elif form == "channel-value" and place == "query parameter":
        yield document.problem(at, f"{form} belongs into a body, beside channel_type")


def _is_one_type(document: Document, schema: dict[str, Any], place: str) -> bool:
    """Whether a schema has one type, or is a union of objects and nothing else."""
    for key in UNIONS:
        if isinstance(schema.get(key), list):
            is_union = schema.keys() <= {key, "discriminator", "description", "title", "example", "examples"}
            return place in _UNIONS and is_union and len(list_objects(document, schema[key])) == len(schema[key]) > 1
    return len(find_types(schema)) == 1 or "allOf" in schema


def _check_union(document: Document, schema: dict[str, Any], path: Path, place: str) -> Iterator[Problem]:
    variants: list[Any] = schema[str(path[-1])]
    found = [document.resolve(variant) for variant in variants if isinstance(variant, dict)]
    found = [variant for variant in found if find_types(variant) != ["null"]]
    objects = list_objects(document, variants)
    arrays = [variant for variant in found if "array" in find_types(variant)]
    is_parsed = place.endswith(("response", "delivery"))
    can_be_told_apart = len(objects) < 2 or tell_apart(document, schema, objects) is not None
    if "discriminator" in schema and not can_be_told_apart and not is_parsed:
        yield document.problem(path, f"{_NOT_APART}, which each of them needs to have")
    if is_parsed and (len(arrays) > 1 or not can_be_told_apart):
        text = f"{_NOT_APART}, by a const of their own, or by required properties"
        yield document.problem(path, text if len(arrays) < 2 else "a union of lists isn't supported")
    only_objects = len(found) == len(objects)
    if len(found) > 1 and not only_objects and place in CHECKED_FORMATS["phone"]:
        for variant in found:
            forms = [part["format"] for _, part in walk(variant, ()) if part.get("format") in CHECKED_FORMATS]
            form = forms[0] if forms else ""
            if form or "maxItems" in variant:
                what = form or "maxItems"
                yield document.problem(path, f"{what} isn't checked inside of a union: describe one of the variants")


def _check_all_of(document: Document, schema: dict[str, Any], path: Path) -> Iterator[Problem]:
    members = [document.resolve(member) for member in schema["allOf"] if isinstance(member, dict)]
    if len(members) == 1 and schema.keys() <= {"allOf", *BESIDE_A_REFERENCE}:
        return
    known: dict[str, Any] = {}
    for index, member in enumerate([*members, schema]):
        at = (*path, "allOf", index) if index < len(members) else path
        if {*find_types(member)} - {"object", "null" if member is schema else ""} or member.keys() & {
            *UNIONS,
            "additionalProperties",
            "enum",
            "const",
        }:
            yield document.problem(at, "allOf joins objects with properties, and nothing else")
        for name, part in (
            member.get("properties", {}).items() if isinstance(member.get("properties", {}), dict) else ()
        ):
            if known.setdefault(name, part) != part:
                yield document.problem(at, f"allOf has two descriptions of {name}: leave one of them")


def _check_shape(document: Document) -> Iterator[Problem]:
    """What isn't OpenAPI 3.1, or isn't JSON Schema: jsonschema-rs is fast, and jsonschema says what is wrong."""
    for path, part in walk(document.data, ()):
        match path:
            case ("components", "schemas", _) | (*_, "schema"):
                for error in () if _IS_JSON_SCHEMA(part) else _JSON_SCHEMA.iter_errors(part):
                    yield document.problem((*path, *error.absolute_path), f"this isn't JSON Schema: {error.message}")
    if jsonschema_rs.is_valid({**schemas.schema_v31}, document.data):
        return
    for error in OpenAPIV31SpecValidator(document.data).schema_validator.iter_errors(document.data):
        yield document.problem(tuple(error.absolute_path), f"this isn't OpenAPI 3.1: {error.message}")


def _check_references(document: Document) -> Iterator[Problem]:
    for path, part in walk(document.data, ()):
        ref = part.get("$ref")
        if not isinstance(ref, str):
            continue
        try:
            circular = _is_circular(document, ref)
        except (LookupError, TypeError, ValueError):
            elsewhere = "" if ref.startswith("#/") else "; other files are bundled, so it needs no file name"
            advice = f"describe it, or fix the name (#/components/schemas/Name){elsewhere}"
            yield document.problem((*path, "$ref"), f"{ref} isn't described: {advice}")
        else:
            if circular:
                yield document.problem((*path, "$ref"), f"{ref} leads back to itself: describe what it is")


def _is_circular(document: Document, ref: str) -> bool:
    """Whether a reference leads to references alone, round and round."""
    seen: set[str] = set()
    while ref not in seen:
        seen.add(ref)
        target = document.target(ref)
        if not isinstance(target, dict) or "$ref" not in target:
            return False
        ref = target["$ref"]
    return True


def _check_operations(document: Document) -> Iterator[Problem]:
    if len(document.data.get("servers", [])) > 1:
        yield document.problem(("servers",), "one of servers is supported: remove the others")
    yield from check_destinations(document)
    for operation in document.operations():
        for aspect in (_check_name, _check_evidence, _check_parameters, _check_bodies):
            yield from aspect(document, operation)
    yield from _check_duplicates(document)


def _check_name(document: Document, operation: Operation) -> Iterator[Problem]:
    at, tags, operation_id = operation.at, operation.item.get("tags", []), operation.item.get("operationId")
    if not (len(tags) == 1 and _is_name(tags[0])):
        yield document.problem(
            (*at, "tags"), "one tag is needed, in snake_case: the client's attribute, such as [contact_channels]"
        )
    elif operation_id is None:
        yield document.problem(at, f"operationId is missing: write operationId: {tags[0]}.<method>, such as .get")
    elif not (operation_id.startswith(f"{tags[0]}.") and _is_name(operation_id.removeprefix(f"{tags[0]}."))):
        yield document.problem(
            (*at, "operationId"),
            f"{operation_id} isn't of the form {tags[0]}.<method> with a method name in snake_case",
        )


def _check_evidence(document: Document, operation: Operation) -> Iterator[Problem]:
    if "x-heymarket-confidence" not in operation.item:
        yield document.problem(operation.at, "say how certain it is: x-heymarket-confidence: high, medium or low")
    if not operation.item.get("x-heymarket-sources"):
        yield document.problem(
            (*operation.at, "x-heymarket-sources"),
            "say where this comes from: x-heymarket-sources with a list of strings",
        )


def _check_bodies(document: Document, operation: Operation) -> Iterator[Problem]:
    at = (*operation.at, "responses")
    if not operation.successes:
        yield document.problem(at, "a success has to be described, by its status, such as 200")
    for status, success in operation.successes.items():
        if "content" in success and (operation.method == "head" or status in {204, 205}):
            yield document.problem((*at, str(status)), "such a response has no body: leave content out")
    if len(operation.successes) > 1:
        for marker in {"x-heymarket-answer", "x-heymarket-pagination", "x-heymarket-also-answers"} & {*operation.item}:
            yield document.problem(
                (*operation.at, marker), "it needs one success: leave it out, or the other successes"
            )


def _is_name(text: Any) -> bool:
    return isinstance(text, str) and bool(_SNAKE_CASE.fullmatch(text)) and not keyword.iskeyword(text)


def _check_parameters(document: Document, operation: Operation) -> Iterator[Problem]:
    in_path = _IN_BRACES.findall(operation.path)
    at = (*operation.at, "parameters")
    problems: list[Problem] = []
    taken: set[tuple[str, str]] = set()
    for index, parameter in enumerate(operation.parameters):
        name, location = parameter["name"], parameter["in"]
        python_name = names.name_parameter(parameter)
        if not python_name:
            text = f"{name!r} {_NO_NAME}: add {names.ALIAS} with the name that it has in Python"
        elif location == "path" and (not _PATH_NAME.fullmatch(name) or python_name != names.name_field(name, {})):
            text = f"{name!r} can't become a Python name; the name of a path parameter isn't sent: write another one"
        elif location == "path" and name not in in_path:
            text = f"{name} isn't in the path: write {{{name}}} there, or say in: query"
        elif location == "header" and (not _HEADER_NAME.fullmatch(name) or name.lower() in _RESERVED_HEADERS):
            text = f"{name} can't be a parameter: the client or the connection sets it, or it is no header's name"
        elif ("query" if location == "header" else location, name) in taken:
            text = f"{name} is described twice: remove one"
        elif (text := _check_style(operation, parameter)) == "":
            taken.add(("query" if location == "header" else location, name))
            continue
        problems.append(document.problem((*at, index), text))
    yield from problems
    missing = set(in_path) - {parameter["name"] for parameter in operation.parameters if parameter["in"] == "path"}
    if missing and not problems:  # a misspelt name is one mistake, not two
        yield document.problem(at, f"the path has {{{min(missing)}}}: add a parameter with this name and in: path")
    if not problems:
        yield from _check_arguments(document, operation)


def _check_style(operation: Operation, parameter: dict[str, Any]) -> str:
    """What is wrong with the way in which a parameter is sent; empty if nothing is."""
    style, schema = extensions.read_style(parameter), parameter["schema"]
    kinds = {kind for variant in extensions.find_variants(schema) for kind in find_types(variant)}
    if parameter["in"] != "query":
        return "only a parameter of the query is sent as JSON: write schema" if style == "json" else ""
    if parameter.get("style") == "deepObject" and (kinds - {"object", "null"} or not parameter.get("explode", True)):
        return "deepObject is for objects, whose fields are sent as name[field]: write another style"
    if style != "properties":
        return ""
    others = [other["name"] for other in operation.parameters if other is not parameter and other["in"] == "query"]
    for variant in extensions.find_variants(schema):
        is_map = "properties" not in variant or variant.get("additionalProperties", False) is not False
        if "object" in find_types(variant) and is_map:
            return "its fields, sent under their own names, could be other parameters: write style: deepObject"
        if same := variant.get("properties", {}).keys() & {*others}:
            return f"its field {min(same)} is sent under the name of another parameter: write style: deepObject"
    return ""


def _check_arguments(document: Document, operation: Operation) -> Iterator[Problem]:
    """Two arguments of one name."""
    arguments = [names.name_parameter(parameter) for parameter in operation.parameters]
    fields = operation.body.get("properties")
    arguments += [names.name_field(name, part) for name, part in (fields or {}).items()]
    if operation.body and fields is None:
        arguments.append(operation.body_name)
    if operation.saved:
        arguments.append("save_to")
    if twice := next((name for name in arguments if arguments.count(name) > 1), None):
        advice = f"rename the path's, whose name isn't sent, or add {names.ALIAS} to one of them"
        yield document.problem(operation.at, f"two arguments have the same name: {twice}: {advice}")


def _check_duplicates(document: Document) -> Iterator[Problem]:
    by_id: dict[str, Operation] = {}
    by_path: dict[tuple[str, str], Operation] = {}
    for operation in document.operations():
        operation_id = operation.item.get("operationId")
        if operation_id in by_id:
            first = document.place((*by_id[operation_id].at, "operationId"))
            yield document.problem(
                (*operation.at, "operationId"), f"{operation_id} is already the name of the operation at {first}"
            )
        elif operation_id is not None:
            by_id[operation_id] = operation
        path = split_server(document, operation)[1] + operation.path
        shape = (operation.method, _IN_BRACES.sub("{}", path))
        if shape in by_path:
            first = document.place(by_path[shape].at)
            yield document.problem(operation.at, f"this method of the same path is already described at {first}")
        by_path.setdefault(shape, operation)


def _check_names(document: Document) -> Iterator[Problem]:
    tags = {tag["name"] for tag in document.data["tags"]} | {o.item["tags"][0] for o in document.operations()}
    resources = {"".join(word.capitalize() for word in tag.split("_")) for tag in tags}
    classes = {*resources, *(f"Async{name}" for name in resources)}
    classes |= {f"{name}WithRawResponse" for name in classes}
    for section, parts in document.data["components"].items():
        for name in parts:
            if not _PASCAL_CASE.fullmatch(name):
                yield document.problem(
                    ("components", section, name), f"{name} can't become a class name: write it in PascalCase"
                )
    for name, schema in document.data["components"].get("schemas", {}).items():
        at = ("components", "schemas", name)
        if name in classes:
            yield document.problem(at, f"{name} is the name of a resource's class: give the schema another one")
        if name in CLASSES or hasattr(builtins, name):
            yield document.problem(at, f"{name} is a name of the generated package: give the schema another one")
        for property_name in schema.get("properties", ()):
            if property_name.replace("_", "") == name.lower():  # the generated model would use one variable for both
                yield document.problem(
                    (*at, "properties", property_name),
                    f"{name} has a property of its own name: give the schema another one",
                )
    for path, schema in walk(document.data, ()):
        taken: set[str] = set()
        for name, part in schema.get("properties", {}).items():
            python_name = names.name_field(name, part)
            if not python_name or python_name in taken:
                why = (
                    f"has the Python name of another one, {python_name}"
                    if python_name
                    else "can't become a Python name"
                )
                text = f"{name!r} {why}: add {names.ALIAS} with the name that it has in Python"
                yield document.problem((*path, "properties", name), text)
            taken.add(python_name)


def _check_values(document: Document) -> Iterator[Problem]:
    """Enum values, examples and defaults that have another type than described."""
    for path, part in walk(document.data, ()):
        # A parameter and a media type have their example beside the schema.
        kind = document.resolve(part.get("schema", part)).get("type")
        if not isinstance(kind, str):
            continue
        for key in ("enum", "examples"):
            for index, value in enumerate(part[key] if isinstance(part.get(key), list) else ()):
                yield from _check_value(document, (*path, key, index), value, kind)
        for key in ("example", "default", "const"):
            if key in part:
                yield from _check_value(document, (*path, key), part[key], kind)


def _check_value(document: Document, path: Path, value: Any, kind: str) -> Iterator[Problem]:
    fits = isinstance(value, PYTHON_TYPES.get(kind, object)) and (kind == "boolean" or not isinstance(value, bool))
    if not fits:
        written = json.dumps(value)
        advice = f'put it in quotes, "{written}"' if kind == "string" else f"write a value of type {kind}"
        yield document.problem(path, f"{written} isn't of type {kind}: {advice}")


def _check_unions(document: Document) -> Iterator[Problem]:
    """Unions of the same objects, which the generated code can tell apart in one way only."""
    known: dict[tuple[str, ...], tuple[Path, list[Match]]] = {}
    for path, _, objects, matches in find_unions(document):
        names = tuple(str(one.get("$ref")).lower() for one in objects)
        first, same = known.setdefault(names, (path, matches))
        if same != matches:
            place = document.place(first)
            yield document.problem(
                path, f"these objects are told apart in another way at {place}: do it in the same way"
            )


def _check_markers(document: Document) -> Iterator[Problem]:
    """Extensions that name what isn't there."""
    for operation in document.operations():
        for read in (extensions.read_paging, extensions.read_validation_rules, extensions.read_idempotency):
            try:
                read(document, operation)
            except DescriptionError as error:
                yield from error.problems
        if "x-heymarket-body-name" in operation.item and (not operation.body or "properties" in operation.body):
            text = "only a body without properties, such as an array, has one argument: leave it out"
            yield document.problem((*operation.at, "x-heymarket-body-name"), text)


def _properties(schema: dict[str, Any]) -> dict[str, Any]:
    found: Any = schema.get("properties")
    return found if isinstance(found, dict) else {}


def _suggest(name: str, known: Any) -> str:
    similar = difflib.get_close_matches(name, known, 1)
    return f": did you mean {similar[0]}?" if similar else ""


def _spell(name: str) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    return f"{'an' if words[0] in 'aeio' else 'a'} {words}"


def _join(words: tuple[str, ...]) -> str:
    return " or ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]


def _write(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) < 60 else f"{text[:60]}..."  # as much as helps to find it


def _write_plain(value: Any) -> str:
    return value if isinstance(value, str) else _write(value)
