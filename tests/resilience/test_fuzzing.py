"""Whatever is passed in and whatever comes back: results and `HeymarketError`s come out, nothing else."""

from __future__ import annotations

import gzip
import math
from itertools import pairwise
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heymarket import HeymarketError, InvalidRequestError
from heymarket._messages import FailureKind, Headers, Response, TransportFailure
from heymarket._transports.body import BodyReader
from tests.fakes import CONTACT, Door, FakeClock, Script, answer
from tests.fault_server import Fault, FaultServer, Raw
from tests.resilience.skipping_clock import SkippingClock

# The same examples in every run; the fixtures hold nothing that an example could leave behind.
anything = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
on_a_socket = settings(anything, max_examples=30)

awkward = st.sampled_from(["..", "%2e.", "a/b", "é", "\x85", "\ud800"])
texts = st.text() | st.text(st.characters(categories=None)) | awkward
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.binary() | st.uuids() | st.dates() | texts
jsons = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts | st.integers(), inner, max_size=4),
    max_leaves=12,
)
header_names = st.from_regex(r"[A-Za-z-]{1,20}", fullmatch=True)
header_texts = st.text(st.characters(max_codepoint=255), max_size=60)
numbers = st.floats().map(str) | st.integers().map(str) | st.integers(0, 10**400).map(str)
dates = st.datetimes().map(lambda moment: moment.strftime("%a, %d %b %Y %H:%M:%S GMT")) | st.sampled_from([
    "Mon, 99 Foo 99999 99:99:99 +9999",
    "Thu, 01 Jan 0000 00:00:00 -9999",
    "Sat, 31 Dec 9999 23:59:59 -2359",
])  # fmt: skip
pauses = numbers | dates | header_texts
known_headers = st.fixed_dictionaries(
    {},
    optional={
        "Retry-After": pauses,
        "Date": pauses,
        "Location": header_texts | st.sampled_from(["http://[", "//[::1", "http://a@b:99999/"]),
        "X-Request-Id": header_texts,
        "Content-Type": header_texts,
    },
)
bodies = st.binary() | texts.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.sampled_from([
    b"null", b"0", b"[]", b'""', b"NaN", b'{"error_code": []}', b'{"channel_id": {}}', b"[" * 3000, b"9" * 5000,
    b'{"created": "0000-00-00T99:99:99Z"}', b'{"created": 1e400}', b'{"id": ' + b"9" * 5000 + b"}", b'"\xed\xa0\x80"',
])  # fmt: skip
sizes = st.integers(0, 1 << 20) | st.sampled_from([n * (1 << 18) + off for n in (1, 2, 3) for off in (-1, 0, 1)])
statuses = st.integers(100, 999) | st.sampled_from([200, 201, 204, 301, 401, 404, 429, 503])


def outcome(door: Door, call: Any, **options: Any) -> Any:
    """A result, or the error; any other error than ours is raised."""
    try:
        return door(call, quota=None, **options)
    except HeymarketError as error:
        return error


@given(contact_id=scalars, channel_type=scalars)
@anything
def test_path_values(contact_id: Any, channel_type: Any, door: Door) -> None:
    script = Script(answer())
    came = outcome(door, lambda hm: hm.contact_channels.get(contact_id, channel_type), script=script)
    if isinstance(came, HeymarketError):
        assert isinstance(came, InvalidRequestError)
        assert script.sends == []
    else:
        (send,) = script.sends
        assert send.url.isascii()
        parts = urlsplit(send.url)
        assert (parts.netloc, parts.query, parts.fragment) == ("api.heymarket.com", "", "")
        _, version, contact, first, channel, second = parts.path.split("/")
        assert (version, contact, channel) == ("v2", "contact", "channel")
        assert [unquote(first), unquote(second)] == [str(contact_id), str(channel_type)]


@given(path=texts | texts.map(lambda text: f"/{text}"), params=st.none() | st.dictionaries(texts, jsons, max_size=3))
@anything
def test_paths_and_parameters_of_a_request(path: Any, params: Any, door: Door) -> None:
    script = Script(answer())
    came = outcome(door, lambda hm: hm.request("GET", path, params=params), script=script)
    if isinstance(came, HeymarketError):
        assert isinstance(came, InvalidRequestError)
        assert script.sends == []
    else:
        assert script.sends[0].url.isascii()
        assert urlsplit(script.sends[0].url).netloc == "api.heymarket.com"


@given(
    headers=scalars | st.dictionaries(texts | st.from_regex(r"[A-Za-z-]{1,20}", fullmatch=True), scalars, max_size=3)
)
@anything
def test_extra_headers(headers: Any, door: Door) -> None:
    script = Script(answer())
    came = outcome(
        door, lambda hm: hm.with_options(extra_headers=headers).contact_channels.get(CONTACT, "phone"), script=script
    )
    if isinstance(came, HeymarketError):
        assert script.sends == []
    else:
        sent = script.sends[0].headers
        for name, value in sent:
            assert (name + value).isascii()
            assert (name + value).isprintable()
        assert [name.lower() for name, _ in sent].count("authorization") == 1


@given(body=jsons)
@anything
def test_json_bodies(body: Any, door: Door) -> None:
    script = Script(answer())
    came = outcome(door, lambda hm: hm.request("POST", "/v1/tag", json=body), script=script)
    if isinstance(came, HeymarketError):
        assert isinstance(came, InvalidRequestError)
        assert script.sends == []
    else:
        assert len(script.sends) == 1
        assert (script.sends[0].body is None) == (body is None)


@pytest.mark.parametrize("place", ["path", "params", "json"])
def test_a_number_of_more_digits_than_python_writes_out_is_refused(place: str, door: Door) -> None:
    number = 10**5000
    calls: dict[str, Any] = {
        "path": lambda hm: hm.contact_channels.get(number, "phone"),
        "params": lambda hm: hm.request("GET", "/v1/tags", params={"page": number}),
        "json": lambda hm: hm.request("POST", "/v1/tag", json={"id": number}),
    }
    script = Script(answer())
    assert isinstance(outcome(door, calls[place], script=script), InvalidRequestError)
    assert script.sends == []


def script_of(status: int, headers: dict[str, str], body: bytes) -> Script:
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    return Script(Response(status, Headers(raw), body))


@pytest.mark.filterwarnings("ignore::heymarket.HeymarketDriftWarning")  # due, once, for a date-time that is none
@pytest.mark.parametrize("method", ["GET", "POST"])
@given(
    status=statuses, known=known_headers, others=st.dictionaries(header_texts, header_texts, max_size=3), body=bodies
)
@anything
def test_responses_of_any_form(
    method: str, status: int, known: dict[str, str], others: dict[str, str], body: bytes, door: Door, clock: FakeClock
) -> None:
    script = script_of(status, {**others, **known}, body)
    began = clock.now
    came = outcome(
        door,
        lambda hm: hm.contact_channels.get(CONTACT, "phone") if method == "GET" else hm.request(method, "/v1/tag"),
        script=script,
    )
    assert isinstance(came, HeymarketError) or 200 <= status < 300
    assert 1 <= len(script.sends) <= 4
    assert 0 <= clock.now - began <= 30, "no wait is longer than the call was given"


@given(pause=pauses, date=st.none() | pauses, status=st.sampled_from([429, 503]))
@anything
def test_any_retry_after(pause: str, date: str | None, status: int, door: Door, clock: FakeClock) -> None:
    headers = {"Retry-After": pause} if date is None else {"Retry-After": pause, "Date": date}
    began = clock.now
    came = outcome(
        door, lambda hm: hm.contact_channels.get(CONTACT, "phone"), script=script_of(status, headers, b""), timeout=500
    )
    assert came.status_code == status
    assert 0 <= clock.now - began <= 2 * 60
    after = getattr(came, "retry_after", None)
    assert after is None or (math.isfinite(after) and after >= 0)


@given(
    kind=st.sampled_from(FailureKind),
    sent=st.booleans(),
    status=st.integers(0, 999),
    headers=st.none() | known_headers,
    reason=st.text(max_size=40),
)
@anything
def test_any_transport_failure(
    kind: FailureKind, sent: bool, status: int, headers: Any, reason: str, door: Door, clock: FakeClock
) -> None:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in (headers or {}).items()]
    failure = TransportFailure(kind, reason, sent, status, None if headers is None else Headers(raw))
    came = outcome(door, lambda hm: hm.contact_channels.get(CONTACT, "phone"), script=Script(failure))
    assert isinstance(came, HeymarketError)


@given(
    chunks=st.lists(st.binary(max_size=300), max_size=6), encoding=header_texts | st.sampled_from(["gzip", "br", ""])
)
@anything
def test_any_body_is_read_or_refused(chunks: list[bytes], encoding: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("heymarket._transports.body.MAX_BODY", 1000)
        reader = BodyReader(httpx.Response(200, headers=[(b"Content-Encoding", encoding.encode("latin-1"))]))
    for chunk in chunks:
        if not reader.feed(chunk):
            break
    came = reader.finish()
    assert isinstance(came, TransportFailure) or len(came.content) <= 1000


@given(
    body=st.binary(max_size=50) | st.builds(lambda byte, times: bytes([byte]) * times, st.integers(0, 255), sizes),
    cuts=st.lists(st.integers(0, 3000), max_size=4).map(sorted),
)
@anything
def test_whatever_was_compressed_is_what_is_read(body: bytes, cuts: list[int]) -> None:
    """Also when an inflated piece ends exactly where a chunk does."""
    packed = gzip.compress(body)
    reader = BodyReader(httpx.Response(200, headers={"Content-Encoding": "gzip"}))
    for start, end in pairwise([0, *cuts, max(len(packed), *cuts, 0)]):
        assert reader.feed(packed[start:end])
    came = reader.finish()
    assert isinstance(came, Response)
    assert came.content == body


@given(
    data=st.binary()
    | st.binary().map(lambda body: b"HTTP/1.1 200 OK\r\n\r\n" + body)
    | st.binary().map(lambda body: b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
    | st.binary().map(lambda head: b"HTTP/1.1 " + head + b"\r\n\r\n")
    | st.binary().map(lambda head: b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n{}")
)
@on_a_socket
def test_any_bytes_on_a_socket(data: bytes, door: Door, skipping_clock: SkippingClock) -> None:
    options: dict[str, Any] = {"timeout": 5.0}
    with FaultServer(Fault(Raw(data))) as server:
        came = outcome(door, lambda hm: hm.contact_channels.get(CONTACT, "phone"), base_url=server.base_url, **options)
        assert server.all_closed()
        assert 1 <= len(server.requests) <= 4
    assert came is not None
