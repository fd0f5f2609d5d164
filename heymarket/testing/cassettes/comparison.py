"""Where responses of emulator and service differ, field by field, and what the description says there.

Kinds are compared, and never values: except for media types, and for the values of enums, which are the description's.
A list that is empty, and fields that a service leaves out where the emulator sometimes does, are no difference.
"""

from __future__ import annotations

from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from urllib.parse import urlsplit

from heymarket import auth
from heymarket.testing.cassettes.body_fields import (
    LEFT_OUT,
    describe_schema,
    describe_words,
    fields_of,
    fits,
    kind_of,
    parent_of,
    words_of,
)
from heymarket.testing.cassettes.contract import find_operation, find_response, find_schema
from heymarket.testing.cassettes.recordings import RecordedResponse
from heymarket.testing.cassettes.scrubber import NOW, PLACEHOLDER, is_kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from heymarket.description import OperationInfo
    from heymarket.testing.cassettes.body_fields import Fields
    from heymarket.testing.cassettes.recordings import CassetteFile, RecordedRequest

_NOT_DESCRIBED = "not described"
_UNREMARKABLE = {"date", "x-emulator", "x-emulator-refused"}
_CIRCUMSTANCES = {401, 403, 429}
"""Statuses that come from credentials, limits and faults, which a cassette doesn't have."""


class Difference(NamedTuple):
    """What each of the three has of one thing."""

    what: str
    described: str
    emulator: str
    service: str

    def __str__(self) -> str:
        return f"{self.what}: {self.described}; emulator: {self.emulator}; service: {self.service}"


def compare(
    operation: OperationInfo, emulator: Sequence[RecordedResponse], service: Sequence[RecordedResponse]
) -> Iterator[Difference]:
    """The differences between what emulator and service respond to one call: all statuses, and the last response.

    Bodies are compared where both are successes, or both errors, whatever the status.

    Args:
        operation: The operation.
        emulator: The emulator's responses; several, if the call was repeated.
        service: The service's responses to the same call.
    """
    ours, theirs = emulator[-1], service[-1]
    statuses = [", ".join(str(one.status) for one in responses) for responses in (emulator, service)]
    described = find_response(operation, theirs.status)
    if statuses[0] != statuses[1] or described is None:
        yield Difference("status", _NOT_DESCRIBED if described is None else "described", *statuses)
    if ours.status // 100 == theirs.status // 100 or min(ours.status, theirs.status) >= 400:
        yield from _headers(described or {}, ours, theirs)
        yield from _body(operation, ours, theirs)


def compare_with_emulator(
    cassette: CassetteFile, base_url: str, secret_id: str, secret_key: str
) -> Iterator[tuple[str, int, Difference]]:
    """Make the requests of a cassette again at an emulator, and name what differs: operation, number, difference.

    Requests that were refused by circumstances, such as a limit, are made and not compared. Those of a live cassette
    name records that no emulator has: where it says 404 for that, nothing is compared.

    Args:
        cassette: The cassette.
        base_url: The emulator's address.
        secret_id: Its Secret ID.
        secret_key: Its Secret Key.
    """
    parts = urlsplit(base_url)
    connection = HTTPConnection(parts.netloc, timeout=30)
    header = f"Bearer {auth.sign(secret_id, secret_key, NOW)}"
    try:
        for number, (request, recorded) in enumerate(zip(cassette.requests, cassette.responses, strict=True), 1):
            now = _send(connection, request, header)
            operation = find_operation(request.method, request.url)
            unknown = cassette.metadata["origin"] == "live" and now.status == 404
            if operation is None or unknown or recorded.status in _CIRCUMSTANCES or recorded.status >= 500:
                continue
            for difference in compare(operation, [now], [recorded]):
                yield operation.name, number, difference
    finally:
        connection.close()


def _send(connection: HTTPConnection, request: RecordedRequest, authorization: str) -> RecordedResponse:
    url = urlsplit(request.url)
    headers = {**request.headers, "Authorization": authorization}
    connection.request(request.method, url._replace(scheme="", netloc="").geturl(), request.body or None, headers)
    with connection.getresponse() as response:
        kept = {name.lower(): value for name, value in response.headers.items() if is_kept(name)}
        return RecordedResponse(response.status, kept, response.read())


def _headers(described: Mapping[str, Any], ours: RecordedResponse, theirs: RecordedResponse) -> Iterator[Difference]:
    names = {name.lower() for name in described.get("headers", {})}
    for name in sorted((names | ours.headers.keys() | theirs.headers.keys()) - _UNREMARKABLE):
        emulator, service = (_read_header(name, one) for one in (ours, theirs))
        if emulator != service or (name in names and service == LEFT_OUT):
            yield Difference(f"header {name}", "described" if name in names else _NOT_DESCRIBED, emulator, service)


def _read_header(name: str, response: RecordedResponse) -> str:
    if name not in response.headers:
        return LEFT_OUT
    value = response.headers[name]
    return value.partition(";")[0].strip() if name == "content-type" else kind_of(value)


def _body(operation: OperationInfo, ours: RecordedResponse, theirs: RecordedResponse) -> Iterator[Difference]:
    schema = find_schema(operation, theirs.status) or find_schema(operation, ours.status)
    described = None if schema is None else describe_schema(schema)
    bodies = [_name_body(one) for one in (ours, theirs)]
    if any(bodies):
        if bodies[0] != bodies[1]:
            whole = _list((described or {}).get("", set()))
            yield Difference("body", _describe(whole), *(one or "JSON" for one in bodies))
        return
    content: Any = theirs.json
    if kind_of(ours.json) == "array" and isinstance(content, dict):
        wrapper = cast("dict[str, Any]", content)
        lists = [name for name, value in wrapper.items() if isinstance(value, list)]
        if len(lists) == 1:
            whole = _list((described or {}).get("", set()))
            yield Difference("body", _describe(whole), "array", f"object of {', '.join(wrapper)}")
            content = wrapper[lists[0]]
    yield from _fields(described or {}, fields_of(ours.json, described), fields_of(content, described))
    yield from _words(describe_words(schema or {}), ours.json, content)


def _name_body(response: RecordedResponse) -> str:
    """What is instead of JSON; an empty string for JSON."""
    if not response.body:
        return "empty"
    return "" if response.json is not None or response.body.strip() == b"null" else "no JSON"


def _fields(described: Fields, emulator: Fields, service: Fields) -> Iterator[Difference]:
    for name in sorted({*described, *emulator, *service}):
        if not _could_have(service, name):
            continue
        says = described.get(name, set())
        ours, theirs = emulator.get(name, {LEFT_OUT}), service.get(name, {LEFT_OUT})
        unfit = says and not all(fits(kind, says) for kind in theirs - {LEFT_OUT})
        new = theirs - ours if _could_have(emulator, name) else _is_undescribed(described, name)
        if new or unfit:
            what = _describe(_list(says), known=name in described)
            yield Difference(name or "body", what, _list(ours), _list(theirs))


def _could_have(fields: Fields, name: str) -> bool:
    """Whether a body has a field, or an object without it. Of an empty list, nothing is known."""
    return name in fields or ("object" in fields.get(parent_of(name) or "", ()) and not name.endswith(("[]", "*")))


def _is_undescribed(described: Fields, name: str) -> bool:
    """Whether a field is none of those of its object. Where none is described, the names are the account's."""
    parent = parent_of(name)
    return name not in described and (parent not in described or any(parent_of(one) == parent for one in described))


def _words(described: Fields, emulator: Any, service: Any) -> Iterator[Difference]:
    ours, theirs = words_of(emulator, described), words_of(service, described)
    for name, known in sorted(described.items()):
        if new := theirs.get(name, set()) - known - ours.get(name, set()):
            shown = {"another string" if PLACEHOLDER.fullmatch(one) else one for one in new}
            yield Difference(
                f"{name} (value)", f"one of {', '.join(sorted(known))}", _list(ours.get(name, set())) or LEFT_OUT,
                _list(shown),
            )  # fmt: skip


def _describe(kinds: str, *, known: bool = False) -> str:
    return f"described as {kinds}" if kinds else "described" if known else _NOT_DESCRIBED


def _list(kinds: set[str]) -> str:
    return " or ".join(sorted(kinds))
