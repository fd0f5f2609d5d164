"""Every fault and what has to come of it, as data: for a read, for a write."""

from __future__ import annotations

from email.utils import formatdate
from typing import TYPE_CHECKING, Literal

from attrs import evolve, frozen

from heymarket import (
    APIConnectionError,
    APIError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    InternalServerError,
    NotFoundError,
    RateLimitError,
)
from tests.fault_server import (
    BadGzip,
    BrokenChunks,
    Close,
    Drip,
    Fault,
    Hang,
    HugeBody,
    Informational,
    LongHeader,
    ManyHeaders,
    Raw,
    Reset,
    Respond,
    WrongLength,
)
from tests.resilience.skipping_clock import NOW

if TYPE_CHECKING:
    from tests.fault_server import Action

TransportName = Literal["httpx", "own client"]


@frozen
class Outcome:
    """What has to come of the last call.

    Attributes:
        error: The class of the error; `None` for a result.
        requests: How many requests reached the server, over all calls.
        attempts: What the result or the error says of the last call.
        answered: Whether the last request was answered, so that its request id is known.
        unknown: `outcome_unknown`, where the error has it.
        status: `status_code`, where the error has it.
        waited: Seconds that were waited between attempts, together.
        retry_after: Of the error: what the service asked for.
        token_moved: Seconds from the `iat` of the first token to that of the last one.
        connections: How many connections were made, where that matters.
    """

    error: type[APIError] | None = None
    requests: int = 1
    attempts: int = 1
    answered: bool = True
    unknown: bool | None = None
    status: int | None = None
    waited: float | None = None
    retry_after: float | None = None
    token_moved: float | None = None
    connections: int | None = None


@frozen
class Case:
    """A fault and its outcomes.

    Attributes:
        name: For pytest.
        faults: What the server does.
        read: What comes of `contact_channels.get`.
        write: What comes of `request("POST", ...)`.
        timeout: Seconds that the client is given.
        calls: How many calls are made with the client, one after the other; all but the last succeed.
        refuses: Whether nobody listens.
        between: Whether the server has closed its connections before the next call is made.
        not_on: Engines that make no such promise, such as `own client-sync`, with why beside it.
    """

    name: str
    faults: tuple[Fault, ...]
    read: Outcome
    write: Outcome
    timeout: float = 10.0
    calls: int = 1
    refuses: bool = False
    between: bool = False
    not_on: tuple[str, ...] = ()


GOOD = Outcome()
LOST = Outcome(APIConnectionError, 3, 3, answered=False, unknown=False)
WRITE_LOST = Outcome(APIConnectionError, answered=False, unknown=True)
SLOW = Outcome(APITimeoutError, answered=False, unknown=False)
WRITE_SLOW = Outcome(APITimeoutError, answered=False, unknown=True)
UNFIT = Outcome(APIResponseValidationError, status=200)


def always(action: Action) -> tuple[Fault, ...]:
    return (Fault(action),)


def once(action: Action) -> tuple[Fault, ...]:
    return (Fault(action, count=1),)


def lost(name: str, action: Action) -> list[Case]:
    """No answer: a read is tried three times, a write once; and if it was for once only, the second read succeeds."""
    return [
        Case(name, always(action), LOST, WRITE_LOST),
        Case(f"{name}, once", once(action), Outcome(requests=2, attempts=2), WRITE_LOST),
    ]


def fine(name: str, action: Action) -> Case:
    return Case(name, always(action), GOOD, GOOD)


def slow(name: str, action: Action, *, not_on: tuple[str, ...] = ()) -> Case:
    return Case(name, always(action), SLOW, WRITE_SLOW, timeout=0.4, not_on=not_on)


def unfit(name: str, action: Action) -> Case:
    """A success whose body can't be used; it isn't asked for again."""
    return Case(name, always(action), UNFIT, UNFIT)


def status(code: int, error: type[APIError], *, repeated: bool = False, body: object = b"") -> Case:
    once_only = Outcome(error, status=code)
    thrice = Outcome(error, 3, 3, status=code)
    return Case(str(code), always(Respond(code, body)), thrice if repeated else once_only, once_only)


def redirect(code: int) -> Case:
    """The test puts a second server in the place of {elsewhere}, and looks that nothing reaches it."""
    moved = Outcome(APIStatusError, status=code)
    return Case(f"redirect {code}", always(Respond.redirect("{elsewhere}", code)), moved, moved)


def clock(name: str, date: str | None, moved: float) -> list[Case]:
    """A 401, once and always, with this `Date`."""
    signed_again = Outcome(requests=2, attempts=2, token_moved=moved)
    refused = Outcome(AuthenticationError, 2, 2, status=401, token_moved=moved)
    action = Respond.unauthorized(date)
    return [
        Case(f"401 once, {name}", once(action), signed_again, signed_again),
        Case(f"401, {name}", always(action), refused, refused),
    ]


def retry_after(name: str, value: str | None, *, waited: float | None, date: str | None = None) -> list[Case]:
    """Waited for on a 429 (also by writes, which did nothing) and on a 503 (by reads); `None`: not waited for."""
    ours = {429: 1.5, 503: 0.5}  # what the back-off gives at its longest
    cases: list[Case] = []
    for code in (429, 503):
        wait = ours[code] if waited is None else waited
        again = Outcome(requests=2, attempts=2, waited=wait)
        failed = Outcome(InternalServerError, status=503, waited=0.0, retry_after=waited)
        write = again if code == 429 else failed
        action = Respond.throttled(value, code, date=date)
        cases.append(Case(f"{code}, Retry-After {name}", once(action), again, write, timeout=120))
    return cases


def too_late(name: str, value: str, seconds: float, *, date: str | None = None) -> list[Case]:
    """A `Retry-After` over a minute is raised at once."""
    throttled = Outcome(RateLimitError, status=429, waited=0.0, retry_after=seconds)
    failed = Outcome(InternalServerError, status=503, waited=0.0, retry_after=seconds)
    return [
        Case(f"429, Retry-After {name}", always(Respond.throttled(value, date=date)), throttled, throttled, 300),
        Case(f"503, Retry-After {name}", always(Respond.throttled(value, 503, date=date)), failed, failed, 300),
    ]


def leftover(name: str, data: bytes) -> list[Case]:
    """What is left over on a connection must not be taken for the answer of the next call."""
    second = Outcome(requests=2, connections=2)
    # Which connection a caller's own client uses again is not ours to say.
    not_on = ("own client-sync", "own client-async")
    return [Case(name, once(Raw(data, keep=True)), second, second, calls=2, not_on=not_on)]


REFUSED = Outcome(APIConnectionError, 0, 3, answered=False, unknown=False)
THIRD = Outcome(requests=3, connections=3)
THROTTLED = Outcome(RateLimitError, 3, 3, status=429)

CONNECTIONS = [
    Case("refused", (), REFUSED, REFUSED, refuses=True),
    *lost("reset before the answer", Reset("before")),
    *lost("reset during the answer", Reset("during")),
    *lost("closed before the answer", Close("before")),
    *lost("closed during the answer", Close("during")),
    Case("reset after the answer", always(Reset("after")), THIRD, THIRD, calls=3, between=True),
    Case("closed after the answer", always(Close("after")), THIRD, THIRD, calls=3, between=True),
    *[
        Case(
            f"{name} when the next request arrives",
            (Fault(action, count=1),),
            Outcome(requests=3, attempts=2, connections=2),
            evolve(WRITE_LOST, requests=2, connections=1),
            calls=2,
        )
        for name, action in (("closed", Close("next")), ("reset", Reset("next")))
    ],
    slow("nothing at all", Hang()),
    # A caller's synchronous httpx client starts its read timeout again with every byte: see custom_client.py.
    slow("headers that drip", Drip("headers"), not_on=("own client-sync",)),
    slow("a body that drips", Drip("body")),
]  # fmt: skip

FORGED = b'HTTP/1.1 200 OK\r\nX-Request-Id: req-0\r\nContent-Length: 24\r\n\r\n{"channel_id": "forged"}'

FRAMING = [
    *leftover("an answer too many", FORGED * 2),
    *leftover("bytes too many", FORGED + b"and more"),
    *lost("a length that is longer", WrongLength("longer")),
    unfit("a length that is shorter", WrongLength("shorter")),
    *lost("a negative length", WrongLength("negative")),
    *lost("a length in words", WrongLength("words")),
    *lost("two lengths", WrongLength("two")),
    *lost("a chunk of no size", BrokenChunks("size")),
    *lost("chunks without an end", BrokenChunks("end")),
    *lost("a chunk cut short", BrokenChunks("cut")),
    fine("chunks", Respond(200, {"id": 1}, framing="chunked")),
    fine("the end of the connection is the end of the body", Respond(200, {"id": 1}, framing="close")),
    fine("100 first", Informational(100)),
    fine("103 first", Informational(103)),
    fine("300 times 103 first", Informational(103, 300)),
    *lost("199 and nothing more", Raw(b"HTTP/1.1 199 What\r\n\r\n")),
    slow("199 and silence", Raw(b"HTTP/1.1 199 What\r\n\r\n", keep=True)),
    *lost("a status line that is none", Raw(b"220 mail.example ESMTP ready\r\n\r\n")),
    *lost("a status that is no number", Raw(b"HTTP/1.1 abc What\r\nContent-Length: 0\r\n\r\n")),
    *lost("a status of five digits", Raw(b"HTTP/1.1 20000 What\r\nContent-Length: 0\r\n\r\n")),
    *lost("bytes that are no HTTP", Raw(bytes(range(256)) * 10)),
    *lost("TLS where none was asked for", Raw(b"\x15\x03\x01\x00\x02\x02\x46")),
    fine("ninety headers", ManyHeaders(90)),
    fine("a thousand headers", ManyHeaders(1000)),
    *lost("a header of 1 MB", LongHeader(1_000_000)),
]

BODIES = [
    unfit("gzip that is none", BadGzip("garbage")),
    unfit("gzip cut short", BadGzip("cut")),
    unfit("a gzip bomb", BadGzip("bomb")),
    *[unfit(f"a huge body, {framing}", HugeBody(framing=framing)) for framing in ("length", "chunked", "close")],
    Case("204", always(Respond(204, headers={"Content-Length": "0"})), evolve(UNFIT, status=204), GOOD),
    Case("204 without a length", always(Raw(b"HTTP/1.1 204 No Content\r\nX-Request-Id: req-1\r\n\r\n", keep=True)),
         evolve(UNFIT, status=204), GOOD),
    Case("204 with a body", always(Respond(204, {"id": 1})), evolve(UNFIT, status=204), GOOD),
    Case("an empty 200", always(Respond(200)), UNFIT, GOOD),
    Case("JSON of another type", always(Respond(200, [1, 2])), UNFIT, GOOD),
    unfit("JSON that is broken", Respond(200, b'{"id": 1')),
    unfit("JSON nested too deep", Respond(200, b"[" * 100_000)),
    unfit("HTML where JSON should be", Respond(200, b"<html>15555550100</html>", {"Content-Type": "text/html"})),
    unfit("bytes that are no UTF-8", Respond(200, b'{"channel_id": "\xff\xfe"}')),
]  # fmt: skip

STATUSES = [
    status(404, NotFoundError),
    status(418, APIStatusError),
    status(501, InternalServerError),
    status(502, InternalServerError, repeated=True, body=b"<html><body>Bad gateway 15555550100</body></html>"),
    status(503, InternalServerError, repeated=True, body={"message": "about 15555550100"}),
    status(520, InternalServerError, repeated=True, body=b"<html>Web server is returning an unknown error</html>"),
    status(599, InternalServerError),
    status(600, InternalServerError),
    status(304, APIStatusError),
    *[redirect(code) for code in (301, 302, 303, 307, 308)],
]

HOUR = 3600.0
CLOCKS = [
    *clock("an hour behind", formatdate(NOW + HOUR, usegmt=True), HOUR),
    *clock("an hour ahead", formatdate(NOW - HOUR, usegmt=True), -HOUR),
    *clock("ten days off", formatdate(NOW + 240 * HOUR, usegmt=True), 0.0),
    *clock("an unreadable Date", "the day before yesterday", 0.0),
    *clock("no Date", None, 0.0),
]

PAUSES = [
    Case("429 always", always(Respond.throttled()), THROTTLED, THROTTLED, timeout=120),
    *retry_after("7", "7", waited=7.0),
    *retry_after("0", "0", waited=0.0),
    *retry_after("60", "60", waited=60.0),
    *retry_after("a date", formatdate(NOW + 20, usegmt=True), waited=20.0, date=formatdate(NOW, usegmt=True)),
    *retry_after("missing", None, waited=None),
    *retry_after("negative", "-5", waited=None),
    *retry_after("nan", "nan", waited=None),
    *retry_after("inf", "inf", waited=None),
    *retry_after("1e9", "1e9", waited=None),
    *retry_after("past", formatdate(NOW - HOUR, usegmt=True), waited=None, date=formatdate(NOW, usegmt=True)),
    *retry_after("junk", "soon, perhaps", waited=None),
    *too_late("a billion", "1000000000", 1e9),
    *too_late("61", "61", 61.0),
    *too_late("a date an hour ahead", formatdate(NOW + HOUR, usegmt=True), HOUR, date=formatdate(NOW, usegmt=True)),
]

CASES = [*CONNECTIONS, *FRAMING, *BODIES, *STATUSES, *CLOCKS, *PAUSES]
