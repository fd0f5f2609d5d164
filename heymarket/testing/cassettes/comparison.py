"""Where responses of emulator and service differ, field by field, and what the description says there.

Kinds are compared, never values, except for those of enums.
"""

from __future__ import annotations

from http.client import HTTPConnection
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from heymarket import auth
from heymarket.testing.cassettes.contract import described_fields, fields_of, find_response, fits, kind_of
from heymarket.testing.cassettes.matching import find_operation
from heymarket.testing.cassettes.recordings import RecordedResponse
from heymarket.testing.cassettes.scrubber import NOW, RESPONSE_HEADERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from heymarket.description import OperationInfo
    from heymarket.testing.cassettes.recordings import CassetteFile, RecordedRequest

_LEFT_OUT = "left out"
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
    if ours.status == theirs.status:
        yield from _headers(described or {}, ours, theirs)
        yield from _fields(operation, ours, theirs)


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
        kept = {name.lower(): value for name, value in response.headers.items() if name.lower() in RESPONSE_HEADERS}
        return RecordedResponse(response.status, kept, response.read())


def _headers(described: Mapping[str, Any], ours: RecordedResponse, theirs: RecordedResponse) -> Iterator[Difference]:
    names = {name.lower() for name in described.get("headers", {})}
    for name in sorted((names | ours.headers.keys() | theirs.headers.keys()) - _UNREMARKABLE):
        emulator, service = (kind_of(one.headers[name]) if name in one.headers else _LEFT_OUT for one in (ours, theirs))
        if emulator != service or (name in names and service == _LEFT_OUT):
            yield Difference(f"header {name}", "described" if name in names else _NOT_DESCRIBED, emulator, service)


def _fields(operation: OperationInfo, ours: RecordedResponse, theirs: RecordedResponse) -> Iterator[Difference]:
    described = described_fields(operation, theirs.status)
    emulator, service = fields_of(ours.json, described), fields_of(theirs.json, described)
    names: set[str] = {*(described or {}), *emulator, *service}
    for name in sorted(names):
        # What is left out where nothing promises it, on both sides, is no difference.
        says = None if described is None else described.get(name, set())
        kinds = service.get(name, set())
        unfit = says and not all(fits(kind, says) for kind in kinds)
        if kinds != emulator.get(name, set()) or unfit:
            yield Difference(
                name or "body",
                f"described as {_listed(says)}" if says else _NOT_DESCRIBED,
                _listed(emulator.get(name, set())) or _LEFT_OUT,
                _listed(kinds) or _LEFT_OUT,
            )


def _listed(kinds: set[str]) -> str:
    return " or ".join(sorted(kinds))
