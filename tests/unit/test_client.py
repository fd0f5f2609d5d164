"""The clients: light ones made from them, what closing means, and what shows of them."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from operator import attrgetter
from typing import Any

import pytest

from heymarket import (
    AsyncHeymarket,
    ConfigurationError,
    Heymarket,
    HeymarketError,
    InvalidRequestError,
    Quota,
    RateLimitError,
)
from tests.fakes import (
    CONTACT,
    PHONE,
    SECRET_ID,
    SECRET_KEY,
    AsyncScriptTransport,
    Door,
    FakeClock,
    Script,
    ScriptTransport,
    answer,
)


def get(hm: Any) -> Any:
    return hm.contact_channels.get(CONTACT, "phone")


def test_a_light_client_has_other_options_on_the_same_connections(door: Door, clock: FakeClock) -> None:
    script = Script(answer(503))
    with pytest.raises(HeymarketError):
        door(lambda hm: get(hm.with_options(timeout=7, max_retries=0, extra_headers={"X-Team": "a"})), script=script)
    (send,) = script.sends
    assert send.timeout == 7
    assert dict(send.headers)["X-Team"] == "a"


def test_options_not_named_stay_as_they_were(door: Door, clock: FakeClock) -> None:
    script = Script(answer())
    door(
        lambda hm: get(hm.with_options(extra_headers={"X-Team": "a"}).with_options(timeout=7)),
        script=script,
        quota=Quota(3, per=9),
    )
    assert (script.sends[0].timeout, dict(script.sends[0].headers)["X-Team"]) == (7, "a")


def test_a_light_client_can_have_no_quota(door: Door, clock: FakeClock) -> None:
    def many(hm: Any) -> Any:
        light = hm.with_options(quota=None)

        async def run() -> None:
            for _ in range(5):
                await get(light)

        return run() if door.is_async else [get(light) for _ in range(5)]

    door(many, script=Script(answer()), quota=Quota(1, per=60))
    assert clock.slept == []


def test_other_credentials_sign_and_have_a_quota_of_their_own(door: Door, clock: FakeClock) -> None:
    def both(hm: Any) -> Any:
        other = hm.with_credentials(api_key="teamkey-0002")

        async def run() -> None:
            await get(hm)
            await get(other)

        return run() if door.is_async else (get(hm), get(other))

    script = Script(answer())
    door(both, script=script, quota=Quota(1, per=60))
    first, second = script.authorizations()
    assert first.count(".") == 2
    assert second == "Bearer teamkey-0002"
    assert clock.slept == []


def test_clients_with_one_credential_share_a_quota(clock: FakeClock) -> None:
    script = Script(answer())
    for _ in range(3):  # also when the client before is gone already
        with Heymarket(SECRET_ID, SECRET_KEY, quota=Quota(1, per=60), _transport=ScriptTransport(script)) as hm:
            get(hm)
        del hm
    assert clock.slept == [60.0, 60.0]


def test_a_pause_after_a_429_outlives_its_client(clock: FakeClock) -> None:
    for script in (Script(answer(429, Retry_After="50")), Script(answer())):
        with Heymarket(SECRET_ID, SECRET_KEY, max_retries=0, _transport=ScriptTransport(script)) as hm:
            with suppress(RateLimitError):
                get(hm)
        del hm
    assert clock.slept == [50.0]


def test_closing_a_light_client_closes_nothing() -> None:
    transport = ScriptTransport(Script(answer()))
    with Heymarket(SECRET_ID, SECRET_KEY, _transport=transport) as hm:
        with hm.with_options(timeout=1) as light:
            get(light)
        assert not transport.closed
        assert get(hm).channel_id == PHONE
    assert transport.closed


def test_use_after_close_says_so(door: Door) -> None:
    kept: list[Any] = []

    def keep(hm: Any) -> Any:
        kept.extend([hm, hm.with_options(timeout=1)])
        return get(hm)

    door(keep, script=Script(answer()))
    for closed in kept:
        with pytest.raises(HeymarketError, match="client is closed"):
            asyncio.run(get(closed)) if door.is_async else get(closed)


def test_closing_twice_is_harmless() -> None:
    hm = Heymarket(SECRET_ID, SECRET_KEY, _transport=ScriptTransport(Script(answer())))
    hm.close()
    hm.close()
    other = AsyncHeymarket(SECRET_ID, SECRET_KEY, _transport=AsyncScriptTransport(Script(answer())))

    async def close_twice() -> None:
        await other.close()
        await other.close()

    asyncio.run(close_twice())


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "x"},
        {"HOST": "x"},
        {"Cookie": "x"},
        {"X-A": "a\r\nb"},
        {"X A": "a"},
        {"": "a"},
        {"X-A": "é"},
        {"X-A": " a "},
        {"Connection": "close"},
        {"Content-Type": "text/plain"},
        {"X": 1},
    ],
)
def test_headers_that_cannot_be_sent_are_refused(headers: Any) -> None:
    with Heymarket(SECRET_ID, SECRET_KEY, _transport=ScriptTransport(Script(answer()))) as hm:
        with pytest.raises(InvalidRequestError, match="extra_headers"):
            hm.with_options(extra_headers=headers)


def test_light_clients_check_what_they_are_given() -> None:
    with Heymarket(SECRET_ID, SECRET_KEY, _transport=ScriptTransport(Script(answer()))) as hm:
        with pytest.raises(ConfigurationError, match="timeout"):
            hm.with_options(timeout=0)
        with pytest.raises(ConfigurationError, match="without secret_key"):
            hm.with_credentials("an-id")


def test_a_client_shows_where_it_points_and_nothing_else() -> None:
    with Heymarket(SECRET_ID, SECRET_KEY, base_url="https://host/prefix/") as hm:
        assert repr(hm) == "Heymarket(base_url='https://host/prefix')"
    assert repr(AsyncHeymarket(SECRET_ID, SECRET_KEY)) == "AsyncHeymarket(base_url='https://api.heymarket.com')"


def test_an_interrupted_call_gives_its_slot_back(door: Door, clock: FakeClock) -> None:
    def twice(hm: Any) -> Any:
        async def run() -> Any:
            with pytest.raises(KeyboardInterrupt):
                await get(hm)
            return await get(hm)

        if door.is_async:
            return run()
        with pytest.raises(KeyboardInterrupt):
            get(hm)
        return get(hm)

    script = Script(KeyboardInterrupt(), answer())
    assert door(twice, script=script, quota=Quota(1, per=60)).channel_id == PHONE
    assert clock.slept == [60.0], "the service may have counted the interrupted request"


def test_a_header_given_takes_the_place_of_ours(door: Door) -> None:
    script = Script(answer())
    door(lambda hm: get(hm.with_options(extra_headers={"user-agent": "mine"})), script=script)
    agents = [value for name, value in script.sends[0].headers if name.lower() == "user-agent"]
    assert agents == ["mine"]


def test_a_light_client_keeps_what_a_subclass_holds() -> None:
    class Mine(Heymarket):
        tenant = ""

    with Mine(SECRET_ID, SECRET_KEY, _transport=ScriptTransport(Script(answer()))) as hm:
        hm.tenant = "seven"
        get(hm)
        light = hm.with_options(timeout=1)
        assert light.tenant == "seven"
        assert light.contact_channels is not hm.contact_channels


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("message", "Heymarket has no 'message'. It has close, contact_channels, contacts, "),
        ("messages.create", "Messages has no 'create'. It has count, history, list, send, with_raw_response."),
        ("tags.with_raw_response.find", "TagsWithRawResponse has no 'find'. It has create, delete, get, list."),
        ("tags._repr_html_", "Tags has no '_repr_html_'."),
    ],
)
@pytest.mark.parametrize("client", [Heymarket, AsyncHeymarket])
def test_an_attribute_that_is_not_there_says_what_is(client: Any, path: str, named: str) -> None:
    with pytest.raises(AttributeError) as caught:
        attrgetter(path)(client(SECRET_ID, SECRET_KEY))
    assert named in str(caught.value)
