"""Servers and security of single operations: which host gets a request, and which key is sent with it."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

import pytest
from heymarket_openapi.operation import Operation, SecurityScheme

from heymarket import APITimeoutError, AuthenticationError, ConfigurationError, Quota
from heymarket.emulator import Emulator
from tests.fakes import Door, Script, answer

BEARER = SecurityScheme("AutomationKey", name="Authorization", prefix="Bearer ")
HEADER = SecurityScheme("HeaderKey", name="X-Key")
QUERY = SecurityScheme("QueryKey", place="query", name="key")
NOBODY = SecurityScheme("")
ELSEWHERE = "https://triggers.example.com"
PROXY = "https://proxy.example.com/heymarket"
KEYS = {"AutomationKey": "automation-1", "HeaderKey": "header-2", "QueryKey": "query 3".replace(" ", "-")}


def operation(server: str = "", security: SecurityScheme | None = None, path: str = "/v1/automations") -> Any:
    def build() -> dict[str, Any]:
        return {"method": "get", "url": path, "params": {"a": "b"}}

    return Operation(
        name="automations.get", method="GET", path=path, build=build, parse=lambda body: body, path_params={},
        status=200, expects="object", model="dict", safe=True, server=server, security=security,
    )  # fmt: skip


def sent(door: Door, one: Any, **options: Any) -> Any:
    script = Script(answer(200, {}))
    door(lambda hm: hm._sender.send(one, {}), script=script, **options)
    return script.sends[0]


@pytest.mark.parametrize("base_url", [None, "https://API.heymarket.com/"])
def test_the_described_server_is_used_with_the_default_base_url(door: Door, base_url: str | None) -> None:
    request = sent(door, operation(ELSEWHERE, NOBODY), base_url=base_url)

    assert request.url == f"{ELSEWHERE}/v1/automations?a=b"


def test_another_base_url_gets_everything(door: Door) -> None:
    assert sent(door, operation(ELSEWHERE, NOBODY), base_url=PROXY).url == f"{PROXY}/v1/automations?a=b"


def test_a_token_goes_to_no_host_that_has_another_scheme_or_none(door: Door) -> None:
    for security in (NOBODY, BEARER, HEADER, QUERY):
        request = sent(door, operation(ELSEWHERE, security), keys=KEYS)
        headers = dict(request.headers)
        given = headers.get("Authorization"), headers.get("X-Key"), request.url.partition("key=")[2]
        assert (
            given
            == {
                NOBODY: (None, None, ""),
                BEARER: ("Bearer automation-1", None, ""),
                HEADER: (None, "header-2", ""),
                QUERY: (None, None, "query-3"),
            }[security]
        )
    assert dict(sent(door, operation(ELSEWHERE)).headers)["Authorization"].startswith("Bearer ey")


def test_a_refused_key_is_not_sent_again_and_no_token_is_signed_for_it(door: Door) -> None:
    script = Script(answer(401), answer(200, {}))
    with pytest.raises(AuthenticationError):
        door(lambda hm: hm._sender.send(operation(ELSEWHERE, BEARER), {}), script=script, keys=KEYS)
    assert len(script.sends) == 1


def test_a_key_comes_from_the_environment(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEYMARKET_AUTOMATION_KEY", "from-outside")

    assert dict(sent(door, operation("", BEARER)).headers)["Authorization"] == "Bearer from-outside"
    assert dict(sent(door, operation("", BEARER), keys=KEYS).headers)["Authorization"] == "Bearer automation-1"


@pytest.mark.parametrize("key", [None, "", "a b", 5])
def test_a_key_that_is_missing_or_wrong_says_where_to_put_it(door: Door, key: Any) -> None:
    keys = {} if key is None else {"AutomationKey": key}
    with pytest.raises(ConfigurationError, match=r"The key of AutomationKey .* HEYMARKET_AUTOMATION_KEY") as caught:
        sent(door, operation("", BEARER), keys=keys)
    assert "a b" not in str(caught.value)


def test_light_clients_have_keys_of_their_own_and_other_teams_none(door: Door) -> None:
    def authorization(change: Any) -> str:
        script = Script(answer(200, {}))
        door(lambda hm: change(hm)._sender.send(operation("", BEARER), {}), script=script, keys=KEYS)
        return dict(script.sends[0].headers)["Authorization"]

    assert authorization(lambda hm: hm.with_options(keys={"AutomationKey": "two"})) == "Bearer two"
    assert authorization(lambda hm: hm.with_options(timeout=5)) == "Bearer automation-1"
    with pytest.raises(ConfigurationError, match="The key of AutomationKey"):
        authorization(lambda hm: hm.with_credentials("an-id", "a-key"))


def test_other_keys_have_no_part_in_the_quota(door: Door) -> None:
    quota = Quota(1, per=60, max_wait=0)

    def twice(hm: Any, one: Any) -> Any:
        if not door.is_async:
            return [hm._sender.send(one, {}) for _ in range(2)]

        async def run() -> Any:
            return [await hm._sender.send(one, {}) for _ in range(2)]

        return run()

    door(lambda hm: twice(hm, operation(ELSEWHERE, NOBODY)), script=Script(lambda _: answer(200, {})), quota=quota)
    with pytest.raises(APITimeoutError):
        door(lambda hm: twice(hm, operation()), script=Script(lambda _: answer(200, {})), quota=quota)


def test_each_host_has_connections_of_its_own(door: Door) -> None:
    """A client of the service itself, which may not be reached here, calls two hosts of this machine."""
    with Emulator() as one, Emulator() as other:
        both = [operation(emulator.base_url, NOBODY, "/v1/inboxes") for emulator in (one, other)]

        def call(hm: Any) -> Any:
            if not door.is_async:
                return [refused(partial(send, one, hm)) for one in [*both, *both]]

            async def run() -> None:
                for one in [*both, *both]:
                    with pytest.raises(AuthenticationError):
                        await hm._sender.send(one, {})

            return run()

        door(call)
        for emulator in (one, other):
            assert len(emulator.journal) == 2
            assert "authorization" not in emulator.journal[0].request_headers


def test_no_key_is_in_a_message_a_log_or_a_repr(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for security in (BEARER, HEADER, QUERY):
        call = partial(send, operation(ELSEWHERE, security))
        with pytest.raises(AuthenticationError) as caught:
            door(call, script=Script(answer(401)), keys=KEYS)
        shown = f"{caught.value!r}{caught.value}{caplog.text}{door(lambda hm: _itself(door, hm), keys=KEYS)}"
        assert not [key for key in KEYS.values() if key in shown]


def send(one: Any, hm: Any) -> Any:
    return hm._sender.send(one, {})


def refused(call: Any) -> Any:
    with pytest.raises(AuthenticationError):
        call()


def _itself(door: Door, hm: Any) -> Any:
    async def shown() -> str:
        return repr(hm) + repr(hm._sender.context)

    return shown() if door.is_async else repr(hm) + repr(hm._sender.context)
