"""Faults by rule: over real connections, because half of them are about connections."""

from __future__ import annotations

import logging
import threading
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from heymarket import APIConnectionError, APITimeoutError, Heymarket, InternalServerError
from heymarket.emulator import Emulator, EmulatorError, Fault, create_app
from heymarket.emulator.faults.rules import ACTIONS
from heymarket.emulator.seeds.built_in import EXAMPLES, LEGACY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATH = f"/v2/contact/{EXAMPLES['phone'].contact_id}/channel/phone"
SEND = {"phone_number": "15555550100", "inbox_id": 31, "creator_id": 21, "text": "Hello", "local_id": "one"}


@pytest.fixture
def http(heymarket_emulator: Emulator) -> Iterator[httpx.Client]:
    with httpx.Client(
        base_url=heymarket_emulator.base_url,
        headers={"Authorization": f"Bearer {LEGACY.key}"},
        trust_env=False,
        timeout=10,
    ) as client:
        yield client


def add(emulator: Emulator, action: Any, **members: Any) -> int:
    return emulator.faults.add(Fault(action, **members))


def test_a_status_is_returned_and_nothing_is_done(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    add(heymarket_emulator, "status", status=418, count=1)
    answer = http.post("/v1/message/send", json=SEND)

    assert (answer.status_code, answer.headers["X-Emulator-Refused"]) == (418, "planned: a fault asked for this")
    assert heymarket_emulator.journal[-1].fault == "status"
    heymarket_emulator.verify("messages.send", times=0)
    assert http.get(PATH).status_code == 200


def test_a_delay_delays_and_the_work_is_done(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    add(heymarket_emulator, "delay", seconds=0.2, count=1)
    started = time.monotonic()
    answer = http.get(PATH)

    assert time.monotonic() - started >= 0.2
    assert answer.status_code == 200
    assert heymarket_emulator.journal[-1].duration >= 200


def test_a_hang_ends_when_the_client_gives_up(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    add(heymarket_emulator, "hang", count=1)
    with pytest.raises(httpx.ReadTimeout):
        http.get(PATH, timeout=0.2)

    assert (heymarket_emulator.journal[-1].fault, heymarket_emulator.journal[-1].status) == ("hang", 0)
    assert http.get(PATH).status_code == 200


@pytest.mark.parametrize("fault", [Fault("hang"), Fault("delay", seconds=60)])
def test_no_call_that_is_kept_waiting_outlives_the_server(fault: Fault, caplog: pytest.LogCaptureFixture) -> None:
    failed = threading.Event()

    def call(url: str) -> None:
        try:
            httpx.get(url + PATH, headers={"Authorization": f"Bearer {LEGACY.key}"}, trust_env=False, timeout=30)
        except httpx.TransportError:
            failed.set()

    with Emulator() as emulator:
        emulator.faults.add(fault)
        caller = threading.Thread(target=call, args=(emulator.base_url,))
        caller.start()
        deadline = time.monotonic() + 10
        while not next(iter(emulator.faults)).played and time.monotonic() < deadline:
            threading.Event().wait(0.002)
    caller.join()

    assert failed.is_set()
    assert not caplog.records  # uvicorn says so when its patience ends


def test_a_reset_happens_before_any_work(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    add(heymarket_emulator, "reset", count=1)
    with pytest.raises(httpx.ReadError):
        http.post("/v1/message/send", json=SEND)

    assert heymarket_emulator.journal[-1].status == 0
    heymarket_emulator.verify("messages.send", times=0)


def test_a_lost_response_is_to_work_that_was_done(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    before = heymarket_emulator.state.messages.count()
    add(heymarket_emulator, "lost_response", count=1)
    with pytest.raises(httpx.ReadError):
        http.post("/v1/message/send", json=SEND)

    assert heymarket_emulator.state.messages.count() == before + 1


def test_a_client_that_tries_again_after_a_lost_response_sends_once(heymarket_emulator: Emulator) -> None:
    add(heymarket_emulator, "lost_response", operation="messages.send", count=1)
    with Heymarket(**heymarket_emulator.settings) as hm:
        hm.messages.send(phone_number="15555550100", inbox_id=31, creator_id=21, text="Hello")

    assert [call.repeated for call in heymarket_emulator.journal] == [False, True]
    heymarket_emulator.verify("messages.send", times=1, phone_number="15555550100")


def test_half_of_a_body_arrives(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    add(heymarket_emulator, "cut_body", count=1)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete"):
        http.get(PATH)
    with http.stream("GET", PATH) as whole:
        assert whole.status_code == 200

    assert heymarket_emulator.journal[0].response_body["channel_id"] == "15555550100"


def test_a_page_of_a_proxy_is_html(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    add(heymarket_emulator, "html")
    answer = http.get(PATH)

    assert (answer.status_code, answer.headers["Content-Type"]) == (502, "text/html; charset=utf-8")


def test_bad_json_says_that_it_is_json(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    add(heymarket_emulator, "bad_json")
    answer = http.get(PATH)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    with pytest.raises(ValueError, match="Expecting"):
        answer.json()


@pytest.mark.parametrize("path", [PATH, PATH.removesuffix("/phone").replace("/channel", "/channels"), "/v1/inboxes"])
def test_an_unknown_field_comes_in_objects_and_lists(
    heymarket_emulator: Emulator, http: httpx.Client, path: str
) -> None:
    plain = http.get(path).json()
    add(heymarket_emulator, "unknown_field")
    odd = http.get(path).json()
    first, odd_first = (plain[0], odd[0]) if isinstance(plain, list) else (plain, odd)

    assert odd_first == {**first, "unknown_field": "not described"}


def test_a_field_has_another_type(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    plain = http.get(PATH).json()
    add(heymarket_emulator, "wrong_type")
    odd = http.get(PATH).json()
    different = [name for name in plain if type(plain[name]) is not type(odd[name])]

    assert odd.keys() == plain.keys()
    assert len(different) == 1


def test_a_clock_that_is_off_refuses_tokens_that_are_right(
    heymarket_emulator: Emulator, sign: Callable[..., str]
) -> None:
    add(heymarket_emulator, "clock_off", seconds=1000, count=1)
    headers = {"Authorization": sign(at=time.time())}
    with httpx.Client(base_url=heymarket_emulator.base_url, headers=headers, trust_env=False) as http:
        refused, accepted = http.get(PATH), http.get(PATH)

    assert refused.status_code == 401
    assert refused.headers["X-Emulator-Refused"].startswith("expired by 70")
    assert accepted.status_code == 200
    off = parsedate_to_datetime(refused.headers["Date"]) - parsedate_to_datetime(accepted.headers["Date"])
    assert 995 <= off.total_seconds() <= 1000


def test_a_client_learns_how_far_the_clock_is_off(heymarket_emulator: Emulator) -> None:
    add(heymarket_emulator, "clock_off", seconds=1000)
    with Heymarket(**heymarket_emulator.settings) as hm:
        assert hm.contact_channels.get(EXAMPLES["phone"].contact_id, "phone").channel_id == "15555550100"

    assert [call.status for call in heymarket_emulator.journal] == [401, 200]


def test_a_rule_is_about_what_it_says(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    other = "/v1/inboxes"
    for members, statuses in (
        ({"operation": "contact_channels.get"}, (503, 200)),
        ({"path": PATH}, (503, 200)),
        ({"path": "/v2/*"}, (503, 200)),
        ({"path": "/v2"}, (200, 200)),
        ({"method": "get"}, (503, 503)),
        ({"method": "POST"}, (200, 200)),
        ({"credential": "legacy", "path": other}, (200, 503)),
        ({"credential": "default"}, (200, 200)),
    ):
        heymarket_emulator.faults.clear()
        add(heymarket_emulator, "status", **members)
        assert (http.get(PATH).status_code, http.get(other).status_code) == statuses, members


def test_the_nth_call_alone_goes_wrong(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    add(heymarket_emulator, "status", operation="contact_channels.get", nth=2)
    statuses = [http.get(path).status_code for path in (PATH, "/v1/inboxes", PATH, PATH)]

    assert statuses == [200, 200, 503, 200]


def test_rules_come_in_order_and_each_counts_what_it_played(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    first = add(heymarket_emulator, "status", status=500, count=2)
    second = add(heymarket_emulator, "status", status=502)
    statuses = [http.get(PATH).status_code for _ in range(3)]

    assert statuses == [500, 500, 502]
    assert [(one.id, one.played, one.is_used_up) for one in heymarket_emulator.faults.all()] == [
        (first, 2, True),
        (second, 1, False),
    ]
    assert heymarket_emulator.faults.remove(second)
    assert not heymarket_emulator.faults.remove(second)
    assert http.get(PATH).status_code == 200


def test_chance_is_the_same_for_the_same_seed(ask: Callable[..., httpx.Response], now: int) -> None:
    def statuses(seed: int) -> list[int]:
        app = create_app(clock=lambda: now)
        app.faults.add(Fault("status", probability=0.5, seed=seed))
        return [ask(app, PATH).status_code for _ in range(24)]

    assert statuses(1) == statuses(1)
    assert statuses(1) != statuses(2)
    assert 4 < statuses(1).count(503) < 20


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ({"action": "explode"}, "action is one of status, delay"),
        ({"action": "status", "status": 200}, "400 to 599"),
        ({"action": "status", "status": True}, "400 to 599"),
        ({"action": "status", "seconds": 1}, "only delay and clock_off"),
        ({"action": "delay", "seconds": -1}, "0 or more"),
        ({"action": "delay", "seconds": float("nan")}, "0 or more"),
        ({"action": "hang", "path": 7}, "path is a string"),
        ({"action": "hang", "method": 7}, "method is a string"),
        ({"action": "hang", "nth": 0}, "nth is a whole number"),
        ({"action": "hang", "count": 1.5}, "count is a whole number"),
        ({"action": "hang", "probability": 2}, "from 0 to 1"),
        ({"action": "hang", "seed": "x"}, "seed is a whole number"),
        ({"action": "hang", "planted": 1}, "no such field. It has action, status"),
        ({"status": 500}, "an object with an action"),
        ([], "an object with an action"),
    ],
)
def test_a_senseless_rule_is_refused_in_one_line(document: Any, problem: str) -> None:
    with pytest.raises(EmulatorError) as caught:
        Fault.from_json(document)

    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_rule_about_an_unknown_operation_is_refused_with_a_hint() -> None:
    with pytest.raises(EmulatorError, match=r"Did you mean .*messages\.send"):
        create_app().faults.add(Fault("hang", operation="message.send"))


@pytest.mark.parametrize("action", ACTIONS)
def test_a_rule_survives_being_written_as_json(action: Any) -> None:
    plain = Fault(action)
    full = Fault(action, operation="messages.send", nth=3, count=2, probability=0.5, seed=9)

    assert Fault.from_json(plain.document()) == plain
    assert Fault.from_json(full.document()) == full


@pytest.mark.parametrize("action", ["reset", "lost_response", "cut_body"])
def test_where_connections_cant_be_broken_the_exchange_ends_with_an_error(
    ask: Callable[..., httpx.Response], now: int, action: Any
) -> None:
    app = create_app(clock=lambda: now)
    app.faults.add(Fault(action))
    with pytest.raises(EmulatorError, match="this server can't do that"):
        ask(app, PATH)


def test_the_client_tells_what_a_fault_did(heymarket_emulator: Emulator) -> None:
    contact_id = EXAMPLES["phone"].contact_id
    with Heymarket(**heymarket_emulator.settings, max_retries=0, timeout=0.3) as hm:
        for action, error in (
            ("status", InternalServerError),
            ("hang", APITimeoutError),
            ("reset", APIConnectionError),
            ("cut_body", APIConnectionError),
        ):
            heymarket_emulator.faults.clear()
            add(heymarket_emulator, action)
            with pytest.raises(error):
                hm.contact_channels.get(contact_id, "phone")


def test_a_delay_lasts_also_when_the_client_gives_up(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    add(heymarket_emulator, "delay", seconds=0.4, count=1)
    with pytest.raises(httpx.ReadTimeout):
        http.post("/v1/message/send", json=SEND, timeout=httpx.Timeout(10, read=0.2))
    until = time.monotonic() + 10
    while not (found := heymarket_emulator.journal.find(operation="messages.send")) and time.monotonic() < until:
        time.sleep(0.01)  # the server is at it; nobody waits for its answer

    (late,) = found
    assert late.status == 200
    assert late.duration >= 400


def test_the_server_stops_although_a_delayed_call_goes_on_without_its_client(caplog: pytest.LogCaptureFixture) -> None:
    with Emulator() as emulator:
        add(emulator, "delay", seconds=60)
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(emulator.base_url + "/v1/team", timeout=httpx.Timeout(10, read=0.2))

    assert not caplog.records  # uvicorn says so when its patience ends


def test_the_log_tells_a_fault_and_a_repeat(
    heymarket_emulator: Emulator, http: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    add(heymarket_emulator, "unknown_field", count=1)
    with caplog.at_level(logging.INFO, "heymarket.emulator"):
        assert "X-Emulator-Repeated" not in http.post("/v1/message/send", json=SEND).headers
        assert http.post("/v1/message/send", json=SEND).headers["X-Emulator-Repeated"] == "local_id"

    first, second = (record.getMessage() for record in caplog.records if record.name == "heymarket.emulator")
    assert first == "POST /v1/message/send 200 fault: unknown_field"
    assert second == "POST /v1/message/send 200 repeat: its local_id was there before"
