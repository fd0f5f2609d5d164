"""No secret, path value or body in logs, reprs, messages or tracebacks."""

from __future__ import annotations

import base64
import hmac
import io
import logging
import pickle
import sys
import traceback
import warnings
from collections.abc import Mapping
from typing import Any

import pytest

from heymarket import APIError, Heymarket
from heymarket._messages import FailureKind, Request, TransportFailure
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
