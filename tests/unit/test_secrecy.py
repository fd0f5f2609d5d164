"""No secret, path value or body in logs, reprs, messages or tracebacks."""

from __future__ import annotations

import base64
import hmac
import io
import json
import logging
import pickle
import sys
import traceback
import warnings
from collections.abc import Mapping
from functools import partial
from typing import Any

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from heymarket import APIError, Heymarket, HeymarketError, Quota
from heymarket._messages import FailureKind, Request, TransportFailure
from heymarket.otel import instrument
from tests.fakes import CHANNEL, CONTACT, PHONE, SECRET_ID, Door, FakeClock, Script, ScriptTransport, answer
from tests.unit.test_httpx_transport import http, serving

KEY = "sEnTiNeLKey0123456789sEnTiNeLKey"


def contents(value: Any) -> str:
    """What an error reporter shows of a local variable: containers are walked, anything else is shown by its repr."""
    if isinstance(value, Mapping):
        return " ".join(f"{name}={contents(item)}" for name, item in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return " ".join(map(contents, value))
    return repr(value)


def shown_in(error: BaseException) -> str:
    """All that a traceback with locals shows below the test's own frames, of the error and whatever it came from."""
    shown = traceback.TracebackException.from_exception(error, capture_locals=True)
    parts: list[str] = []
    trace = error.__traceback__
    while trace is not None:  # error reporters look into containers, where repr would keep a secret
        if "/tests/" not in trace.tb_frame.f_code.co_filename:
            parts += [contents(value) for value in trace.tb_frame.f_locals.values()]
        trace = trace.tb_next
    link: traceback.TracebackException | None = shown
    while link is not None:
        parts += [f"{name}={value}" for frame in link.stack for name, value in (frame.locals or {}).items()
                  if "/tests/" not in frame.filename]  # fmt: skip
        parts += list(link.format_exception_only())
        link = link.__cause__ or link.__context__
    return "\n".join(parts)


@pytest.mark.parametrize(
    "step",
    [
        answer(401),
        answer(404, {"phone": PHONE}),
        answer(500, b"<html>15555550100"),
        answer(200, b"not json 15555550100"),
        TransportFailure(FailureKind.CONNECT, "the connection was refused", sent=False),
        KeyboardInterrupt(),
    ],
)
def test_a_traceback_with_locals_shows_no_secret_token_or_body(step: Any, door: Door, clock: FakeClock) -> None:
    script = Script(step)
    with pytest.raises((APIError, KeyboardInterrupt)) as caught:
        door(lambda hm: hm.contact_channels.get(CONTACT, "phone"), script=script, secret_key=KEY)
    shown = shown_in(caught.value)
    tokens = [text.removeprefix("Bearer ") for text in script.authorizations()]
    assert tokens
    for secret in (KEY, PHONE, *tokens):
        assert secret not in shown


def test_a_broken_connection_on_a_real_socket_shows_no_token(door: Door) -> None:
    with serving(lambda connection: connection.close()) as server, pytest.raises(APIError) as caught:
        door(lambda hm: hm.contact_channels.get(CONTACT, "phone"), base_url=server.url, max_retries=0)
    token = server.requests[0].split(b"Bearer ")[1].split(b"\r\n")[0].decode()
    assert token.count(".") == 2
    assert token not in shown_in(caught.value)


def test_logs_hold_the_template_and_no_values(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    with serving(http(b'{"channel_id": "15555550100"}', "X-Request-Id: req-7")) as server:
        with caplog.at_level(logging.DEBUG):
            door(lambda hm: hm.contact_channels.get(CONTACT, "secret-type"), base_url=server.url, secret_key=KEY)
    ours = [record.getMessage() for record in caplog.records if record.name == "heymarket"]
    assert len(ours) == 1
    assert ours[0].startswith("GET /v2/contact/{contactID}/channel/{channelType} 200 request_id=req-7 attempt=1 ")
    token = server.requests[0].split(b"Bearer ")[1].split(b"\r\n")[0].decode()
    for record in caplog.records:
        for secret in (KEY, token, PHONE, CONTACT, "secret-type"):
            if record.levelno >= logging.INFO or record.name == "heymarket":
                assert secret not in record.getMessage()
        assert token not in record.getMessage()
        assert KEY not in record.getMessage()
    assert [record.name for record in caplog.records if record.levelno >= logging.INFO] == []


def test_failures_are_logged_by_what_they_are(door: Door, clock: FakeClock, caplog: pytest.LogCaptureFixture) -> None:
    refused = TransportFailure(FailureKind.CONNECT, "the connection was refused", sent=False)
    with caplog.at_level(logging.DEBUG, "heymarket"):
        door(lambda hm: hm.contact_channels.get(CONTACT, "phone"), script=Script(refused, answer()))
    first, second = (record.getMessage() for record in caplog.records)
    assert "connect request_id=none attempt=1" in first
    assert "200 request_id=req-1 attempt=2" in second


def test_heymarket_log_turns_the_log_on(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("HEYMARKET_LOG", "debug")
    logger = logging.getLogger("heymarket")
    before = (logger.level, list(logger.handlers))
    try:
        for _ in range(2):
            with Heymarket(SECRET_ID, KEY, _transport=ScriptTransport(Script(answer()))) as hm:
                hm.contact_channels.get(CONTACT, "phone")
    finally:
        logger.setLevel(before[0])
        logger.handlers[:] = before[1]
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2, "a second client adds no second handler"
    assert "heymarket DEBUG GET /v2/contact/{contactID}" in lines[0]


@pytest.mark.parametrize("stream", ["stderr", "stdout", "file"])
def test_a_handler_of_the_program_s_own_on_stderr_doubles_no_line(
    stream: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HEYMARKET_LOG", "debug")
    monkeypatch.setattr(logging.getLogger("heymarket"), "handlers", [])
    streams = {"stderr": sys.stderr, "stdout": sys.stdout, "file": io.StringIO()}
    with Heymarket(SECRET_ID, KEY, _transport=ScriptTransport(Script(answer()))) as hm:
        monkeypatch.setattr(logging.root, "handlers", [logging.StreamHandler(streams[stream])])  # after the client
        hm.contact_channels.get(CONTACT, "phone")
    out, err = capsys.readouterr()
    assert (out + err).count("GET /v2/contact/{contactID}") == (1 if stream != "stdout" else 2)


def test_a_short_key_causes_no_warning_that_shows_it(door: Door, clock: FakeClock) -> None:
    script = Script(answer())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        door(lambda hm: hm.team.get(), script=script, secret_id="a", secret_key="sh0rt")
    header, claims, signature = script.authorizations()[0].removeprefix("Bearer ").split(".")
    expected = hmac.new(b"a||sh0rt", f"{header}.{claims}".encode(), "sha256").digest()
    assert base64.urlsafe_b64decode(f"{signature}=") == expected


def test_what_travels_inside_shows_little() -> None:
    send = Request("GET", f"https://host/{CONTACT}", [("Authorization", f"Bearer {KEY}")], PHONE.encode(), 3.0)
    shown = repr(send) + repr(answer(200, CHANNEL)) + repr(answer(200, CHANNEL).headers)
    for secret in (KEY, CONTACT, PHONE):
        assert secret not in shown


def test_a_client_is_not_pickled_with_its_secret() -> None:
    with Heymarket(SECRET_ID, KEY, _transport=ScriptTransport(Script(answer()))) as hm, pytest.raises(TypeError):
        pickle.dumps(hm)


@pytest.mark.parametrize(
    "step",
    [
        answer(400, {"phone": PHONE}),
        answer(500, b"<html>15555550100"),
        answer(200, b"not json 15555550100"),
        TransportFailure(FailureKind.CONNECT, "the connection was refused", sent=False),
    ],
)
def test_only_the_frames_that_are_named_hold_the_arguments(step: Any, door: Door, clock: FakeClock) -> None:
    """SECURITY.md says how far the promise goes: no other frame of ours shows a number or a text."""
    with pytest.raises(APIError) as caught:
        door(
            lambda hm: hm.messages.send(inbox_id=31, creator_id=21, phone_number=PHONE, text="diagnosis"),
            script=Script(step),
            secret_key=KEY,
        )
    holding = set()
    trace = caught.value.__traceback__
    while trace is not None:
        frame = trace.tb_frame
        if "/tests/" not in frame.f_code.co_filename and any(
            private in contents(value) for value in frame.f_locals.values() for private in (PHONE, "diagnosis")
        ):
            holding.add(frame.f_code.co_filename.rpartition("/")[2] + ":" + frame.f_code.co_name)
        trace = trace.tb_next
    assert holding == {"messages.py:send", "_sender.py:send", "_sender.py:send_raw"}


TEAM_KEY = "tEaMkEySeNtInEl0123456789tEaMkEy"
HEADER = "hEaDeRsEnTiNeL0123456789hEaDeR"
EMAIL = "sentinel.person@example.org"
PLANTED = (TEAM_KEY, HEADER, PHONE, "Zaphod", EMAIL, CONTACT)
ECHO = {
    "error_code": "refused",
    "message": f"{EMAIL}, Zaphod and +{PHONE} of {CONTACT} by Bearer {TEAM_KEY} with {HEADER}",
    "request": {"authorization": TEAM_KEY, "header": HEADER, "values": [PHONE, "Zaphod", EMAIL, CONTACT]},
}
ECHOED_IN = {
    "nothing": {},
    "the request id": {"X_Request_Id": PHONE},
    "a request id with the key": {"X_Request_Id": TEAM_KEY},
    "other headers": {"Location": f"https://other.example/{TEAM_KEY}/{PHONE}", "Set_Cookie": HEADER},
}
WAYS_TO_FAIL: dict[str, Any] = {
    **{f"{status}, echoed in {where}": answer(status, ECHO, **headers) for where, headers in ECHOED_IN.items()
       for status in (302, 400, 401, 403, 404, 407, 409, 418, 422, 429, 500, 529)},
    "html": answer(500, f"<html>{PHONE} {TEAM_KEY} Zaphod {EMAIL}".encode()),
    "a code": answer(403, {"error_code": "unsubscribed_number", "message": f"{PHONE} (Zaphod) opted out"}),
    "no json": answer(200, json.dumps(ECHO).encode()[:-1]),
    "a list": answer(200, [ECHO]),
    "not what is described": answer(200, {"id": ECHO, "message": [ECHO]}),
    "drift": answer(200, {"id": 701, "date": f"{PHONE} {TEAM_KEY}"}),
    **{str(kind): TransportFailure(kind, "it broke", sent=True, status=200, headers=answer().headers)
       for kind in FailureKind},
}  # fmt: skip
CALLS: dict[str, Any] = {
    "messages.send": lambda hm: hm.messages.send(
        inbox_id=31, creator_id=21, phone_number=PHONE, text=f"Zaphod {EMAIL} {CONTACT}", local_id=HEADER
    ),
    "contacts.batch_create": lambda hm: hm.contacts.batch_create(contacts=[{"phone": PHONE, "first": "Zaphod"}]),
    "contact_channels.get": lambda hm: hm.contact_channels.get(CONTACT, "Zaphod"),
    "request": lambda hm: hm.request("POST", f"/v1/Zaphod/{PHONE}", json=[EMAIL], params={"number": PHONE}),
    "raw": lambda hm: hm.contacts.with_raw_response.create_v1(phone=PHONE, first="Zaphod"),
}
REFUSED: dict[str, Any] = {
    "number": lambda hm: hm.messages.send(inbox_id=31, creator_id=21, phone_number=f"0{PHONE}", text="Zaphod"),
    "field": lambda hm: hm.contacts.batch_create(contacts=[{PHONE: "Zaphod"}]),
    "surrogate": lambda hm: hm.contacts.batch_create(contacts=[{"custom": {PHONE: f"Zaphod {EMAIL} \ud800"}}]),
    "type": lambda hm: hm.schedules.create(
        inbox_id=31, phone_number=PHONE, execute_at=EMAIL, content={"text": f"Zaphod {CONTACT}"}
    ),
    "path": lambda hm: hm.contact_channels.get(f"{CONTACT}/..", f"{EMAIL}/{PHONE}"),
    "raw path": lambda hm: hm.request("GET", f"/v1/../{PHONE}/Zaphod"),
    "header": lambda hm: hm.with_options(extra_headers={"X-Own": f"{HEADER}\n{TEAM_KEY}"}).team.get(),
    "headers": lambda hm: hm.with_options(extra_headers={f"X-{PHONE} ": HEADER}).team.get(),
    "base url": lambda hm: Heymarket(api_key=TEAM_KEY, base_url=f"https://{PHONE}:{TEAM_KEY}@example.org"),
    "credentials": lambda hm: hm.with_credentials(TEAM_KEY, f"{TEAM_KEY}\n"),
}


@pytest.mark.parametrize("way", WAYS_TO_FAIL)
def test_nothing_planted_gets_out_of_a_call_that_fails(
    way: str, door: Door, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    """What was sent and echoed is in no message, log, repr, pickle or span, and in the named frames alone."""
    exporter, tracers = InMemorySpanExporter(), TracerProvider(shutdown_on_exit=False)
    tracers.add_span_processor(SimpleSpanProcessor(exporter))
    errors: list[APIError] = []

    def call_instrumented(hm: Any, call: Any) -> Any:
        return call(instrument(hm.with_options(extra_headers={"X-Own": HEADER}), tracer_provider=tracers))

    with caplog.at_level(logging.DEBUG), warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        for call in CALLS.values():
            script = Script(*[WAYS_TO_FAIL[way]] * 3)
            try:
                door(partial(call_instrumented, call=call), script=script, api_key=TEAM_KEY, quota=None)
            except APIError as error:
                errors.append(error)
    assert len(errors) == len(CALLS) or way in {"a list", "not what is described", "drift"}
    shown = [text for span in exporter.get_finished_spans() for text in (span.to_json(), repr(span.events))]
    shown += [f"{record.getMessage()} {record.args}" for record in caplog.records]
    shown += [str(warning.message) for warning in warned]
    for failure in errors:
        failure.request_id = None  # the service's own, whole for its support
        shown += [str(failure), repr(failure), repr(failure.args), pickle.dumps(failure).decode("latin-1")]
        assert_frames_show_nothing_planted(failure)
    assert {planted for planted in PLANTED for text in shown if planted.lower() in text.lower()} == set()
    tracers.shutdown()


@pytest.mark.parametrize("call", REFUSED)
def test_nothing_planted_gets_out_of_a_call_that_is_refused(call: str, door: Door, clock: FakeClock) -> None:
    with pytest.raises(HeymarketError) as caught:
        door(REFUSED[call], script=Script(answer()), api_key=TEAM_KEY, quota=Quota(1, max_wait=0))
    error = caught.value
    for text in (str(error), repr(error), pickle.dumps(error).decode("latin-1")):
        assert not [planted for planted in PLANTED if planted.lower() in text.lower()]
    assert_frames_show_nothing_planted(error)


def assert_frames_show_nothing_planted(error: BaseException) -> None:
    """Apart from the arguments in the frames that SECURITY.md names; a key or a header is in none."""
    link: BaseException | None = error
    while link is not None:
        trace = link.__traceback__
        while trace is not None:
            frame, trace = trace.tb_frame, trace.tb_next
            if "/heymarket" not in frame.f_code.co_filename:
                continue
            where = f"{frame.f_code.co_filename}:{frame.f_code.co_name}"
            named = "/resources/" in where or where.endswith((
                "_sender.py:send", "_sender.py:send_raw", "operation.py:send_raw", "operation.py:call",
                "client.py:request",
            ))  # fmt: skip
            shown = "\n".join(map(contents, frame.f_locals.values()))
            secrets = (TEAM_KEY,) if named else PLANTED
            assert not [planted for planted in secrets if planted in shown], where
        link = link.__cause__ or link.__context__


def test_nothing_planted_gets_out_of_a_queue_that_is_too_long(door: Door, clock: FakeClock) -> None:
    send = CALLS["messages.send"]
    door(send, script=Script(answer()), api_key=TEAM_KEY, quota=Quota(1, max_wait=0))
    with pytest.raises(APIError, match="No slot of the quota") as caught:
        door(send, script=Script(answer()), api_key=TEAM_KEY, quota=Quota(1, max_wait=0))
    assert_frames_show_nothing_planted(caught.value)
