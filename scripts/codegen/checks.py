"""Checks of the description beyond what OpenAPI requires, so that a good client can be generated."""

import json
import keyword
import os
import re
from collections.abc import Iterator
from typing import Any

# The same messages whatever else is installed: by default it uses jsonschema-rs where there is one.
os.environ["OPENAPI_SPEC_VALIDATOR_SCHEMA_VALIDATOR_BACKEND"] = "jsonschema"

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from .bundle import DATA, Document, Operation
from .problems import DescriptionError, Path, Problem

_SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_PASCAL_CASE = re.compile(r"[A-Z][A-Za-z0-9]*")
_WIRE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_IN_BRACES = re.compile(r"{([^}]*)}")
_JSON_SCHEMA = Draft202012Validator(Draft202012Validator.META_SCHEMA)
_PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}
_CONFIDENCES = ("high", "medium", "low")


def check(document: Document) -> None:
    """Checks the whole description.

    Raises:
        DescriptionError: With all mistakes of the first stage that finds any.
    """
    # Each stage relies on the stages before it.
    for stage in (_check_shape, _check_references, _check_operations, _check_names, _check_values):
        problems = list(stage(document))
        if problems:
            raise DescriptionError(problems)


def _check_shape(document: Document) -> Iterator[Problem]:
    """What isn't OpenAPI 3.1, or isn't JSON Schema."""
    for error in OpenAPIV31SpecValidator(document.data).schema_validator.iter_errors(document.data):
        yield document.problem(tuple(error.absolute_path), f"this isn't OpenAPI 3.1: {error.message}")
    for path, part in _walk(document.data, ()):
        for key, value in part.items():
            if isinstance(value, bool) and (key == "schema" or path[-1:] in {("properties",), ("schemas",)}):
                yield document.problem((*path, key), "a schema that is a boolean says nothing: describe what it is")
        match path:
            case ("components", "schemas", _) | (*_, "schema"):
                for error in _JSON_SCHEMA.iter_errors(part):
                    yield document.problem((*path, *error.absolute_path), f"this isn't JSON Schema: {error.message}")


def _check_references(document: Document) -> Iterator[Problem]:
    for path, part in _walk(document.data, ()):
        ref = part.get("$ref")
        if not isinstance(ref, str):
            continue
        try:
            circular = _is_circular(document, ref)
        except (LookupError, TypeError):
            yield document.problem(
                (*path, "$ref"), f"{ref} isn't described: describe it, or fix the name (#/components/schemas/Name)"
            )
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
    item, at = operation.item, operation.at
    if item.get("x-heymarket-confidence") not in _CONFIDENCES:
        yield document.problem(
            (*at, "x-heymarket-confidence"), "say how certain it is: x-heymarket-confidence: high, medium or low"
        )
    sources = item.get("x-heymarket-sources")
    if not (isinstance(sources, list) and sources and all(isinstance(source, str) for source in sources)):
        yield document.problem(
            (*at, "x-heymarket-sources"), "say where this comes from: x-heymarket-sources with a list of strings"
        )
    discrepancies = item.get("x-heymarket-discrepancies", [])
    if not (isinstance(discrepancies, list) and all(_is_discrepancy(entry) for entry in discrepancies)):
        yield document.problem((*at, "x-heymarket-discrepancies"), 'expected a list of {id: D01, says: "..."}')


def _check_bodies(document: Document, operation: Operation) -> Iterator[Problem]:
    successes = [status for status in operation.item.get("responses", {}) if status[0] == "2"]
    if not (len(successes) == 1 and successes[0].isdecimal()):
        yield document.problem(
            (*operation.at, "responses"), "exactly one success has to be described, by its status, such as 200"
        )
    body = operation.item.get("requestBody")
    if body is not None:
        match body:
            case {"content": {"application/json": {"schema": _}, **others}} if not others:
                pass
            case _:
                yield document.problem(
                    (*operation.at, "requestBody"), "a body is application/json with a schema, and nothing else"
                )


def _is_name(text: Any) -> bool:
    return isinstance(text, str) and bool(_SNAKE_CASE.fullmatch(text)) and not keyword.iskeyword(text)


def _is_discrepancy(entry: Any) -> bool:
    return isinstance(entry, dict) and {key: type(value) for key, value in entry.items()} == {"id": str, "says": str}


def _check_parameters(document: Document, operation: Operation) -> Iterator[Problem]:
    in_path = _IN_BRACES.findall(operation.path)
    at = (*operation.at, "parameters")
    problems: list[Problem] = []
    for index, parameter in enumerate(operation.parameters):
        name, location = parameter["name"], parameter["in"]
        if location not in {"path", "query"}:
            text = f"a parameter is in path or query, not in {location}"
        elif not _WIRE_NAME.fullmatch(name):
            text = f"{name!r} can't become a Python name: letters, digits and _ only"
        elif location == "path" and name not in in_path:
            text = f"{name} isn't in the path: write {{{name}}} there, or say in: query"
        else:
            continue
        problems.append(document.problem((*at, index), text))
    yield from problems
    missing = set(in_path) - {parameter["name"] for parameter in operation.parameters if parameter["in"] == "path"}
    if missing and not problems:  # a misspelt name is one mistake, not two
        yield document.problem(at, f"the path has {{{min(missing)}}}: add a parameter with this name and in: path")


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
        shape = (operation.method, _IN_BRACES.sub("{}", operation.path))
        if shape in by_path:
            first = document.place(by_path[shape].at)
            yield document.problem(operation.at, f"this method of the same path is already described at {first}")
        by_path.setdefault(shape, operation)


def _check_names(document: Document) -> Iterator[Problem]:
    resources = {"".join(word.capitalize() for word in tag["name"].split("_")) for tag in document.data["tags"]}
    for section, parts in document.data["components"].items():
        for name in parts:
            if not _PASCAL_CASE.fullmatch(name):
                yield document.problem(
                    ("components", section, name), f"{name} can't become a class name: write it in PascalCase"
                )
    for name, schema in document.data["components"].get("schemas", {}).items():
        at = ("components", "schemas", name)
        if name in resources:
            yield document.problem(at, f"{name} is the name of a resource's class: give the schema another one")
        for property_name in schema.get("properties", ()):
            if property_name.replace("_", "") == name.lower():  # the generated model would use one variable for both
                yield document.problem(
                    (*at, "properties", property_name),
                    f"{name} has a property of its own name: give the schema another one",
                )
    for path, schema in _walk(document.data, ()):
        for name in schema.get("properties", ()) if path[-1:] != ("properties",) else ():
            if not _WIRE_NAME.fullmatch(name):
                yield document.problem(
                    (*path, "properties", name), f"{name!r} can't become a Python name: letters, digits and _ only"
                )


def _check_values(document: Document) -> Iterator[Problem]:
    """Enum values, examples and defaults that have another type than described."""
    for path, part in _walk(document.data, ()):
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
    fits = isinstance(value, _PYTHON_TYPES.get(kind, object)) and (kind == "boolean" or not isinstance(value, bool))
    if not fits:
        written = json.dumps(value)
        advice = f'put it in quotes, "{written}"' if kind == "string" else f"write a value of type {kind}"
        yield document.problem(path, f"{written} isn't of type {kind}: {advice}")


def _walk(part: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """All mappings, but for those inside examples, which hold data rather than description."""
    if isinstance(part, dict):
        yield path, part
        for key, value in part.items():
            if key not in DATA or path[-1:] == ("properties",):
                yield from _walk(value, (*path, key))
    elif isinstance(part, list):
        for index, value in enumerate(part):
            yield from _walk(value, (*path, index))
