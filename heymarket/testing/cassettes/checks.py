"""Whether cassettes still are as the description says: they may be older than it, or edited by hand.

A finding says where and what kind, never a value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import jsonschema_rs

from heymarket import description
from heymarket.testing.cassettes.body_fields import describe_schema, fields_of
from heymarket.testing.cassettes.contract import (
    find_operation,
    find_response,
    find_schema,
    fingerprint,
    list_changes,
    resolve,
    summarize,
)
from heymarket.testing.cassettes.scrubber import find_key_parameters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from heymarket.description import OperationInfo
    from heymarket.testing.cassettes.recordings import CassetteFile, RecordedRequest, RecordedResponse


class Finding(NamedTuple):
    """What is not as described.

    Attributes:
        operation: The operation; an empty string if the description has none.
        place: Where on the cassette, such as `1.response.body.id`; requests are counted from 1.
        problem: What is wrong there.
    """

    operation: str
    place: str
    problem: str


def compare_with_description(cassette: CassetteFile, *, strict: bool = False) -> Iterator[Finding]:
    """What on a cassette is not as this version of the package describes it.

    Args:
        cassette: The cassette.
        strict: Whether to report fields of responses that aren't described too. Services add such, and programs pass
            them over.
    """
    yield from list_stale(cassette)
    operations = [find_operation(request.method, request.url) for request in cassette.requests]
    pairs = zip(cassette.requests, cassette.responses, operations, strict=True)
    for number, (request, response, operation) in enumerate(pairs, 1):
        if operation is None:
            yield Finding("", f"{number}.request", f"no operation is described for this {request.method}")
            continue
        found = list(_check_response(operation, response, strict=strict))
        if not 400 <= response.status < 500:  # what was refused may be wrong on purpose
            found = [*_check_request(operation, request), *found]
        for place, problem in found:
            yield Finding(operation.name, f"{number}.{place}", problem)


def list_stale(cassette: CassetteFile) -> Iterator[Finding]:
    """What has changed in the description of a cassette's operations since it was recorded."""
    found = (find_operation(request.method, request.url) for request in cassette.requests)
    known = {one.name: one for one in found if one}
    recorded = cassette.metadata.get("description")
    if recorded and len(known) == 1:
        (only,) = known.values()
        if recorded != fingerprint(only):
            yield Finding(only.name, "metadata.description", "the operation has changed since it was recorded")
        return
    contract = cassette.metadata.get("contract", {})
    for name in contract.keys() - known.keys():
        yield Finding(name, "operation", "no request on the cassette calls it any more, or its path has changed")
    for name, operation in known.items():
        if name not in contract:
            yield Finding(name, "metadata.contract", "the cassette doesn't say how the operation was described")
        elif contract[name]["fingerprint"] != fingerprint(operation):
            changes = list(list_changes(contract[name]["parts"], operation))
            for place, change in changes or [("metadata.contract", "the fingerprint doesn't fit the parts")]:
                yield Finding(name, place, change)


def make_contract(operations: Iterable[str]) -> dict[str, Any]:
    """What a cassette keeps of how its operations are described, so that a change can be named later.

    Args:
        operations: Their names.
    """
    known = {one.name: one for one in description.operations()}
    return {
        name: {"fingerprint": fingerprint(known[name]), "parts": summarize(known[name])}
        for name in sorted(known.keys() & set(operations))
    }


def _check_request(operation: OperationInfo, request: RecordedRequest) -> Iterator[tuple[str, str]]:
    parameters = [resolve(one) for one in operation.spec.get("parameters", [])]
    described = {one["name"] for one in parameters if one["in"] == "query"} | find_key_parameters()
    for name in dict(parse_qsl(urlsplit(request.url).query, keep_blank_values=True)).keys() - described:
        yield f"request.query.{name}", "not described"
    content = resolve(operation.spec.get("requestBody", {})).get("content", {})
    schema = next((part["schema"] for name, part in content.items() if "json" in name and "schema" in part), None)
    if schema is not None and request.body:
        yield from _check_body("request.body", request.json, schema)
        yield from _list_undescribed("request.body", request.json, schema)


def _check_response(operation: OperationInfo, response: RecordedResponse, *, strict: bool) -> Iterator[tuple[str, str]]:
    if find_response(operation, response.status) is None:
        if response.status < 500:  # of 502, 503 and 504, proxies need no description
            yield "response.status", f"{response.status} is not described"
        return
    schema = find_schema(operation, response.status)
    if schema is not None:
        yield from _check_body("response.body", response.json, schema)
        if strict:
            yield from _list_undescribed("response.body", response.json, schema)


def _check_body(place: str, body: Any, schema: Any) -> Iterator[tuple[str, str]]:
    whole = {**schema, "components": description.load().get("components", {})}
    validator = jsonschema_rs.Draft202012Validator(whole, validate_formats=True, mask="it")
    for error in validator.iter_errors(body):
        yield ".".join([place, *map(str, error.instance_path)]), error.message


def _list_undescribed(place: str, body: Any, schema: Any) -> Iterator[tuple[str, str]]:
    described = {name: kinds for name, kinds in describe_schema(schema).items() if not name.endswith("*")}
    # Where nothing is described inside an object, its keys are the account's, as in a map.
    closed = {name.rpartition(".")[0] for name in described if name}
    for name in sorted(fields_of(body).keys() - described.keys()):
        if not name.endswith("[]") and name.rpartition(".")[0] in closed:
            yield f"{place}.{name}", "not described"
