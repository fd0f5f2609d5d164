"""The life of a call: what is sent, how often, after how long, and what comes out in the end."""

from __future__ import annotations

import base64
import json
import socket
from email.utils import formatdate
from typing import Any

import pytest

from heymarket import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    Heymarket,
    HeymarketError,
    InternalServerError,
    NotFoundError,
    PermissionDeniedError,
    Quota,
    RateLimitError,
    UnprocessableEntityError,
)
from heymarket._messages import FailureKind, TransportFailure
from tests.fakes import CONTACT, PHONE, SECRET_ID, SECRET_KEY, Door, FakeClock, Script, ScriptTransport, answer
from tests.unit.test_httpx_transport import serving


def get(hm: Any) -> Any:
    return hm.contact_channels.get(CONTACT, "phone")


def post(hm: Any) -> Any:
    return hm.request("POST", "/v1/tag", json={"tag": "vip"})


def claims(authorization: str) -> dict[str, Any]:
    payload = authorization.removeprefix("Bearer ").split(".")[1]
    decoded: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return decoded


REFUSED = TransportFailure(FailureKind.CONNECT, "the connection was refused", sent=False)
BROKEN = TransportFailure(FailureKind.LOST, "the connection broke before the answer was whole", sent=True)
SLOW = TransportFailure(FailureKind.TIMEOUT, "the answer took too long", sent=True)
UNTRUSTED = TransportFailure(FailureKind.TLS, "the certificate was not trusted: self-signed", sent=False)


def test_a_call_is_one_signed_request_and_a_typed_result(door: Door, clock: FakeClock) -> None:
    script = Script(answer())
    channel = door(get, script=script)

    assert (channel.channel_id, channel.channel_type, channel.contact_id) == (PHONE, "phone", 101)
    (send,) = script.sends
    assert (send.method, send.body) == ("GET", None)
    assert send.url == f"https://api.heymarket.com/v2/contact/{CONTACT}/channel/phone"
    assert dict(send.headers)["Accept"] == "application/json"
    assert claims(script.authorizations()[0])["iat"] == int(clock.now)


@pytest.mark.parametrize(
    ("status", "error_class"),
    [
        (400, BadRequestError),
        (401, AuthenticationError),
        (403, PermissionDeniedError),
        (404, NotFoundError),
        (409, ConflictError),
        (418, APIStatusError),
        (422, UnprocessableEntityError),
        (429, RateLimitError),
        (500, InternalServerError),
        (520, InternalServerError),
        (302, APIStatusError),
    ],
)
def test_every_status_has_its_error(
    status: int, error_class: type[APIStatusError], door: Door, clock: FakeClock
) -> None:
    body = {"error_code": "some_code", "message": f"about {PHONE}"}
    with pytest.raises(error_class) as caught:
        door(get, script=Script(answer(status, body)), max_retries=0)

    error = caught.value
    assert type(error) is error_class
    assert (error.status_code, error.code, error.body, error.request_id) == (status, "some_code", body, "req-1")
    assert (error.operation, error.method, error.path) == (
        "contact_channels.get",
        "GET",
        "/v2/contact/{contactID}/channel/{channelType}",
    )
    assert error.headers["X-REQUEST-ID"] == "req-1"
    assert str(error).startswith(f"{status} (request id req-1): ")
    assert PHONE in error.text
    assert PHONE not in str(error)
    assert PHONE not in repr(error)
    assert CONTACT not in str(error)


@pytest.mark.parametrize("body", [b"", b"<html>Bad gateway</html>", b'["a list"]', b'{"error_code": 5}', b"\xff"])
def test_error_bodies_may_be_anything(body: bytes, door: Door) -> None:
    with pytest.raises(NotFoundError) as caught:
        door(get, script=Script(answer(404, body)))
    assert caught.value.code is None
    assert caught.value.text == body.decode("utf-8", "replace")


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, *range(520, 528), 529, 530])
def test_reads_are_repeated_after_passing_statuses(status: int, door: Door, clock: FakeClock) -> None:
    script = Script(answer(status), answer(status), answer())
    assert door(get, script=script).channel_id == PHONE
    assert len(script.sends) == 3


@pytest.mark.parametrize("status", [400, 403, 404, 409, 422, 501, 505, 528])
def test_other_statuses_are_not_repeated(status: int, door: Door, clock: FakeClock) -> None:
    script = Script(answer(status), answer())
    with pytest.raises(APIStatusError) as caught:
        door(get, script=script)
    assert (len(script.sends), caught.value.attempts, clock.slept) == (1, 1, [])


def test_retries_end_at_max_retries_and_back_off_further_each_time(door: Door, clock: FakeClock) -> None:
    script = Script(answer(503))
    with pytest.raises(InternalServerError) as caught:
        door(get, script=script, max_retries=3)
    assert (len(script.sends), caught.value.attempts) == (4, 4)
    assert clock.slept == [0.5, 1.0, 2.0]


@pytest.mark.parametrize("trouble", [REFUSED, BROKEN, SLOW])
def test_reads_are_repeated_after_passing_troubles(trouble: TransportFailure, door: Door, clock: FakeClock) -> None:
    script = Script(trouble, answer())
    assert door(get, script=script).channel_id == PHONE
    assert len(script.sends) == 2


def test_tls_failures_are_never_repeated(door: Door, clock: FakeClock) -> None:
    script = Script(UNTRUSTED, answer())
    with pytest.raises(APIConnectionError, match=r"not trusted.*certificates"):
        door(get, script=script)
    assert len(script.sends) == 1


@pytest.mark.parametrize("first", [REFUSED, answer(429)])
def test_writes_are_repeated_when_the_first_surely_did_nothing(first: Any, door: Door, clock: FakeClock) -> None:
    script = Script(first, answer(200, {"id": 1}))
    assert door(post, script=script) == {"id": 1}
    assert [send.body for send in script.sends] == [b'{"tag":"vip"}'] * 2


@pytest.mark.parametrize("trouble", [BROKEN, SLOW])
def test_writes_whose_outcome_is_unknown_say_so_and_are_not_repeated(
    trouble: TransportFailure, door: Door, clock: FakeClock
) -> None:
    script = Script(trouble, answer())
    with pytest.raises(APIConnectionError, match="may have taken effect") as caught:
        door(post, script=script)
    assert caught.value.outcome_unknown
    assert len(script.sends) == 1


def test_writes_are_not_repeated_after_a_server_error(door: Door, clock: FakeClock) -> None:
    script = Script(answer(503), answer())
    with pytest.raises(InternalServerError):
        door(post, script=script)
    assert len(script.sends) == 1


def test_a_failed_read_names_host_and_reason_and_is_not_an_unknown_outcome(door: Door, clock: FakeClock) -> None:
    with pytest.raises(APIConnectionError) as caught:
        door(get, script=Script(REFUSED))
    error = caught.value
    assert (error.attempts, error.request_id, error.outcome_unknown) == (3, None, False)
    assert "api.heymarket.com" in str(error)
    assert "refused" in str(error)
    assert CONTACT not in str(error)


def test_a_401_is_signed_again_once_also_without_retries_and_for_writes(door: Door, clock: FakeClock) -> None:
    for call, options in ((get, {}), (post, {"max_retries": 0})):
        script = Script(answer(401), answer())
        door(call, script=script, **options)
        assert len(script.sends) == 2
        script = Script(answer(401))
        with pytest.raises(AuthenticationError) as caught:
            door(call, script=script, **options)
        assert (len(script.sends), caught.value.attempts) == (2, 2)


def test_a_team_key_is_sent_as_it_is_and_not_again_after_a_401(door: Door) -> None:
    script = Script(answer(401))
    with pytest.raises(AuthenticationError):
        door(get, script=script, api_key="teamkey-0001-abcdef")
    assert script.authorizations() == ["Bearer teamkey-0001-abcdef"]


def test_a_clock_that_is_off_is_noticed_on_a_401_and_allowed_for(door: Door, clock: FakeClock) -> None:
    there = clock.now + 400
    script = Script(answer(401, Date=formatdate(there, usegmt=True)), answer())
    door(get, script=script)
    assert [claims(text)["iat"] for text in script.authorizations()] == [int(clock.now), int(there)]


@pytest.mark.parametrize("off", [20.0, 2 * 24 * 3600.0])
def test_a_small_or_unbelievable_difference_of_clocks_is_ignored(off: float, door: Door, clock: FakeClock) -> None:
    script = Script(answer(401, Date=formatdate(clock.now + off, usegmt=True)), answer())
    door(get, script=script)
    assert {claims(text)["iat"] for text in script.authorizations()} == {int(clock.now)}


def test_a_final_401_names_the_clock_if_that_is_off(door: Door, clock: FakeClock) -> None:
    with pytest.raises(AuthenticationError, match="400 s behind the service's"):
        door(get, script=Script(answer(401, Date=formatdate(clock.now + 400, usegmt=True))))


def test_retry_after_is_waited_for(door: Door, clock: FakeClock) -> None:
    door(get, script=Script(answer(503, Retry_After="7"), answer()))
    assert clock.slept == [7.0]


def test_a_long_retry_after_is_raised_at_once(door: Door, clock: FakeClock) -> None:
    with pytest.raises(RateLimitError) as caught:
        door(get, script=Script(answer(429, Retry_After="61"), answer()), timeout=300)
    assert (caught.value.retry_after, caught.value.attempts, clock.slept) == (61.0, 1, [])


def test_the_total_time_is_kept_over_all_attempts(door: Door, clock: FakeClock) -> None:
    def slow(send: Any) -> Any:
        clock.now += min(send.timeout, 4.0)
        return answer(503)

    script = Script(slow)
    started = clock.now
    with pytest.raises(InternalServerError):
        door(get, script=script, timeout=10.0, max_retries=50)
    assert clock.now - started <= 10.0
    assert [send.timeout for send in script.sends] == [10.0, 5.5, 0.5]


def test_a_timeout_is_its_own_error_and_says_how_long(door: Door, clock: FakeClock) -> None:
    with pytest.raises(APITimeoutError, match=r"had 2 s"):
        door(get, script=Script(SLOW), timeout=2.0, max_retries=0)


def test_queueing_for_the_quota_is_not_counted_as_the_service_s_time(door: Door, clock: FakeClock) -> None:
    def both(hm: Any) -> Any:
        if door.is_async:

            async def twice() -> Any:
                await get(hm)
                return await get(hm)

            return twice()
        get(hm)
        return get(hm)

    script = Script(answer())
    assert door(both, script=script, quota=Quota(1, per=60), timeout=5.0).channel_id == PHONE
    assert clock.slept == [60.0]
    assert script.sends[1].timeout == 5.0


def test_max_wait_bounds_the_queueing(door: Door, clock: FakeClock) -> None:
    def both(hm: Any) -> Any:
        if door.is_async:

            async def twice() -> Any:
                await get(hm)
                return await get(hm)

            return twice()
        get(hm)
        return get(hm)

    with pytest.raises(APITimeoutError, match="No slot of the quota is free within 10 s"):
        door(both, script=Script(answer()), quota=Quota(1, per=60, max_wait=10))


def test_a_429_pauses_the_credential_and_is_sent_again(door: Door, clock: FakeClock) -> None:
    script = Script(answer(429), answer())
    door(get, script=script, quota=Quota(500, per=60))
    assert clock.slept == [1.5]


def test_an_outage_causes_no_storm_of_retries(door: Door, clock: FakeClock) -> None:
    def many(hm: Any) -> Any:
        async def run() -> None:
            for _ in range(50):
                with pytest.raises(InternalServerError):
                    await get(hm)

        if door.is_async:
            return run()
        for _ in range(50):
            with pytest.raises(InternalServerError):
                get(hm)
        return None

    script = Script(answer(503))
    door(many, script=script)
    assert 50 + 10 <= len(script.sends) <= 50 + 10 + sum(clock.slept) / 6


def test_a_404_for_an_id_that_is_no_uuid_says_so(door: Door) -> None:
    with pytest.raises(NotFoundError, match="contact_id was not a UUID"):
        door(lambda hm: hm.contact_channels.get("12345", "phone"), script=Script(answer(404)))
    with pytest.raises(NotFoundError) as caught:
        door(get, script=Script(answer(404)))
    assert "UUID" not in str(caught.value)


def test_a_redirect_names_the_host_it_pointed_to_and_is_not_followed(door: Door) -> None:
    script = Script(answer(307, Location="https://elsewhere.example/path?phone=15555550100"))
    with pytest.raises(APIStatusError, match=r"redirected to elsewhere\.example") as caught:
        door(get, script=script)
    assert len(script.sends) == 1
    assert "15555550100" not in str(caught.value)


def test_a_hostile_request_id_does_not_reach_the_message(door: Door) -> None:
    with pytest.raises(NotFoundError) as caught:
        door(get, script=Script(answer(404, X_Request_Id="a b\x1b[31m")))
    assert str(caught.value).startswith("404 (request id unprintable): ")
    assert caught.value.request_id == "a b\x1b[31m"


def test_find_gives_none_instead_of_a_404_and_raises_everything_else(door: Door) -> None:
    def find(hm: Any) -> Any:
        return hm.contact_channels.find(CONTACT, "phone")

    assert door(find, script=Script(answer(404))) is None
    assert door(find, script=Script(answer())).channel_id == PHONE
    with pytest.raises(PermissionDeniedError):
        door(find, script=Script(answer(403)))


def fail_to_resolve() -> None:
    raise socket.gaierror(socket.EAI_NONAME, "the caller's own trouble")


def test_an_error_that_the_caller_is_handling_does_not_change_what_ours_means(door: Door) -> None:
    """A chain of exceptions leads on into the caller's own; a write that may have happened stays one."""
    with serving(lambda connection: connection.close()) as server:
        try:
            fail_to_resolve()
        except socket.gaierror:
            with pytest.raises(APIConnectionError) as caught:
                door(post, base_url=server.url)
    assert caught.value.outcome_unknown
    assert len(server.requests) == 1


def test_a_clock_that_was_mended_is_believed_again(clock: FakeClock) -> None:
    behind = clock.now
    script = Script(
        answer(401, Date=formatdate(behind + 3600, usegmt=True)),  # an hour behind: allowed for
        answer(),
        answer(401, Date=formatdate(behind + 3600, usegmt=True)),  # fixed meanwhile, so the allowance is wrong
        answer(),
    )
    with Heymarket(SECRET_ID, SECRET_KEY, _transport=ScriptTransport(script)) as hm:
        get(hm)
        clock.now += 3600
        get(hm)
    issued = [claims(text)["iat"] for text in script.authorizations()]
    assert issued == [int(behind), int(behind) + 3600, int(behind) + 7200, int(behind) + 3600]


def test_a_pause_after_a_429_takes_no_retry_from_an_outage(door: Door, clock: FakeClock) -> None:
    def many(hm: Any) -> Any:
        async def run() -> None:
            for _ in range(20):
                await get(hm)

        return run() if door.is_async else [get(hm) for _ in range(20)]

    script = Script(*[answer(429), answer()] * 20)
    door(many, script=script)
    assert len(script.sends) == 40


def test_a_pause_longer_than_max_wait_is_the_429_itself(door: Door, clock: FakeClock) -> None:
    with pytest.raises(RateLimitError) as caught:
        door(get, script=Script(answer(429, Retry_After="30")), quota=Quota(5, per=60, max_wait=5))
    assert (caught.value.retry_after, caught.value.request_id, clock.slept) == (30.0, "req-1", [])


def test_a_write_that_got_a_server_error_is_not_called_repeatable(door: Door, clock: FakeClock) -> None:
    with pytest.raises(InternalServerError, match="may have taken effect"):
        door(post, script=Script(answer(504)))


def test_a_client_closed_while_a_call_waits_sends_nothing_more(clock: FakeClock) -> None:
    script = Script(answer(503))
    hm = Heymarket(SECRET_ID, SECRET_KEY, _transport=ScriptTransport(script))
    sleep = clock.sleep

    def close_meanwhile(seconds: float) -> None:
        sleep(seconds)
        hm.close()

    hm._sender.context = hm._sender.context._replace(clock=clock.clock()._replace(sleep=close_meanwhile))
    with pytest.raises(HeymarketError, match="client is closed"):
        get(hm)
    assert len(script.sends) == 1
