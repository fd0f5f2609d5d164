"""Checks of operations: their names, evidence, parameters, bodies and responses."""

import keyword
import re
from collections.abc import Iterator
from typing import Any

from . import extensions, names
from .bundle import Document, Operation
from .destinations import check_destinations, split_server
from .problems import Problem
from .schemas import find_types

_SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_PATH_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_HEADER_NAME = re.compile(r"[A-Za-z0-9_-]+")
_IN_BRACES = re.compile(r"{([^}]*)}")
_RESERVED_HEADERS = frozenset({
    "accept", "accept-encoding", "authorization", "connection", "content-length", "content-type", "cookie", "expect",
    "host", "keep-alive", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade",
})  # fmt: skip
NO_NAME = "can't become a Python name"


def check_operations(document: Document) -> Iterator[Problem]:
    if len(document.data.get("servers", [])) > 1:
        yield document.problem(("servers",), "one of servers is supported: remove the others")
    yield from check_destinations(document)
    for path in document.data["paths"].keys() & {"/", ""}:
        yield document.problem(
            ("paths", path), "the emulator has its page there: write the whole path, such as /v2/contact"
        )
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
            text = f"{name!r} {NO_NAME}: add {names.ALIAS} with the name that it has in Python"
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
