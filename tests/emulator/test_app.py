"""What is the same for all requests: headers, unknown paths, planned failures, the journal, reset."""

from __future__ import annotations

import asyncio
import logging
import uuid
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from heymarket import Heymarket, InternalServerError, __version__
from heymarket.emulator import Emulator, EmulatorApp, EmulatorError, JournalEntry, create_app
from heymarket.emulator.journal.journal import Journal
from heymarket.emulator.operations import HANDLERS
from heymarket.emulator.seeds.built_in import DEFAULT, DENIED, EXAMPLES, LEGACY

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = f"/v2/contact/{EXAMPLES['phone'].contact_id}/channel/phone"


@pytest.fixture
def app(now: int) -> EmulatorApp:
    return create_app(clock=lambda: now)


@pytest.mark.parametrize(("path", "status"), [(PATH, 200), (PATH + "x", 404), ("/nowhere", 404)])
def test_every_response_has_an_id_a_date_and_says_that_it_is_emulated(
    ask: Callable[..., httpx.Response], app: EmulatorApp, path: str, status: int
) -> None:
    answer = ask(app, path)

    assert answer.status_code == status
    assert answer.headers["X-Emulator"] == __version__
    assert answer.headers["Date"] == "Sun, 15 Jun 2025 15:06:40 GMT"
    assert str(uuid.UUID(answer.headers["X-Request-Id"])) == answer.headers["X-Request-Id"]
    assert answer.headers["X-Request-Id"] != ask(app, path).headers["X-Request-Id"]


def test_the_log_says_what_came_and_why_it_was_refused(
    ask: Callable[..., httpx.Response], app: EmulatorApp, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "heymarket.emulator"):
        ask(app, PATH)
        ask(app, PATH.replace("phone", "Ph%0Aone"))

    first, second = (record.getMessage() for record in caplog.records if record.name.startswith("heymarket.emulator"))
    assert first == f"GET {PATH} 200"
    assert second == (
        f"GET {PATH.replace('phone', 'Ph%0Aone')} 404 channel: the contact has no channel of that type; it has phone"
    )


@pytest.mark.parametrize("path", ["/v2", "/_emulators", PATH + "/", PATH.replace("/phone", "/a%2Fb")])
def test_an_unknown_path_gets_a_404(ask: Callable[..., httpx.Response], app: EmulatorApp, path: str) -> None:
    refused = ask(app, path)

    assert refused.status_code == 404
    assert refused.headers["X-Emulator-Refused"].startswith("route: the description has no such path")
    assert refused.headers["X-Emulator-Refused"].endswith("fewer slashes") is path.endswith("phone/")
    assert refused.json()["error_code"] == "not_found"


@pytest.mark.parametrize("method", ["POST", "OPTIONS"])
def test_another_method_gets_a_405(ask: Callable[..., httpx.Response], app: EmulatorApp, method: str) -> None:
    refused = ask(app, PATH, method)

    assert refused.status_code == 405
    assert refused.headers["Allow"] == "DELETE, GET, HEAD"


def test_head_is_get_without_a_body(ask: Callable[..., httpx.Response], app: EmulatorApp) -> None:
    got, head = ask(app, PATH), ask(app, PATH, "HEAD")

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == got.headers["Content-Length"] == str(len(got.content))
    assert ask(app, PATH, "HEAD", authorization=None).status_code == 401
    assert ask(app, "/v1/contacts", "HEAD").status_code == 405


@pytest.mark.parametrize(
    ("status", "code"),
    [(400, "bad_data"), (500, "internal_error"), (503, "service_unavailable"), (520, "error")],
)
def test_fail_next_fails_the_next_calls(
    ask: Callable[..., httpx.Response], app: EmulatorApp, status: int, code: str
) -> None:
    app.fail_next(status, times=2)
    answers = [ask(app, PATH) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [status, status, 200]
    assert answers[0].json()["error_code"] == code
    assert answers[0].headers["X-Emulator-Refused"] == "planned: a fault asked for this"


def test_planned_failures_come_in_order_and_use_up_no_limit(ask: Callable[..., httpx.Response], now: int) -> None:
    app = create_app(limit=1, clock=lambda: now)
    app.fail_next(503)
    app.fail_next(429)

    assert [ask(app, PATH).status_code for _ in range(4)] == [503, 429, 200, 429]


@pytest.mark.parametrize(("status", "times"), [(200, 1), (302, 1), (600, 1), (500, 0)])
def test_fail_next_takes_errors_only(app: EmulatorApp, status: int, times: int) -> None:
    with pytest.raises(EmulatorError, match=r"400 to 599|1 or more"):
        app.fail_next(status, times)


def test_the_journal_has_requests_and_responses(
    ask: Callable[..., httpx.Response], sign: Callable[..., str], app: EmulatorApp, now: int
) -> None:
    answer = ask(app, PATH + "?secret=1")
    ask(app, PATH, authorization=sign(DENIED))
    ask(app, PATH, authorization=sign(at=now - 400))
    ask(app, "/nowhere", "POST", authorization=None)
    fine, denied, expired, nowhere = app.journal

    assert (fine.method, fine.path, fine.operation) == ("GET", PATH, "contact_channels.get")
    assert (fine.status, fine.request_id, fine.time) == (200, answer.headers["X-Request-Id"], now)
    assert (fine.credential, fine.claims, fine.refused) == ("default", {"iss": DEFAULT.secret_id, "iat": now}, None)
    assert (denied.credential, denied.status) == ("denied", 403)
    assert expired.claims == {"iss": DEFAULT.secret_id, "iat": now - 400}
    assert (expired.credential, expired.refused) == (None, "expired by 100 s: a token is valid for 300 s from iat")
    assert (nowhere.method, nowhere.operation, nowhere.claims, nowhere.status) == ("POST", None, None, 404)


def test_the_journal_holds_no_token_and_no_key(
    ask: Callable[..., httpx.Response], sign: Callable[..., str], app: EmulatorApp
) -> None:
    signed = sign()
    for authorization in (signed, f"Bearer {LEGACY.key}", "Bearer planted-secret", "planted-secret"):
        ask(app, PATH, authorization=authorization)
    told = repr(app.journal.calls())

    assert len(app.journal) == 4
    for secret in (signed.removeprefix("Bearer "), DEFAULT.secret_key, LEGACY.key, "planted-secret"):
        assert secret not in told


def test_the_journal_keeps_the_latest_calls_only() -> None:
    journal = Journal()
    for number in range(10_001):
        journal.add(JournalEntry(time=number, method="GET", path="/", request_id="", claims=None))

    assert len(journal.calls()) == 10_000
    assert (journal.calls()[0].time, journal.calls()[-1].time) == (1, 10_000)


def test_reset_is_a_fresh_start(ask: Callable[..., httpx.Response], now: int) -> None:
    app = create_app(limit=1, clock=lambda: now)
    before = ask(app, PATH).json()
    assert ask(app, PATH).status_code == 429
    app.fail_next(500)
    app.reset()

    assert not app.journal
    assert ask(app, PATH).json() == before


def test_a_full_disk_is_named(hm: Heymarket, heymarket_emulator: Emulator) -> None:
    database: Any = heymarket_emulator.state._database
    (pages,) = database.execute("PRAGMA page_count").fetchone()
    database.execute(f"PRAGMA max_page_count = {pages}")
    try:
        with pytest.raises(InternalServerError, match="the state can't be used: database or disk is full"):
            hm.templates.create(title="Large", content={"text": "x" * 100_000})
    finally:
        database.execute("PRAGMA max_page_count = 1000000")
    assert hm.templates.create(title="Large", content={"text": "x" * 100_000}).id


def test_a_crash_is_a_500_and_logged(
    ask: Callable[..., httpx.Response],
    app: EmulatorApp,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def crash(*_: Any) -> None:
        raise RuntimeError("planted")

    monkeypatch.setitem(HANDLERS, "contact_channels.get", crash)
    with caplog.at_level(logging.ERROR, logger="heymarket.emulator"):
        answer = ask(app, PATH)

    assert answer.status_code == 500
    assert (
        answer.headers["X-Emulator-Refused"] == "crash: the emulator itself failed (RuntimeError); its log says where"
    )
    assert app.journal[-1].status == 500
    assert "contact_channels.get" in caplog.text
    assert "planted" in caplog.text


def test_it_can_be_mounted_in_another_application(sign: Callable[..., str], app: EmulatorApp) -> None:
    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(Starlette(routes=[Mount("/heymarket", app)]))
        async with httpx.AsyncClient(transport=transport) as client:
            return await client.get(f"http://mine/heymarket{PATH}", headers={"Authorization": sign()})

    assert asyncio.run(send()).status_code == 200
    assert app.journal[-1].path == PATH


def test_anything_but_http_is_refused(app: EmulatorApp) -> None:
    async def nothing(*_: Any) -> Any:
        raise AssertionError

    with pytest.raises(EmulatorError, match="HTTP, not websocket"):
        asyncio.run(app({"type": "websocket"}, nothing, nothing))
