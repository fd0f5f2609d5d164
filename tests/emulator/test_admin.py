"""The admin API: all that the Python API can do, for a test in any language."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from heymarket import __version__
from heymarket.emulator import Emulator, create_app
from heymarket.emulator.seeds.built_in import EXAMPLES, LEGACY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATH = f"/v2/contact/{EXAMPLES['phone'].contact_id}/channel/phone"
SEND = {"phone_number": "15555550100", "inbox_id": 31, "creator_id": 21, "text": "Hello"}


@pytest.fixture
def http(heymarket_emulator: Emulator) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {LEGACY.key}"}
    with httpx.Client(base_url=heymarket_emulator.base_url, headers=headers, trust_env=False) as client:
        yield client


def test_it_says_what_there_is(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    told = http.get("/_emulator").json()

    assert (told["emulator"], told["base_url"]) == (__version__, heymarket_emulator.base_url)
    assert told["credentials"] == ["default", "denied", "legacy"]
    assert "messages.send" in told["operations"]
    for link in (
        "PUT /_emulator/state",
        "POST /_emulator/reset",
        "POST /_emulator/reply",
    ):
        assert link in told["links"]


def test_it_is_in_no_journal_and_counts_for_nothing(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    heymarket_emulator.fail_next(503)
    answer = http.get("/_emulator/faults")

    assert answer.headers["X-Emulator"] == __version__
    assert answer.json()["faults"][0]["played"] == 0
    assert not heymarket_emulator.journal
    assert heymarket_emulator.limit.usage("legacy").used == 0


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("origin", ["https://example.com", "null", "http://127.0.0.1:1"])
def test_a_page_from_elsewhere_cant_steer_it(http: httpx.Client, method: str, origin: str) -> None:
    for path in ("/_emulator/reset", "/_emulator/state", "/"):
        refused = http.request(method, path, headers={"Origin": origin})
        assert refused.status_code == 403
        assert "another origin" in refused.json()["message"]


def test_a_page_whose_name_leads_here_cant_steer_it_either(http: httpx.Client) -> None:
    elsewhere = {"Host": "evil.example:8010", "Origin": "http://evil.example:8010"}
    for path in ("/_emulator/state", "/"):
        refused = http.get(path, headers=elsewhere)
        assert refused.status_code == 403
        assert "another host" in refused.json()["message"]


@pytest.mark.parametrize("header", [{"Host": "[half"}, {"Origin": "http://[half"}])
def test_half_an_address_is_elsewhere(http: httpx.Client, header: dict[str, str]) -> None:
    assert http.get("/_emulator", headers=header).status_code == 403


def test_a_server_that_others_reach_says_so(caplog: pytest.LogCaptureFixture) -> None:
    with Emulator(host="0.0.0.0"):  # noqa: S104 - what is tested
        assert "Listening on 0.0.0.0" in caplog.text


def test_an_application_on_another_server_takes_any_host() -> None:
    async def status() -> int:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
            return (await client.get("/_emulator/clock", headers={"Host": "proxied.example"})).status_code

    app = create_app()
    assert asyncio.run(status()) == 200
    app.close()


@pytest.mark.parametrize("host", ["localhost", "localhost:8010", "heymarket.localhost", "127.0.0.2:1", "[::1]:8010"])
def test_every_name_of_this_machine_will_do(http: httpx.Client, host: str) -> None:
    assert http.get("/_emulator/clock", headers={"Host": host}).status_code == 200


def test_its_own_page_may(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    own = http.post("/_emulator/reset", headers={"Origin": heymarket_emulator.base_url})

    assert own.status_code == 204


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "message"),
    [
        ("GET", "/_emulator/nothing", None, 404, "GET /_emulator says what there is"),
        ("DELETE", "/_emulator/state", None, 405, "takes other methods"),
        ("PUT", "/_emulator/state", b"users: 7", 400, "users"),
        ("POST", "/_emulator/snapshots/9/restore", None, 404, "no such snapshot"),
        ("DELETE", "/_emulator/snapshots/9", None, 404, "no such snapshot"),
        ("POST", "/_emulator/faults", b"{", 400, "not JSON"),
        ("POST", "/_emulator/faults", b"[]", 400, "JSON object"),
        ("POST", "/_emulator/faults", b'{"action": "explode"}', 400, "action is one of"),
        ("POST", "/_emulator/faults", b'{"action": "hang", "operation": "x.y"}', 400, "no such operation"),
        ("DELETE", "/_emulator/faults/9", None, 404, "no such fault"),
        ("PATCH", "/_emulator/clock", b'{"advance": -1}', 400, "0 or more"),
        ("PATCH", "/_emulator/clock", b'{"advance": "x"}', 400, "a number of seconds"),
        ("PATCH", "/_emulator/clock", b'{"advance": 1e300}', 400, "too far"),
        ("PATCH", "/_emulator/clock", b'{"frozen": 1}', 400, "true or false"),
        ("PATCH", "/_emulator/clock", b'{"time": "soon"}', 400, "RFC 3339"),
        ("PATCH", "/_emulator/clock", b'{"time": 7}', 400, "RFC 3339"),
        ("PATCH", "/_emulator/clock", b'{"time": "2030-01-01T00:00:00Z", "frozen": false}', 400, "advance it"),
        ("PATCH", "/_emulator/clock", b'{"planted": 1}', 400, "it may have frozen, time, advance"),
        ("PATCH", "/_emulator/clock", b'{"timeout": -1}', 400, "timeout is a number of seconds"),
        ("POST", "/_emulator/settle", b'{"timeout": "1"}', 400, "timeout is a number of seconds"),
        ("PUT", "/_emulator/limits", b'{"limit": 0}', 400, "at least 1"),
        ("PUT", "/_emulator/limits", b'{"limit": 1.5}', 400, "whole number"),
        ("PUT", "/_emulator/limits", b'{"per": "x"}', 400, "number of seconds"),
        ("PUT", "/_emulator/limits", b'{"limit": 1e999}', 400, "holds a number"),
        ("PUT", "/_emulator/limits", b'{"limit": NaN}', 400, "not JSON"),
        ("GET", "/_emulator/journal?planted=1", None, 400, "can be asked for operation, status"),
        ("GET", "/_emulator/journal?limit=0", None, 400, "1 or more"),
        ("POST", "/_emulator/verify", b"{}", 400, "name of an operation"),
        ("POST", "/_emulator/verify", b'{"operation": "x.y"}', 400, "no such operation"),
        ("POST", "/_emulator/verify", b'{"operation": "messages.send", "times": -1}', 400, "times is a whole number"),
        ("POST", "/_emulator/verify", b'{"operation": "messages.send", "fields": 1}', 400, "fields is an object"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    http: httpx.Client, method: str, path: str, body: bytes | None, status: int, message: str
) -> None:
    refused = http.request(method, path, content=body)

    assert (refused.status_code, list(refused.json())) == (status, ["message"])
    assert message in refused.json()["message"]
    assert "\n" not in refused.json()["message"]
    assert "planted" not in refused.text


def test_state_comes_and_goes_as_a_document(http: httpx.Client) -> None:
    before = http.get("/_emulator/state").json()
    http.delete(PATH)
    changed = http.get("/_emulator/state").json()
    assert changed != before

    assert http.put("/_emulator/state", json=before).status_code == 204
    assert http.get(PATH).status_code == 200
    assert http.put("/_emulator/state", content="contacts:\n- phone: '15555550188'\n").status_code == 204
    assert http.get(PATH).status_code == 404
    assert [one["phone"] for one in http.get("/_emulator/state").json()["contacts"]] == ["15555550188"]
    http.post("/_emulator/reset")
    assert http.get(PATH).status_code == 200


def test_a_document_that_doesnt_fit_changes_nothing(http: httpx.Client) -> None:
    before = http.get("/_emulator/state").json()
    refused = http.put("/_emulator/state", json={"contacts": [{"phone": "x"}]})

    assert refused.status_code == 400
    assert http.get("/_emulator/state").json() == before


def test_reset_is_a_fresh_start(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    http.post("/_emulator/faults", json={"action": "status", "operation": "contact_channels.list"})
    http.put("/_emulator/limits", json={"limit": 1})
    http.patch("/_emulator/clock", json={"frozen": True, "time": "2030-01-01T00:00:00Z"})
    http.delete(PATH)
    assert http.post("/_emulator/reset").status_code == 204

    assert not heymarket_emulator.journal
    assert not heymarket_emulator.faults.all()
    assert (heymarket_emulator.limit.limit, heymarket_emulator.clock.frozen) == (500, False)
    assert http.get(PATH).status_code == 200


def test_snapshots_are_come_back_to_even_after_a_reset(http: httpx.Client) -> None:
    http.delete(PATH)
    taken = http.post("/_emulator/snapshots")
    assert taken.status_code == 201
    id_ = taken.json()["id"]
    http.post("/_emulator/reset")
    assert http.get(PATH).status_code == 200

    assert http.post(f"/_emulator/snapshots/{id_}/restore").status_code == 204
    assert http.get(PATH).status_code == 404
    assert {"id": id_} in http.get("/_emulator/snapshots").json()["snapshots"]
    assert http.delete(f"/_emulator/snapshots/{id_}").status_code == 204
    assert {"id": id_} not in http.get("/_emulator/snapshots").json()["snapshots"]


def test_faults_are_added_seen_and_taken_back(http: httpx.Client) -> None:
    rule = {"action": "status", "status": 500, "operation": "contact_channels.get"}
    id_ = http.post("/_emulator/faults", json=rule).json()["id"]
    assert http.get(PATH).status_code == 500
    assert http.get("/_emulator/faults").json() == {"faults": [{"id": id_, **rule, "played": 1, "used_up": False}]}
    assert http.delete(f"/_emulator/faults/{id_}").status_code == 204
    assert http.get(PATH).status_code == 200
    http.post("/_emulator/faults", json=rule)
    assert http.delete("/_emulator/faults").status_code == 204
    assert http.get("/_emulator/faults").json() == {"faults": []}


def test_the_clock_is_frozen_set_advanced_and_let_run(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    frozen = http.patch("/_emulator/clock", json={"time": "2030-01-01T00:00:00+00:00"}).json()
    assert frozen == {"time": "2030-01-01T00:00:00.000000Z", "frozen": True}
    advanced = http.patch("/_emulator/clock", json={"advance": 3600}).json()
    assert advanced == {"time": "2030-01-01T01:00:00.000000Z", "frozen": True}
    assert http.get("/_emulator/clock").json() == advanced
    assert http.patch("/_emulator/clock", json={"frozen": False}).json()["frozen"] is False
    assert heymarket_emulator.clock.time() >= 1_893_459_600
    assert http.get(PATH).status_code == 200


def test_a_change_of_the_clock_that_cant_be_changes_nothing(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    assert http.patch("/_emulator/clock", json={"frozen": True, "advance": -1}).status_code == 400

    assert not heymarket_emulator.clock.frozen


def test_advancing_the_clock_has_done_what_is_due(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    http.patch("/_emulator/clock", json={"time": "2030-01-01T00:00:00Z"})
    before = heymarket_emulator.state.messages.count()
    document = heymarket_emulator.state.document()
    schedule = {**document["schedules"][0], "execute": "2030-01-01T00:15:00Z"}
    http.put("/_emulator/state", json={**document, "schedules": [schedule]})
    http.patch("/_emulator/clock", json={"advance": 899})
    assert heymarket_emulator.state.messages.count() == before
    http.patch("/_emulator/clock", json={"advance": 1})

    assert heymarket_emulator.state.messages.count() > before


def test_limits_say_who_has_used_what(http: httpx.Client) -> None:
    http.patch("/_emulator/clock", json={"frozen": True})
    http.get(PATH)
    http.get(PATH)
    told = http.put("/_emulator/limits", json={"limit": 3, "per": 30}).json()

    assert (told["limit"], told["per"]) == (3, 30)
    assert told["usage"] == [
        {"credential": "default", "used": 0, "limit": 3, "free_again": 0.0},
        {"credential": "denied", "used": 0, "limit": 3, "free_again": 0.0},
        {"credential": "legacy", "used": 2, "limit": 3, "free_again": 30.0},
    ]
    assert [http.get(PATH).status_code for _ in range(2)] == [200, 429]
    http.put("/_emulator/limits", json={"limit": 1})
    assert http.get(PATH).headers["X-Emulator-Refused"].endswith("in 30.0 s of the service's time, which is frozen")


def test_the_journal_is_asked_filtered_and_cleared(http: httpx.Client) -> None:
    http.get(PATH)
    http.get("/nowhere")
    http.get(f"{PATH}x")
    everything = http.get("/_emulator/journal").json()["calls"]
    refused = http.get("/_emulator/journal?refused=true&status=4xx&limit=1").json()["calls"]

    assert [one["status"] for one in everything] == [200, 404, 404]
    assert everything[0]["response_body"]["channel_type"] == "phone"
    assert everything[0]["request_headers"]["authorization"] == "Bearer [redacted]"
    assert [one["path"] for one in refused] == [f"{PATH}x"]
    assert LEGACY.key not in json.dumps(everything)
    assert http.get("/_emulator/journal?refused=false&operation=contact_channels.get").json()["calls"] == everything[:1]
    assert http.delete("/_emulator/journal").status_code == 204
    assert http.get("/_emulator/journal").json() == {"calls": []}


def test_verify_says_what_the_python_api_says(heymarket_emulator: Emulator, http: httpx.Client) -> None:
    http.post("/v1/message/send", json=SEND)
    wanted: dict[str, Any] = {"operation": "messages.send", "times": 1, "fields": {"phone_number": "15555550100"}}
    assert http.post("/_emulator/verify", json=wanted).json() == {"verified": True}

    failed = http.post("/_emulator/verify", json={**wanted, "times": 2})
    with pytest.raises(AssertionError) as caught:
        heymarket_emulator.verify("messages.send", times=2, phone_number="15555550100")
    assert (failed.status_code, failed.json()) == (417, {"message": str(caught.value)})


def test_an_application_without_a_server_has_it_too(ask: Callable[..., httpx.Response]) -> None:
    app = create_app()
    assert ask(app, "/_emulator/clock", authorization=None).json()["frozen"] is False
    app.close()


def test_verify_takes_fields_of_any_name(http: httpx.Client) -> None:
    asked = {"operation": "messages.send", "times": 0, "fields": {"times": 2, "operation": "x", "self": 1}}

    assert http.post("/_emulator/verify", json=asked).status_code == 200


def test_a_status_that_is_none_is_no_filter(http: httpx.Client) -> None:
    assert http.get("/_emulator/journal?status=4xx").status_code == 200
    assert "status is a number" in http.get("/_emulator/journal?status=abc").json()["message"]


@pytest.mark.parametrize(
    "path",
    [
        f"/_emulator/page/contacts/{'9' * 5000}",
        f"/_emulator/page/conversations/{'9' * 19}",
        f"/_emulator/snapshots/{'9' * 5000}",
        f"/_emulator/page/static/{'a' * 5000}.js",
    ],
)
def test_numbers_and_names_that_are_too_long_are_not_there(path: str, http: httpx.Client) -> None:
    assert http.get(path).status_code == 404


def test_a_number_in_the_query_that_is_too_long_is_ignored(http: httpx.Client) -> None:
    assert http.get(f"/_emulator/page/contacts?after={'9' * 5000}").status_code == 200
