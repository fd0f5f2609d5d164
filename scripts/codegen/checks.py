"""Checks of a description: that all of it is in the vocabulary, and that a good client can be generated from it."""

import builtins
import json
import os
import re
from collections.abc import Iterator
from typing import Any

# The same messages whatever else is installed: by default it uses jsonschema-rs where there is one.
os.environ["OPENAPI_SPEC_VALIDATOR_SCHEMA_VALIDATOR_BACKEND"] = "jsonschema"

import jsonschema_rs
from jsonschema import Draft202012Validator
from openapi_python_client.strings import pascal_case
from openapi_spec_validator import OpenAPIV31SpecValidator, schemas

from . import extensions, names
from .bundle import Document
from .operation_checks import check_operations
from .problems import DescriptionError, Path, Problem
from .schemas import PYTHON_TYPES, find_types, walk
from .shared import find_generated
from .unions import Match, find_unions
from .visitor import Visitor
from .vocabulary import CLASSES

_SCHEMAS = "#/components/schemas/"
_PASCAL_CASE = re.compile(r"[A-Z][A-Za-z0-9]*")
_JSON_SCHEMA = Draft202012Validator(Draft202012Validator.META_SCHEMA)
_IS_JSON_SCHEMA = jsonschema_rs.Draft202012Validator(Draft202012Validator.META_SCHEMA).is_valid


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
    for stage in (_check_recursion, check_operations, _check_names, _check_values, _check_unions, _check_markers):
        _raise(stage(document))


def _raise(found: Iterator[Problem]) -> None:
    if problems := list(found):
        raise DescriptionError(problems)


def _check_vocabulary(document: Document) -> Iterator[Problem]:
    visitor = Visitor(document)
    visitor.visit("document", document.data, (), "")
    yield from visitor.problems


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


def _check_recursion(document: Document) -> Iterator[Problem]:
    """Lists and unions that contain themselves, with no object that has a name of its own in between."""
    schemas: dict[str, Any] = document.data["components"].get("schemas", {})
    inside = {
        name: {str(part["$ref"]).removeprefix(_SCHEMAS) for _, part in walk(schema, ()) if "$ref" in part}
        for name, schema in schemas.items()
        if "object" not in find_types(schema)
    }
    for name in inside.keys() & {ref.removeprefix(_SCHEMAS) for ref in find_generated(document)}:
        found: set[str] = set()
        waiting = [name]
        while waiting:
            more = inside.get(waiting.pop(), set()) - found
            found |= more
            waiting += more
        if name in found:
            text = f"{name} contains itself: let an object with a name have it in a property, or leave out its parts"
            yield document.problem(("components", "schemas", name), text)


def _check_names(document: Document) -> Iterator[Problem]:
    tags = {tag["name"] for tag in document.data["tags"]} | {o.item["tags"][0] for o in document.operations()}
    resources = {"".join(word.capitalize() for word in tag.split("_")) for tag in tags}
    classes = {*resources, *(f"Async{name}" for name in resources)}
    classes |= {f"{name}WithRawResponse" for name in classes}
    for section in ("schemas", "securitySchemes"):
        for name in document.data["components"].get(section, {}):
            if not _PASCAL_CASE.fullmatch(name):
                yield document.problem(
                    ("components", section, name), f"{name} can't become a class name: write it in PascalCase"
                )
    modules: dict[str, str] = {}
    for name, schema in document.data["components"].get("schemas", {}).items():
        at = ("components", "schemas", name)
        if (first := modules.setdefault(name.lower(), name)) != name:
            yield document.problem(at, f"{name} differs from {first} by its case alone: give it another name")
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
        yield from _check_inner_names(document, schema, at, name)
    for operation in document.operations():
        name = pascal_case(operation.item["operationId"])
        found = {f"{name}Body": operation.body}
        for status, success in operation.successes.items():
            found |= {f"{name}Response{status}": media["schema"] for media in success.get("content", {}).values()}
        for name, schema in found.items():
            if not document.schema_name(schema):
                yield from _check_inner_names(document, schema, operation.at, name)
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


def _check_inner_names(document: Document, schema: dict[str, Any], at: Path, name: str) -> Iterator[Problem]:
    """Objects and enums inside a schema, whose models are called after it and the property."""
    known = {one.lower(): one for one in document.data["components"]["schemas"]}
    for key, part in schema.get("properties", {}).items():
        inner, suffix = (part["items"], "Item") if isinstance(part.get("items"), dict) else (part, "")
        if inner.keys() & {"properties", "enum"} and not document.schema_name(inner):
            its_name, path = f"{name}{pascal_case(key)}{suffix}", at if at[0] == "paths" else (*at, "properties", key)
            if its_name.lower() in known:
                text = f"its model would be called {its_name}, as a schema is: refer to that one, or rename it"
                yield document.problem(path, text)
            yield from _check_inner_names(document, inner, (*path, "items") if suffix else path, its_name)


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
